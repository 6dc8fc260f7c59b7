// Places the cards: applications, device, queues, the driver's column and the done column.
#include "ui/panes/stage/layout.h"

#include <algorithm>

#include "ui/panes/stage/layout_parts.h"
#include "ui/panes/stage/place.h"

namespace qs::ui {
namespace {

// Design pixels.
constexpr float kHeading = 24, kGapY = 8;
constexpr float kColumnsFrom = 900;

constexpr Heights kQueue{128, 60, 44}, kLowQueue{128, 60, 41};
constexpr float kQueueGap = 8, kMicroGap = 4;
constexpr Heights kChannel{58, 38, 26}, kLowChannel{22, 22, 22};
constexpr float kDone = 80;  // a request and three lines of its status
constexpr float kAdd = 32;
constexpr float kQuiet = 24;
constexpr float kAbreastFrom = 400;  // a driver's column so wide has room for two cards in a row

class Layouter {
 public:
  Layouter(const model::Model& m, const StageCast& cast, const Rect& rect, float scale,
           StageOptions o)
      : m_(m), cast_(cast), rect_(rect), u_(scale), o_(o) {
    out_.scale = scale;
  }

  StageLayout run() {
    const float width = rect_.w / u_;
    out_.arrange = width >= kColumnsFrom  ? Arrange::columns
                   : width >= kFoldedFrom ? Arrange::folded
                                          : Arrange::stacked;
    out_.room_boxes = driver_cards(m_, cast_);
    find_idle();
    switch (out_.arrange) {
      case Arrange::columns: columns(); break;
      case Arrange::folded: folded(); break;
      case Arrange::stacked: stacked(); break;
    }
    place_tokens(m_, cast_, out_);
    return std::move(out_);
  }

 private:
  float px(float design) const { return design * u_; }
  bool folded_left() const { return out_.arrange != Arrange::columns; }
  // Does each application have one line, with its buttons? Not in a column of their own that is
  // high.
  bool in_lines() const { return folded_left() || o_.low || tight_; }

  Heights app_heights() const {
    if (tight_) return {24, 24, 24};
    if (in_lines()) return {28, 28, 28};
    return {o_.can_send ? 112.0f : 88.0f, o_.can_send ? 62.0f : 52.0f, 30};
  }

  float apps_gap() const { return tight_ ? 2 : kGapY; }

  // The most detail at which `count` cards fit in `height` design pixels.
  static Detail fit(size_t count, float height, float gap, const Heights& h) {
    const float each = count ? (height - gap * float(count - 1)) / float(count) : height;
    return each >= h.full ? Detail::full : each >= h.mid ? Detail::mid : Detail::micro;
  }

  void find_idle() {
    for (size_t i = 0; i < cast_.rooms.size(); ++i) {
      if (cast_.rooms[i].backstage) continue;
      const auto busy = [&](const RoomBox& box) { return box.room == int(i); };
      if (std::none_of(out_.room_boxes.begin(), out_.room_boxes.end(), busy))
        out_.idle_rooms.push_back(int(i));
    }
    std::stable_sort(out_.idle_rooms.begin(), out_.idle_rooms.end(), [&](int a, int b) {
      return cast_.last_use(size_t(a), m_.events) > cast_.last_use(size_t(b), m_.events);
    });
  }

  // ---- arrangements

  void columns() {
    const float w = rect_.w / u_;
    const float gap = std::clamp(w * 0.013f, 10.0f, 22.0f);
    // With many queues each is low, so what waits in them needs width.
    const bool many = cast_.queues.size() > 4;
    const float apps = o_.low ? 186 : std::clamp(w * 0.092f, 102.0f, 150.0f);
    const float queues = std::clamp(w * (many ? 0.26f : 0.205f), 190.0f, many ? 420.0f : 330.0f);
    const float done = std::clamp(w * 0.089f, 98.0f, 124.0f);  // "UNSUCCESSFUL" in one piece
    const auto need_now = [&] {
      return std::max({stack_height(cast_.apps.size(), app_heights().micro, apps_gap()) +
                           apps_gap() + device_need(),
                       queue_need(), driver_need(), 90.0f});
    };
    float need = need_now();
    // A room has less to read, before it has to scroll: no headings, then a smaller device and
    // cards side by side.
    const bool heads = !o_.projector || px(need + kHeading + sentence_on_top()) <= rect_.h;
    const auto scrolls = [&] { return o_.projector && px(need + sentence_on_top()) > rect_.h; };
    if (scrolls()) tight_ = true, need = need_now();
    if (scrolls() && w - apps - queues - done - 3 * gap - 10 >= kAbreastFrom)
      out_.abreast = 2, need = need_now();
    const float heading = heads ? kHeading : 0;
    const float height = std::max(rect_.h, px(need + heading + sentence_on_top()));
    out_.height = height;
    Rect rest{rect_.x, rect_.y, rect_.w, height};
    take_sentence_on_top(rest);
    const auto column = [&](int head, Rect r) {
      if (heads) out_.heads[head] = cut_top(r, px(kHeading));
      return snapped(r);
    };
    const Rect left = column(0, cut_left(rest, px(apps), px(gap)));
    out_.queues = column(2, cut_left(rest, px(queues), px(gap + 10)));
    out_.done = column(4, cut_right(rest, px(done), px(gap)));
    driver_column(column(3, rest));
    apps_and_device(left);
    fill_queues();
    out_.gap_x = out_.queues.right() + px(gap + 10) / 2;
  }

