// The driver's column: which cards there are, and how much room each gets.
#include <algorithm>
#include <map>

#include "ui/panes/stage/layout_parts.h"
#include "ui/panes/stage/place.h"

namespace qs::ui {
namespace {

// Design pixels.
constexpr float kRow = 32;  // a card of one line
constexpr float kTitle = 28, kLine = 19, kFoot = 8, kNote = 17, kGap = 8;
constexpr float kHolds = 76;  // of a callback that has returned: requests and what is told of them
constexpr int kLevels[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15};  // lines of code

float rows_height(size_t cards, int abreast) {
  return stack_height((cards + size_t(abreast) - 1) / size_t(abreast), kRow, kGap);
}

float code_height(int rows) { return kTitle + float(rows) * kLine + kFoot; }

// ---- which cards

class Cards {
 public:
  Cards(const model::Model& m, const StageCast& cast) : m_(m), cast_(cast) {}

  std::vector<RoomBox> find() {
    for (const model::Activation& a : model::activations(m_)) add(a);
    for (const model::RequestView& r : m_.requests)
      if (!r.has(model::kPool) && r.place != model::Place::Done) put(r);
    std::stable_sort(out_.begin(), out_.end(), [](const RoomBox& a, const RoomBox& b) {
      if (a.room != b.room) return a.room < b.room;
      return bool(a.who.thread) > bool(b.who.thread);
    });
    return std::move(out_);
  }

 private:
  int backstage() const {
    for (size_t i = 0; i < cast_.rooms.size(); ++i)
      if (cast_.rooms[i].backstage) return int(i);
    return -1;
  }

  void add(const model::Activation& a) {
    RoomBox box;
    box.who = a;
    box.room = room_index(cast_, a.kind, a.queue);
    if (box.room < 0) box.room = backstage();
    if (box.room < 0) return;
    box.key = cast_.rooms[size_t(box.room)];
    if (box.key.backstage) box.key.kind = a.kind;
    // Of a thread that stands still nothing runs.
    box.current =
        a.thread == m_.running && a.state != model::Activation::State::Below && !m_.settled;
    box.entering = a.state == model::Activation::State::Entering;
    out_.push_back(std::move(box));
  }

  void put(const model::RequestView& r) {
    if (r.place == model::Place::Waiting) return;  // in its queue, as most are where there are many
    const Station at = station_of(m_, cast_, r);
    if (at.kind != StationKind::room) return;
    RoomBox* rest = nullptr;
    for (size_t i = out_.size(); i-- > 0;) {
      RoomBox& box = out_[i];
      if (box.room != at.index) continue;
      if (!box.who.thread) rest = &box;
      if (box.who.thread && cast_.holds.took(m_, box.who, r)) return box.requests.push_back(r.id);
    }
    if (!rest) {
      RoomBox box;
      box.room = at.index;
      box.key = cast_.rooms[size_t(at.index)];
      box.entering = r.room != box.key.kind && box.key.kind != trace::CallbackKind::Count;
      rest = &out_.emplace_back(std::move(box));
    }
    rest->requests.push_back(r.id);
    for (const model::Hold& hold : cast_.holds.of(m_, r))
      if (hold.event >= since_[rest->room].event) since_[rest->room] = hold;
    rest->since = since_[rest->room].site;
  }

  const model::Model& m_;
  const StageCast& cast_;
  std::vector<RoomBox> out_;
  std::map<int, model::Hold> since_;  // by room
};

// ---- how high they are

class DriverColumn {
 public:
  DriverColumn(const model::Model& m, const StageCast& cast, StageLayout& out)
      : m_(m), cast_(cast), u_(out.scale), out_(out) {}

  void place() {
    plan();
    Rect rest = out_.driver;
    const size_t all = height_.size();
    for (size_t i = 0; i < all; ++i) {
      Rect row = snapped(cut_top(rest, px(height_[i]), px(kGap)));
      if (pairs(i)) {
        const Rect left = snapped(cut_left(row, (row.w - px(kGap)) / 2, px(kGap)));
        card(i, left);
        ++i;
      }
      card(i, snapped(row));
    }
  }

