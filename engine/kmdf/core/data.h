// The bytes that requests carry: what the sender gives along, what it gets back, and the hints
// about what a driver made of them (rules H). Owns nothing: the bytes are those of the IRP. Called
// by the I/O manager's side (io_manager.cpp, completion.cpp) on the thread that sends or completes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace qs::kmdf {

struct Irp;

// Uninitialized memory: 0xCD.
void fill_fresh(void* at, size_t bytes);
// Puts `data` into the input of a new IRP; what is output only is left as fresh memory.
void give_data(Irp* irp, std::string_view data);
// Reports what was sent along, if anything.
void record_given(const Irp* irp);
// Reports what the sender gets back: the output up to Information, when somebody wrote there and
// the status is no error. Called before the buffers are retired.
void record_answer(const Irp* irp);
// The driver completes the IRP: reports a hint where it cannot have meant what it did (rules H).
void hint_at_completion(const Irp* irp, int32_t status, uint64_t information);

}  // namespace qs::kmdf
