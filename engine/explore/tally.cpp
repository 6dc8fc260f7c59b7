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

}  // namespace

namespace {

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
  if (seen.sort != 0) ++sorts_[seen.sort].schedules;
}

void Tally::note(const Strategy& strategy, const trace::Trace& trace, bool whole, bool fewest) {
  const std::vector<Verdict> verdicts = verdicts_of(trace);
  if (!whole && verdicts.empty()) return;
  const Shortest now = length_of(strategy, fewest);
  Seen seen;
  for (const Verdict& v : verdicts) {
    const size_t way = way_of(v.rule, v.site);
    seen.ways |= bit_of_way(way);
    if (shows_way_better(now, ways_[way].shortest)) take(ways_[way].shortest, now, strategy);
  }
  if (whole) {
    seen.sort = outcome_key(trace) | 1;
    Sort& sort = sorts_[seen.sort];
    if (sort.text.empty()) sort.text = outcome_text(trace);
    if (shows_outcome_better(now, sort.shortest)) take(sort.shortest, now, strategy);
  }
  const uint64_t hash = strategy.schedule_hash();
  if (!schedules_.emplace(hash, seen).second) return;
  count(seen);
  if (kept_.size() == most_kept_) return;
  kept_.push_back({hash, step_hashes(strategy), !verdicts.empty()});
  std::sort(kept_.back().steps.begin(), kept_.back().steps.end());
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
  for (const Kept& k : other.kept_)
    if (kept_.size() < most_kept_ && added.count(k.hash) > 0) kept_.push_back(k);
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
  to.number(kept_.size());
  for (const Kept& k : kept_) {
    to.number(k.hash);
    put_hashes(to, k.steps);
    to.number(k.wrong);
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
  kept_.resize(from.count());
  for (Kept& k : kept_) {
    k.hash = from.number();
    k.steps = get_hashes(from);
    k.wrong = from.flag();
  }
}

}  // namespace qs::explore