  void folded() {
    const float w = rect_.w / u_;
    const float gap = 12;
    const float left_width = std::clamp(w * 0.29f, 186.0f, 250.0f);
    const size_t apps = cast_.apps.size();
    const float apps_height = stack_height(apps, app_heights().micro, 4);
    const float heading = o_.projector ? 0 : kHeading;  // a room has less to read
    const float left_need = queue_need() + apps_height + device_need() + 2 * kGapY;
    const float need = heading + sentence_on_top() + std::max(left_need, driver_need());
    const float height = std::max(rect_.h, px(need));
    out_.height = height;
    Rect rest{rect_.x, rect_.y, rect_.w, height};
    take_sentence_on_top(rest);
    Rect left = cut_left(rest, px(left_width), px(gap));
    Rect done = cut_right(rest, px(98), px(gap));
    if (heading > 0) {
      out_.heads[2] = cut_top(left, px(heading));
      out_.heads[3] = cut_top(rest, px(heading));
      out_.heads[4] = cut_top(done, px(heading));
    }
    out_.done = snapped(done);
    out_.device = snapped(cut_bottom(left, px(device_need()), px(kGapY)));
    out_.apps = snapped(cut_bottom(left, px(apps_height), apps ? px(kGapY) : 0));
    out_.queues = snapped(left);
    driver_column(snapped(rest));
    out_.app_detail = Detail::micro;
    out_.channel_detail = Detail::micro;
    app_rows(1);
    device_cards();
    fill_queues();
    out_.gap_x = out_.queues.right() + px(gap) / 2;
  }

  void stacked() {
    const float width = rect_.w / u_;
    Rect rest{rect_.x, rect_.y, rect_.w, 1e6f};
    const auto band = [&](int head, float design_height) {
      out_.heads[head] = cut_top(rest, px(kHeading - 4));
      return snapped(cut_top(rest, px(design_height), px(8)));
    };
    const int app_columns = std::max(1, columns_that_fit(width, 190, 8));
    const int app_rows_count = (int(cast_.apps.size()) + app_columns - 1) / app_columns;
    out_.app_detail = Detail::micro;
    out_.apps = band(0, stack_height(size_t(std::max(1, app_rows_count)), app_heights().micro, 4));
    app_rows(app_columns);
    out_.channel_detail = Detail::micro;
    out_.device = snapped(cut_top(rest, px(device_need()), px(8)));
    device_cards();
    out_.queue_detail = cast_.queues.size() > 4 ? Detail::micro : Detail::mid;
    const float all_queues =
        stack_height(cast_.queues.size(), kQueue.of(out_.queue_detail), queue_gap());
    out_.queues = band(2, std::max(40.0f, all_queues) + (o_.can_add ? kAdd : 0));
    reserve_add();
    queue_cards();
    const float cards = std::max(driver_height(out_, cast_), 160.0f);
    out_.driver = band(3, cards);
    place_driver(m_, cast_, out_);
    out_.quiet = cut_top(rest, px(kQuiet), px(8));
    out_.done = band(4, kDone);
    out_.height = out_.done.bottom() - rect_.y;
    out_.gap_x = out_.queues.right() - px(14);
  }

  // ---- the driver's column: cards, the quiet row, the sentence, the verbs

  float driver_need() const {
    float need = std::max(kQuiet, driver_height(out_, cast_)) + kGapY + kQuiet;
    if (o_.sentence && !o_.projector) need += kGapY + 84;
    return need;
  }

  float sentence_on_top() const {
    if (!o_.sentence || !o_.projector || o_.banner > 0) return 0;
    return sentence_lines(rect_.w, rect_.h, u_, true).height / u_ + kGapY;
  }

