#include "base/time_text.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/limits.h"

namespace qs {

Result<uint32_t> parse_time(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view unit(end, size_t(text.data() + text.size() - end));
  double factor = unit == "us" ? 1 : unit == "ms" ? 1000 : unit == "s" ? 1e6 : 0;
  if (unit.empty() && value == 0) factor = 1;
  double microseconds = value * factor;
  if (error != std::errc() || factor == 0 || !(microseconds >= 0))
    return Error{"", 0, fmt::format("\"{}\" is not a time; write 0, 900us, 4ms or 1.5s", text)};
  if (microseconds > limits::kTime)
    return Error{"", 0,
                 fmt::format("the time {} is more than the limit, {}us", text, limits::kTime)};
  return uint32_t(std::llround(microseconds));
}

std::string time_text(uint32_t us) {
  if (us == 0) return "0";
  return us % 1000 ? fmt::format("{}us", us) : fmt::format("{}ms", us / 1000);
}

}  // namespace qs
