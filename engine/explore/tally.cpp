#include "explore/tally.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "explore/ending.h"

namespace qs::explore {

namespace {

std::vector<uint64_t> step_hashes(const Strategy& strategy) {
  std::vector<uint64_t> out;
  out.reserve(strategy.path().steps().size());
  for (const Step& step : strategy.path().steps()) out.push_back(step.hash);
  return out;
}

constexpr size_t kBits = 64;

uint64_t bit_of_way(size_t way) { return uint64_t(1) << std::min(way, kBits - 1); }

using Shortest = Tally::Shortest;

bool shows_way_better(const Shortest& a, const Shortest& b) {
  return std::tuple(a.switches, a.steps, !a.fewest) < std::tuple(b.switches, b.steps, !b.fewest);
}
bool shows_outcome_better(const Shortest& a, const Shortest& b) {
  const auto rank = [](const Shortest& s) {
    return std::tuple(s.steps == UINT32_MAX, s.fewest, s.switches, s.steps);
  };
  return rank(a) < rank(b);
}

// Of the execution that has just ended, without what takes time to write down.
Shortest length_of(const Strategy& strategy, bool fewest) {
  return {strategy.switches(), strategy.choices(), fewest, {}, {}};
}

void take(Shortest& s, const Shortest& length, const Strategy& strategy) {
  s = length;
  s.picks = strategy.picks();
  s.steps_taken = step_hashes(strategy);
}

}  // namespace

size_t Tally::way_of(std::string_view rule, trace::Site site) {
  const auto found = std::find_if(ways_.begin(), ways_.end(),
                                  [&](const Way& w) { return w.rule == rule && w.site == site; });
  if (found != ways_.end()) return size_t(found - ways_.begin());
  Way& way = ways_.emplace_back();
  way.rule = rule;
  way.site = site;
  return ways_.size() - 1;
}

void Tally::count(const Seen& seen) {
  wrong_ += seen.ways != 0;
  for (size_t i = 0; i < std::min(ways_.size(), kBits); ++i)
    ways_[i].schedules += seen.ways >> i & 1;
  ++sorts_[seen.sort].schedules;
}

void Tally::note(const Strategy& strategy, const trace::Trace& trace, bool whole, bool fewest) {
  if (!whole) return;
  const std::vector<ReportAt> verdicts = reports_in(trace);
  const Shortest now = length_of(strategy, fewest);
  Seen seen;
  std::vector<uint32_t> met;
  for (const ReportAt& v : verdicts) {
    const size_t way = way_of(v.rule, v.site);
    seen.ways |= bit_of_way(way);
    met.push_back(uint32_t(way));
    if (shows_way_better(now, ways_[way].shortest)) take(ways_[way].shortest, now, strategy);
  }
  seen.sort = outcome_key(trace) | 1;
  Sort& sort = sorts_[seen.sort];
  if (sort.text.empty()) sort.text = outcome_text(trace);
  if (shows_outcome_better(now, sort.shortest)) take(sort.shortest, now, strategy);
  const uint64_t hash = strategy.schedule_hash();
  if (!schedules_.emplace(hash, seen).second) return keep_shorter(hash, strategy);
  count(seen);
  if (kept_.size() == most_kept_) return;
  std::vector<uint64_t> steps = step_hashes(strategy);
  std::sort(steps.begin(), steps.end());
  keep(hash, {std::move(steps), strategy.picks(), strategy.switches(), std::move(met)});
}

void Tally::keep(uint64_t hash, Kept kept) {
  kept_at_.emplace(hash, uint32_t(kept_.size()));
  kept_.push_back(std::move(kept));
}

// The order of its steps does not matter to what it is, but to how many switches it takes.
void Tally::keep_shorter(uint64_t hash, const Strategy& strategy) {
  const auto at = kept_at_.find(hash);
  if (at == kept_at_.end() || kept_[at->second].switches <= strategy.switches()) return;
  kept_[at->second].picks = strategy.picks();
  kept_[at->second].switches = strategy.switches();
}

void Tally::merge(const Tally& other) {
  std::vector<size_t> ways;
  for (const Way& w : other.ways_) {
    ways.push_back(way_of(w.rule, w.site));
    Shortest& mine = ways_[ways.back()].shortest;
    if (shows_way_better(w.shortest, mine)) mine = w.shortest;
  }
  for (const auto& [key, sort] : other.sorts_) {
    Sort& mine = sorts_[key];
    mine.text = sort.text;
    if (shows_outcome_better(sort.shortest, mine.shortest)) mine.shortest = sort.shortest;
  }
  std::unordered_set<uint64_t> added;
  for (const auto& [hash, theirs] : other.schedules_) {
    Seen seen{0, theirs.sort};
    for (size_t i = 0; i < std::min(ways.size(), kBits); ++i)
      if (theirs.ways >> i & 1) seen.ways |= bit_of_way(ways[i]);
    if (!schedules_.emplace(hash, seen).second) continue;
    count(seen);
    added.insert(hash);
  }
  for (const auto& [hash, at] : other.kept_at_) {
    Kept theirs = other.kept_[at];
    for (uint32_t& way : theirs.ways) way = uint32_t(ways[way]);
    const auto mine = kept_at_.find(hash);
    if (mine != kept_at_.end() && theirs.switches < kept_[mine->second].switches)
      kept_[mine->second] = std::move(theirs);
    else if (mine == kept_at_.end() && kept_.size() < most_kept_ && added.count(hash) > 0)
      keep(hash, std::move(theirs));
  }
}

namespace {

void put_hashes(Writer& to, const std::vector<uint64_t>& hashes) {
  to.number(hashes.size());
  for (uint64_t hash : hashes) to.number(hash);
}

std::vector<uint64_t> get_hashes(Reader& from) {
  std::vector<uint64_t> out(from.count());
  for (uint64_t& hash : out) hash = from.number();
  return out;
}

void put_shortest(Writer& to, const Tally::Shortest& s) {
  to.number(s.switches);
  to.number(s.steps);
  to.number(s.fewest);
  to.picks(s.picks);
  put_hashes(to, s.steps_taken);
}

Tally::Shortest get_shortest(Reader& from) {
  Tally::Shortest s;
  s.switches = uint32_t(from.number(UINT32_MAX));
  s.steps = uint32_t(from.number(UINT32_MAX));
  s.fewest = from.flag();
  s.picks = from.picks();
  s.steps_taken = get_hashes(from);
  return s;
}

}  // namespace

void Tally::save(Writer& to) const {
  to.number(ways_.size());
  for (const Way& w : ways_) {
    to.text(w.rule);
    to.number(w.site.raw);
    put_shortest(to, w.shortest);
  }
  to.number(sorts_.size());
  for (const auto& [key, sort] : sorts_) {
    to.number(key);
    to.text(sort.text);
    put_shortest(to, sort.shortest);
  }
  to.number(schedules_.size());
  for (const auto& [hash, seen] : schedules_) {
    to.number(hash);
    to.number(seen.ways);
    to.number(seen.sort);
  }
  std::vector<uint64_t> hashes(kept_.size());
  for (const auto& [hash, at] : kept_at_) hashes[at] = hash;
  to.number(kept_.size());
  for (size_t i = 0; i < kept_.size(); ++i) {
    to.number(hashes[i]);
    put_hashes(to, kept_[i].steps);
    to.picks(kept_[i].picks);
    to.number(kept_[i].switches);
    put_hashes(to, {kept_[i].ways.begin(), kept_[i].ways.end()});
  }
}

void Tally::load(Reader& from) {
  ways_.resize(from.count());
  for (Way& w : ways_) {
    w.rule = from.text();
    w.site = trace::Site(uint32_t(from.number(UINT32_MAX)));
    w.shortest = get_shortest(from);
  }
  for (size_t n = from.count(); n > 0; --n) {
    Sort& sort = sorts_[from.number()];
    sort.text = from.text();
    sort.shortest = get_shortest(from);
  }
  for (size_t n = from.count(); n > 0; --n) {
    const uint64_t hash = from.number();
    const uint64_t ways = from.number(), sort = from.number();
    if (schedules_.emplace(hash, Seen{ways, sort}).second) count({ways, sort});
  }
  for (size_t n = from.count(); n > 0; --n) {
    const uint64_t hash = from.number();
    Kept k;
    k.steps = get_hashes(from);
    k.picks = from.picks();
    k.switches = uint32_t(from.number(UINT32_MAX));
    for (uint64_t way : get_hashes(from)) {
      if (way >= ways_.size()) return from.refuse();
      k.ways.push_back(uint32_t(way));
    }
    keep(hash, std::move(k));
  }
}

}  // namespace qs::explore