  // A class reads the sentence first.
  void take_sentence_on_top(Rect& rest) {
    if (const float high = sentence_on_top(); high > 0)
      out_.sentence = snapped(cut_top(rest, px(high - kGapY), px(kGapY)));
  }

  float verbs_height(float column) const {
    if (!o_.verbs) return 0;
    const float usual = o_.projector ? 124 : 100;  // a title, who decides, and a row of buttons
    return column >= 520 ? 150 : column >= 400 ? usual : column >= 290 ? 70 : 0;
  }

  void driver_column(Rect rest) {
    const float column = rest.h / u_;
    float sentence = 0;
    if (o_.sentence && !o_.projector)
      sentence = sentence_lines(rest.w, rest.h, u_, false).height / u_;
    // What the cards need comes first.
    const float spare = column - kQuiet - 2 * kGapY - std::max(60.0f, driver_height(out_, cast_));
    const float room = spare - (sentence > 0 ? sentence + kGapY : 0);
    const float verbs = room >= 60 ? std::min(verbs_height(column), room) : 0;
    if (o_.banner > 0) {
      // Over what may be done and what is told; what happens stays in view above it.
      const float usual = verbs + sentence + kGapY;
      const float wanted = std::clamp(o_.banner, std::min(usual, 0.5f * column), 0.55f * column);
      const float height = std::min(wanted, std::max(spare, 60.0f));
      out_.banner = snapped(cut_bottom(rest, px(height), px(kGapY)));
    } else {
      if (verbs > 0) out_.verbs = snapped(cut_bottom(rest, px(verbs), px(kGapY)));
      if (sentence > 0) out_.sentence = snapped(cut_bottom(rest, px(sentence), px(kGapY)));
    }
    out_.quiet = snapped(cut_bottom(rest, px(kQuiet), px(kGapY)));
    out_.driver = snapped(rest);
    place_driver(m_, cast_, out_);
  }

  // ---- applications, and the device below them

  void apps_and_device(Rect column) {
    const size_t count = cast_.apps.size();
    const float gap = apps_gap(), room = column.h / u_ - (count ? gap : 0) - device_need();
    const Heights h = app_heights();
    out_.app_detail = o_.low || tight_ ? Detail::micro : fit(count, room, gap, h);
    out_.apps = snapped(
        cut_top(column, px(stack_height(count, h.of(out_.app_detail), gap)), count ? px(gap) : 0));
    out_.device = snapped(cut_top(column, std::min(column.h, px(device_most()))));
    Rect rest = out_.apps;
    for (const ObjectId id : cast_.apps)
      app_card(id, snapped(cut_top(rest, px(h.of(out_.app_detail)), px(gap))));
    device_cards();
  }

  void app_rows(int columns) {
    const float height = px(app_heights().micro), gap = px(4);
    const float width = (out_.apps.w - px(8) * float(columns - 1)) / float(columns);
    for (size_t i = 0; i < cast_.apps.size(); ++i) {
      const float row = float(int(i) / columns), column = float(int(i) % columns);
      app_card(cast_.apps[i], snapped({out_.apps.x + column * (width + px(8)),
                                       out_.apps.y + row * (height + gap), width, height}));
    }
  }

  void app_card(ObjectId id, const Rect& card) {
    AppBox box;
    box.id = id;
    box.card = card;
    if (out_.app_detail == Detail::micro) {
      Rect r = inset(card, px(7), px(2));
      if (o_.can_send && in_lines()) box.buttons = cut_right(r, px(80), px(3));
      box.name = cut_left(r, std::min(r.w * 0.58f, px(90)), px(3));
      box.calls = r;
    } else if (out_.app_detail == Detail::mid) {
      Rect r = inset(card, px(8), px(5));
      if (o_.can_send) box.buttons = cut_bottom(r, px(25), px(1));
      box.calls = cut_right(r, r.w * 0.36f, px(3));
      box.name = cut_top(r, px(24));
      if (r.h >= px(14)) box.handles = r;
    } else {
      Rect r = inset(card, px(9), px(7));
      box.name = cut_top(r, px(19));
      box.handles = cut_top(r, px(16), px(2));
      if (o_.can_send) box.buttons = cut_bottom(r, px(25), px(2));
      box.calls = r;
    }
    out_.app_boxes.push_back(box);
  }

