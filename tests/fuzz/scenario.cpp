// Any text is refused with a sentence, or is scenarios of which each can be played or of which it
// is said, with the line, why not. Nothing is played.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "conform/scenario.h"
#include "conform/script_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto recorded = qs::conform::parse_jsonl(text, "scenarios.jsonl");
  if (!recorded.ok() && recorded.error().message.empty()) std::abort();
  if (recorded.ok())
    for (const qs::conform::Scenario& s : *recorded) qs::conform::script_problem(s);
  const qs::conform::Scenario script = qs::conform::parse_script(text, "script.scn");
  if (script.name != "script.scn") std::abort();
  qs::conform::script_problem(script);
  return 0;
}
