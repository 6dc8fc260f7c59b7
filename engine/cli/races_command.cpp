// queuescope races: can it go wrong, under any schedule?
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/number_text.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/html.h"
#include "cli/open.h"
#include "explore/luck.h"
#include "explore/search.h"
#include "run/inputs.h"

namespace qs::cli {
namespace {

using Clock = std::chrono::steady_clock;
using explore::Luck;
using explore::SearchReport;

std::string counted(uint64_t number, const char* one, const char* more) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : more);
}

// What was covered, as a part of a sentence.
std::string coverage(const SearchReport& r) {
  if (r.complete && r.bound == explore::Limits::kAnySwitches) return "all of them tried";
  if (r.bound >= 0)
    return fmt::format("among them all with at most {}{}",
                       counted(uint64_t(r.bound), "switch", "switches"),
                       r.complete ? "" : "; there are more");
  return "there are more";
}

void print_luck(Cli& cli, const Luck& luck) {
  if (luck.schedules == 0) return;
  cli.out << fmt::format("\nBy luck: of {}, {} {} wrong",
                         counted(luck.schedules, "random schedule", "random schedules"),
                         grouped(luck.wrong), luck.wrong == 1 ? "goes" : "go");
  cli.out << (luck.wrong == 0 ? ".\n"
                              : fmt::format(", the first is number {}.\n", grouped(luck.first)));
  for (const Luck::Way& w : luck.ways)
    cli.out << fmt::format("{:>10}  {} {}, the first is number {}\n", grouped(w.met), w.rule,
                           visible(w.where), grouped(w.first));
}

void print(Cli& cli, const RacesOptions& options, const SearchReport& r, double seconds) {
  cli.out << fmt::format("{}: {}, {}, in {:.2f} s. ", visible(options.program),
                         counted(r.schedules, "schedule", "schedules"), coverage(r), seconds);
  const size_t ways = r.findings.size() + r.not_again;
  if (ways == 0)
    cli.out << "None goes wrong.\n";
  else
    cli.out << fmt::format("{} go{} wrong, in {}.\n", grouped(r.wrong), r.wrong == 1 ? "es" : "",
                           counted(ways, "way", "ways"));
  if (!r.lost.empty())
    cli.out << fmt::format("The search ended before it was through: {}.\n", visible(r.lost));
  if (r.not_again > 0)
    cli.out << fmt::format("{} did not come out again when {} played, and {} not listed.\n",
                           counted(r.not_again, "way to go wrong", "ways to go wrong"),
                           r.not_again == 1 ? "it was" : "they were",
                           r.not_again == 1 ? "is" : "are");
  for (const explore::Finding& f : r.findings) {
    cli.out << fmt::format("\n{:<6}{}\n", f.rule, f.text);
    cli.out << fmt::format(
        "      {}; the shortest takes {} and {}\n", counted(f.schedules, "schedule", "schedules"),
        counted(f.steps, "step", "steps"), counted(f.switches, "switch", "switches"));
    if (f.no_return == 0)
      cli.out << "      whatever the schedule\n";
    else if (f.no_return)
      cli.out << fmt::format("      after step {} no schedule ends well anymore\n", *f.no_return);
    for (const std::string& line : f.lines) cli.out << "      " << visible(line) << "\n";
    cli.out << fmt::format("      queuescope run {} --schedule \"{}\"\n", visible(options.program),
                           visible(f.schedule.print()));
  }
  if (r.outcomes.size() > 1) cli.out << "\nWhat happens to the requests depends on the schedule:\n";
  constexpr size_t kShown = 20;
  for (size_t i = 0; r.outcomes.size() > 1 && i < r.outcomes.size() && i < kShown; ++i)
    cli.out << fmt::format("{:>10}  {}\n", grouped(r.outcomes[i].schedules),
                           visible(r.outcomes[i].text));
  if (r.outcomes.size() > kShown)
    cli.out << fmt::format("{:>10}  others\n", grouped(r.outcomes.size() - kShown));
}

nlohmann::ordered_json luck_json(const Luck& luck) {
  using Json = nlohmann::ordered_json;
  Json ways = Json::array();
  for (const Luck::Way& w : luck.ways)
    ways.push_back({{"rule", w.rule}, {"where", w.where}, {"met", w.met}, {"first", w.first}});
  return {{"schedules", luck.schedules},
          {"wrong", luck.wrong},
          {"first", luck.first == 0 ? Json() : Json(luck.first)},
          {"ways", ways}};
}

