// Times of the virtual clock as people write them. Owns nothing. Called by whoever reads or writes
// scripts, schedules and events; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace qs {

// "0", "900us", "4ms", "1.5s" in microseconds, up to limits::kTime. The error says what to write.
Result<uint32_t> parse_time(std::string_view text);
// "0", "900us" or "4ms".
std::string time_text(uint32_t microseconds);

}  // namespace qs
