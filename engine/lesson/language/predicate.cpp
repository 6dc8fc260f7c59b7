#include "lesson/language/predicate.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "trace/events/words.h"

namespace qs::lesson {

using model::Model;

namespace {

template <class T>
bool compared(T left, Compare compare, T right) {
  switch (compare) {
    case Compare::Equal: return left == right;
    case Compare::NotEqual: return left != right;
    case Compare::Less: return left < right;
    case Compare::LessEqual: return left <= right;
    case Compare::Greater: return left > right;
    default: return left >= right;
  }
}

ObjectId named(const trace::Trace& trace, std::string_view name, ObjectKind kind) {
  ObjectId best;
  for (const auto& [raw, text] : trace.names())
    if (trace.string(text) == name && ObjectId(raw).kind() == kind &&
        (!best || ObjectId(raw) < best))
      best = ObjectId(raw);
  return best;
}

std::string owner_word(const model::RequestView& r, const trace::Trace& trace) {
  switch (r.owner) {
    case model::Owner::Sender: return "app";
    case model::Owner::Driver: return "driver";
    case model::Owner::Target: return "target";
    case model::Owner::Nobody: return "nobody";
    default: return r.place == model::Place::Waiting ? trace.name(r.queue) : "framework";
  }
}

bool is_owner_word(std::string_view word) {
  for (const char* known : {"app", "framework", "driver", "target", "nobody"})
    if (word == known) return true;
  return false;
}

bool owner_holds(const StateTest& test, const Model& model, const trace::Trace& trace) {
  const model::RequestView* r = model.request(named(trace, test.subject, ObjectKind::Request));
  if (!r) return false;
  if (test.word == "framework" && r->owner == model::Owner::Framework) return true;
  return owner_word(*r, trace) == test.word;
}

uint64_t activations(const Model& model, const std::string& callback) {
  uint64_t n = 0;
  for (const model::ThreadView& t : model.threads)
    for (const model::StackFrame& f : t.stack)
      n += f.callback && callback == trace::callback_name(trace::CallbackKind(f.what));
  return n;
}

bool power_holds(const std::string& word, const Model& model) {
  for (const model::DeviceView& d : model.devices) {
    const std::string text = trace::words(d.power);
    if (text.substr(0, text.find(' ')) == word) return true;
  }
  return false;
}

bool queue_holds(const StateTest& t, const model::QueueView& q) {
  switch (t.kind) {
    case StateTest::Queued: return compared<uint64_t>(q.waiting.size(), t.compare, t.number);
    case StateTest::Owned: return compared<uint64_t>(q.owned_count, t.compare, t.number);
    case StateTest::Limit: return compared<uint64_t>(q.limit, t.compare, t.number);
    case StateTest::Accepting: return (q.flags & trace::kAccept) != 0;
    case StateTest::Dispatching: return (q.flags & trace::kDispatch) != 0;
    case StateTest::Held: return q.power != trace::QueuePower::On;
    case StateTest::Mode:
      return compared<std::string>(trace::short_word(q.dispatch()), t.compare, t.word);
    default: return true;  // Exists
  }
}

bool test_holds(const StateTest& t, const Model& model, const trace::Trace& trace) {
  switch (t.kind) {
    case StateTest::OwnerIs: return owner_holds(t, model, trace);
    case StateTest::Running: return compared(activations(model, t.subject), t.compare, t.number);
    case StateTest::Power: return power_holds(t.word, model);
    default: break;
  }
  const model::QueueView* q = model.queue(named(trace, t.subject, ObjectKind::Queue));
  return q && !q->deleted && queue_holds(t, *q);
}

// --- over a run ---

struct Known {
  const Story& story;
  size_t events;
  bool settled;
  bool has(const Fact& f) const {
    return f.event < events && (settled || f.kind->id != FactId::Hang);
  }
  size_t count(const Pattern& p) const {
    size_t n = 0;
    for (const Fact& f : story.facts()) n += has(f) && story.is(p, f);
    return n;
  }
  size_t first(const Pattern& p, size_t from = 0) const {
    const size_t at = story.find(p, from);
    return at <= events ? at : Story::kNone;
  }
};

Truth count_truth(const Term& c, const Known& known) {
  const double n = double(known.count(c.a));
  const bool now = compared(n, c.compare, c.number);
  const bool over = n > c.number;
  switch (c.compare) {
    case Compare::Equal: return now ? Truth::Holds : over ? Truth::Broken : Truth::Open;
    case Compare::Less:
    case Compare::LessEqual: return now ? Truth::Holds : Truth::Broken;
    default: return now ? Truth::Holds : Truth::Open;
  }
}

Truth before_truth(const Term& c, const Known& known) {
  const size_t a = known.first(c.a), b = known.first(c.b);
  if (a == Story::kNone) return b == Story::kNone ? Truth::Open : Truth::Broken;
  if (b == Story::kNone) return Truth::Open;
  return a < b ? Truth::Holds : Truth::Broken;
}

Truth between_truth(const Term& c, const Known& known) {
  const size_t a = known.first(c.a);
  if (a == Story::kNone) return Truth::Open;
  const size_t b = known.first(c.b, a);
  const size_t end = b == Story::kNone ? known.events : b;
  for (const Fact& f : known.story.facts())
    if (f.event >= a && f.event + 1 < end && known.has(f) && known.story.is(c.c, f))
      return Truth::Broken;
  return b == Story::kNone ? Truth::Open : Truth::Holds;
}

Truth state_at(const StateTests& tests, const Known& known, size_t events) {
  const Model& m = known.story.timeline().at(events);
  return holds(tests, m, known.story.trace()) ? Truth::Holds : Truth::Broken;
}

// Calls f(model) after each known event in which anything but a line of code happened; false stops.
template <class F>
void each_moment(const Known& known, F f) {
  Model model;
  for (size_t i = 0; i < known.events; ++i) {
    model::apply(model, known.story.trace()[i]);
    if (trace::event_level(known.story.trace()[i].code) != trace::EventLevel::Line && !f(model))
      return;
  }
}

Truth always_truth(const Term& c, const Known& known) {
  Truth truth = Truth::Holds;
  each_moment(known, [&](const Model& m) {
    // A queue that is not there yet breaks nothing.
    for (const StateTest& t : c.state) {
      const bool of_queue = t.kind <= StateTest::Mode;
      if (of_queue && !m.queue(named(known.story.trace(), t.subject, ObjectKind::Queue))) continue;
      if (test_holds(t, m, known.story.trace()) == t.negate) truth = Truth::Broken;
    }
    return truth == Truth::Holds;
  });
  return truth;
}

Truth overlap_truth(const Term& c, const Known& known) {
  bool seen = false;
  each_moment(known, [&](const Model& m) {
    seen = holds(c.state, m, known.story.trace()) && holds(c.other, m, known.story.trace());
    return !seen;
  });
  return seen ? Truth::Holds : Truth::Open;
}

Truth share_truth(const Term& c, const Known& known) {
  if (!known.settled) return Truth::Open;
  double held = 0, last = 0;
  bool was = false;
  each_moment(known, [&](const Model& m) {
    if (was) held += double(m.time) - last;
    was = holds(c.state, m, known.story.trace());
    last = double(m.time);
    return true;
  });
  const double share = last > 0 ? 100 * held / last : 0;
  return compared(share, c.compare, c.number) ? Truth::Holds : Truth::Broken;
}

Truth wait_truth(const Term& c, const Known& known) {
  double longest = 0;
  for (const Fact& f : known.story.facts()) {
    if (!known.has(f) || !known.story.is(c.a, f)) continue;
    const size_t end = known.first(c.b, f.event + 1);
    const trace::Trace& t = known.story.trace();
    const size_t last = (end == Story::kNone ? known.events : end) - 1;
    longest = std::max(longest, (double(t[last].time) - double(t[f.event].time)) / 1000);
  }
  if (compared(longest, c.compare, c.number)) return Truth::Holds;
  return longest > c.number || known.settled ? Truth::Broken : Truth::Open;
}

Truth clean_truth(const Known& known) {
  for (const Fact& f : known.story.facts()) {
    const FactId id = f.kind->id;
    const bool bad = id == FactId::Violation || id == FactId::Finding || id == FactId::Hang;
    if (bad && known.has(f)) return Truth::Broken;
  }
  const Model& m = known.story.timeline().at(known.events);
  return m.done_total >= m.sent_total ? Truth::Holds : Truth::Open;
}

Truth any_truth(const Term& c, const Story& story, const View& view) {
  bool open = false;
  for (const Check& check : c.any) {
    const Truth t = evaluate(check, story, view);
    if (t == Truth::Holds) return t;
    open |= t == Truth::Open;
  }
  return open ? Truth::Open : Truth::Broken;
}

}  // namespace

bool mentions(const Check& check, Term::Kind kind) {
  for (const Term& c : check.all) {
    if (c.kind == kind) return true;
    for (const Check& inner : c.any)
      if (mentions(inner, kind)) return true;
  }
  return false;
}

bool holds(const StateTests& tests, const Model& model, const trace::Trace& trace) {
  for (const StateTest& t : tests)
    if (test_holds(t, model, trace) == t.negate) return false;
  return true;
}

Truth evaluate(const Term& c, const Story& story, const View& view) {
  const Known known{story, std::min(view.events, story.trace().size()), view.settled};
  switch (c.kind) {
    case Term::Seen: return known.count(c.a) ? Truth::Holds : Truth::Open;
    case Term::Never: return known.count(c.a) ? Truth::Broken : Truth::Holds;
    case Term::Count: return count_truth(c, known);
    case Term::Before: return before_truth(c, known);
    case Term::Between: return between_truth(c, known);
    case Term::At: {
      const size_t at = known.first(c.a);
      return at == Story::kNone ? Truth::Open : state_at(c.state, known, at);
    }
    case Term::Always: return always_truth(c, known);
    case Term::End:  // what comes later may still change it
      if (!known.settled) return Truth::Open;
      return state_at(c.state, known, known.events) == Truth::Holds ? Truth::Holds : Truth::Open;
    case Term::Clean: return clean_truth(known);
    case Term::Any: return any_truth(c, story, view);
    case Term::MaxWait: return wait_truth(c, known);
    case Term::Overlap: return overlap_truth(c, known);
    case Term::Share: return share_truth(c, known);
    case Term::EndTime: {
      const double ms = double(story.timeline().at(known.events).time) / 1000;
      const bool now = compared(ms, c.compare, c.number);
      // The clock only goes on: what is late stays late, what is too early may still come.
      return now ? Truth::Holds : ms > c.number ? Truth::Broken : Truth::Open;
    }
    case Term::Chosen: return view.chosen == c.word ? Truth::Holds : Truth::Open;
    case Term::Marked:
      if (view.marked == Story::kNone || view.marked > known.events) return Truth::Open;
      return state_at(c.state, known, view.marked) == Truth::Holds ? Truth::Holds : Truth::Open;
    case Term::Proved: return view.proved;
  }
  return Truth::Open;
}

Truth evaluate(const Check& check, const Story& story, const View& view) {
  Truth all = Truth::Holds;
  for (const Term& c : check.all) {
    const Truth t = evaluate(c, story, view);
    if (t == Truth::Broken) return t;
    if (t == Truth::Open) all = t;
  }
  return all;
}

namespace {

void add_name(std::vector<NameUse>& out, ArgKind kind, const std::string& name) {
  if (name.empty() || name.find('*') != std::string::npos) return;
  NameUse use{kind, name};
  if (std::find(out.begin(), out.end(), use) == out.end()) out.push_back(std::move(use));
}

void add_names(std::vector<NameUse>& out, const Pattern& p) {
  for (size_t i = 0; p.kind && i < p.args.size(); ++i) switch (p.kind->args[i]) {
      case ArgKind::Status:
      case ArgKind::Number:
      case ArgKind::Word:
      case ArgKind::Rule:
      case ArgKind::Function:
      case ArgKind::Line:
      case ArgKind::Time:
      case ArgKind::Event:
      case ArgKind::Callback: break;  // parse_pattern has looked
      default: add_name(out, p.kind->args[i], p.args[i]);
    }
}

void add_names(std::vector<NameUse>& out, const StateTest& t) {
  if (t.kind == StateTest::OwnerIs) {
    add_name(out, ArgKind::Request, t.subject);
    if (!is_owner_word(t.word)) add_name(out, ArgKind::Queue, t.word);
  } else if (t.kind <= StateTest::Mode || (t.kind == StateTest::Exists && !t.negate)) {
    add_name(out, ArgKind::Queue, t.subject);
  }
}

void add_names(std::vector<NameUse>& out, const Check& check) {
  for (const Term& c : check.all) {
    for (const Pattern* p : {&c.a, &c.b, &c.c}) add_names(out, *p);
    for (const StateTests* tests : {&c.state, &c.other})
      for (const StateTest& t : *tests) add_names(out, t);
    for (const Check& inner : c.any) add_names(out, inner);
  }
}

}  // namespace

std::vector<NameUse> names_in(const Check& check) {
  std::vector<NameUse> out;
  add_names(out, check);
  return out;
}

std::vector<NameUse> names_in(const Pattern& pattern) {
  std::vector<NameUse> out;
  add_names(out, pattern);
  return out;
}

}  // namespace qs::lesson