 private:
  float px(float design) const { return design * u_; }
  bool wide() const { return out_.driver.w / u_ >= 470; }

  void card(size_t i, const Rect& rect) {
    const size_t rooms = out_.room_boxes.size();
    if (i < rooms)
      room_card(out_.room_boxes[i], rect);
    else
      target_card(targets_[i - rooms].id, targets_[i - rooms].index, rect);
  }

  // Does this card share its row with the next one?
  bool pairs(size_t i) const {
    return out_.abreast > 1 && i + 1 < height_.size() && height_[i] == kRow &&
           height_[i + 1] == kRow;
  }

  bool shows_code(const RoomBox& box) const { return bool(box.who.thread) || box.entering; }

  // Each card gets what it needs most before any gets more, as long as there is room.
  void plan() {
    for (size_t i = 0; i < cast_.targets.size(); ++i) {
      const model::TargetView* t = m_.target(cast_.targets[i]);
      if (t && t->state != trace::TargetState::Deleted) targets_.push_back({t->id, int(i)});
    }
    const size_t rooms = out_.room_boxes.size(), all = rooms + targets_.size();
    height_.assign(all, kRow);
    free_ = out_.driver.h / u_ - rows_height(all, out_.abreast);
    if (out_.abreast > 1) return;  // what is so low has room for no more
    const auto each = [&](auto which, float height) {
      for (size_t i = 0; i < all; ++i)
        if (which(i)) raise(i, height);
    };
    const auto current = [&](size_t i) { return i < rooms && out_.room_boxes[i].current; };
    const auto code = [&](size_t i) { return i < rooms && shows_code(out_.room_boxes[i]); };
    const auto holds = [&](size_t i) { return i >= rooms || !shows_code(out_.room_boxes[i]); };
    each(current, code_height(5));
    each(current, code_height(3));
    each(current, code_height(2));
    each(code, code_height(1));
    each([&](size_t i) { return holds(i) && !empty_target(i); }, kHolds);
    each(code, code_height(3));
    for (size_t i = 0; i < rooms; ++i)
      if (holds(i)) raise(i, notes_height(out_.room_boxes[i]));
    each(current, code_height(7));
    each(current, code_height(6));
    each(code, code_height(5));
    each(current, code_height(9));
    each(current, code_height(8));
    each(code, code_height(7));
    each(current, code_height(12));
    each(code, code_height(9));
    each(current, code_height(15));
    // What is left shows the line that a returned callback did something with them on.
    for (const int rows : {3, 5, 7, 9})
      for (size_t i = 0; i < rooms; ++i)
        if (holds(i) && out_.room_boxes[i].since)
          raise(i, notes_height(out_.room_boxes[i]) + since_height(rows));
  }

  bool empty_target(size_t i) const {
    if (i < out_.room_boxes.size()) return false;
    const model::TargetView* t = m_.target(targets_[i - out_.room_boxes.size()].id);
    return t->sent.empty() && t->pended.empty();
  }
  static float notes_height(const RoomBox& box) {
    const float notes = float(std::min<size_t>(box.requests.size(), 8)) * kNote;
    return kTitle + std::max(notes, 44.0f) + kFoot;
  }

  static float since_height(int rows) { return 4 + float(rows) * kLine; }

  void raise(size_t i, float height) {
    const float more = height - height_[i];
    if (more <= 0 || more > free_ + 0.5f) return;
    height_[i] = height;
    free_ -= more;
  }

