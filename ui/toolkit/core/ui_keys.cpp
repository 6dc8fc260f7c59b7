// What a key press means in this frame: the part of Ui that moves the focus and finds actions.
#include "ui/toolkit/core/ui.h"

namespace qs::ui {
namespace {

bool is_word(Key key) {
  return key == Key::left || key == Key::right || key == Key::home || key == Key::end ||
         key == Key::backspace || key == Key::del;
}

// Does a text field take this key press, rather than the commands?
bool field_takes(const FrameInput& in) {
  const bool command = in.mods & (mod_ctrl | mod_super);
  if (command) {
    return in.key == Key::a || in.key == Key::c || in.key == Key::v || in.key == Key::x ||
           in.key == Key::y || in.key == Key::z || in.key == Key::insert || is_word(in.key);
  }
  if (in.mods & mod_alt) return false;
  if (in.key >= Key::f1 && in.key <= Key::f12) return false;
  return in.key != Key::escape && in.key != Key::up && in.key != Key::down &&
         in.key != Key::page_up && in.key != Key::page_down;
}

bool item_takes(const ItemRecord& r, const FrameInput& in) {
  if (in.mods & (mod_ctrl | mod_alt | mod_super)) return false;
  switch (in.key) {
    case Key::left:
    case Key::right: return r.wants & wants_left_right;
    case Key::up:
    case Key::down: return r.wants & wants_up_down;
    case Key::home:
    case Key::end: return r.wants & wants_home_end;
    case Key::page_up:
    case Key::page_down: return r.wants & wants_page;
    default: return false;
  }
}

}  // namespace

void Ui::resolve_keys() {
  key_for_ = 0;
  key_ = Key::none;
  text_ = 0;
  action_ = Action::none;
  focus_moved_ = key_used_ = false;
  const ItemRecord* focused = focus_ ? last.find(focus_) : nullptr;
  if (focus_ && (!focused || focused->disabled || focused->layer < modal_layer()))
    focused = nullptr;
  typing_ = focused && (focused->wants & wants_text);
  if (focused) focus_rect_ = focused->rect;
  if (in.key == Key::none && in.text == 0) {
    action_ = injected_;
    injected_ = Action::none;
    return;
  }

  if (in.key == Key::tab && !(in.mods & (mod_ctrl | mod_alt))) {
    key_used_ = move_focus(in.mods & mod_shift ? -1 : 1);
    return;
  }
  if (typing_ && field_takes(in)) {
    key_for_ = focus_;
    key_ = in.key;
    text_ = in.mods & (mod_ctrl | mod_super) ? 0 : in.text;
    key_used_ = true;
    return;
  }
  if (focused && item_takes(*focused, in)) {
    key_for_ = focus_;
    key_ = in.key;
    key_used_ = true;
    ring_ = true;
    return;
  }
  if (focused && ring_) {
    const bool plain = !(in.mods & (mod_ctrl | mod_alt | mod_super));
    if (plain && (in.key == Key::enter || in.key == Key::space)) {
      if (!in.key_repeat) clicked_ = focus_;
      key_used_ = true;
      return;
    }
    if (in.key == Key::menu || (in.key == Key::f10 && in.mods == mod_shift)) {
      right_clicked_ = focus_;
      key_used_ = true;
      return;
    }
    if (plain && focused->group) {
      const bool back = in.key == Key::left || in.key == Key::up || in.key == Key::home;
      const bool forward = in.key == Key::right || in.key == Key::down || in.key == Key::end;
      const bool to_end = in.key == Key::home || in.key == Key::end;
      if (back || forward) {
        key_used_ = move_in_group(*focused, back ? -1 : 1, to_end);
        if (key_used_) return;
      }
    }
  }
  if (in.key == Key::escape && focus_ && (ring_ || typing_) && modal_layer() == 0) {
    focus_ = 0;
    ring_ = false;
    key_used_ = true;
    return;
  }
  if (!keymap) return;
  static constexpr Context menu_only[] = {Context::menu};
  action_ = modal_layer() > 0 ? keymap->find(in, menu_only)
                              : keymap->find(in, std::span<const Context>(contexts));
}

void Ui::set_focus_record(const ItemRecord& r) {
  focus_ = r.id;
  focus_rect_ = r.rect;
  focus_moved_ = true;
}

void Ui::focus(Id target, bool show_ring) {
  focus_ = target;
  ring_ = show_ring;
  focus_moved_ = true;
  if (const ItemRecord* r = last.find(target)) focus_rect_ = r->rect;
}

// Tab: to the next stop in the order of drawing. A group is one stop.
bool Ui::move_focus(int direction) {
  const auto& all = last.all();
  const int count = int(all.size());
  const auto stops = [&](int i) {
    const ItemRecord& r = all[std::size_t(i)];
    return r.focusable && !r.disabled && r.layer >= modal_layer() &&
           (!r.visible.empty() || r.scrolled);
  };
  int from = last.index_of(focus_);
  if (from < 0 && focus_) {
    // What had the focus is gone: go on from whatever is nearest to where it was.
    float best = 1e30f;
    for (int i = 0; i < count; ++i) {
      const float d = length(all[std::size_t(i)].rect.center() - focus_rect_.center());
      if (stops(i) && d < best) {
        best = d;
        from = direction > 0 ? i - 1 : i + 1;
      }
    }
    if (best == 1e30f) return false;
  } else if (from < 0) {
    from = direction > 0 ? -1 : count;
  }
  const Id group = from >= 0 && from < count ? all[std::size_t(from)].group : 0;
  for (int step = 1; step <= count; ++step) {
    const int i = ((from + direction * step) % count + count) % count;
    const ItemRecord& r = all[std::size_t(i)];
    if (!stops(i) || (group && r.group == group)) continue;
    const ItemRecord* target = &r;
    if (r.group) {
      // Enter a group at its selected item, or its first.
      const ItemRecord* first = nullptr;
      for (int k = 0; k < count; ++k) {
        const ItemRecord& other = all[std::size_t(k)];
        if (other.group != r.group || !stops(k)) continue;
        if (!first) first = &other;
        if (other.selected) {
          first = &other;
          break;
        }
      }
      target = first;
    }
    set_focus_record(*target);
    ring_ = true;
    return true;
  }
  return false;
}

bool Ui::move_in_group(const ItemRecord& from, int direction, bool to_end) {
  std::vector<const ItemRecord*> members;
  int at = -1;
  for (const ItemRecord& r : last.all()) {
    if (r.group != from.group || !r.focusable || r.disabled) continue;
    if (r.id == from.id) at = int(members.size());
    members.push_back(&r);
  }
  if (at < 0 || members.size() < 2) return false;
  const int count = int(members.size());
  const int next = to_end ? (direction < 0 ? 0 : count - 1) : (at + direction + count) % count;
  set_focus_record(*members[std::size_t(next)]);
  return true;
}

}  // namespace qs::ui
