// The stage as rectangles: every arrangement, from a small window to a wall, few things or many.
#include "ui/panes/stage/layout.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "ui/panes/stage/motion.h"
#include "ui/support/sample_trace.h"

using namespace qs;
using namespace qs::ui;
using model::Timeline;

namespace {

struct Case {
  const char* what;
  std::shared_ptr<trace::Trace> trace;
};
std::vector<Case> cases() {
  return {{"the sample", sample::sample_run().trace},
          {"one queue, no request", sample::crowd(1, 0, 1, false)},
          {"two queues, three requests", sample::crowd(2, 3, 1, false)},
          {"eight queues, forty requests", sample::crowd(8, 40, 3)},
          {"twelve queues, nine applications", sample::crowd(12, 30, 9)},
          {"three queues, 300 requests", sample::crowd(3, 300, 2)}};
}
struct Size {
  float w, h;
};
constexpr Size kWindows[] = {{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}};

Rect token_rect(const StageLayout& l, Point center, float size) {
  return rect_around(center, size * l.scale, size * l.scale);
}

// Of several cards of one callback, the one that the request is on.
Rect card_of(const StageLayout& l, const TokenSpot& t) {
  if (t.at.kind != StationKind::room) return l.card_of(t.at);
  for (const RoomBox& box : l.room_boxes)
    if (std::count(box.requests.begin(), box.requests.end(), t.id)) return box.card;
  return {};
}

void check_layout(const StageLayout& l, const Rect& room) {
  // Cards stay inside and apart.
  std::vector<Rect> cards;
  for (const auto& b : l.app_boxes) cards.push_back(b.card);
  for (const auto& b : l.queue_boxes) cards.push_back(b.card);
  for (const auto& b : l.room_boxes) cards.push_back(b.card);
  for (const auto& b : l.target_boxes) cards.push_back(b.card);
  for (const auto& b : l.device_boxes) cards.push_back(b.card);
  cards.push_back(l.done);
  for (const Rect& r : {l.quiet, l.sentence, l.verbs, l.banner, l.add_queue})
    if (!r.empty()) cards.push_back(r);
  for (size_t i = 0; i < cards.size(); ++i) {
    CHECK(room.contains(cards[i], 1.5f));
    for (size_t j = i + 1; j < cards.size(); ++j) {
      const Rect common = intersect(cards[i], cards[j]);
      CHECK_MESSAGE(!(common.w > 1 && common.h > 1), "cards " << i << " and " << j << " overlap");
    }
  }
  // Requests lie in their cards and on nobody else.
  std::vector<Rect> tokens;
  for (const TokenSpot& t : l.tokens) {
    if (!t.shown) continue;
    const Rect r = token_rect(l, t.center, t.size);
    CHECK_MESSAGE(card_of(l, t).contains(r, 1.5f),
                  "a token sticks out of " << int(t.at.kind) << "/" << t.at.index);
    tokens.push_back(r);
  }
  for (const PileSpot& p : l.piles) tokens.push_back(token_rect(l, p.center, p.size));
  for (const CallSpot& c : l.calls) tokens.push_back(token_rect(l, c.center, c.size));
  for (size_t i = 0; i < tokens.size(); ++i)
    for (size_t j = i + 1; j < tokens.size(); ++j) {
      const Rect common = intersect(tokens[i], tokens[j]);
      CHECK_FALSE((common.w > 1 && common.h > 1));
    }
}

}  // namespace

TEST_CASE(
    "stage layout: nothing overlaps and nothing sticks out, at 4 windows, 3 scales, 2 widths") {
  for (const Case& c : cases()) {
    const Timeline fresh(*c.trace);
    Timeline timeline(*c.trace);
    const StageCast cast = find_cast(*c.trace);
    for (const Size& window : kWindows)
      for (const float scale : {1.0f, 2.0f, 3.0f})
        for (const float part : {0.52f, 1.0f}) {
          if (window.w * part / scale < 240) continue;  // narrower than promised
          CAPTURE(c.what);
          CAPTURE(window.w);
          CAPTURE(scale);
          CAPTURE(part);
          const model::Model& model = timeline.head();
          for (const StageOptions& options :
               {StageOptions{true}, StageOptions{true, true, true, true},
                StageOptions{true, false, true, true, true},
                StageOptions{true, true, true, true, false, false, false, 240}}) {
            Rect room{20, 60, window.w * part, window.h * 0.6f};
            StageLayout l = layout_stage(model, cast, room, scale, options);
            room.h = std::max(room.h, l.height);
            l = layout_stage(model, cast, room, scale, options);
            CHECK(l.height <= room.h + 1);
            check_layout(l, room);
          }
        }
  }
}

