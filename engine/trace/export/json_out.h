// JSON written piece by piece into one buffer, which goes to its stream a megabyte at a time. Owns:
// JsonOut. Used by the exports, whose files have millions of lines.
#pragma once
#include <fmt/format.h>

#include <ostream>
#include <string_view>

namespace qs::trace {

class JsonOut {
 public:
  explicit JsonOut(std::ostream& out) : out_(out) {}
  ~JsonOut() { flush(); }
  JsonOut(const JsonOut&) = delete;

  // Text as it is: brackets, keys, commas.
  JsonOut& raw(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= kFull) flush();
    return *this;
  }
  JsonOut& number(uint64_t value) {
    fmt::format_to(fmt::appender(buffer_), "{}", value);
    return *this;
  }
  // A string in quotes. Names may hold any bytes: invalid UTF-8 is replaced.
  JsonOut& text(std::string_view text);

 private:
  static constexpr size_t kFull = 1 << 20;
  void flush();

  std::ostream& out_;
  fmt::memory_buffer buffer_;
};

}  // namespace qs::trace
