// Places the cards: applications, device, queues, rooms, targets and the done column.
#include "ui/panes/stage/layout.h"

#include <algorithm>

#include "ui/panes/stage/layout_parts.h"
#include "ui/panes/stage/place.h"

namespace qs::ui {
namespace {

constexpr float kHeading = 24;
constexpr float kWideFrom = 670, kFoldedFrom = 440;  // design pixels

constexpr Heights kQueue{128, 92, 44};
constexpr float kQueueGap = 8, kMicroGap = 4;
constexpr Heights kChannel{58, 38, 26};
constexpr float kDone = 80;  // a request and three lines of its status
constexpr float kAdd = 32;

class Layouter {
 public:
  Layouter(const model::Model& m, const StageCast& cast, const Rect& rect, float scale,
           StageOptions o)
      : m_(m), cast_(cast), rect_(rect), u_(scale), o_(o) {
    out_.scale = scale;
  }

  StageLayout run() {
    const float width = rect_.w / u_;
    out_.arrange = width >= kWideFrom     ? Arrange::columns
                   : width >= kFoldedFrom ? Arrange::folded
                                          : Arrange::stacked;
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
  Heights app_heights() const { return {o_.can_send ? 122.0f : 94.0f, 66, 32}; }
  size_t room_count() const { return cast_.rooms.size(); }

  // The most detail at which `count` cards fit in `height` design pixels.
  static Detail fit(size_t count, float height, float gap, const Heights& h) {
    const float each = count ? (height - gap * float(count - 1)) / float(count) : height;
    return each >= h.full ? Detail::full : each >= h.mid ? Detail::mid : Detail::micro;
  }

  // ---- arrangements

  void columns() {
    const float gap = std::clamp((rect_.w / u_ - 130) * 0.022f, 10.0f, 56.0f);
    // With many queues each is low, so what waits in them needs width.
    const bool many = cast_.queues.size() > 4;
    const float statuses = rect_.w / u_ >= 735 ? 98 : 86;  // "UNSUCCESSFUL" in one piece
    const auto c =
        divide_row(rect_,
                   {share(many ? 0.11f : 0.13f, px(96)), share(many ? 0.1f : 0.12f, px(92)),
                    share(many ? 0.42f : 0.365f, px(216)), share(many ? 0.26f : 0.27f, px(150)),
                    share(many ? 0.11f : 0.115f, px(statuses))},
                   px(gap));
    const float need = std::max({stack_height(cast_.apps.size(), app_heights().micro, 8),
                                 device_need(), queue_need(), driver_need(1) + 16, 90.0f});
    const float height = std::max(rect_.h, px(need + kHeading));
    Rect* regions[] = {&out_.apps, &out_.device, &out_.queues, &out_.driver, &out_.done};
    for (size_t i = 0; i < 5; ++i) {
      Rect column{c[i].x, rect_.y, c[i].w, height};
      out_.heads[i] = cut_top(column, px(kHeading));
      *regions[i] = snapped(column);
    }
    out_.height = height;
    fill_columns();
  }

  void folded() {
    const float gap = px(12);
    const auto c = divide_row(
        rect_, {share(0.22f, px(98)), share(0.42f, px(204)), share(0.36f, px(134))}, gap);
    const float apps_need = stack_height(cast_.apps.size(), app_heights().micro, 8);
    const float done_need = kDone;
    const float need =
        std::max({apps_need + device_need() + 2 * kHeading + 8, queue_need() + kHeading,
                  driver_need(1) + 16 + done_need + 2 * kHeading + 8});
    const float height = std::max(rect_.h, px(need));
    out_.height = height;
    Rect left{c[0].x, rect_.y, c[0].w, height}, middle{c[1].x, rect_.y, c[1].w, height},
        right{c[2].x, rect_.y, c[2].w, height};
    out_.heads[0] = cut_top(left, px(kHeading));
    const float free_left = left.h - px(apps_need + device_need() + kHeading + 8);
    const float apps_most = stack_height(cast_.apps.size(), app_heights().full, 8);
    out_.apps = snapped(cut_top(
        left, px(apps_need) + std::min(free_left * 0.5f, px(apps_most - apps_need)), px(8)));
    out_.heads[1] = cut_top(left, px(kHeading));
    out_.device = snapped(left);
    out_.heads[2] = cut_top(middle, px(kHeading));
    out_.queues = snapped(middle);
    out_.done = snapped(cut_bottom(right, px(done_need)));
    out_.heads[4] = cut_bottom(right, px(kHeading), px(4));
    out_.heads[3] = cut_top(right, px(kHeading));
    out_.driver = snapped(right);
    fill_columns();
  }

  void stacked() {
    const float width = rect_.w / u_;
    Rect rest{rect_.x, rect_.y, rect_.w, 1e6f};
    const auto band = [&](int head, float design_height) {
      out_.heads[head] = cut_top(rest, px(kHeading - 4));
      return snapped(cut_top(rest, px(design_height), px(8)));
    };
    const Heights apps = app_heights();
    const int app_columns = std::max(1, columns_that_fit(width, 112, 8));
    const int app_rows = std::max(1, (int(cast_.apps.size()) + app_columns - 1) / app_columns);
    out_.app_detail = Detail::mid;
    out_.apps = band(0, stack_height(size_t(app_rows), apps.mid, 8));
    app_cards(app_columns);
    out_.channel_detail = Detail::micro;
    out_.device = band(1, std::max(size_t(1), cast_.devices.size()) * device_need());
    device_cards();
    out_.queue_detail = cast_.queues.size() > 4 ? Detail::micro : Detail::mid;
    const float all_queues =
        stack_height(cast_.queues.size(), kQueue.of(out_.queue_detail), queue_gap());
    out_.queues = band(2, std::max(40.0f, all_queues) + (o_.can_add ? kAdd : 0));
    reserve_add();
    queue_cards();
    const int room_columns = std::max(1, columns_that_fit(width - 16, 150, 8));
    out_.driver = band(3, driver_need(room_columns) + 16);
    place_driver(cast_, room_columns, out_);
    out_.done = band(4, kDone);
    out_.status_beside = false;
    out_.height = out_.done.bottom() - rect_.y;
    out_.gap_x = out_.queues.right() - px(14);
  }

  void fill_columns() {
    const float apps_h = out_.apps.h / u_;
    out_.app_detail = fit(cast_.apps.size(), apps_h, 8, app_heights());
    app_cards(1);
    device_cards();
    reserve_add();
    out_.queue_detail = fit(cast_.queues.size(), out_.queues.h / u_, kQueueGap, kQueue);
    queue_cards();
    level_slots();
    const int two = out_.driver.w / u_ >= 300 && driver_need(1) * 1.8f > out_.driver.h / u_ ? 2 : 1;
    place_driver(cast_, two, out_);
    out_.status_beside = out_.arrange == Arrange::columns && out_.done.w / u_ >= 150;
    out_.gap_x = (out_.queues.right() + out_.driver.x) / 2;
  }

  // ---- what each column needs at least, in design pixels

  float queue_need() const {
    return stack_height(cast_.queues.size(), kQueue.micro, kMicroGap) + (o_.can_add ? kAdd : 0);
  }
  float queue_gap() const { return out_.queue_detail == Detail::micro ? kMicroGap : kQueueGap; }
  void reserve_add() {
    if (o_.can_add) out_.add_queue = snapped(cut_bottom(out_.queues, px(kAdd - 6), px(6)));
  }
  float device_need() const {
    const float one = out_.arrange == Arrange::stacked ? 54.0f : 86.0f;
    const size_t devices = std::max(size_t(1), cast_.devices.size());
    const float channels = stack_height(cast_.channels.size(), kChannel.micro, 4);
    return one + (channels > 0 ? (channels + 8) / float(devices) : 0);
  }
  float driver_need(int columns) const { return driver_height(cast_, out_.arrange, columns); }

  // ---- applications

  void app_cards(int columns) {
    const size_t count = cast_.apps.size();
    if (count == 0) return;
    const Heights h = app_heights();
    const int rows = (int(count) + columns - 1) / columns;
    const float gap = px(8);
    const float each = std::min(px(h.of(out_.app_detail)), out_.apps.h);
    const float spare = std::max(0.0f, out_.apps.h - float(rows) * each - float(rows - 1) * gap);
    const float step = each + gap + std::min(spare / float(rows + 1), px(60));
    const float top = out_.apps.y + (columns == 1 ? lead(spare, rows) : 0);
    const float width = (out_.apps.w - gap * float(columns - 1)) / float(columns);
    for (size_t i = 0; i < count; ++i) {
      const int row = int(i) / columns, column = int(i) % columns;
      app_card(cast_.apps[i], snapped({out_.apps.x + float(column) * (width + gap),
                                       top + float(row) * step, width, each}));
    }
  }

  // How far below the top a group of `count` cards begins.
  float lead(float spare, int count) const { return std::min(spare / float(count + 1), px(60)); }

  void app_card(ObjectId id, const Rect& card) {
    AppBox box;
    box.id = id;
    box.card = card;
    if (out_.app_detail == Detail::micro) {
      Rect r = inset(card, px(8), px(4));
      box.name = cut_left(r, std::min(r.w * 0.6f, px(90)), px(4));
      box.calls = r;
    } else if (out_.app_detail == Detail::mid) {
      Rect r = inset(card, px(8), px(6));
      Rect line = cut_top(r, px(20));
      box.name = box.handles = line;  // handles right of the name, where there is room
      box.calls = r;
    } else {
      Rect r = inset(card, px(10), px(8));
      box.name = cut_top(r, px(19));
      box.handles = cut_top(r, px(17), px(2));
      if (o_.can_send) box.buttons = cut_bottom(r, px(26), px(2));
      box.calls = r;
    }
    out_.app_boxes.push_back(box);
  }

  // ---- device and its hardware

  void device_cards() {
    const size_t count = std::max(size_t(1), cast_.devices.size());
    const float gap = px(8);
    const float each = (out_.device.h - gap * float(count - 1)) / float(count);
    for (size_t i = 0; i < count; ++i) {
      const ObjectId id = i < cast_.devices.size() ? cast_.devices[i] : ObjectId();
      const Rect card =
          snapped({out_.device.x, out_.device.y + float(i) * (each + gap), out_.device.w, each});
      device_card(id, card, i);
    }
  }

  void device_card(ObjectId id, const Rect& card, size_t index) {
    DeviceBox box;
    box.id = id;
    box.card = card;
    Rect r = inset(card, px(8), px(8));
    channel_cards(r, index, card.h / u_);
    if (out_.arrange == Arrange::stacked) {
      Rect text = cut_left(r, r.w * 0.6f, px(6));
      box.name = cut_top(text, px(19));
      box.power = cut_top(text, px(18));
      box.slot = r;
    } else {
      box.name = cut_top(r, px(20));
      box.power = cut_top(r, px(18), px(4));
      box.slot = r;
    }
    out_.device_boxes.push_back(box);
  }

  // The channels of all devices are in the first device's card: in practice there is one device.
  void channel_cards(Rect& r, size_t device, float card_height) {
    const size_t count = device == 0 ? cast_.channels.size() : 0;
    if (count == 0) return;
    if (out_.arrange != Arrange::stacked)
      out_.channel_detail = fit(count, card_height - 110, 4, kChannel);
    const float gap = px(4);
    const float each = px(kChannel.of(out_.channel_detail));
    const float used = float(count) * each + float(count - 1) * gap;
    Rect area = cut_bottom(r, used, px(8));
    for (size_t i = 0; i < count; ++i)
      out_.channel_boxes.push_back({cast_.channels[i], snapped(cut_top(area, each, gap))});
  }

  // What has arrived waits level with the first queue, so that the flow is horizontal.
  void level_slots() {
    if (out_.queue_boxes.empty()) return;
    const float y = out_.queue_boxes[0].tube.center().y;
    for (DeviceBox& d : out_.device_boxes) {
      const float h = std::min(d.slot.h, px(56));
      const float top = std::clamp(y - h / 2, d.slot.y, d.slot.bottom() - h);
      d.slot = snapped({d.slot.x, top, d.slot.w, h});
    }
  }

  // ---- queues

  void queue_cards() {
    const size_t count = cast_.queues.size();
    if (count == 0) return;
    const float gap = px(queue_gap());
    const float per = (out_.queues.h - gap * float(count - 1)) / float(count);
    const float most = out_.queue_detail == Detail::full  ? px(178)
                       : out_.queue_detail == Detail::mid ? px(104)
                                                          : px(60);
    const float each = std::min(per, most);
    const float spare =
        std::max(0.0f, out_.queues.h - float(count) * each - float(count - 1) * gap);
    const float more = out_.arrange == Arrange::stacked ? 0 : lead(spare, int(count));
    for (size_t i = 0; i < count; ++i)
      queue_card(cast_.queues[i].id,
                 snapped({out_.queues.x, out_.queues.y + more + float(i) * (each + gap + more),
                          out_.queues.w, each}));
  }

  void queue_card(ObjectId id, const Rect& card) {
    QueueBox box;
    box.id = id;
    box.card = card;
    if (out_.queue_detail == Detail::micro) {
      // One line of words above a tube of the full width.
      Rect r = inset(card, px(8), px(2));
      Rect head = cut_top(r, px(16));
      box.gates = cut_right(head, px(32), px(2));
      box.gauge = cut_right(head, head.w > px(210) ? px(96) : px(40), px(4));
      box.title = head;
      const float tube = std::min(r.h, px(40));
      box.tube = {r.x, r.y + (r.h - tube) / 2, r.w, tube};
    } else {
      const bool full = out_.queue_detail == Detail::full;
      Rect r = inset(card, px(full ? 12 : 10), px(full ? 9 : 5));
      Rect head = cut_top(r, px(24), px(full ? 7 : 3));
      box.modes = cut_right(head, px(full && card.w > px(240) ? 132 : 117), px(6));
      box.title = head;
      Rect foot = cut_bottom(r, px(full ? 20 : 16), px(full ? 6 : 3));
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
    case StationKind::room: return card(room_boxes);
    case StationKind::target: return card(target_boxes);
    case StationKind::done: return done;
    case StationKind::none: break;
  }
  return {};
}

StageLayout layout_stage(const model::Model& model, const StageCast& cast, const Rect& rect,
                         float scale, StageOptions options) {
  return Layouter(model, cast, rect, scale, options).run();
}

const StageLayout& LayoutMemory::of(const Key& key, const model::Model& model,
                                    const StageCast& cast) {
  Kept* oldest = &kept_[0];
  for (Kept& k : kept_) {
    if (k.used && k.key == key) {
      k.used = ++calls_;
      return k.layout;
    }
    if (k.used < oldest->used) oldest = &k;
  }
  *oldest = {key, layout_stage(model, cast, key.rect, key.scale, key.options), ++calls_};
  return oldest->layout;
}

StageLayout layout_stage(const model::Model& model, const trace::Trace& trace, const Rect& rect,
                         float scale) {
  return layout_stage(model, find_cast(trace), rect, scale);
}

}  // namespace qs::ui
