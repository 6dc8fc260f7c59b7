#include "base/time_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/limits.h"

namespace qs {
namespace {

bool digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// The number that `text` begins with, which is taken off: -1, 1.5, .5, 2e3. False: there is none.
// In place of std::from_chars, which not every standard library has for this type.
bool take_number(std::string_view& text, double& out) {
  constexpr int kDigits = 18;  // more would not change a time
  std::string_view rest = text;
  const bool negative = rest.substr(0, 1) == "-";
  if (negative) rest.remove_prefix(1);
  uint64_t digits = 0;
  int kept = 0, scale = 0, seen = 0;
  const auto take = [&](int behind_point) {
    for (; digit(rest); rest.remove_prefix(1), ++seen) {
      if (kept == kDigits) {
        scale += 1 - behind_point;
        continue;
      }
      digits = digits * 10 + uint64_t(rest[0] - '0');
      kept += digits > 0;
      scale -= behind_point;
    }
  };
  take(0);
  if (rest.substr(0, 1) == ".") rest.remove_prefix(1), take(1);
  if (seen == 0) return false;
  if (rest.substr(0, 1) == "e" || rest.substr(0, 1) == "E") {
    std::string_view exponent = rest.substr(1);
    const bool down = exponent.substr(0, 1) == "-";
    if (down || exponent.substr(0, 1) == "+") exponent.remove_prefix(1);
    if (digit(exponent)) {
      int value = 0;
      for (; digit(exponent); exponent.remove_prefix(1))
        value = std::min(value * 10 + (exponent[0] - '0'), 1000);
      scale += down ? -value : value;
      rest = exponent;
    }
  }
  out = scale < 0 ? double(digits) / std::pow(10, -scale) : double(digits) * std::pow(10, scale);
  if (negative) out = -out;
  text = rest;
  return true;
}

}  // namespace

Result<uint32_t> parse_time(std::string_view text) {
  double value = 0;
  std::string_view unit = text;
  const bool number = take_number(unit, value);
  double factor = unit == "us" ? 1 : unit == "ms" ? 1000 : unit == "s" ? 1e6 : 0;
  if (unit.empty() && value == 0) factor = 1;
  double microseconds = value * factor;
  if (!number || factor == 0 || !(microseconds >= 0))
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
