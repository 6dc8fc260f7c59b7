// Any text is refused with a sentence or is a check that reads back from its own text as the same,
// and comes to something at every part of a run.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "lesson/language/predicate.h"
#include "run/run.h"
#include "session/programs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const qs::lesson::Story empty{std::make_shared<const qs::trace::Trace>()};
  static const qs::lesson::Story story = [] {
    auto program = qs::session::load_program("first-request");
    if (!program.ok()) std::abort();
    return qs::lesson::Story{
        std::shared_ptr<const qs::trace::Trace>(qs::run::execute(*program, {}).trace)};
  }();
  const auto check = qs::lesson::parse_check({reinterpret_cast<const char*>(data), size});
  if (!check.ok()) {
    if (check.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = qs::lesson::parse_check(check->text);
  if (!again.ok() || again->all.size() != check->all.size()) std::abort();
  qs::lesson::evaluate(*check, empty, {});
  const qs::lesson::Truth whole = qs::lesson::evaluate(*check, story, {});
  if (qs::lesson::evaluate(*again, story, {}) != whole) std::abort();
  qs::lesson::evaluate(*check, story, {story.trace().size() / 2, false, "late", 3});
  qs::lesson::names_in(*check);
  return 0;
}
