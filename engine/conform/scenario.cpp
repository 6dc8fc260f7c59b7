#include "conform/scenario.h"

#include <fmt/core.h>
#include <zstd.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "conform/script_check.h"

namespace qs::conform {

namespace {

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    out.push_back(line);
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

bool ends_with(const std::string& s, const std::string& tail) {
  return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

// The lines that name a request or a queue, per name, without indentation.
std::map<std::string, std::vector<std::string>> by_name(const std::vector<std::string>& lines) {
  std::map<std::string, std::vector<std::string>> out;
  for (const std::string& line : lines) {
    size_t at = line.find_first_not_of(' ');
    if (at == std::string::npos || line[at] == '>' || line[at] == '(' || line[at] == '#') continue;
    std::string body = line.substr(at);
    std::stringstream in(body);
    for (std::string w; in >> w;) {
      if (w.compare(0, 4, "req=") == 0) out[w.substr(4)].push_back(body);
      if (w.compare(0, 6, "queue=") == 0) out[w.substr(6)].push_back(body);
    }
    if (body.compare(0, 12, "* COMPLETED ") == 0)
      out[body.substr(12, body.find(' ', 12) - 12)].push_back(body);
    if (body.compare(0, 4, "END ") == 0) out["END"].push_back(body);
  }
  return out;
}

std::multiset<std::string> results(const std::vector<std::string>& lines) {
  std::multiset<std::string> out;
  for (const std::string& line : lines) {
    size_t at = line.find_first_not_of(' ');
    if (at != std::string::npos && (line[at] == '=' || line[at] == '!'))
      out.insert(line.substr(at));
  }
  return out;
}

std::string context(const std::vector<std::string>& want, const std::vector<std::string>& got,
                    size_t at) {
  std::string out;
  for (size_t i = at < 6 ? 0 : at - 6; i < at; ++i) out += "    " + got[i] + "\n";
  auto line = [](const std::vector<std::string>& v, size_t i) {
    return i < v.size() ? v[i] : std::string("(nothing)");
  };
  out += "  - " + line(want, at) + "\n  + " + line(got, at) + "\n";
  for (size_t i = at + 1; i < std::min(at + 4, want.size()); ++i) out += "  - " + want[i] + "\n";
  return out;
}

}  // namespace

Result<std::vector<Scenario>> parse_jsonl(const std::string& text, const std::string& name) {
  std::vector<Scenario> out;
  std::stringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    if (line.size() > limits::kScenarioLine)
      return Error{name, number,
                   fmt::format("this line has {} bytes; the limit is {}", line.size(),
                               limits::kScenarioLine)};
    auto json = nlohmann::json::parse(line, nullptr, false);
    auto strings = [&](const char* key, std::vector<std::string>& to) {
      if (!json.contains(key) || !json[key].is_array()) return false;
      for (auto& s : json[key]) {
        if (!s.is_string()) return false;
        to.push_back(s.get<std::string>());
      }
      return true;
    };
    Scenario s;
    if (json.is_discarded() || !json.is_object() || !json.contains("name") ||
        !json["name"].is_string() || !strings("script", s.script))
      return Error{name, number,
                   "expected an object with \"name\" and a list of strings \"script\""};
    s.name = json["name"].get<std::string>();
    strings("trace", s.trace);
    out.push_back(std::move(s));
  }
  return out;
}

namespace {

// Unpacks a file that zstd made; false when it is damaged or larger than scenario files are.
bool unpack(std::string& text) {
  unsigned long long size = ZSTD_getFrameContentSize(text.data(), text.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > limits::kScenarioFile)
    return false;
  std::string out(size, '\0');
  size_t got = ZSTD_decompress(out.data(), out.size(), text.data(), text.size());
  if (ZSTD_isError(got) || got != size) return false;
  text = std::move(out);
  return true;
}

}  // namespace

Result<std::vector<Scenario>> read_scenarios(const std::string& path) {
  auto read = read_file(path, limits::kScenarioFile);
  if (!read) return read.error();
  std::string& text = *read;
  if (ends_with(path, ".zst")) {
    if (!unpack(text))
      return Error{path, 0, "expected a file compressed with zstd; this one is damaged"};
    return parse_jsonl(text, path);
  }
  if (ends_with(path, ".jsonl")) return parse_jsonl(text, path);
  Scenario s = parse_script(text, path);
  if (s.script.empty()) return Error{path, 0, "there is no line in this scenario"};
  if (ends_with(path, ".scn")) {
    auto recorded =
        read_file_if_there(path.substr(0, path.size() - 4) + ".trace", limits::kScenarioFile);
    if (!recorded) return recorded.error();
    if (*recorded) s.trace = split_lines(**recorded);
  }
  return std::vector<Scenario>{s};
}

Scenario parse_script(const std::string& text, const std::string& name) {
  Scenario s;
  s.name = name;
  s.script = split_lines(text);
  return s;
}

TraceComparison compare(const Scenario& scenario, const Played& played) {
  TraceComparison c;
  const auto& want = scenario.trace;
  const auto& got = played.lines;
  size_t at = 0;
  while (at < want.size() && at < got.size() && want[at] == got[at]) ++at;
  if (at == want.size() && at == got.size()) {
    c.equal = true;
    return c;
  }
  // The original read through a dead pointer there: its trace holds up to that call.
  bool dead = !want.empty() && want.back().find("!! ACCESS VIOLATION") != std::string::npos;
  if (dead && at + 1 == want.size()) {
    c.equal = c.stopped = true;
    return c;
  }
  if (played.undefined_at != size_t(-1) && at >= played.undefined_at) {
    c.equal = c.stopped = true;
    return c;
  }
  bool verifier = std::any_of(scenario.script.begin(), scenario.script.end(), [](const auto& l) {
    return l.compare(0, 6, "option") == 0 && l.find("verifier=on") != std::string::npos;
  });
  if (verifier && played.most_threads > 1 && by_name(want) == by_name(got) &&
      results(want) == results(got)) {
    c.equal = c.by_thread = true;
    return c;
  }
  c.difference = context(want, got, at);
  return c;
}

TraceComparison check(const Scenario& scenario) { return compare(scenario, play(scenario, true)); }

namespace {

// How a file went: how many of its recordings there are, how many are equal, and how many of its
// scripts cannot be played.
struct Tally {
  size_t equal = 0, total = 0, bad = 0;
};

void conform_one(const Scenario& s, const std::string& file, bool print, Tally& tally) {
  std::string problem = script_problem(s);
  if (!problem.empty()) {
    fmt::print(
        stderr, "{}\n",
        message(fmt::format("{}: {}{}", file, s.name == file ? "" : s.name + ", ", problem)));
    ++tally.bad;
    return;
  }
  Played played = play(s, true);
  if (print)
    for (const std::string& line : played.lines) fmt::print("{}\n", visible(line));
  if (s.trace.empty()) return;
  ++tally.total;
  TraceComparison c = compare(s, played);
  if (c.equal)
    ++tally.equal;
  else
    fmt::print(stderr, "{}: first difference (- recorded, + played)\n{}", visible(s.name),
               visible_lines(c.difference));
}

}  // namespace

int play_files(const std::vector<std::string>& files) {
  Tally tally;
  for (const std::string& file : files) {
    auto scenarios = read_scenarios(file);
    if (!scenarios) {
      fmt::print(stderr, "{}\n", message(scenarios.error().text()));
      ++tally.bad;
      continue;
    }
    for (const Scenario& s : *scenarios) conform_one(s, file, scenarios->size() == 1, tally);
  }
  if (tally.total) fmt::print(stderr, "{} of {} equal\n", tally.equal, tally.total);
  if (tally.bad) return 2;
  return tally.equal == tally.total ? 0 : 1;
}

}  // namespace qs::conform
