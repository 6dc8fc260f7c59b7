// Any text is refused with a sentence or is a lesson whose prose can be checked and whose remarks
// have words. Nothing is executed: that is the job of receipt.cpp.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lesson/check/checker.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lesson = qs::lesson::parse_lesson(text, "01-first-request", "lesson.toml");
  if (!lesson.ok()) {
    if (lesson.error().message.empty()) std::abort();
    return 0;
  }
  std::vector<qs::lesson::Remark> remarks;
  qs::lesson::check_prose(*lesson, remarks);
  for (const qs::lesson::Remark& r : remarks)
    if (r.text.empty() || r.line < 0) std::abort();
  return 0;
}
