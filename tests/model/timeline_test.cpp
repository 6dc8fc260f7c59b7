// Timeline: one state by every route, within its memory, fast.
#include <doctest/doctest.h>

#include <ctime>

#include "model/timeline/timeline.h"
#include "tests/model/story.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using model::ThreadSpan;
using model::Timeline;
using trace::EventCode;
using trace::Trace;

namespace {

std::vector<model::Model> all_moments(const Trace& trace) {
  std::vector<model::Model> out(1);
  for (size_t i = 0; i < trace.size(); ++i) {
    out.push_back(out.back());
    model::apply(out.back(), trace[i]);
  }
  return out;
}

void check_routes(const Trace& trace, Timeline::Options options, uint64_t seed) {
  const auto truth = all_moments(trace);
  Random r(seed);
  {
    Timeline t(trace, options);
    for (size_t n = 0; n <= trace.size(); ++n) REQUIRE(t.at(n) == truth[n]);
    for (size_t n = trace.size() + 1; n-- > 0;) REQUIRE(t.at(n) == truth[n]);
  }
  Timeline t(trace, options);
  for (int i = 0; i < 500; ++i) {
    size_t n = r.below(uint32_t(trace.size() + 1));
    REQUIRE(t.at(n) == truth[n]);
    if (r.one_in(3)) {  // a frame holds before and after
      const model::Model& before = t.at(n);
      const model::Model& after = t.at(std::min(n + 1, trace.size()));
      REQUIRE(before == truth[n]);
      REQUIRE(after == truth[std::min(n + 1, trace.size())]);
    }
  }
}

}  // namespace

TEST_CASE("seeking forward, backward and at random gives one state") {
  QS_TEST_SEED(seed, 3);
  Timeline::Options options;
  options.spacing = 37;
  check_routes(random_run(seed, 1500), options, seed);
}

TEST_CASE("seeking gives one state even when there is no memory for keyframes") {
  QS_TEST_SEED(seed, 4);
  Timeline::Options starving;
  starving.spacing = 1;
  starving.keyframe_budget = 1;
  check_routes(random_run(seed, 800), starving, seed);
  Timeline::Options tight;
  tight.spacing = 16;
  tight.keyframe_budget = 60000;
  Trace trace = random_run(seed, 3000);
  check_routes(trace, tight, seed);
  Timeline t(trace, tight);
  t.head();
  CHECK(t.stats().spacing > 16);
  CHECK(t.stats().keyframe_bytes <= 60000);
}

TEST_CASE("seeking gives one state in traces that no run would make") {
  QS_TEST_SEED(seed, 5);
  Timeline::Options options;
  options.spacing = 64;
  check_routes(random_noise(seed, 1500), options, seed);
}

TEST_CASE("a growing trace is followed") {
  QS_TEST_SEED(seed, 6);
  Trace whole = random_run(seed, 2000);
  const auto truth = all_moments(whole);
  Trace growing;
  Timeline::Options options;
  options.spacing = 50;
  Timeline t(growing, options);
  Random r(seed);
  while (growing.size() < whole.size()) {
    for (uint32_t n = 1 + r.below(40); n > 0 && growing.size() < whole.size(); --n)
      growing.push(whole[growing.size()]);
    REQUIRE(t.head() == truth[growing.size()]);
    size_t n = r.below(uint32_t(growing.size() + 1));
    REQUIRE(t.at(n) == truth[n]);
  }
  Timeline fresh(whole);
  for (ObjectId id : fresh.requests())
    REQUIRE(t.request_spans(id).size() == fresh.request_spans(id).size());
}

TEST_CASE("at() clamps, and an empty trace has one moment") {
  Trace none;
  Timeline t(none);
  CHECK(t.at(0) == model::Model());
  CHECK(t.at(5) == model::Model());
  Story s;
  s.set_up();
  Timeline u(s.trace);
  CHECK(u.at(size_t(-1)).events == s.trace.size());
}