void print_json(Cli& cli, const SearchReport& r, const Luck& luck, double seconds) {
  using Json = nlohmann::ordered_json;
  Json findings = Json::array(), outcomes = Json::array();
  for (const explore::Finding& f : r.findings)
    findings.push_back({{"rule", f.rule},
                        {"text", f.text},
                        {"schedules", f.schedules},
                        {"steps", f.steps},
                        {"switches", f.switches},
                        {"schedule", f.schedule.print()},
                        {"lines", f.lines},
                        {"no_return", f.no_return ? Json(*f.no_return) : Json()}});
  for (const explore::Outcome& o : r.outcomes)
    outcomes.push_back(
        {{"text", o.text}, {"schedules", o.schedules}, {"schedule", o.schedule.print()}});
  Json all = {{"schedules", r.schedules},
              {"wrong", r.wrong},
              {"states", r.steps},
              {"executions", r.executions},
              {"complete", r.complete}};
  all["bound"] = r.bound == explore::Limits::kAnySwitches || r.bound < 0 ? Json() : Json(r.bound);
  all["seconds"] = seconds;
  if (!r.lost.empty()) all["lost"] = visible(r.lost);
  all["findings"] = findings;
  all["outcomes"] = outcomes;
  if (luck.schedules > 0) all["luck"] = luck_json(luck);
  cli.out << all.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

// A test a way to go wrong; one that passes when there is none, and is skipped when not all of the
// schedules were tried.
void print_junit(Cli& cli, const RacesOptions& options, const SearchReport& r) {
  const std::string name = html_text(options.program);
  const size_t tests = std::max<size_t>(1, r.findings.size());
  const bool unknown = r.findings.empty() && !r.complete;
  cli.out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          << fmt::format("<testsuite name=\"races\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
                         tests, r.findings.size(), unknown ? 1 : 0);
  for (const explore::Finding& f : r.findings)
    cli.out << fmt::format(
        "  <testcase classname=\"{}\" name=\"{} {}\"><failure message=\"{}\">{} "
        "of {}; {}</failure></testcase>\n",
        name, f.rule, html_text(f.where), html_text(f.text), f.schedules, r.schedules,
        html_text(f.schedule.print()));
  if (r.findings.empty())
    cli.out << fmt::format(
        "  <testcase classname=\"{}\" name=\"every schedule\"{}\n", name,
        unknown ? fmt::format("><skipped message=\"{}\"/></testcase>", html_text(coverage(r)))
                : "/>");
  cli.out << "</testsuite>\n";
}

constexpr uint64_t kMostSaved = uint64_t(2) << 30;  // bytes of the file of a search

// Null, and the error is told: the file cannot be used.
std::unique_ptr<explore::Search> begin_search(Cli& cli, const RacesOptions& options,
                                              const session::Opened& opened,
                                              explore::Limits limits) {
  std::optional<std::string> saved;
  if (!options.resume.empty()) {
    auto read = read_file_if_there(options.resume, kMostSaved);
    if (!read) return cli.fail(read.error()), nullptr;
    saved = std::move(*read);
  }
  if (!saved) return std::make_unique<explore::Search>(opened.program, opened.schedule, limits);
  auto search = explore::Search::resume(opened.program, opened.schedule, limits, *saved);
  if (search) return std::move(*search);
  Error error = search.error();
  error.file = options.resume;
  return cli.fail(error), nullptr;
}

// As long as there is time; says how far it is, if asked to.
template <class Seconds>
void go_on(Cli& cli, const RacesOptions& options, explore::Search& search, const Seconds& seconds) {
  constexpr uint64_t kAtOnce = 256;
  constexpr double kAlone = 0.1;  // seconds: most are done by then
  while (seconds() < std::min(kAlone, options.seconds) && search.step(kAtOnce)) {}
  for (double left; (left = options.seconds - seconds()) > 0 &&
                    search.step_on_two(options.progress ? std::min(left, 1.0) : left);) {
    if (!options.progress) continue;
    const explore::Progress p = search.progress();
    cli.err << fmt::format("{:.0f} s: {}, {} wrong, about {:.0f} % done\n", seconds(),
                           counted(p.schedules, "schedule", "schedules"), grouped(p.wrong),
                           p.share * 100);
  }
}

// False, and the error is told.
bool leave(Cli& cli, const RacesOptions& options, const explore::Search& search) {
  if (options.resume.empty()) return true;
  const auto written = write_file(options.resume, search.save());
  if (!written) cli.fail(written.error());
  return written.ok();
}

}  // namespace

void races_command(Cli& cli, const RacesOptions& options) {
  auto opened = open_any(options.program, cli.err);
  if (!opened) return cli.fail(opened.error());
  if (!opened->program.can_run())
    return cli.fail("A recording that cannot be run again has no other schedules.");
  explore::Limits limits;
  if (options.switches >= 0) limits.switches = uint32_t(options.switches);
  limits.any_time = options.times == "any";
  limits.stop_at_first = options.stop_at_first;
  limits.failing = options.failing;
  const auto begin = Clock::now();
  const auto seconds = [&begin] {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  };
  const auto search = begin_search(cli, options, *opened, limits);
  if (!search) return;
  go_on(cli, options, *search, seconds);
  if (!leave(cli, options, *search)) return;
  const SearchReport report = search->report();
  const double taken = seconds();
  Luck luck;
  if (options.luck > 0)
    luck = explore::by_luck(opened->program, opened->schedule, limits, options.luck);
  if (options.json) {
    print_json(cli, report, luck, taken);
  } else if (options.junit) {
    print_junit(cli, options, report);
  } else {
    print(cli, options, report, taken);
    print_luck(cli, luck);
  }
  if (!report.findings.empty())
    cli.exit_code = kExitFindings;
  else if (!report.complete || report.not_again > 0)
    cli.exit_code = kExitIncomplete;
}

}  // namespace qs::cli