  // Requests stand left of the code: in one column while they are few, so that lines stay long.
  float tokens_width(size_t requests, float card_width, bool code) const {
    const float most = card_width * (code ? 0.24f : 0.45f);
    if (!wide()) return std::min(most, requests > 1 && !code ? 84.0f : 40.0f);
    const float columns = code ? (requests > 2 && card_width >= 720 ? 2.0f : 1.0f)
                               : float(std::clamp<size_t>(requests, 1, 6));
    return std::min(most, 50 + (columns - 1) * 44);
  }

  void room_card(RoomBox& box, const Rect& card) {
    box.card = card;
    const bool code = shows_code(box);
    const float high = card.h / u_ + 0.5f, side = wide() ? 11 : 8;
    Rect r = inset(card, px(side), px(3));
    if (high < std::min(code_height(1), kHolds)) {
      box.detail = Detail::micro;
      const float n = float(std::clamp<size_t>(box.requests.size(), 1, 4));
      if (!box.requests.empty() || box.who.about.kind() == ObjectKind::Request)
        box.tokens = cut_right(r, std::min(px(6 + 30 * n), r.w * 0.4f), px(4));
      box.title = r;
      return;
    }
    box.detail = !code || high >= code_height(3) ? Detail::full : Detail::mid;
    const float tokens = px(tokens_width(box.requests.size(), card.w / u_, code));
    if (box.detail == Detail::mid) {
      if (!box.requests.empty() || box.who.about.kind() == ObjectKind::Request)
        box.tokens = cut_left(r, tokens, px(4));
      box.title = cut_top(r, px(kTitle - 4));
    } else {
      box.title = cut_top(r, px(kTitle - 3));
      r.h = card.bottom() - px(code ? kFoot : 4) - r.y;
      box.tokens = cut_left(r, tokens, px(code ? 4 : 12));
    }
    (code ? box.code : box.notes) = r;
    if (code) {
      for (const int rows : kLevels)
        if (high >= code_height(rows)) box.rows = rows;
      box.code.w = card.right() - px(6) - box.code.x;
      box.code.h = px(kLine) * float(box.rows);
    } else if (box.since && high >= notes_height(box) + since_height(3)) {
      for (const int rows : {3, 5, 7, 9})
        if (high >= notes_height(box) + since_height(rows)) box.rows = rows;
      Rect below = cut_bottom(box.notes, px(kLine) * float(box.rows), px(4));
      // Level with the code of other cards.
      below.x = card.x + px(side + tokens_width(1, card.w / u_, true) + 4);
      below.w = card.right() - px(6) - below.x;
      box.code = below;
      if (box.tokens.bottom() > below.y) box.tokens.h = std::max(0.0f, below.y - box.tokens.y);
    }
  }

  void target_card(ObjectId id, int index, const Rect& card) {
    TargetBox box;
    box.id = id;
    box.target = index;
    box.card = card;
    Rect r = inset(card, px(wide() ? 11 : 8), px(3));
    box.detail = card.h / u_ + 0.5f < kHolds ? Detail::micro : Detail::full;
    if (box.detail == Detail::micro) {
      box.tokens = cut_right(r, std::min(px(130), r.w * 0.4f), px(4));
      box.title = r;
    } else {
      box.title = cut_top(r, px(kTitle - 3));
      box.tokens = r;
    }
    out_.target_boxes.push_back(box);
  }

  const model::Model& m_;
  const StageCast& cast_;
  float u_;
  StageLayout& out_;
  struct Target {
    ObjectId id;
    int index;
  };
  std::vector<Target> targets_;
  std::vector<float> height_;  // design pixels: cards, then targets
  float free_ = 0;
};

}  // namespace

std::vector<RoomBox> driver_cards(const model::Model& model, const StageCast& cast) {
  return Cards(model, cast).find();
}

float driver_height(const StageLayout& layout, const StageCast& cast) {
  return rows_height(layout.room_boxes.size() + cast.targets.size(), layout.abreast);
}

void place_driver(const model::Model& model, const StageCast& cast, StageLayout& layout) {
  DriverColumn(model, cast, layout).place();
}

}  // namespace qs::ui
