// Owns: own drivers, and small questions about their runs, for the tests of engine/own.
#pragma once
#include <doctest/doctest.h>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/sanitizer.h"
#include "lesson/file/program_file.h"
#include "own/own.h"
#include "run/run.h"
#include "trace/events/trace_file.h"
#include "trace/export/narrate.h"

namespace qs::test {

// A sanitizer's build has no box: its runtime needs the memory and the system calls that the box
// forbids. Nothing hostile runs there.
constexpr bool kNoBox = QS_ADDRESS_SANITIZER;

inline own::OwnProgram own_made(const std::string& what) {
  auto made = own::make_own_program(what);
  REQUIRE_MESSAGE(made.ok(), made.error().text());
  return std::move(*made);
}

inline run::Program own_program(const std::string& what) {
  own::OwnProgram made = own_made(what);
  for (const own::Diagnostic& said : made.said) MESSAGE(own::diagnostic_text(said));
  REQUIRE(made.program);
  return *made.program;
}

inline std::vector<sched::Input> script(const std::vector<std::string>& lines) {
  std::vector<sched::Input> out;
  for (const std::string& line : lines) {
    auto input = lesson::parse_script_line(line);
    REQUIRE_MESSAGE(input.ok(), input.error().text());
    out.push_back(*input);
  }
  return out;
}

inline std::string bytes_of(const run::Execution& run) {
  return trace::encode_trace(*run.trace, "p", "s");
}

inline const trace::Event* last_verdict(const trace::Trace& t) {
  for (size_t i = t.size(); i-- > 0;)
    if (t[i].code == trace::EventCode::Violation || t[i].code == trace::EventCode::Finding)
      return &t[i];
  return nullptr;
}
inline std::string last_rule(const trace::Trace& t) {
  const trace::Event* e = last_verdict(t);
  return e ? std::string(t.string(e->a)) : std::string();
}
inline std::string last_place(const trace::Trace& t) {
  const trace::Event* e = last_verdict(t);
  return e ? t.site_text(e->site) : std::string();
}
inline bool has_event(const trace::Trace& t, trace::EventCode code) {
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == code) return true;
  return false;
}
inline std::string last_lines(const trace::Trace& t) {
  std::string out;
  for (size_t i = t.size() > 8 ? t.size() - 8 : 0; i < t.size(); ++i)
    out += trace::print_event(t, i) + "\n";
  return out;
}

}  // namespace qs::test
