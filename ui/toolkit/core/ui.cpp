#include "ui/toolkit/core/ui.h"

#include <cassert>
#include <cstring>
#include <utility>

namespace qs::ui {
namespace {

constexpr Id id_seed = 14695981039346656037ull;

// Eight characters at a time. Never 0, and "a" in "b" differs from "ab": the length goes in first.
Id hash(std::string_view text, Id seed) {
  constexpr Id odd = 0x9E3779B97F4A7C15ull;
  Id h = (seed ^ text.size()) * odd;
  const auto mix = [&](Id word) {
    h = (h ^ word) * odd;
    h ^= h >> 32;
  };
  const char* at = text.data();
  std::size_t left = text.size();
  for (Id word; left >= sizeof word; at += sizeof word, left -= sizeof word) {
    std::memcpy(&word, at, sizeof word);
    mix(word);
  }
  Id rest = 0;
  for (std::size_t i = 0; i < left; ++i) rest = rest << 8 | Id(static_cast<unsigned char>(at[i]));
  mix(rest);
  h *= odd;
  h ^= h >> 29;
  return h ? h : 1;
}

}  // namespace

float Ui::line(float design) const {
  const float thicker = theme ? theme->line - 1 : 0;
  return std::max(1.0f, std::round((design + thicker) * scale));
}

Ui::Ui() = default;
Ui::~Ui() = default;

void Ui::begin(const FrameInput& input, const Rect& screen_pixels, double now_seconds) {
  assert(theme && fonts && "set theme and fonts before Ui::begin");
  std::swap(rects, last);
  rects.clear();
  previous_mouse_ = mouse();
  in = input;
  now = now_seconds;
  screen = screen_pixels;
  path_.clear();
  scopes_.assign(1, {0, id_seed});
  clips_.assign(1, screen);
  parents_.assign(1, {-1, false});
  layer_ = modal_now_ = 0;
  draw = ImGui::GetBackgroundDrawList();
  draws_.clear();
  tip.text.clear();
  wake_ = -1;
  resolve_mouse();
  resolve_keys();
}

void Ui::end() {
  assert(scopes_.size() == 1 && clips_.size() == 1 && layer_ == 0 &&
         "unbalanced scope, clip or layer");
  last_modal_layer_ = modal_now_;
  if (in.released == 0 || !in.down[0]) {
    active_ = 0;
    dragging_ = false;
  }
  menu.just_opened = false;
}

// Decides what the mouse did, from where things were drawn last.
void Ui::resolve_mouse() {
  clicked_ = pressed_ = right_clicked_ = middle_clicked_ = double_clicked_ = dropped_ =
      drag_started_ = 0;
  const ItemRecord* under = last.at(mouse(), modal_layer());
  if (under && under->kind == Kind::blocker) under = nullptr;
  under_ = under ? under->id : 0;
  const Id hot_before = hot_;
  hot_ = active_ && active_ != under_ ? 0 : under_;
  if (hot_ != hot_before) hot_since_ = now;

  if (in.pressed >= 0) {
    hot_since_ = now;
    if (in.pressed == 0) {
      active_ = pressed_ = under && !under->disabled ? under->id : 0;
      press_at_ = mouse();
      ring_ = false;
      focus_ = 0;
      if (under && under->focusable && !under->disabled) set_focus_record(*under);
    } else if (in.pressed == 1) {
      right_active_ = under_;
    } else {
      middle_active_ = under_;
    }
  }
  if (active_ && !dragging_ && in.down[0] && length(mouse() - press_at_) > px(4)) {
    dragging_ = true;
    drag_started_ = active_;
  }
  if (in.released == 0) {
    if (active_ && dragging_) dropped_ = active_;
    // A slight slip of the hand is still a click; a drag that ends elsewhere is not.
    if (active_ && under_ == active_) {
      clicked_ = active_;
      if (last_click_ == clicked_ && now - last_click_time_ < 0.4) double_clicked_ = clicked_;
      last_click_ = double_clicked_ ? 0 : clicked_;
      last_click_time_ = now;
    }
  } else if (in.released == 1) {
    if (right_active_ && right_active_ == under_) right_clicked_ = under_;
    right_active_ = 0;
  } else if (in.released == 2) {
    if (middle_active_ && middle_active_ == under_) middle_clicked_ = under_;
    middle_active_ = 0;
  }

  const ItemRecord* scroll = last.scroll_at(mouse(), modal_layer());
  wheel_id_ = scroll ? scroll->id : 0;
  wheel_y_ = in.wheel_y;
}

Hit Ui::item(const Rect& rect, std::string_view name, const ItemOptions& options) {
  Hit hit;
  hit.id = id(name);
  hit.rect = rect;
  ItemRecord r;
  r.id = hit.id;
  r.group = options.group;
  r.rect = rect;
  r.visible = intersect(rect, clip());
  r.parent = parents_.back().index;
  r.scrolled = parents_.back().scrolled;
  r.kind = options.kind;
  r.layer = std::uint8_t(layer_);
  r.wants = options.wants;
  r.focusable = options.focusable;
  r.disabled = options.disabled;
  r.selected = options.selected;
  r.cut = options.cut;
  r.may_cut = options.may_cut;
  r.floating = options.floating;
  hit.record = rects.add(r, path_, name, options.text);

  hit.mods = in.mods;
  hit.hovered = hot_ == hit.id;
  if (options.disabled) return hit;  // may be pointed at (for its reason), not used
  hit.held = active_ == hit.id && in.down[0];
  hit.pressed = pressed_ == hit.id;
  hit.clicked = clicked_ == hit.id;
  hit.right_clicked = right_clicked_ == hit.id;
  hit.middle_clicked = middle_clicked_ == hit.id;
  hit.double_clicked = double_clicked_ == hit.id;
  hit.focused = focus_ == hit.id;
  hit.ring = hit.focused && ring_;
  hit.drag_started = drag_started_ == hit.id;
  hit.dragging = hit.held && dragging_;
  hit.dropped = dropped_ == hit.id;
  if (hit.dragging || hit.dropped) {
    hit.drag_total = mouse() - press_at_;
    hit.drag_step = hit.drag_started ? hit.drag_total : mouse() - previous_mouse_;
  }
  if (key_for_ == hit.id) {
    hit.key = key_;
    hit.text = text_;
  }
  return hit;
}

void Ui::note(const Rect& rect, std::string_view text, bool cut, bool may_cut) {
  ItemRecord r;
  r.rect = rect;
  r.visible = intersect(rect, clip());
  r.parent = parents_.back().index;
  r.scrolled = parents_.back().scrolled;
  r.layer = std::uint8_t(layer_);
  r.cut = cut;
  r.may_cut = may_cut;
  rects.add(r, path_, {}, text);
}

Id Ui::id(std::string_view name) const { return hash(name, scopes_.back().second); }

void Ui::push_scope(std::string_view name) {
  scopes_.push_back({path_.size(), hash(name, scopes_.back().second)});
  path_ += name;
  path_ += '/';
}

void Ui::pop_scope() {
  path_.resize(scopes_.back().first);
  scopes_.pop_back();
}

void Ui::push_clip(const Rect& rect) {
  const Rect both = intersect(rect, clip());
  clips_.push_back(both);
  draw->PushClipRect(ImVec2(both.x, both.y), ImVec2(both.right(), both.bottom()), false);
}

void Ui::pop_clip() {
  clips_.pop_back();
  draw->PopClipRect();
}

void Ui::push_parent(int record_index, bool scrolled) {
  parents_.push_back({record_index, scrolled || parents_.back().scrolled});
}

void Ui::pop_parent() { parents_.pop_back(); }

void Ui::push_layer(bool modal) {
  draws_.push_back(draw);
  ++layer_;
  if (modal) modal_now_ = std::max(modal_now_, layer_);
  draw = ImGui::GetForegroundDrawList();
  clips_.push_back(screen);
  draw->PushClipRect(ImVec2(screen.x, screen.y), ImVec2(screen.right(), screen.bottom()), false);
  parents_.push_back({-1, false});
}

void Ui::pop_layer() {
  parents_.pop_back();
  clips_.pop_back();
  draw->PopClipRect();
  --layer_;
  draw = draws_.back();
  draws_.pop_back();
}

bool Ui::action(Action wanted) {
  if (action_ != wanted || wanted == Action::none) return false;
  action_ = Action::none;
  key_used_ = true;
  return true;
}

bool Ui::pressed_outside(const Rect& rect) const {
  return in.pressed >= 0 && !rect.contains(mouse());
}

float Ui::wheel(Id scroll_area) {
  if (wheel_id_ != scroll_area) return 0;
  const float w = wheel_y_;
  wheel_y_ = 0;
  return w;
}

void Ui::wake_in(double seconds) {
  if (wake_ < 0 || seconds < wake_) wake_ = std::max(0.0, seconds);
}

}  // namespace qs::ui
