#include "lesson/check/checker.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/embedded.h"
#include "lesson/tutor/judge.h"
#include "run/run.h"

namespace qs::lesson {
namespace {

const char* word_of(ArgKind kind) {
  switch (kind) {
    case ArgKind::Request: return "request";
    case ArgKind::Queue: return "queue";
    case ArgKind::File: return "file";
    case ArgKind::App: return "application";
    case ArgKind::Target: return "target";
    case ArgKind::Channel: return "channel";
    default: return "object";
  }
}

ObjectKind object_kind(ArgKind kind) {
  switch (kind) {
    case ArgKind::Request: return ObjectKind::Request;
    case ArgKind::Queue: return ObjectKind::Queue;
    case ArgKind::File: return ObjectKind::FileObject;
    case ArgKind::App: return ObjectKind::App;
    case ArgKind::Target: return ObjectKind::IoTarget;
    case ArgKind::Channel: return ObjectKind::Channel;
    default: return ObjectKind::None;  // whatever has that name
  }
}

// Settings may differ in what the student can set on the stage; everything else is the same
// program.
bool same_but_for_script(const run::Program& a, const run::Program& b) {
  const run::RunSettings &s = a.settings, &t = b.settings;
  const auto same_app = [](const run::AppSpec& x, const run::AppSpec& y) {
    return x.name == y.name && x.files == y.files && x.synchronous == y.synchronous;
  };
  return a.driver == b.driver && a.queue_names == b.queue_names && a.hardware == b.hardware &&
         a.hardware_us == b.hardware_us && a.lower.present == b.lower.present &&
         a.lower.delay == b.lower.delay && a.lower.deaf == b.lower.deaf &&
         a.lower.status == b.lower.status && a.takes_orders == b.takes_orders &&
         s.verifier == t.verifier && s.client_minor == t.client_minor &&
         s.stop_at_undefined == t.stop_at_undefined &&
         std::equal(a.apps.begin(), a.apps.end(), b.apps.begin(), b.apps.end(), same_app);
}

class Checker {
 public:
  explicit Checker(const Lesson& lesson) : lesson_(lesson), judge_(lesson) {}

  std::vector<Remark> run() {
    check_prose(lesson_, remarks_);
    for (const LessonRun& r : lesson_.runs) one_run(r);
    size_t at = 0;
    std::string shown;
    for (const Beat& b : lesson_.beats) {
      if (b.run != shown) at = 0, shown = b.run;
      reach(b, at);
      if (b.mode == BeatMode::Predict) question(b);
      if (b.goal) goal(b);
    }
    std::stable_sort(remarks_.begin(), remarks_.end(),
                     [](const Remark& a, const Remark& b) { return a.line < b.line; });
    return std::move(remarks_);
  }

 private:
  void say(int line, std::string text) { remarks_.push_back({line, std::move(text)}); }

  // --- runs ---

  void one_run(const LessonRun& r) {
    const run::Execution execution = run::execute(r.program, r.schedule());
    const trace::Trace& trace = *execution.trace;
    // After a bug check nothing more can come in; a run may be there to show just that.
    const bool cut_off = !trace.empty() && trace[trace.size() - 1].code == trace::EventCode::RunEnd;
    for (const run::InputOutcome& o : execution.outcomes)
      if (!o.applied && !(cut_off && o.event + 1 >= trace.size()))
        say(r.line, fmt::format("script: run {}: an input is not possible: {}", r.id, o.problem));
    if (r.mark && judge_.story(r.id).find(*r.mark) == Story::kNone)
      say(r.line, fmt::format("mark: {} does not come in run {}", r.mark->text(), r.id));
    if (!is_used(r)) say(r.line, fmt::format("id: nothing uses {}; take it out", r.id));
  }

  bool is_used(const LessonRun& r) const {
    if (r.id == "scenario") return true;
    for (const LessonRun& other : lesson_.runs)
      if (other.card == r.id && other.id != r.id) return true;
    for (const Beat& b : lesson_.beats) {
      if (b.run == r.id || b.judge == r.id || (b.goal && b.goal->solution == r.id)) return true;
      if (std::find(b.cards.begin(), b.cards.end(), r.id) != b.cards.end()) return true;
    }
    return false;
  }

  // --- beats ---