  size_t device_count() const { return std::max(size_t(1), cast_.devices.size()); }
  int channel_columns() const { return folded_left() || tight_ ? 2 : 1; }
  float channel_gap() const { return tight_ ? 2 : 4; }
  const Heights& channel_heights() const { return tight_ ? kLowChannel : kChannel; }
  float channels_height(float each) const {
    const size_t n = cast_.channels.size(), columns = size_t(channel_columns());
    return n ? stack_height((n + columns - 1) / columns, each, channel_gap()) + channel_gap() + 2
             : 0;
  }
  float device_need() const {
    const float lines = tight_ ? 28.0f : o_.low ? 64.0f : o_.projector ? 40.0f : 60.0f;
    const float one = in_lines() ? lines : 96.0f;
    return float(device_count()) * one + float(device_count() - 1) * 8 +
           channels_height(channel_heights().micro);
  }
  float device_most() const {
    return float(device_count()) * 150 + float(device_count() - 1) * 8 +
           channels_height(channel_heights().full);
  }

  void device_cards() {
    const size_t count = device_count();
    const float gap = px(8), channels = px(channels_height(channel_heights().micro));
    const float each = (out_.device.h - channels - gap * float(count - 1)) / float(count);
    Rect rest = out_.device;
    for (size_t i = 0; i < count; ++i) {
      const ObjectId id = i < cast_.devices.size() ? cast_.devices[i] : ObjectId();
      device_card(id, snapped(cut_top(rest, each + (i == 0 ? channels : 0), gap)), i);
    }
  }

  void device_card(ObjectId id, const Rect& card, size_t index) {
    DeviceBox box;
    box.id = id;
    box.card = card;
    Rect r = inset(card, px(8), px(tight_ ? 4 : 6));
    channel_cards(r, index, card.h / u_);
    if (tight_) {  // one line: what is pending stands in place of the power
      box.slot = {r.right() - px(26), card.y + px(3), px(26), px(26)};
      cut_right(r, px(30));
      Rect head = cut_top(r, px(20));
      box.name = cut_left(head, head.w * 0.4f, px(4));
      box.power = head;
    } else if (folded_left()) {
      box.slot = cut_right(r, px(30), px(4));
      Rect head = cut_top(r, px(18), px(1));
      box.name = cut_left(head, head.w * 0.4f, px(4));
      box.power = head;
      box.pending = r;
    } else {
      Rect head = cut_top(r, px(20), px(o_.low ? 2 : 0));
      box.name = o_.low ? cut_left(head, head.w * 0.45f, px(4)) : head;
      box.power = o_.low ? head : cut_top(r, px(17), px(3));
      box.slot = o_.low ? cut_right(r, px(34), px(4)) : cut_bottom(r, std::min(px(40), r.h), px(3));
      box.pending = r;
    }
    out_.device_boxes.push_back(box);
  }

  // The channels of all devices are in the first device's card: in practice there is one device.
  void channel_cards(Rect& r, size_t device, float card_height) {
    const size_t count = device == 0 ? cast_.channels.size() : 0;
    if (count == 0) return;
    const int columns = channel_columns();
    const size_t rows = (count + size_t(columns) - 1) / size_t(columns);
    if (tight_)
      out_.channel_detail = Detail::micro;
    else if (!folded_left())
      out_.channel_detail = fit(rows, card_height - 118, 4, kChannel);
    const float gap = px(channel_gap()), each = px(channel_heights().of(out_.channel_detail));
    Rect area = cut_bottom(r, px(stack_height(rows, each / u_, channel_gap())), gap + px(2));
    const float width = (area.w - gap * float(columns - 1)) / float(columns);
    for (size_t i = 0; i < count; ++i)
      out_.channel_boxes.push_back(
          {cast_.channels[i],
           snapped({area.x + float(int(i) % columns) * (width + gap),
                    area.y + float(int(i) / columns) * (each + gap), width, each})});
  }

  // ---- queues

  float queue_need() const {
    return stack_height(cast_.queues.size(), queue_heights().micro, micro_gap()) +
           (o_.can_add ? kAdd : 0);
  }
  float micro_gap() const { return tight_ ? 2 : kMicroGap; }
  const Heights& queue_heights() const { return tight_ ? kLowQueue : kQueue; }
  float queue_gap() const { return out_.queue_detail == Detail::micro ? micro_gap() : kQueueGap; }
  void reserve_add() {
    if (o_.can_add) out_.add_queue = snapped(cut_bottom(out_.queues, px(kAdd - 6), px(6)));
  }

  void fill_queues() {
    reserve_add();
    out_.queue_detail = fit(cast_.queues.size(), out_.queues.h / u_, kQueueGap, kQueue);
    queue_cards();
    // The button follows the last queue.
    if (!out_.add_queue.empty() && !out_.queue_boxes.empty())
      out_.add_queue.y = std::min(out_.add_queue.y, out_.queue_boxes.back().card.bottom() + px(6));
  }

