// Names of the driver's functions, found in its sources.
#include "ui/panes/code/function_names.h"

#include <doctest/doctest.h>

using namespace qs;
using namespace qs::ui;

TEST_CASE("functions: definitions are found with their lines, past comments, strings and tables") {
  constexpr std::string_view text =
      "#define TWICE(x) { \\\n"                            // 1
      "    (x) + (x) }\n"                                  // 2
      "EVT_WDF_DPC EvtDone;\n"                             // 3
      "static const int table[] = { 1 };\n"                // 4
      "/* not { a } one(void) {\n"                         // 5
      " } */\n"                                            // 6
      "VOID\n"                                             // 7
      "EvtDone(_In_ WDFDPC Dpc) // (here)\n"               // 8
      "{\n"                                                // 9
      "    char c = '{', *s = \"}\\\"\";\n"                // 10
      "    if (c) { Call(s); }\n"                          // 11
      "}\n"                                                // 12
      "static int one(int (*f)(void)) { return f(); }\n";  // 13
  const auto found = trace::defined_functions(text);
  REQUIRE(found.size() == 2);
  CHECK(found[0] == DefinedFunction{"EvtDone", 8, 12});
  CHECK(found[1] == DefinedFunction{"one", 13, 13});
  CHECK(trace::defined_functions("int broken( { } } ) {").empty());
}

TEST_CASE("functions: role types tell which function is meant for a callback") {
  constexpr std::string_view text =
      "EVT_WDF_TIMER EvtWarm;\nEVT_WDF_TIMER  EvtCold ;\nextern EVT_WDF_DPC EvtDone;\n"
      "MY_EVT_WDF_DPC Other;\nEVT_WDF_TIMER EvtWarm;\n";
  CHECK(declared_for(text, trace::CallbackKind::EvtTimerFunc) ==
        std::vector<std::string_view>{"EvtWarm", "EvtCold"});
  CHECK(declared_for(text, trace::CallbackKind::EvtDpcFunc) ==
        std::vector<std::string_view>{"EvtDone"});
  CHECK(declared_for(text, trace::CallbackKind::EvtIoRead).empty());
}
