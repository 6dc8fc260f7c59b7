// Any text is refused with a sentence or is a schedule whose print reads back as the same schedule.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sched/schedule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto schedule = qs::sched::Schedule::parse(text);
  if (!schedule.ok()) {
    if (schedule.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = qs::sched::Schedule::parse(schedule->print());
  if (!again.ok() || !(*again == *schedule)) std::abort();
  return 0;
}
