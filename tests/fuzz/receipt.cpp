// Any text is refused with a sentence or is a receipt that prints as it was read; replaying it
// against lesson 1.1 gives a grade, whatever its schedules say.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lesson/tutor/receipt.h"
#include "session/programs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto lesson = qs::session::load_lesson("first-request");
  if (!lesson.ok()) std::abort();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto receipt = qs::lesson::parse_receipt(text, "receipt.toml");
  if (!receipt.ok()) {
    if (receipt.error().message.empty()) std::abort();
    return 0;
  }
  const std::string printed = receipt->print();
  const auto again = qs::lesson::parse_receipt(printed, "printed");
  if (!again.ok() || again->print() != printed) std::abort();
  const qs::lesson::Grade grade = qs::lesson::grade(**lesson, *receipt);
  if (grade.right > grade.questions || grade.reached > grade.goals) std::abort();
  return 0;
}