  void reach(const Beat& b, size_t& at) {
    const Judge::Span span = judge_.span(b, at);
    if (b.from) named(b.lines.of("from"), "from", names_in(*b.from), b.run);
    if (b.until) named(b.lines.of("until"), "until", names_in(*b.until), b.run);
    if (b.pause) pause(b);
    if (span.from == Story::kNone)
      return say(b.lines.of("from"),
                 fmt::format("from: {} does not come in run {}", b.from->text(), b.run));
    if (span.until == Story::kNone)
      return say(b.lines.of("until"),
                 fmt::format("until: {} does not come after event {} of run {}", b.until->text(),
                             span.from, b.run));
    at = span.until;
    if (!b.drags.empty()) drags(b, span);
    for (const std::string& f : b.focus) focus(b, f, span);
  }

  // It is about what the student does, so it comes in the solution.
  void pause(const Beat& b) {
    const int line = b.lines.of("pause");
    if (!b.goal) return say(line, "pause: only a beat with a goal rests while the student acts");
    if (!named(line, "pause", names_in(*b.pause), b.goal->solution)) return;
    if (judge_.story(b.goal->solution).find(*b.pause) == Story::kNone)
      say(line, fmt::format("pause: {} does not come in run {}, which is the solution",
                            b.pause->text(), b.goal->solution));
  }

  void focus(const Beat& b, const std::string& words, const Judge::Span& span) {
    const size_t space = words.find(' ');
    const std::string kind = words.substr(0, space);
    const std::string name = space == std::string::npos ? "" : words.substr(space + 1);
    for (const char* alone : {"device", "done", "code", "timeline", "inspector"})
      if (kind == alone && name.empty()) return;
    const int line = b.lines.of("focus");
    if (kind == "handler" && !name.empty()) return handler(b, line, "focus", name);
    for (const ArgKind of :
         {ArgKind::Queue, ArgKind::Request, ArgKind::App, ArgKind::Target, ArgKind::Channel}) {
      const bool app = of == ArgKind::App && kind == "app";
      if ((kind != word_of(of) && !app) || name.empty()) continue;
      if (!named(line, "focus", {{of, name}}, b.run) || of != ArgKind::Request) return;
      const auto sent = parse_pattern("send(" + name + ")");
      const size_t when = judge_.story(b.run).find(*sent);
      if (!b.goal && when != Story::kNone && when > span.until)
        say(line, fmt::format("focus: {} is not sent before this beat ends", name));
      return;
    }
    say(line,
        fmt::format("focus: \"{}\" is nothing that can be shown; write \"queue default\", "
                    "\"request R1\", \"handler EvtIoRead\", \"app notepad\", \"target lower\", "
                    "\"channel 1\", device, done, code, timeline, inspector",
                    words));
  }

  // What is dragged is on the stage when it is asked, and so is each place that it may go to.
  void drags(const Beat& b, const Judge::Span& span) {
    if (!named(b.lines.of("drags"), "drags", {{ArgKind::Request, b.drags}}, b.run)) return;
    const auto sent = parse_pattern("send(" + b.drags + ")");
    if (const size_t when = judge_.story(b.run).find(*sent);
        when == Story::kNone || when > span.from)
      say(b.lines.of("drags"), fmt::format("drags: {} is not sent yet when it is asked", b.drags));
    for (const BeatOption& o : b.options)
      if (!o.drop.empty() && o.drop != "done" && o.drop != "driver") place(b, o);
  }

  void place(const Beat& b, const BeatOption& o) {
    const trace::Trace& t = judge_.story(b.run).trace();
    std::vector<std::string> there{"done", "driver"};
    for (const auto& [raw, text] : t.names()) {
      const ObjectKind kind = ObjectId(raw).kind();
      if (kind == ObjectKind::Queue || kind == ObjectKind::App || kind == ObjectKind::IoTarget)
        there.emplace_back(t.string(text));
    }
    if (std::find(there.begin(), there.end(), o.drop) != there.end()) return;
    if (parse_pattern("enter(" + o.drop + ")"))
      return handler(b, o.lines.of("drop"), "drop", o.drop);
    say(o.lines.of("drop"),
        fmt::format("drop: there is no place \"{}\" in run {}; there are {}, and "
                    "the driver's callbacks",
                    o.drop, b.run, joined(there)));
  }

