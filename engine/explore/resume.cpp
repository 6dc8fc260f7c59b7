// A search that is written down, and goes on from there.
#include <fmt/format.h>

#include <utility>

#include "base/version.h"
#include "explore/search_impl.h"
#include "explore/store.h"
#include "run/run.h"

namespace qs::explore {

namespace {

constexpr std::string_view kMagic = "QueueScope search 2";

uint64_t hash_of(std::string_view bytes, uint64_t hash = 0xCBF29CE484222325u) {
  for (char c : bytes) hash = (hash ^ uint8_t(c)) * 0x100000001B3u;
  return hash;
}

std::string limits_text(const Limits& limits, const sched::Schedule& base) {
  return fmt::format("{} {} {} {} {}", limits.switches, limits.any_time, limits.stop_at_first,
                     limits.failing, base.print());
}

}  // namespace

// Of what the program does by itself, down to its lines: another driver, or another engine, does
// something else.
uint64_t Search::Impl::fingerprint() const {
  const run::Execution run = run::execute(program, base, fibers);
  uint64_t hash = hash_of(program_version());
  for (const sched::Input& input : program.script)
    hash = hash_of(fmt::format("{} {} {} {} {}", input.time, sched::input_text(input), input.anchor,
                               input.anchor_count, input.anchor_delay),
                   hash);
  const trace::Trace& trace = *run.trace;
  for (size_t i = 0; i < trace.size(); ++i) {
    const trace::Event& e = trace[i];
    for (uint32_t x : {uint32_t(e.code), e.time, e.s.raw, e.o.raw, e.a, e.b, e.c, e.site.raw})
      hash = (hash ^ x) * 0x100000001B3u;
  }
  for (uint32_t i = 0; i < trace.string_count(); ++i) hash = hash_of(trace.string(i), hash);
  return hash;
}

void Search::Impl::save(Writer& to) const {
  if (!there.state.empty()) {
    to.bytes() += there.state;
    return;
  }
  to.number(bool(reduced));
  if (reduced) reduced->save(to);
  to.number(next_bound);
  bounded->save(to);
  for (uint64_t x : {uint64_t(turn), uint64_t(done), uint64_t(failing), uint64_t(allocations),
                     uint64_t(complete), uint64_t(bound + 1), uint64_t(least), executions, steps})
    to.number(x);
  tally.save(to);
}

void Search::Impl::load(Reader& from) {
  constexpr uint64_t kAny = UINT32_MAX;
  reduced.reset();
  if (from.flag()) reduced.emplace(times()).load(from);
  next_bound = uint32_t(from.number(kAny));
  bounded.emplace(times(), next_bound).load(from);
  turn = from.flag();
  done = from.flag();
  failing = uint32_t(from.number(kAny));
  allocations = uint32_t(from.number(kAny));
  complete = from.flag();
  bound = int64_t(from.number(kAny + 1)) - 1;
  least = int64_t(from.number(kAny));
  executions = from.number();
  steps = from.number();
  tally.load(from);
}

std::string Search::save() const {
  Writer body;
  body.number(impl_->fingerprint());
  body.text(limits_text(impl_->limits, impl_->base));
  impl_->save(body);
  Writer out;
  out.text(kMagic);
  out.number(hash_of(body.bytes()));
  out.text(body.bytes());
  return std::move(out.bytes());
}

Result<std::unique_ptr<Search>> Search::resume(const run::Program& program,
                                               const sched::Schedule& base, Limits limits,
                                               std::string_view saved, sched::FiberKind fibers) {
  const auto refused = [](const char* why) { return Error{"", 0, why}; };
  Reader outer(saved);
  if (outer.text() != kMagic) return refused("This is not a search that was saved.");
  const uint64_t hash = outer.number();
  const std::string body = outer.text();
  if (!outer.good() || !outer.at_end() || hash != hash_of(body))
    return refused("The saved search is damaged.");
  auto search = std::make_unique<Search>(program, base, limits, fibers);
  Reader from(body);
  if (from.number() != search->impl_->fingerprint())
    return refused(
        "The saved search is of another program, or of this one as it was before a change.");
  if (from.text() != limits_text(limits, search->impl_->base))
    return refused("The saved search was made with other options.");
  search->impl_->load(from);
  if (!from.good() || !from.at_end()) return refused("The saved search is damaged.");
  return {std::move(search)};
}

}  // namespace qs::explore
