#include "tests/kmdf/transcript.h"

#include <cctype>
#include <sstream>
#include <vector>

#include "conform/scenario.h"

namespace qs::test {

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines out;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

bool is_call(const std::string& line) { return line.compare(0, 2, "> ") == 0; }
bool is_directive(const std::string& line) {
  return std::islower(static_cast<unsigned char>(line[0])) != 0;
}

// A directive that the player echoes as a call of its own: everything but reactions and options.
bool is_silent_call(const std::string& line) {
  return is_directive(line) && line.compare(0, 2, "on") != 0 && line.compare(0, 6, "option") != 0;
}

std::string joined(const Lines& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

// The transcript with the lines that the play gave; what belongs to silent calls is dropped.
Lines fill(const Lines& given, const Lines& played) {
  Lines out;
  size_t at = 0;
  auto take = [&](bool keep) {
    while (at < played.size() && !is_call(played[at])) {
      if (keep) out.push_back(played[at]);
      ++at;
    }
  };
  bool keep = true;
  for (const std::string& line : given) {
    bool call = is_call(line), silent = is_silent_call(line);
    if (call || silent) {
      take(keep);
      keep = call;
      if (at < played.size() && played[at].substr(2) == (call ? line.substr(2) : line)) ++at;
      out.push_back(line);
    } else if (is_directive(line)) {
      take(keep);
      out.push_back(line);
    }
  }
  if (at < played.size() && played.back().compare(0, 4, "END ") == 0) {
    Lines end(played.end() - 1, played.end());
    Lines rest(played.begin(), played.end() - 1);
    while (at < rest.size()) {
      if (keep) out.push_back(rest[at]);
      ++at;
    }
    out.push_back(end[0]);
  } else {
    take(keep);
  }
  return out;
}

}  // namespace

namespace {

Lines play(const Lines& given) {
  conform::Scenario scenario;
  scenario.name = "transcript";
  bool go_on = false;
  for (const std::string& line : given) {
    if (is_directive(line)) scenario.script.push_back(line);
    if (is_call(line)) scenario.script.push_back(line.substr(2));
    if (line.find("undefined=continue") != std::string::npos) go_on = true;
  }
  return conform::play_with_rules(scenario, !go_on).lines;
}

}  // namespace

std::string reports_of(const std::string& text) {
  std::string out;
  for (const std::string& line : play(lines_of(text))) {
    size_t at = line.find_first_not_of(' ');
    if (at != std::string::npos && line.compare(at, 2, "!!") == 0) out += line.substr(at) + "\n";
  }
  return out;
}

std::string check_transcript(const std::string& text) {
  Lines given = lines_of(text);
  Lines real = fill(given, play(given));
  size_t at = 0;
  while (at < given.size() && at < real.size() && given[at] == real[at]) ++at;
  if (at == given.size() && at == real.size()) return "";
  auto line = [&](const Lines& lines) { return at < lines.size() ? lines[at] : "(nothing)"; };
  return "expected: " + line(given) + "\nhappened: " + line(real) +
         "\nthe whole transcript as it went:\n" + joined(real);
}

}  // namespace qs::test