TEST_CASE("a million events: any moment in far less than a frame, at most 64 bytes an event") {
  QS_TEST_SEED(seed, 7);
  Trace trace = random_run(seed, 1000000);
  Timeline t(trace);
  t.head();
  INFO("bytes an event: ", double(t.memory_bytes()) / double(trace.size()));
  INFO("index bytes an event: ", double(t.stats().index_bytes) / double(trace.size()));
  CHECK(t.memory_bytes() <= trace.size() * 64);
  Random r(seed);
  double worst = 0;  // processor time: other programs on the machine do not count
  for (int i = 0; i < 300; ++i) {
    std::clock_t start = std::clock();
    t.at(r.below(uint32_t(trace.size() + 1)));
    worst = std::max(worst, 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC);
  }
  INFO("slowest seek, ms: ", worst);
  CHECK(worst < 16);
}

TEST_CASE("request spans tell place, owner and marks, without holes") {
  Story s;
  s.set_up().send(1).arrive(1).insert(1).take(1).deliver(1);
  s.add(EventCode::Cancelable, request(1), queue(1)).leave_handler(1);
  s.add(EventCode::Uncancelable, request(1), queue(1)).complete(1, 1, int32_t(0xC0000120));
  Timeline t(s.trace);
  CHECK(t.requests() == std::vector<ObjectId>{request(1)});
  auto spans = t.request_spans(request(1));
  REQUIRE(spans.size() >= 6);
  for (size_t i = 1; i < spans.size(); ++i) CHECK(spans[i - 1].to == spans[i].from);
  CHECK(spans.back().to == model::kOpenEnd);
  CHECK(spans.front().place == model::Place::Sender);
  CHECK(spans.back().place == model::Place::Done);
  CHECK((spans.back().marks & model::RequestSpan::kMarkCanceled) != 0);
  bool cancelable = false;
  for (const auto& span : spans)
    cancelable |=
        span.owner == model::Owner::Driver && (span.marks & model::RequestSpan::kMarkCancelable);
  CHECK(cancelable);
  // A part of the time only.
  auto part = t.request_spans(request(1), spans[2].from, spans[2].from + 1);
  REQUIRE(part.size() == 1);
  CHECK(part[0].place == spans[2].place);
  CHECK(t.request_spans(request(99)).empty());
}

TEST_CASE("request spans agree with the model at every event") {
  QS_TEST_SEED(seed, 8);
  Trace trace = random_run(seed, 2000);
  Timeline t(trace);
  const auto truth = all_moments(trace);
  for (ObjectId id : t.requests())
    for (const auto& span : t.request_spans(id)) {
      const model::RequestView* r = truth[span.from + 1].request(id);
      REQUIRE(r != nullptr);
      CHECK(r->owner == span.owner);
      CHECK(r->place == span.place);
      size_t last = std::min<size_t>(span.to, trace.size());
      if (const model::RequestView* end = truth[last].request(id)) CHECK(end->place == span.place);
    }
}

TEST_CASE("spans are merged to at most as many as asked for, and still cover the same time") {
  QS_TEST_SEED(seed, 9);
  Trace trace = random_run(seed, 20000);
  Timeline t(trace);
  auto end = uint32_t(trace.size());
  for (size_t limit : {1u, 2u, 5u, 20u}) {
    for (ObjectId id : t.requests()) {
      auto all = t.request_spans(id, 100, end - 100);
      auto few = t.request_spans(id, 100, end - 100, limit);
      REQUIRE(few.size() <= limit);
      if (all.empty()) continue;
      REQUIRE_FALSE(few.empty());
      CHECK(few.front().from == all.front().from);
      CHECK(few.back().to == all.back().to);
      size_t merged = 0;
      for (const auto& span : few) merged += span.merged;
      CHECK(merged == all.size());
    }
    for (ObjectId id : t.queues()) CHECK(t.queue_samples(id, 0, end, limit).size() <= limit);
  }
}

namespace {

// What merging came to when it walked over every entry: one for each part of [e0, e1) in which
// some begin.
template <class S, class From, class Join>
std::vector<S> joined(const std::vector<S>& all, uint32_t e0, uint32_t e1, size_t most, From from,
                      Join join) {
  if (all.size() <= most) return all;
  const uint32_t width = std::max(1u, uint32_t((uint64_t(e1 - e0) + most - 1) / most));
  std::vector<S> out;
  uint32_t part = 0;
  for (const S& s : all) {
    const uint32_t p = (std::max(from(s), e0) - e0) / width;
    if (out.empty() || p != part)
      out.push_back(s);
    else
      join(out.back(), s);
    part = p;
  }
  return out;
}

}  // namespace

