#include "kmdf/core/limits.h"

#include <fmt/format.h>

#include "base/number_text.h"
#include "kmdf/core/crash.h"
#include "kmdf/core/line_table.h"

namespace qs::kmdf {

namespace {

thread_local uint64_t blocks_ever = 0;

[[noreturn]] void end(trace::RunEnd why, const std::string& note) {
  trace::Trace& trace = rt::sched().trace();
  rt::emit(trace::EventCode::Note, {}, {}, trace.intern(note));
  end_run(why);
}

// U-11, at the line where the thread is.
[[noreturn]] void end_endless(const std::string& note) {
  finding("U-11", {});
  end(trace::RunEnd::Endless, "The run was stopped here: " + note);
}

size_t memory_taken() {
  const Framework& f = fw();
  return f.arena.total() + f.driver_memory.total() + f.file_bytes + f.text_bytes;
}

[[noreturn]] void end_without_memory() {
  end(trace::RunEnd::Endless,
      fmt::format("The run was stopped: its driver and its requests take more than "
                  "{} MB, the most that one run may have. Allocate less, or send "
                  "fewer or shorter requests.",
                  grouped(kMostMemory >> 20)));
}

// The thread is at the line of that code now.
void go_to_line(rt::Thread* t, uint64_t pc) {
  const LineTable& table = line_table();
  size_t after = table.first_at(pc + 1);
  if (after == 0) return;
  const LineRow& row = table.rows[after - 1];
  t->site = trace::Site(rt::sched().trace().intern_file(table.files[row.file]), row.line);
}

}  // namespace

uint64_t blocks_counted() { return blocks_ever; }

void count_block(rt::Thread* t, uint64_t pc) {
  ++blocks_ever;
  if (++t->blocks <= kMostBlocks) return;
  go_to_line(t, pc);
  end_endless(
      fmt::format("the driver went through {} blocks of its code without calling the "
                  "framework or returning. Give the loop an end, then run it again.",
                  grouped(kMostBlocks)));
}

void check_stack(rt::Thread* t, uint64_t pc) {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (t->stack_base - here <= kMostStack) return;
  go_to_line(t, pc);
  end_crashed_run(kStackUsedUp);
}

void check_limits() {
  const uint32_t most = fw().options.event_limit;
  if (rt::sched().trace().size() >= most)
    end(trace::RunEnd::Endless,
        fmt::format("The run was stopped at {} events, the most that one run may "
                    "have. Send less, or end it earlier.",
                    grouped(most)));
  if (rt::sched().threads_made() >= kMostThreads)
    end(trace::RunEnd::Endless,
        fmt::format("The run was stopped at {} threads, the most that one run may "
                    "have. Send less, or end it earlier.",
                    grouped(kMostThreads)));
  if (memory_taken() > kMostMemory) end_without_memory();
}

bool may_take(size_t bytes) {
  if (bytes > kMostBytes) return false;
  if (memory_taken() + bytes > kMostMemory) end_without_memory();
  return true;
}

void end_standing_still() {
  end_endless(
      "the driver goes around here and does nothing. Give the loop an end, then run it again.");
}

void end_after_steps(bool in_one_callback) {
  const sched::Scheduler& s = rt::sched();
  if (in_one_callback)
    end_endless(
        fmt::format("the driver made {} calls without returning or waiting. Give the loop an end, "
                    "then run it again.",
                    grouped(s.call_limit)));
  end(trace::RunEnd::Endless,
      fmt::format("The run was stopped after {} steps, the most that one run may "
                  "have. Send less, or end it earlier.",
                  grouped(s.ordinal_limit)));
}

}  // namespace qs::kmdf
