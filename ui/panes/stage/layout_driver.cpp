// The driver's rooms and the targets.
#include "ui/panes/stage/layout_parts.h"

#include <algorithm>

namespace qs::ui {
namespace {

constexpr Heights kRoom{94, 62, 30};
constexpr Heights kSmallRoom{60, 32, 30};
constexpr Heights kTarget{94, 62, 30};
constexpr float kBackstage = 28, kRoomGap = 6;

class DriverColumn {
 public:
  DriverColumn(const StageCast& cast, StageLayout& out) : cast_(cast), u_(out.scale), out_(out) {}

  void place(int columns) {
    const float room = out_.driver.h / u_ - 16;
    // Handlers keep their size longer than the other rooms.
    static constexpr Detail choices[][2] = {{Detail::full, Detail::full},
                                            {Detail::full, Detail::mid},
                                            {Detail::full, Detail::micro},
                                            {Detail::mid, Detail::micro}};
    Detail detail = Detail::micro, small = Detail::micro;
    if (out_.arrange == Arrange::stacked) detail = Detail::mid;
    for (const auto& c : choices)
      if (rows_height(c[0], c[1], columns) <= room + 0.5f) {
        detail = c[0];
        small = c[1];
        break;
      }
    // What is left over makes the handlers' rooms higher.
    size_t big = 0;
    for (const RoomKey& key : cast_.rooms) big += is_big(key);
    const float spare = std::max(0.0f, room - rows_height(detail, small, columns));
    const float most = detail == Detail::full ? 70.0f : detail == Detail::mid ? 24.0f : 8.0f;
    const float extra = std::min(most, big ? spare / float(big + 1) : 0);
    RowMaker rows{inset(out_.driver, px(8), px(8)), px(kRoomGap), columns};
    if (detail == Detail::full) {
      const float left = spare - extra * float((big + size_t(columns) - 1) / size_t(columns));
      rows.gap += px(std::clamp(left / float(cast_.rooms.size() + 1), 0.0f, 30.0f));
      cut_top(rows.rest, rows.gap - px(kRoomGap));
    }
    for (const RoomKey& key : cast_.rooms) {
      if (key.backstage) continue;
      const float h = is_big(key) ? kRoom.of(detail) + extra : kSmallRoom.of(small);
      room_card(key, rows.next(px(h)), is_big(key) ? detail : small_detail(small));
    }
    for (const ObjectId id : cast_.targets)
      target_card(id, rows.next(px(kTarget.of(small))), small);
    rows.end_row();
    for (const RoomKey& key : cast_.rooms)
      if (key.backstage) {
        RowMaker last{rows.rest, px(kRoomGap), 1};
        room_card(key, last.next(px(kBackstage)), Detail::micro);
      }
  }

 private:
  float px(float design) const { return design * u_; }

  bool is_big(const RoomKey& key) const {
    return key.handler || (key.kind == trace::CallbackKind::Count && !key.backstage);
  }

  // Rows of rooms: handlers first, then the rest; `columns` in a row, each row as high as its
  // highest room.
  float rows_height(Detail detail, Detail small, int columns) const {
    float total = 0, row = 0;
    int column = 0;
    const auto put = [&](float h) {
      row = std::max(row, h);
      if (++column < columns) return;
      total += row + kRoomGap;
      row = 0;
      column = 0;
    };
    for (const RoomKey& key : cast_.rooms)
      if (!key.backstage) put(is_big(key) ? kRoom.of(detail) : kSmallRoom.of(small));
    for (size_t i = 0; i < cast_.targets.size(); ++i) put(kTarget.of(small));
    if (column > 0) total += row + kRoomGap;
    for (const RoomKey& key : cast_.rooms)
      if (key.backstage) total += kBackstage + kRoomGap;
    return std::max(0.0f, total - kRoomGap);
  }

  static Detail small_detail(Detail d) { return d == Detail::full ? Detail::mid : Detail::micro; }

  struct RowMaker {
    Rect rest;
    float gap;
    int columns;
    int column = 0;
    float height = 0;
    Rect next(float h) {
      if (column == columns) end_row();
      const float w = (rest.w - gap * float(columns - 1)) / float(columns);
      height = std::max(height, h);
      const Rect r{rest.x + float(column) * (w + gap), rest.y, w, h};
      ++column;
      return snapped(r);
    }
    void end_row() {
      if (column > 0) cut_top(rest, height, gap);
      column = 0;
      height = 0;
    }
  };

  void room_card(const RoomKey& key, const Rect& card, Detail detail) {
    RoomBox box;
    box.key = key;
    box.detail = detail;
    box.card = card;
    if (detail == Detail::micro) {
      Rect r = inset(card, px(8), px(3));
      if (key.backstage) {
        box.title = r;
      } else {
        box.tokens = cut_right(r, r.w < px(170) ? px(36) : r.w * 0.42f, px(4));
        box.title = r;
      }
    } else if (detail == Detail::mid) {
      Rect r = inset(card, px(8), px(4));
      box.title = cut_top(r, px(18));
      box.tokens = r;
    } else {
      Rect r = inset(card, px(9), px(6));
      box.title = cut_top(r, px(18));
      box.thread = cut_bottom(r, px(16));
      box.tokens = r;
    }
    out_.room_boxes.push_back(box);
  }

  void target_card(ObjectId id, const Rect& card, Detail detail) {
    TargetBox box;
    box.id = id;
    box.detail = detail;
    box.card = card;
    if (detail == Detail::micro) {
      Rect r = inset(card, px(8), px(3));
      box.tokens = cut_right(r, r.w < px(170) ? px(36) : r.w * 0.42f, px(4));
      box.title = r;
    } else {
      Rect r = inset(card, px(9), px(detail == Detail::full ? 6 : 4));
      box.title = cut_top(r, px(18));
      if (detail == Detail::full) box.state = cut_bottom(r, px(16));
      box.tokens = r;
    }
    out_.target_boxes.push_back(box);
  }

  const StageCast& cast_;
  float u_;
  StageLayout& out_;
};

}  // namespace

float driver_height(const StageCast& cast, Arrange arrange, int columns) {
  float total = 0;
  size_t plain = cast.targets.size();
  for (const RoomKey& r : cast.rooms)
    if (r.backstage)
      total += kBackstage + kRoomGap;
    else
      ++plain;
  const size_t rows = (plain + size_t(columns) - 1) / size_t(columns);
  const float each = columns > 1 || arrange == Arrange::stacked ? kRoom.mid : kRoom.micro;
  return total + stack_height(rows, each, kRoomGap);
}

void place_driver(const StageCast& cast, int columns, StageLayout& layout) {
  DriverColumn(cast, layout).place(columns);
}

}  // namespace qs::ui
