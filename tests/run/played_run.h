// Plays a small program on a driver of tests/run/drivers and says what came of it. Owns: PlayedRun,
// play. Used by the tests of this folder.
#pragma once
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/toml.h"
#include "lesson/file/program_file.h"
#include "model/apply/apply.h"
#include "model/queries/queries.h"
#include "run/run.h"
#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "trace/rules/verdict.h"

namespace qs::test {

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

struct PlayedRun {
  run::Execution run;
  model::Model model;
  std::string rules;    // "U-03 U-10", in order
  std::string reasons;  // what each of them gives as its reason, a line each
  std::string sites;    // "waits.c:120 waits.c:90"

  // The sentences of the trace, a line each.
  std::string story() const {
    std::string out;
    for (size_t i = 0; i < run.trace->size(); ++i) out += trace::narrate(*run.trace, i) + "\n";
    return out;
  }
  // "STATUS_SUCCESS 16", or where the request still is: "sender", "waiting", "driver".
  std::string outcome(std::string_view request) const {
    const model::RequestView* r = model.request(run.trace->named(request, ObjectKind::Request));
    if (!r) return "unknown";
    if (r->place == model::Place::Done)
      return fmt::format("{} {}", trace::status_text(r->status), r->information);
    return r->place == model::Place::Sender    ? "sender"
           : r->place == model::Place::Waiting ? "waiting"
           : r->owner == model::Owner::Driver  ? "driver"
                                               : "elsewhere";
  }
};

// `keys`: lines of [program] besides the driver and the names of its queues.
inline PlayedRun play(std::string_view keys, std::string_view driver = "waits") {
  const std::string text = fmt::format(
      "[program]\ndriver = \"run/{}\"\nqueues = [\"default\", \"waiting\", \"second\"]\n{}\n",
      driver, keys);
  auto root = parse_toml(text, "played.toml");
  REQUIRE_MESSAGE(root.ok(), root.error().text());
  auto program = lesson::parse_program(*(*root)["program"].as_table(), driver, "played.toml",
                                       run::test_drivers());
  REQUIRE_MESSAGE(program.ok(), program.error().text());
  PlayedRun out;
  out.run = run::execute(*program, {});
  const trace::Trace& t = *out.run.trace;
  for (size_t i = 0; i < t.size(); ++i) model::apply(out.model, t[i]);
  for (const model::Verdict& v : out.model.verdicts) {
    out.rules += (out.rules.empty() ? "" : " ") + std::string(t.string(v.rule));
    out.reasons += trace::reason_of(t, v.event) + "\n";
    out.sites += (out.sites.empty() ? "" : " ") + t.site_text(v.site);
  }
  for (const run::InputOutcome& o : out.run.outcomes)
    CHECK_MESSAGE(o.problem.empty(), o.words, ": ", o.problem);
  return out;
}

// Of the control code that stands for one mistake of the driver, and more lines of the script.
inline PlayedRun play_mistake(unsigned mistake, std::string_view more = "",
                              std::string_view keys = "") {
  return play(fmt::format("script = [\"0 send ioctl 4 code={}\"{}]\n{}", mistake * 4, more, keys));
}

}  // namespace qs::test
