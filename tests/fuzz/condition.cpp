// Any text is refused with a sentence or is a condition that is looked for in a run, in both
// directions, and found nowhere but in it.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "run/run.h"
#include "session/condition.h"
#include "session/programs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const qs::trace::Trace> trace = [] {
    auto program = qs::session::load_program("first-request");
    if (!program.ok()) std::abort();
    return std::shared_ptr<const qs::trace::Trace>(qs::run::execute(*program, {}).trace);
  }();
  const auto condition = qs::session::parse_condition({reinterpret_cast<const char*>(data), size});
  if (!condition.ok()) {
    if (condition.error().message.empty()) std::abort();
    return 0;
  }
  for (const bool back : {false, true})
    for (const std::size_t from : {std::size_t(0), trace->size() / 2, trace->size()}) {
      const std::size_t found = qs::session::find_condition(*trace, *condition, from, back);
      if (found != qs::session::kNoEvent && (found == 0 || found > trace->size())) std::abort();
    }
  return 0;
}
