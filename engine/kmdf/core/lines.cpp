// Call sites, and executed lines from the coverage hooks that driver code is compiled with.
//
// Driver C files are built with -fsanitize-coverage=trace-pc and -finstrument-functions: a call at
// the entry of every basic block and of every function. A block's lines come from the line table of
// the program (line_table.h). Lines of a block are shown one by one: up to the next call that the
// block makes (its return address says how far it has come), the rest when the next block or the
// end of the function says that the block was left.
#include "kmdf/core/lines.h"

#include <algorithm>
#include <cstring>

#include "include/qs/abi_told.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/line_table.h"

namespace qs::kmdf {

using sched::VThread;

trace::Site site_of(const char* file, int line) {
  if (!file || line <= 0) return {};
  struct Cache {
    const trace::Trace* trace = nullptr;
    const char* file = nullptr;
    uint32_t index = 0;
  };
  static thread_local Cache cache[8];
  trace::Trace& trace = rt::sched().trace();
  Cache& c = cache[(reinterpret_cast<uintptr_t>(file) >> 4) & 7];
  if (c.trace != &trace || c.file != file || c.index >= trace.files().size() ||
      trace.files()[c.index] != short_path(file)) {
    c = {&trace, file, trace.intern_file(short_path(file))};
  }
  return trace::Site(c.index, uint32_t(line));
}

namespace {

// What a thread keeps per callback and per driver function: the next pc whose line is still to be
// shown, the end of its basic block, and the end of the function. Kept as plain numbers in
// VThread::line_frames.
constexpr size_t kNext = 0, kEnd = 1, kFunction = 2, kFrame = 3;

uint64_t* top_frame(VThread* t, size_t below = 0) {
  size_t wanted = kFrame * (below + 1);
  return t->line_frames.size() < wanted ? nullptr : &t->line_frames[t->line_frames.size() - wanted];
}

void show_row(VThread* t, const LineRow& row) {
  trace::Trace& trace = rt::sched().trace();
  trace::Site site(trace.intern_file(line_table().files[row.file]), row.line);
  if (site == t->site) return;
  t->site = site;
  if (t->blocks <= kMostShownBlocks) rt::emit(trace::EventCode::Line);
}

// Shows the line that a block begins with. A row that began before the block's coverage call says
// nothing: the block may go on in the middle of a line, or be the end of a function, which many
// lines lead to.
void show_block_start(VThread* t, uint64_t* frame, uint64_t pc) {
  constexpr uint64_t kLongestCall = 5;  // bytes of the coverage call, which ends at pc
  const LineTable& table = line_table();
  size_t after = table.first_at(pc + 1);
  if (after > 0 && table.rows[after - 1].pc + kLongestCall >= pc)
    show_row(t, table.rows[after - 1]);
  frame[kNext] = pc + 1;
}

void show_lines(VThread* t, uint64_t from, uint64_t to) {
  const LineTable& table = line_table();
  for (size_t i = table.first_at(from); i < table.rows.size() && table.rows[i].pc < to; ++i)
    show_row(t, table.rows[i]);
}

// Shows the lines of a frame's block up to `pc`.
void advance(VThread* t, uint64_t* frame, uint64_t pc) {
  if (!frame || frame[kNext] == 0 || pc <= frame[kNext] || pc > frame[kEnd]) return;
  show_lines(t, frame[kNext], pc);
  frame[kNext] = pc;
}

VThread* running() { return rt::tls_scheduler ? rt::self() : nullptr; }

bool tracking(VThread*& t) {
  t = running();
  return t && fw().options.record_lines && !line_table().rows.empty();
}

// A function's first block is entered just before the hook that says which function it is.
thread_local bool first_block_entered = false;

}  // namespace

void line_frame_push() {
  VThread* t = rt::self();
  t->line_frames.insert(t->line_frames.end(), {0, 0, 0});
}

void line_frame_pop() {
  VThread* t = rt::self();
  if (t->line_frames.size() >= kFrame) t->line_frames.resize(t->line_frames.size() - kFrame);
}

// The running block has come as far as `pc`: show its lines up to there.
void lines_reached(uint64_t pc) {
  VThread* t;
  if (tracking(t)) advance(t, top_frame(t), pc);
}

// A call on this line is made: the lines of the block before it were executed.
void call_reached(trace::Site call) {
  VThread* t;
  if (!call || !tracking(t)) return;
  uint64_t* frame = top_frame(t);
  if (!frame || frame[kNext] == 0) return;
  const LineTable& table = line_table();
  for (size_t i = table.first_at(frame[kNext]);
       i < table.rows.size() && table.rows[i].pc < frame[kEnd]; ++i)
    if (table.rows[i].line == call.line()) return advance(t, frame, table.rows[i].pc + 1);
}

void block_entered(uint64_t pc) {
  VThread* t = running();
  if (!t) return;
  check_stack(t, pc);
  count_block(t, pc);
  if (!tracking(t)) return;
  if (rt::sched().trace().size() >= fw().options.event_limit) check_limits();  // lines are events
  const LineTable& table = line_table();
  const uint64_t function = table.function_end(pc);
  if (table.is_first_block(pc)) {
    t->line_frames.insert(t->line_frames.end(), {pc, table.block_end(pc), function});
    first_block_entered = true;
    return;
  }
  uint64_t* frame = top_frame(t);
  if (!frame || frame[kFunction] != function) return;  // the block after the function's last hook
  if (frame[kNext] && frame[kNext] < frame[kEnd]) show_lines(t, frame[kNext], frame[kEnd]);
  frame[kEnd] = table.block_end(pc);
  show_block_start(t, frame, pc);
}

void function_entered(uint64_t call_site) {
  VThread* t = running();
  if (t) check_stack(t, call_site);
  if (!tracking(t)) return;
  if (!first_block_entered) {  // a function without coverage: it only keeps the frames in step
    lines_reached(call_site);
    return line_frame_push();
  }
  first_block_entered = false;
  advance(t, top_frame(t, 1), call_site);
  uint64_t* frame = top_frame(t);
  show_block_start(t, frame, frame[kNext]);
}

void function_left(uint64_t pc) {
  VThread* t;
  if (!tracking(t)) return;
  uint64_t* frame = top_frame(t);
  if (!frame) return;
  advance(t, frame, std::min(pc, frame[kEnd]));
  line_frame_pop();
}

void line_told(const char* file, uint32_t line) {
  VThread* t = running();
  if (!t || !fw().options.record_lines) return;
  const trace::Site site = site_of(file, int(line));
  if (site == t->site) return;
  if (rt::sched().trace().size() >= fw().options.event_limit) check_limits();
  t->site = site;
  if (t->blocks <= kMostShownBlocks) rt::emit(trace::EventCode::Line);
}

}  // namespace qs::kmdf

extern "C" {

// Weak: a fuzzer brings its own, and then it is the fuzzer that follows the drivers' blocks.
__attribute__((weak)) void __sanitizer_cov_trace_pc() {
  qs::kmdf::block_entered(reinterpret_cast<uint64_t>(__builtin_return_address(0)));
}
void __cyg_profile_func_enter(void*, void* call_site) {
  qs::kmdf::function_entered(reinterpret_cast<uint64_t>(call_site));
}
void __cyg_profile_func_exit(void*, void*) {
  qs::kmdf::function_left(reinterpret_cast<uint64_t>(__builtin_return_address(0)));
}

void qs_driver_line(const char* file, uint32_t line) { qs::kmdf::line_told(file, line); }
void qs_driver_block(void) { qs::kmdf::block_entered(0); }
}
