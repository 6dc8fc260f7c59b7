#include "lesson/judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "run/run.h"

namespace qs {
namespace {

constexpr size_t kLongestText = 420, kLongestWhy = 480, kLongestOption = 120;

// The events of the set-up are not part of any beat.
size_t loaded_at(const Trace& trace) {
  for (size_t i = 0; i < trace.size(); ++i) {
    if (trace[i].code == EventCode::Settled) return i + 1;
    if (trace[i].code == EventCode::Send) return i;
  }
  return 0;
}

class Checker {
 public:
  explicit Checker(const Lesson& lesson) : lesson_(lesson), judge_(lesson) {}

  std::vector<Remark> run() {
    head();
    for (const LessonRun& r : lesson_.runs) one_run(r);
    size_t at = 0;
    std::string shown;
    for (const Beat& b : lesson_.beats) {
      if (b.run != shown) at = 0, shown = b.run;
      reach(b, at);
      prose(b);
      if (b.mode == BeatMode::Predict) question(b);
      if (b.goal) goal(b);
    }
    return std::move(remarks_);
  }

 private:
  void say(int line, std::string text) { remarks_.push_back({line, std::move(text)}); }

  void head() {
    if (lesson_.number.empty()) say(0, "number is missing");
    if (lesson_.goal.empty()) say(0, "goal is missing: what can the student do afterwards?");
    if (lesson_.minutes == 0) say(0, "minutes is missing");
    if (lesson_.docs.empty()) say(0, "docs is missing: which page tells more?");
    if (lesson_.rules.empty()) say(0, "rules is missing: which rules does it show?");
    if (lesson_.learnt.empty()) say(0, "learnt is missing: what does the last page say?");
    if (lesson_.beats.empty()) say(0, "there are no beats");
  }

  void one_run(const LessonRun& r) {
    const Execution execution = execute(r.program, Schedule{});
    const Trace& trace = *execution.trace;
    // After a bug check nothing more can come in; a run may be there to show just that.
    const bool cut_off = !trace.empty() && trace[trace.size() - 1].code == EventCode::RunEnd;
    for (const InputOutcome& o : execution.outcomes)
      if (!o.applied && !(cut_off && o.event + 1 >= trace.size()))
        say(r.line, fmt::format("run {}: an input is not possible: {}", r.id, o.problem));
    if (r.mark && judge_.story(r.id).find(*r.mark) == Story::kNone)
      say(r.line, fmt::format("run {}: mark: {} does not come", r.id, r.mark->text()));
  }

  void reach(const Beat& b, size_t& at) {
    const Judge::Span span = judge_.span(b, at);
    if (span.from == Story::kNone)
      return say(b.line, fmt::format("from: {} does not come in run {}", b.from->text(), b.run));
    if (span.until == Story::kNone)
      return say(b.line, fmt::format("until: {} does not come after event {} of run {}",
                                     b.until->text(), span.from, b.run));
    at = span.until;
    for (const std::string& f : b.focus) focus(b, f);
  }

  void focus(const Beat& b, const std::string& words) {
    const size_t space = words.find(' ');
    const std::string kind = words.substr(0, space);
    const std::string name = space == std::string::npos ? "" : words.substr(space + 1);
    for (const char* alone : {"device", "done", "code", "timeline", "inspector", "log", "gates"})
      if (kind == alone && name.empty()) return;
    if (kind == "handler") {
      if (!parse_pattern("enter(" + name + ")"))
        say(b.line, fmt::format("focus: no callback {}", name));
      return;
    }
    for (const char* of : {"queue", "request", "app", "target", "channel"})
      if (kind == of && !name.empty()) return known(b.line, "focus", name, b.run);
    say(b.line, fmt::format("focus: \"{}\" is nothing that can be shown; write \"queue default\", "
                            "\"request R1\", \"handler EvtIoRead\", \"app notepad\", device, done, "
                            "code, timeline, inspector",
                            words));
  }

  void known(int line, const char* what, const std::string& name, const std::string& run) {
    const Trace& t = judge_.story(run).trace();
    for (const auto& [raw, text] : t.names())
      if (t.string(text) == name) return;
    for (const auto& app : lesson_.run(run)->program.apps)
      if (app.name == name) return;
    say(line, fmt::format("{}: there is no \"{}\" in run {}", what, name, run));
  }