  void queue_cards() {
    const size_t count = cast_.queues.size();
    if (count == 0) return;
    const float gap = px(queue_gap());
    const float per = (out_.queues.h - gap * float(count - 1)) / float(count);
    const float most = out_.queue_detail == Detail::full  ? px(150)
                       : out_.queue_detail == Detail::mid ? px(104)
                                                          : px(60);
    const float each = std::min(per, most);
    Rect rest = out_.queues;
    for (const StageCast::Queue& q : cast_.queues)
      queue_card(q.id, snapped(cut_top(rest, each, gap)));
  }

  bool has_retrieve(ObjectId id) const {
    const model::QueueView* q = o_.retrieves ? m_.queue(id) : nullptr;
    return q && q->dispatch() == trace::Dispatch::Manual;
  }

  void queue_card(ObjectId id, const Rect& card) {
    QueueBox box;
    box.id = id;
    box.card = card;
    if (out_.queue_detail == Detail::micro) {
      // One line of words above a tube of the full width.
      Rect r = inset(card, px(8), px(1));
      Rect head = cut_top(r, px(18));
      box.gates = cut_right(head, px(32), px(2));
      const bool wide = head.w > px(210) || has_retrieve(id);
      box.gauge = cut_right(head, wide ? px(96) : px(40), px(4));
      box.title = head;
      const float tube = std::min(r.h, px(40));
      box.tube = {r.x, r.y + (r.h - tube) / 2, r.w, tube};
    } else if (card.h < px(70)) {
      // The switch stays; what is counted stands beside the tube.
      Rect r = inset(card, px(9), px(3));
      Rect head = cut_top(r, px(20), px(2));
      box.modes = cut_right(head, px(111), px(4));
      box.title = head;
      Rect beside = cut_right(r, px(has_retrieve(id) ? 92 : 40), px(4));
      box.gauge = cut_top(beside, beside.h / 2);
      box.gates = beside;
      box.tube = r;
    } else {
      const bool full = out_.queue_detail == Detail::full;
      Rect r = inset(card, px(full ? 11 : 9), px(full ? 9 : 3));
      Rect head = cut_top(r, px(full ? 24 : 22), px(full ? 7 : 2));
      box.modes = cut_right(head, px(full && card.w > px(240) ? 132 : 117), px(6));
      box.title = head;
      Rect foot = cut_bottom(r, px(full ? 20 : 15), px(full ? 6 : 1));
      box.gates = cut_right(foot, std::min(foot.w * 0.52f, px(180)), px(4));
      box.gauge = foot;
      const float tube = std::min(r.h, px(full ? 76 : 40));
      box.tube = {r.x, r.y + (r.h - tube) / 2, r.w, tube};
    }
    box.tube = snapped(box.tube);
    out_.queue_boxes.push_back(box);
  }

  const model::Model& m_;
  const StageCast& cast_;
  Rect rect_;
  float u_;
  StageOptions o_;
  StageLayout out_;
  bool tight_ = false;  // else it would have to scroll
};

}  // namespace

const TokenSpot* StageLayout::token(ObjectId id) const {
  const auto it = std::lower_bound(tokens.begin(), tokens.end(), id,
                                   [](const TokenSpot& t, ObjectId x) { return t.id < x; });
  return it != tokens.end() && it->id == id ? &*it : nullptr;
}

Rect StageLayout::card_of(Station at) const {
  const auto card = [&](const auto& boxes) {
    return at.index >= 0 && size_t(at.index) < boxes.size() ? boxes[size_t(at.index)].card : Rect{};
  };
  switch (at.kind) {
    case StationKind::app: return card(app_boxes);
    case StationKind::device: return card(device_boxes);
    case StationKind::tube: return card(queue_boxes);
    case StationKind::room:
      for (const RoomBox& box : room_boxes)
        if (box.room == at.index) return box.card;
      return quiet;
    case StationKind::target:
      for (const TargetBox& box : target_boxes)
        if (box.target == at.index) return box.card;
      return quiet;
    case StationKind::done: return done;
    case StationKind::none: break;
  }
  return {};
}

StageLayout layout_stage(const model::Model& model, const StageCast& cast, const Rect& rect,
                         float scale, StageOptions options) {
  return Layouter(model, cast, rect, scale, options).run();
}

StageLayout layout_stage(const model::Model& model, const trace::Trace& trace, const Rect& rect,
                         float scale) {
  return layout_stage(model, find_cast(trace), rect, scale);
}

}  // namespace qs::ui
