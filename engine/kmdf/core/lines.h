// Where the driver is: call sites and executed lines. Owns the file table lookup and, per virtual
// thread, the frames in which lines of a basic block are still to come. Called by the funnels of
// framework.cpp and by the coverage hooks that driver code is compiled with.
#pragma once
#include "trace/events/event.h"

namespace qs::kmdf {

// The site of a call macro's __FILE__ and __LINE__.
trace::Site site_of(const char* file, int line);
// A callback into the driver begins / ends on the running thread.
void line_frame_push();
void line_frame_pop();
// The running basic block has come as far as this return address.
void lines_reached(uint64_t pc);
// The running basic block makes the framework call of this line.
void call_reached(trace::Site call);
void block_entered(uint64_t pc);
void function_entered(uint64_t call_site);
void function_left(uint64_t pc);

}  // namespace qs::kmdf