  void length(int line, const char* what, const std::string& text, size_t most) {
    if (text.size() > most)
      say(line, fmt::format("{}: {} characters, the limit is {}", what, text.size(), most));
  }

  void prose(const Beat& b) {
    if (b.text.empty() && b.question.empty()) say(b.line, "text is missing");
    if (sentence_count(b.text) > 2)
      say(b.line, fmt::format("text: {} sentences, the limit is 2", sentence_count(b.text)));
    length(b.line, "text", b.text, kLongestText);
    if (b.goal && b.goal->hints.empty()) say(b.line, "hints are missing");
    for (const BeatOption& o : b.options) {
      length(b.line, "an option", o.text, kLongestOption);
      length(b.line, "a why", o.why, kLongestWhy);
    }
  }

  void question(const Beat& b) {
    int right = 0;
    for (const BeatOption& o : b.options) {
      const bool holds = judge_.holds(o.holds, b.judge);
      right += holds;
      if (o.why.empty()) say(b.line, fmt::format("option \"{}\" has no why", o.text));
      for (const std::string& q : queues_named(o.holds)) known(b.line, "holds", q, b.judge);
      if (o.show && judge_.story(b.run).find(*o.show) == Story::kNone)
        say(b.line, fmt::format("show: {} does not come in run {}", o.show->text(), b.run));
    }
    if (right != 1)
      say(b.line, fmt::format("exactly one option may hold over run {}; {} do", b.judge, right));
  }

  void goal(const Beat& b) {
    const Goal& g = *b.goal;
    for (const std::string& q : queues_named(g.check)) known(b.line, "check", q, g.solution);
    if (!judge_.holds(g.check, g.solution)) {
      std::string failing;
      View view;
      view.chosen = lesson_.run(g.solution)->card;
      for (const Term& c : g.check.all)
        if (evaluate(c, judge_.story(g.solution), view) != Truth::Holds)
          failing += (failing.empty() ? "" : ", ") + c.text;
      say(b.line,
          fmt::format("solution: the goal is not reached in run {} ({})", g.solution, failing));
    }
    if (judge_.holds(g.check, b.run))
      say(b.line, fmt::format("check: it holds in run {} without anything being done", b.run));
  }

  const Lesson& lesson_;
  Judge judge_;
  std::vector<Remark> remarks_;
};

}  // namespace

const Story& Judge::story(std::string_view run) {
  auto found = stories_.find(run);
  if (found != stories_.end()) return *found->second;
  const LessonRun* r = lesson_->run(run);
  Execution execution = execute(r ? r->program : lesson_->runs.front().program, Schedule{});
  auto made = std::make_unique<Story>(std::shared_ptr<const Trace>(execution.trace));
  return *stories_.emplace(std::string(run), std::move(made)).first->second;
}

View Judge::view_of(std::string_view run) {
  View view;
  if (const LessonRun* r = lesson_->run(run)) {
    view.chosen = r->card;
    if (r->mark) view.marked = story(run).find(*r->mark);
  }
  return view;
}

bool Judge::holds(const Check& check, std::string_view run) {
  return evaluate(check, story(run), view_of(run)) == Truth::Holds;
}

int Judge::right_option(const Beat& beat) {
  int right = -1;
  for (size_t i = 0; i < beat.options.size(); ++i)
    if (holds(beat.options[i].holds, beat.judge)) {
      if (right >= 0) return -1;
      right = int(i);
    }
  return right;
}

Judge::Span Judge::span(const Beat& beat, size_t before) {
  const Story& s = story(beat.run);
  Span out;
  out.from = std::max(before, loaded_at(s.trace()));
  if (beat.from_start) out.from = loaded_at(s.trace());
  if (beat.from) out.from = s.find(*beat.from);
  if (out.from == Story::kNone) return out;
  out.until = out.from;
  if (beat.until_end) out.until = std::max(out.from, s.settled_at());
  if (beat.until) out.until = s.find(*beat.until, out.from);
  return out;
}

std::vector<Remark> check_lesson(const Lesson& lesson) { return Checker(lesson).run(); }

int sentence_count(std::string_view text) {
  int n = 0;
  bool code = false, words = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`') code = !code;
    if (code) continue;
    words |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool ends = c == '.' || c == '?' || c == '!';
    const bool gap = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' ||
                     text[i + 1] == '"' || text[i + 1] == '*';
    if (ends && gap && words) ++n, words = false;
  }
  return n + (words ? 1 : 0);
}

}  // namespace qs
