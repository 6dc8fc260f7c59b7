// Where two or three runs part.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/timeline/shared_clock.h"
#include "trace/events/words.h"
#include "trace/export/narrate.h"

namespace qs::model {
namespace {

// One step of a request, in a form that can be compared between runs.
struct Deed {
  size_t stop = 0, burst_end = 0;
  trace::EventCode code{};
  std::string other;  // the queue, target or receiver
  uint32_t a = 0;
  size_t event = 0;
  bool same(const Deed& d) const {
    return burst_end == d.burst_end && code == d.code && other == d.other && a == d.a;
  }
};
using Story = std::vector<Deed>;
using Stories = std::map<std::string, Story>;  // by request

bool is_deed(const trace::Event& e) {
  return e.s.kind() == ObjectKind::Request &&
         trace::event_level(e.code) == trace::EventLevel::Hop &&
         e.code != trace::EventCode::HwStart;
}

Deed deed_of(const SharedClock& clock, size_t run, const trace::Trace& t, size_t i) {
  const trace::Event& e = t[i];
  Deed d;
  d.stop = clock.stop_of(run, i);
  d.burst_end = clock.end_of_burst(d.stop);
  d.code = e.code;
  d.other = e.o ? t.name(e.o) : std::string();
  // Where in a queue it waits is not the request's own doing.
  d.a = e.code == trace::EventCode::Insert ? 0 : e.a;
  d.event = i;
  return d;
}

Stories stories_of(const SharedClock& clock, size_t run, const trace::Trace& t) {
  Stories out;
  for (size_t i = clock.events(0, run); i < t.size(); ++i)
    if (is_deed(t[i])) out[t.name(t[i].s)].push_back(deed_of(clock, run, t, i));
  return out;
}

// The order of all steps, for runs in which every request by itself fares alike.
Story order_of(const SharedClock& clock, size_t run, const trace::Trace& t) {
  Story out;
  for (size_t i = clock.events(0, run); i < t.size(); ++i)
    if (is_deed(t[i])) {
      out.push_back(deed_of(clock, run, t, i));
      out.back().other = t.name(t[i].s);
    }
  return out;
}

// Where stories stop being alike.
struct Parting {
  size_t stop = SIZE_MAX, run = 0, event = 0;
  explicit operator bool() const { return stop != SIZE_MAX; }
};

Parting parting(const std::vector<const Story*>& stories) {
  for (size_t k = 0;; ++k) {
    bool all_over = true, alike = true;
    Parting p;
    for (size_t r = 0; r < stories.size(); ++r) {
      const Story& s = *stories[r];
      const bool over = k >= s.size();
      all_over &= over;
      const Story& first = *stories.front();
      if (over != (k >= first.size()) || (!over && !s[k].same(first[k]))) alike = false;
      if (!over && s[k].stop < p.stop) p = {s[k].stop, r, s[k].event};
    }
    if (all_over) return {};
    if (!alike) return p;
  }
}

std::string says(Timeline& timeline, size_t events, const std::string& request) {
  const Model& m = timeline.at(events);
  const trace::Trace& t = timeline.trace();
  for (const RequestView& r : m.requests)
    if (t.name(r.id) == request) return request_is(m, t, r.id);
  return "is not sent yet";
}

bool all_equal(const std::vector<std::string>& list) {
  return std::all_of(list.begin(), list.end(), [&](const auto& s) { return s == list.front(); });
}

std::string first_upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string request_is(const Model& m, const trace::Trace& t, ObjectId id) {
  const RequestView* r = m.request(id);
  if (!r) return "is not sent yet";
  switch (r->place) {
    case Place::Sender: return "is with its sender";
    case Place::Device:
    case Place::CallerContext: return "is at the device";
    case Place::Waiting: return fmt::format("waits in {}", trace::spoken_name(t, r->queue));
    case Place::PendedIrp: return "waits for a reserved request";
    case Place::Driver: {
      const QueueView* q = m.queue(r->queue);
      if (q && q->dispatch() == trace::Dispatch::Manual) return "is retrieved: the driver owns it";
      if (r->room < trace::CallbackKind::Count)
        return fmt::format("is presented to {}", trace::callback_name(r->room));
      return "is presented to the driver";
    }
    case Place::Target: return "is at the lower driver";
    case Place::Released: return "is sent and forgotten";
    case Place::Completing:
      return fmt::format("is being completed with {}", trace::status_text(r->given_status));
    case Place::Done: return fmt::format("is done with {}", trace::status_text(r->status));
  }
  return "";
}

std::optional<FirstDifference> first_difference(const SharedClock& clock,
                                                const std::vector<Timeline*>& timelines) {
  std::vector<Stories> stories;
  for (size_t r = 0; r < timelines.size(); ++r)
    stories.push_back(stories_of(clock, r, timelines[r]->trace()));
  Parting first;
  std::string request;
  static const Story none;
  const auto consider = [&](const std::string& name) {
    std::vector<const Story*> of;
    for (const Stories& s : stories) {
      const auto found = s.find(name);
      of.push_back(found == s.end() ? &none : &found->second);
    }
    const Parting p = parting(of);
    if (!p || p.stop > first.stop || (p.stop == first.stop && p.event >= first.event)) return;
    first = p;
    request = name;
  };
  for (const Stories& s : stories)
    for (const auto& [name, story] : s) consider(name);
  if (!first && !timelines.empty()) {
    std::vector<Story> orders;
    std::vector<const Story*> of;
    for (size_t r = 0; r < timelines.size(); ++r)
      orders.push_back(order_of(clock, r, timelines[r]->trace()));
    for (const Story& s : orders) of.push_back(&s);
    first = parting(of);
    if (!first) return {};
    const trace::Trace& t = timelines[first.run]->trace();
    request = t.name(t[first.event].s);
  }
  if (!first) return {};

  FirstDifference d;
  d.stop = first.stop;
  d.time = clock.time(first.stop);
  d.request = request;
  // Best told once things have come to rest; else at this very step; else by the step itself.
  for (const size_t stop : {clock.end_of_burst(first.stop), first.stop}) {
    d.is.clear();
    for (size_t r = 0; r < timelines.size(); ++r)
      d.is.push_back(says(*timelines[r], clock.events(stop, r), request));
    if (!all_equal(d.is)) return d;
  }
  d.is[first.run] = "goes first";
  return d;
}

std::string difference_sentence(const FirstDifference& d, const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::string>> groups;  // what it is, in which runs
  for (size_t r = 0; r < d.is.size() && r < names.size(); ++r) {
    const auto known = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& g) { return g.first == d.is[r]; });
    if (known == groups.end())
      groups.emplace_back(d.is[r], names[r]);
    else
      known->second += " and " + names[r];
  }
  std::string out;
  for (const auto& [is, runs] : groups)
    out += fmt::format("{}in {} {} {}", out.empty() ? "" : "; ", runs,
                       out.empty() ? d.request : "it", is);
  return first_upper(fmt::format("at {}: {}.", trace::time_text(d.time), out));
}

}  // namespace qs::model