TEST_CASE("stage layout: every living request stands in one place, at every event") {
  for (const Case& c : cases()) {
    Timeline timeline(*c.trace);
    const StageCast cast = find_cast(*c.trace);
    const size_t step = std::max<size_t>(1, timeline.size() / 200);
    for (size_t i = 0; i <= timeline.size(); i += step) {
      const model::Model& m = timeline.at(i);
      const StageLayout l = layout_stage(m, cast, {0, 0, 900, 600}, 1);
      size_t expected = 0;
      for (const model::RequestView& r : m.requests) {
        const Station at = station_of(m, cast, r);
        expected += at.kind != StationKind::none;
        CHECK_MESSAGE(at.kind != StationKind::none, c.trace->name(r.id) << " is nowhere");
        const TokenSpot* spot = l.token(r.id);
        REQUIRE(spot);
        CHECK(spot->at == at);
      }
      CHECK(l.tokens.size() == expected);
    }
  }
}

TEST_CASE("stage layout: what does not fit is counted on a pile, nothing is lost") {
  const auto trace = sample::crowd(3, 300, 2);
  Timeline timeline(*trace);
  const model::Model& m = timeline.head();
  const StageLayout l = layout_stage(m, find_cast(*trace), {0, 0, 880, 560}, 1);
  for (size_t q = 0; q < l.queue_boxes.size(); ++q) {
    const Station at{StationKind::tube, int(q)};
    size_t shown = 0, all = 0, piled = 0;
    for (const TokenSpot& t : l.tokens)
      if (t.at == at) {
        ++all;
        shown += t.shown;
      }
    for (const PileSpot& p : l.piles)
      if (p.at == at) piled += size_t(p.count);
    CHECK(all == m.queue(l.queue_boxes[q].id)->waiting.size());
    CHECK(shown + piled == all);
    CHECK((piled > 0) == (all > 20));
  }
}

TEST_CASE(
    "stage layout: the head of a queue is at the right, and shapes are few at 2,000 requests") {
  const auto trace = sample::crowd(8, 2000, 3);
  Timeline timeline(*trace);
  const StageLayout l = layout_stage(timeline.head(), find_cast(*trace), {0, 0, 1900, 1200}, 1);
  for (size_t q = 0; q < l.queue_boxes.size(); ++q) {
    const auto& waiting = timeline.head().queue(l.queue_boxes[q].id)->waiting;
    if (waiting.size() < 2) continue;
    CHECK(l.token(waiting[0])->center.x > l.token(waiting[1])->center.x);
  }
  size_t shown = 0;
  for (const TokenSpot& t : l.tokens) shown += t.shown;
  CHECK(shown < 500);
}

TEST_CASE("stage layout: arrangements by width") {
  const auto trace = sample::sample_run().trace;
  Timeline timeline(*trace);
  const auto arrange = [&](float w, float scale) {
    return layout_stage(timeline.head(), *trace, {0, 0, w, 500}, scale).arrange;
  };
  CHECK(arrange(1100, 1) == Arrange::columns);
  CHECK(arrange(1100, 1.5f) == Arrange::folded);
  CHECK(arrange(1100, 3) == Arrange::stacked);
  CHECK(arrange(730, 1) == Arrange::folded);
  CHECK(arrange(500, 1) == Arrange::stacked);
}

TEST_CASE(
    "stage layout: the cast is known from the start, so nothing shifts when somebody enters") {
  const auto s = sample::sample_run();
  Timeline timeline(*s.trace);
  const StageCast cast = find_cast(*s.trace);
  const StageLayout early = layout_stage(timeline.at(3), cast, {0, 0, 900, 600}, 1);
  const StageLayout late = layout_stage(timeline.head(), cast, {0, 0, 900, 600}, 1);
  REQUIRE(early.queue_boxes.size() == late.queue_boxes.size());
  for (size_t i = 0; i < early.queue_boxes.size(); ++i)
    CHECK(early.queue_boxes[i].card == late.queue_boxes[i].card);
  CHECK(early.driver == late.driver);
  CHECK(early.quiet == late.quiet);
  CHECK(early.done == late.done);
}

TEST_CASE(
    "stage motion: begins where it was, ends where it is, and passes through the middle once") {
  const auto s = sample::sample_run();
  Timeline timeline(*s.trace);
  const StageCast cast = find_cast(*s.trace);
  const Rect room{0, 0, 900, 600};
  for (const size_t event : {s.dispatched, s.forwarded}) {
    const StageLayout before = layout_stage(timeline.at(event - 1), cast, room, 1);
    const StageLayout after = layout_stage(timeline.at(event), cast, room, 1);
    const auto at = [&](float t) {
      const StagePicture p = picture_between(before, after, t);
      for (const ShownToken& token : p.tokens)
        if (token.id == s.r2) return token;
      FAIL("R2 is not on the stage");
      return ShownToken{};
    };
    CHECK(at(0).center == before.token(s.r2)->center);
    CHECK(at(1).center == after.token(s.r2)->center);
    CHECK_FALSE(at(1).moving);
    CHECK(at(0.5f).moving);
    const StagePicture p = picture_between(before, after, 1);
    REQUIRE(p.moves.size() == 1);
    CHECK(p.moves[0].id == s.r2);
    CHECK(p.moves[0].kind == (event == s.dispatched ? MoveKind::deliver : MoveKind::back));
    // The same moment is the same picture, forwards or backwards.
    CHECK(at(0.37f).center == at(0.37f).center);
  }
}

