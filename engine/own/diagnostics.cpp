// What compilers print, as data.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "own/compile.h"

namespace qs::own {
namespace {

using Severity = Diagnostic::Severity;

// "12:" off the front; 0 when there is no number.
int number_off(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data() + text.size() || *end != ':') return 0;
  text.remove_prefix(size_t(end - text.data()) + 1);
  return value;
}

bool severity_off(std::string_view& text, Severity& out) {
  constexpr std::pair<std::string_view, Severity> kWords[] = {{"fatal error: ", Severity::Error},
                                                              {"error: ", Severity::Error},
                                                              {"warning: ", Severity::Warning},
                                                              {"note: ", Severity::Note}};
  while (text.starts_with(' ')) text.remove_prefix(1);
  for (const auto& [word, severity] : kWords) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    out = severity;
    return true;
  }
  return false;
}

// file:line:column: severity: text, where line and column may be missing.
bool read_line(std::string_view line, Diagnostic& out) {
  if (line.starts_with(' ')) return false;  // a line of the source, or what points into it
  for (size_t colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1)) {
    std::string_view rest = line.substr(colon + 1);
    out.line = number_off(rest);
    out.column = out.line ? number_off(rest) : 0;
    if (!severity_off(rest, out.severity)) continue;
    out.file = line.substr(0, colon);
    out.text = rest;
    return true;
  }
  return false;
}

}  // namespace

std::vector<Diagnostic> read_diagnostics(std::string_view printed) {
  std::vector<Diagnostic> out;
  while (!printed.empty()) {
    const size_t end = std::min(printed.find('\n'), printed.size());
    Diagnostic one;
    if (read_line(printed.substr(0, end), one)) out.push_back(std::move(one));
    printed.remove_prefix(std::min(end + 1, printed.size()));
  }
  return out;
}

std::string diagnostic_text(const Diagnostic& said) {
  constexpr const char* kWords[] = {"error", "warning", "note"};
  std::string place = said.file;
  if (said.line) place += fmt::format(":{}", said.line);
  if (said.column) place += fmt::format(":{}", said.column);
  return fmt::format("{}{}{}: {}", place, place.empty() ? "" : ": ", kWords[int(said.severity)],
                     said.text);
}

std::string what_happens(const NotSimulated& name) {
  if (name.declared)
    return fmt::format(
        "{} is declared but not simulated. A call is reported at its line (U-13); it "
        "fails with STATUS_NOT_SUPPORTED, or returns zero, and does nothing",
        name.name);
  return fmt::format(
      "{} is not here: drivers have no such function, or it is in no source that was "
      "named. A call is reported at its line (U-13); it returns zero and does nothing",
      name.name);
}

}  // namespace qs::own