TEST_CASE("summaries show what walking over every entry shows") {
  QS_TEST_SEED(seed, 10);
  Trace trace = random_run(seed, 30'000, 2);
  Timeline t(trace);
  Random r(seed);
  const auto end = uint32_t(trace.size());
  for (int i = 0; i < 200; ++i) {
    const uint32_t e0 = r.below(end), e1 = e0 + 1 + r.below(end - e0);
    const size_t most = 1 + r.below(60);
    for (ObjectId id : t.queues()) {
      const auto few = t.queue_samples(id, e0, e1, most);
      const auto expected = joined(
          t.queue_samples(id, e0, e1), e0, e1, most,
          [](const model::QueueSample& s) { return s.at; },
          [](model::QueueSample& into, const model::QueueSample& s) {
            into.waiting = std::max(into.waiting, s.waiting);
            into.owned = std::max(into.owned, s.owned);
            into.activations = std::max(into.activations, s.activations);
            into.bits = s.bits;
          });
      REQUIRE(few.size() == expected.size());
      for (size_t k = 0; k < few.size(); ++k) {
        CHECK(few[k].at == expected[k].at);
        CHECK(few[k].waiting == expected[k].waiting);
        CHECK(few[k].owned == expected[k].owned);
        CHECK(few[k].activations == expected[k].activations);
        CHECK(few[k].bits == expected[k].bits);
      }
    }
    for (ObjectId id : t.threads())
      for (auto kind : {ThreadSpan::Life, ThreadSpan::Callback, ThreadSpan::Wait, ThreadSpan::Irql})
        for (uint8_t depth = 0; depth < 3; ++depth) {
          const auto of_depth = [&](std::vector<ThreadSpan> spans) {
            std::erase_if(spans, [&](const ThreadSpan& s) { return s.depth != depth; });
            return spans;
          };
          const auto few = of_depth(t.thread_spans(id, kind, e0, e1, most));
          uint32_t longest = 0;
          const auto seen = [&](const ThreadSpan& s) {
            return std::min(s.to, e1) - std::max(s.from, e0);
          };
          const auto expected = joined(
              of_depth(t.thread_spans(id, kind, e0, e1)), e0, e1, most,
              [](const ThreadSpan& s) { return s.from; },
              [&](ThreadSpan& into, const ThreadSpan& s) {
                if (into.merged == 1) longest = seen(into);
                if (seen(s) > longest) longest = seen(s), into.value = s.value;
                into.to = s.to;
                ++into.merged;
              });
          REQUIRE(few.size() == expected.size());
          for (size_t k = 0; k < few.size(); ++k) {
            CHECK(few[k].from == expected[k].from);
            CHECK(few[k].to == expected[k].to);
            CHECK(few[k].value == expected[k].value);
            CHECK(few[k].merged == expected[k].merged);
          }
        }
  }
}

TEST_CASE("spans and samples of traces no run would make can be asked for") {
  QS_TEST_SEED(seed, 11);
  Trace trace = random_noise(seed, 20'000);
  Timeline t(trace);
  for (size_t most : {0u, 1u, 7u, 300u}) {
    for (ObjectId id : t.queues()) t.queue_samples(id, 100, 19'000, most);
    for (ObjectId id : t.threads())
      for (auto kind : {ThreadSpan::Life, ThreadSpan::Callback, ThreadSpan::Wait, ThreadSpan::Irql})
        t.thread_spans(id, kind, 100, 19'000, most);
  }
  CHECK(t.size() == trace.size());
}

TEST_CASE("thousands alive: keyframes share them") {
  Story s;
  s.set_up();
  for (uint32_t n = 1; n <= 20'000; ++n) s.send(n).arrive(n).insert(n);
  Timeline t(s.trace);
  CHECK(t.head().requests.size() == 20'000);
  INFO("bytes an event: ", double(t.memory_bytes()) / double(s.trace.size()));
  CHECK(t.stats().keyframes >= 10);
  CHECK(t.stats().keyframe_bytes <= 4 * 20'000 * sizeof(model::RequestView));
}

TEST_CASE("a timeline can be read in slices") {
  QS_TEST_SEED(seed, 12);
  Trace trace = random_run(seed, 3000);
  Timeline t(trace);
  size_t slices = 1;
  for (; t.read_on(500); ++slices) CHECK(t.events_read() == slices * 500);
  CHECK(slices == (trace.size() + 499) / 500);
  CHECK(t.events_read() == trace.size());
  CHECK(t.at(1234) == all_moments(trace)[1234]);
}

TEST_CASE("thread spans: life, nested callbacks, waits, IRQL") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  s.add(EventCode::CallbackEnter, request(1), queue(1),
        uint32_t(trace::CallbackKind::EvtRequestCancel));
  s.add(EventCode::ThreadWait, thread(1), {}, uint32_t(trace::WaitReason::Delay));
  s.add(EventCode::ThreadWake, thread(1));
  s.add(EventCode::Irql, thread(1), {}, 2, 0).add(EventCode::Irql, thread(1), {}, 0, 2);
  s.add(EventCode::CallbackLeave, request(1), queue(1),
        uint32_t(trace::CallbackKind::EvtRequestCancel));
  s.leave_handler(1);
  Timeline t(s.trace);
  auto calls = t.thread_spans(thread(1), ThreadSpan::Callback);
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].depth == 0);
  CHECK(calls[1].depth == 1);
  CHECK(trace::CallbackKind(calls[1].value) == trace::CallbackKind::EvtRequestCancel);
  CHECK(calls[0].to > calls[1].to);
  auto waits = t.thread_spans(thread(1), ThreadSpan::Wait);
  REQUIRE(waits.size() == 1);
  CHECK(waits[0].to == waits[0].from + 1);
  CHECK(t.thread_spans(thread(1), ThreadSpan::Irql).size() == 1);
  CHECK(t.thread_spans(thread(1), ThreadSpan::Life)[0].to == model::kOpenEnd);
  s.end_thread(1);
  CHECK(t.thread_spans(thread(1), ThreadSpan::Life)[0].to == s.trace.size() - 1);
}

TEST_CASE("thread spans: a thread that starts at a raised IRQL has it from its first event on") {
  Story s;
  s.set_up();
  const size_t start = s.trace.size();
  s.add(EventCode::ThreadStart, thread(2), device(), uint32_t(trace::ThreadKind::Dpc), 0, 2);
  s.add(EventCode::ThreadEnd, thread(2));
  Timeline t(s.trace);
  const auto levels = t.thread_spans(thread(2), ThreadSpan::Irql);
  REQUIRE(levels.size() == 1);
  CHECK(levels[0].from == start);
  CHECK(levels[0].to == start + 1);
  CHECK(levels[0].value == 2);
}

TEST_CASE("queue samples, line hits, object events and times") {
  Story s;
  s.set_up().send(1).arrive(1).insert(1);
  s.time = 500;
  s.send(2).arrive(2).insert(2).take(1).deliver(1).at_line(41).at_line(42).at_line(41);
  Timeline t(s.trace);
  auto samples = t.queue_samples(queue(1));
  REQUIRE(samples.size() >= 4);
  CHECK(samples.back().waiting == 1);
  CHECK(samples.back().owned == 1);
  CHECK((samples.back().bits & model::QueueSample::kPowerOn) != 0);
  uint16_t most = 0;
  for (const auto& sample : samples) most = std::max(most, sample.waiting);
  CHECK(most == 2);
  trace::Site line41(1, 41);
  CHECK(t.line_hits(line41).size() == 2);
  auto counts = t.line_counts(1, t.size());
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].line == 41);
  CHECK(counts[0].hits == 2);
  CHECK(t.line_counts(1, t.size() - 1)[0].hits == 1);
  auto events = t.events_of(request(2));
  REQUIRE(events.size() == 3);
  CHECK(s.trace[events[0]].code == EventCode::Send);
  CHECK(t.event_at_time(0) == 0);
  CHECK(s.trace[t.event_at_time(1)].time == 500);
  CHECK(t.event_at_time(501) == t.size());
  s.add(EventCode::Completed, request(2), app());
  CHECK(t.events_of(request(2)).size() == 4);
}