  // A callback that this driver has: registered with a queue, or called at some time.
  void handler(const Beat& b, int line, const char* key, const std::string& name) {
    if (!parse_pattern("enter(" + name + ")"))
      return say(line,
                 fmt::format("{}: \"{}\" is not a callback; write its name, such as EvtIoRead", key,
                             name));
    const Story& s = judge_.story(b.run);
    uint64_t registered = 0;
    for (const model::QueueView& q : s.timeline().at(s.trace().size()).queues)
      registered |= q.callbacks;
    for (uint32_t i = 0; i < uint32_t(trace::CallbackKind::Count); ++i)
      if (name == trace::callback_name(trace::CallbackKind(i)) && (registered >> i & 1)) return;
    if (s.find(*parse_pattern("enter(" + name + ")")) != Story::kNone) return;
    say(line, fmt::format("{}: the driver of run {} has no {}", key, b.run, name));
  }

  // Do they exist in that run? Says which do not, and what there is instead.
  bool named(int line, const char* key, const std::vector<NameUse>& uses, const std::string& run) {
    bool all = true;
    for (const NameUse& use : uses) {
      const trace::Trace& t = judge_.story(run).trace();
      std::vector<std::string> there;
      // A queue may be named that the driver fails to create.
      const auto& queues = lesson_.run(run)->program.queue_names;
      bool found = use.kind == ArgKind::Queue &&
                   std::find(queues.begin(), queues.end(), use.name) != queues.end();
      for (const auto& [raw, text] : t.names()) {
        const ObjectKind kind = object_kind(use.kind);
        if (kind != ObjectKind::None && ObjectId(raw).kind() != kind) continue;
        found |= t.string(text) == use.name;
        if (kind != ObjectKind::None) there.emplace_back(t.string(text));
      }
      if (found) continue;
      all = false;
      std::sort(there.begin(), there.end());
      there.erase(std::unique(there.begin(), there.end()), there.end());
      say(line, fmt::format("{}: there is no {} \"{}\" in run {}; there are {}", key,
                            word_of(use.kind), use.name, run, joined(there)));
    }
    return all;
  }

  static std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (size_t i = 0; i < list.size() && i < 12; ++i) out += (i ? ", " : "") + list[i];
    return out.empty() ? "none" : out;
  }

  void cards_named(int line, const Check& check, const Beat& b) {
    for (const Term& c : check.all) {
      if (c.kind == Term::Chosen &&
          std::find(b.cards.begin(), b.cards.end(), c.word) == b.cards.end())
        say(line, fmt::format("check: chosen = {}: the cards of this beat are {}", c.word,
                              joined(b.cards)));
      for (const Check& inner : c.any) cards_named(line, inner, b);
    }
  }

  // --- questions ---

  void question(const Beat& b) {
    std::vector<std::string> right;
    for (const BeatOption& o : b.options) {
      const bool holds = judge_.holds(o.holds, b.judge);
      if (holds) right.push_back("\"" + o.text + "\"");
      named(o.lines.of("holds"), "holds", names_in(o.holds), b.judge);
      if (!o.misconception.empty() && !is_misconception(o.misconception))
        say(o.lines.of("misconception"),
            fmt::format("misconception: \"{}\" is none of lessons/MISCONCEPTIONS.md; leave it out, "
                        "or take the row that it means",
                        o.misconception));
      if (o.show) {
        if (judge_.story(b.judge).find(*o.show) == Story::kNone)
          say(o.lines.of("show"),
              fmt::format("show: {} does not come in run {}", o.show->text(), b.judge));
      } else if (!holds) {
        say(o.lines.table,
            "show: it is missing; an option that does not hold names the event that "
            "shows why, such as show = \"complete(R1)\"");
      }
    }
    if (right.size() != 1)
      return say(b.lines.of("question"),
                 fmt::format("holds: exactly one option may hold over run {}; {} do{}", b.judge,
                             right.size(), right.empty() ? "" : ": " + joined(right)));
    if (b.judge == b.run) before_the_motion(b);
  }