TEST_CASE("stage motion: a step in which nothing changes place moves nothing") {
  const auto s = sample::sample_run();
  Timeline timeline(*s.trace);
  const StageCast cast = find_cast(*s.trace);
  for (size_t i = 1; i <= timeline.size(); ++i) {
    if (trace::event_level((*s.trace)[i - 1].code) != trace::EventLevel::Line) continue;
    const StageLayout before = layout_stage(timeline.at(i - 1), cast, {0, 0, 900, 600}, 1);
    const StageLayout after = layout_stage(timeline.at(i), cast, {0, 0, 900, 600}, 1);
    CHECK(picture_between(before, after, 0.5f).moves.empty());
  }
}

TEST_CASE("stage layout: with eight queues in a usual window each tube shows five that wait") {
  sample::Scene s;
  s.begin();
  s.add_app("app", "A");
  for (int i = 0; i < 8; ++i)
    s.add_queue("queue " + std::to_string(i), trace::Dispatch::Manual,
                i == 0 ? uint32_t(trace::kConfigDefault) : 0u, 0);
  s.start_device();
  s.start_thread("app", trace::ThreadKind::App, s.apps[0]);
  for (int i = 0; i < 64; ++i)
    s.arrive_in("R" + std::to_string(i), trace::RequestType::Read, 0, s.queues[size_t(i % 8)]);
  Timeline timeline(*s.trace);
  const model::Model m = timeline.at(s.trace->size());
  const Rect room{0, 0, 1101, 560};  // what the stage has of 1440 x 900
  const StageLayout l = layout_stage(m, find_cast(*s.trace), room, 1, {true, true});
  CHECK(l.height <= room.h + 1);
  int shown[8] = {}, piles[8] = {};
  for (const TokenSpot& t : l.tokens)
    if (t.at.kind == StationKind::tube && t.shown) ++shown[t.at.index];
  for (const PileSpot& p : l.piles)
    if (p.at.kind == StationKind::tube) piles[p.at.index] = p.count;
  for (int i = 0; i < 8; ++i) {
    CHECK(shown[i] >= 5);
    CHECK(shown[i] + piles[i] == 8);
  }
}

TEST_CASE("stage layout: two threads in one callback are two cards, and what returned is a third") {
  using K = trace::CallbackKind;
  sample::Scene s;
  s.begin();
  s.add_app("one", "A");
  s.add_app("two", "B");
  const ObjectId q = s.add_queue("default", trace::Dispatch::Parallel, trace::kConfigDefault,
                                 sample::callbacks({K::EvtIoRead}));
  s.start_device();
  s.start_thread("one", trace::ThreadKind::App, s.apps[0]);
  const ObjectId first = s.arrive_in("R1", trace::RequestType::Read, 0, q);
  s.deliver(first, q, K::EvtIoRead);
  const ObjectId second = s.arrive_in("R2", trace::RequestType::Read, 0, q);
  s.deliver(second, q, K::EvtIoRead, true);
  s.line(44);
  s.start_thread("two", trace::ThreadKind::App, s.apps[1]);
  const ObjectId third = s.arrive_in("R3", trace::RequestType::Read, 1, q);
  s.deliver(third, q, K::EvtIoRead, true);
  s.line(47);
  Timeline timeline(*s.trace);
  const StageLayout l =
      layout_stage(timeline.head(), find_cast(*s.trace), {0, 0, 1101, 570}, 1, {true});
  REQUIRE(l.room_boxes.size() == 3);
  const auto holds = [&](ObjectId request, size_t box, bool inside) {
    CHECK(l.room_boxes[box].requests == std::vector<ObjectId>{request});
    CHECK(bool(l.room_boxes[box].who.thread) == inside);
  };
  holds(second, 0, true);
  holds(third, 1, true);
  holds(first, 2, false);
  CHECK(l.idle_rooms.empty());
}

TEST_CASE(
    "stage layout: a line of 64 characters is seen whole in what 1440 x 900 leaves the stage") {
  const auto s = sample::sample_run();
  Timeline timeline(*s.trace);
  const StageCast cast = find_cast(*s.trace);
  const StageLayout l = layout_stage(timeline.at(s.dispatched + 2), cast, {0, 0, 1101, 573}, 1,
                                     {true, true, true, true});
  size_t shown = 0;
  for (const RoomBox& box : l.room_boxes) {
    if (box.code.empty()) continue;
    ++shown;
    // Less the mark and numbers of three digits; 7.75 pixels a sign.
    CHECK(box.code.w - 14 - 3 * 7.75f - 9 >= 64 * 7.75f);
    CHECK(box.rows >= 5);
  }
  CHECK(shown == 1);
}
