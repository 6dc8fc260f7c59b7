// Which input comes in next, beside an account of it that walks over all of them.
#include "run/pending_inputs.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "tests/session/support.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;

namespace {

// Every pending input is asked, one after the other, at every step.
class InputWalk {
 public:
  InputWalk(std::vector<run::PendingInput> inputs, const trace::Trace& trace)
      : inputs_(std::move(inputs)), trace_(trace) {
    std::stable_sort(inputs_.begin(), inputs_.end(),
                     [](const auto& a, const auto& b) { return a.input->time < b.input->time; });
  }
  uint32_t due(const sched::Input& input) const {
    if (input.anchor.empty()) return input.time;
    if (input.anchor_count == 0) return input.anchor_delay;
    uint32_t seen = 0;
    for (size_t i = 0; i < trace_.size(); ++i) {
      const trace::Event& e = trace_[i];
      const std::string code = "event(" + std::string(trace::event_name(e.code));
      const bool it =
          input.anchor == code + ")" || input.anchor == code + "," + trace_.name(e.s) + ")" ||
          (input.anchor == "own(R*)" && e.code == trace::EventCode::Own &&
           trace_.name(e.s)[0] == 'R') ||
          (input.anchor == "own(" + trace_.name(e.s) + ")" && e.code == trace::EventCode::Own);
      if (!it) continue;
      if (++seen == input.anchor_count) return e.time + input.anchor_delay;
    }
    return UINT32_MAX;
  }
  std::optional<sched::Input> take(uint32_t now) {
    const auto ready = std::find_if(inputs_.begin(), inputs_.end(),
                                    [&](const auto& p) { return due(*p.input) <= now; });
    if (ready == inputs_.end()) return {};
    const sched::Input input = *ready->input;
    inputs_.erase(ready);
    return input;
  }
  uint32_t next_due() const {
    uint32_t next = UINT32_MAX;
    for (const auto& p : inputs_) next = std::min(next, due(*p.input));
    return next;
  }
  size_t left() const { return inputs_.size(); }

 private:
  std::vector<run::PendingInput> inputs_;
  const trace::Trace& trace_;
};

}  // namespace

TEST_CASE("inputs come in as if all of them were asked at every step") {
  QS_TEST_SEED(seed, 71);
  Random r(seed);
  const trace::EventCode codes[] = {trace::EventCode::Own, trace::EventCode::Send,
                                    trace::EventCode::Completed};
  for (int round = 0; round < 60; ++round) {
    trace::Trace trace;
    for (uint32_t n = 1; n <= 4; ++n)
      trace.set_name(ObjectId(ObjectKind::Request, n), "R" + std::to_string(n));
    std::deque<sched::Input> all;
    std::vector<run::PendingInput> inputs;
    for (uint32_t i = 0; i < 40; ++i) {
      sched::Input in = input(sched::InputKind::Button, "", std::to_string(i));
      in.time = r.below(30);
      if (r.one_in(2)) {
        const uint32_t n = r.below(6);  // any object, one with a name, one without
        const std::string object = n == 0 ? "" : n == 5 ? "request 9" : "R" + std::to_string(n);
        in.anchor = r.one_in(9)   ? "no_such_event()"
                    : r.one_in(9) ? "own(R*)"
                    : r.one_in(3) && n
                        ? "own(" + object + ")"
                        : "event(" + std::string(trace::event_name(codes[r.below(3)])) +
                              (n ? "," : "") + object + ")";
        in.at_once = r.one_in(9);
        in.anchor_count = r.below(4);
        in.anchor_delay = r.below(5);
      }
      all.push_back(in);
      inputs.push_back({&all.back(), r.one_in(2)});
    }
    InputWalk walk(inputs, trace);
    run::PendingInputs pending(inputs);
    for (uint32_t now = 0; now < 60; ++now) {
      for (uint32_t n = r.below(4); n > 0; --n) {
        trace::Event e;
        e.code = codes[r.below(3)];
        e.time = now;
        e.s = ObjectId(ObjectKind::Request, r.one_in(6) ? 9 : 1 + r.below(4));
        trace.push(e);
      }
      for (;;) {
        pending.look(trace);
        const run::PendingInput* taken = pending.take(now);
        const auto expected = walk.take(now);
        REQUIRE((taken != nullptr) == expected.has_value());
        if (!taken) break;
        REQUIRE(*taken->input == *expected);
      }
      REQUIRE(pending.next_due() == walk.next_due());
      REQUIRE(pending.left().size() == walk.left());
    }
  }
}