  // Where the playhead stands when it is asked, something must still be to come.
  void before_the_motion(const Beat& b) {
    size_t before = 0;
    for (const Beat& other : lesson_.beats) {
      if (&other == &b) break;
      before = other.run == b.run ? judge_.span(other, before).until : 0;
      if (before == Story::kNone) before = 0;
    }
    const size_t from = judge_.span(b, before).from;
    if (from == Story::kNone) return;
    // What the right option speaks of must not have come about since the run began.
    View view = judge_.view_of(b.judge, b.options.front().holds);
    view.settled = false;
    auto seen_after = [&](size_t events) {
      view.events = events;
      return evaluate(b.options[size_t(judge_.right_option(b))].holds, judge_.story(b.judge),
                      view) == Truth::Holds;
    };
    if (!seen_after(from) || seen_after(judge_.loaded(b.run))) return;
    say(b.lines.of("from"), fmt::format("from: at event {} the answer can be seen already; ask "
                                        "before it happens, with an earlier event in from",
                                        from));
  }

  // --- goals ---

  void goal(const Beat& b) {
    const Goal& g = *b.goal;
    const int line = b.lines.of("check"), solution = b.lines.of("solution");
    named(line, "check", names_in(g.check), g.solution);
    cards_named(line, g.check, b);
    if (!judge_.holds(g.check, g.solution))
      say(solution, fmt::format("solution: the goal is not reached in run {} ({})", g.solution,
                                failing(g.check, judge_.story(g.solution),
                                        judge_.view_of(g.solution, g.check))));
    else
      as_a_student(b, solution);
    if (judge_.holds(g.check, b.run))
      say(line, fmt::format("check: it holds in run {} without anything being done", b.run));
  }

  static std::string failing(const Check& check, const Story& story, const View& view) {
    std::string out;
    for (const Term& c : check.all)
      if (evaluate(c, story, view) != Truth::Holds) out += (out.empty() ? "" : ", ") + c.text;
    return out;
  }

  // The solution begins where the student does: with the beat's run, or a card of the beat, and
  // adds inputs to its script. Those inputs, as a receipt would have them, reach the goal.
  void as_a_student(const Beat& b, int line) {
    const LessonRun& s = *lesson_.run(b.goal->solution);
    const bool on_stage = s.card.empty() || s.card == lesson_.run(b.run)->card;
    const LessonRun& start = *lesson_.run(on_stage ? b.run : s.card);
    if (!on_stage && std::find(b.cards.begin(), b.cards.end(), s.card) == b.cards.end())
      return say(line, fmt::format("solution: run {} takes card {}; the cards of this beat are {}",
                                   s.id, s.card, joined(b.cards)));
    const auto &from = start.program.script, &whole = s.program.script;
    sched::Schedule extra = s.schedule();
    size_t next = 0;
    for (const sched::Input& input : whole) {
      if (next < from.size() && from[next] == input)
        ++next;
      else
        extra.inputs.push_back(input);
    }
    if (next < from.size() || !same_but_for_script(start.program, s.program))
      return say(line, fmt::format("solution: a student cannot get from run {} to run {}: it may "
                                   "only add lines to its script (with add = [...])",
                                   start.id, s.id));
    const Story story{
        std::shared_ptr<const trace::Trace>(run::execute(start.program, extra).trace)};
    View view;
    view.chosen = start.card;
    if (s.mark) view.marked = story.find(*s.mark);
    view.proved = judge_.view_of(start.id, b.goal->check).proved;
    if (const std::string why = failing(b.goal->check, story, view); !why.empty())
      say(line, fmt::format("solution: done by hand in run {}, it does not reach the goal ({})",
                            start.id, why));
  }

  const Lesson& lesson_;
  Judge judge_;
  std::vector<Remark> remarks_;
};

}  // namespace

bool is_misconception(std::string_view tag) {
  const EmbeddedFile* table = find_asset("lessons/MISCONCEPTIONS.md");
  return table && table->text().find(fmt::format("\n| {} |", tag)) != std::string_view::npos;
}

std::vector<Remark> check_lesson(const Lesson& lesson) { return Checker(lesson).run(); }

std::vector<Remark> check_place(const Lesson& l, const CourseLesson& place) {
  std::vector<Remark> out;
  auto compare = [&](const char* key, const auto& here, const auto& there) {
    if (here != there)
      out.push_back({l.lines.of(key), fmt::format("{}: order.toml says {}", key, there)});
  };
  compare("number", l.number, place.number);
  compare("title", l.title, place.title);
  compare("minutes", l.minutes, place.minutes);
  compare("needs", fmt::format("[{}]", fmt::join(l.needs, ", ")),
          fmt::format("[{}]", fmt::join(place.needs, ", ")));
  return out;
}

}  // namespace qs::lesson
