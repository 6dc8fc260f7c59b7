#include "ui/widgets/keep.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <functional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ui/widgets/ui.h"

namespace qs::ui {
namespace {

template <class T>
bool same(const ImVector<T>& a, const ImVector<T>& b) {
  return a.Size == b.Size && (a.Size == 0 || std::memcmp(a.Data, b.Data, a.size_in_bytes()) == 0);
}

// Where each part of a list is clipped, and how much of it there is.
std::vector<std::tuple<float, float, float, float, unsigned>> parts_of(const ImDrawList& list) {
  std::vector<std::tuple<float, float, float, float, unsigned>> parts;
  for (const ImDrawCmd& c : list.CmdBuffer)
    if (c.ElemCount > 0)
      parts.emplace_back(c.ClipRect.x, c.ClipRect.y, c.ClipRect.z, c.ClipRect.w, c.ElemCount);
  return parts;
}

bool same_picture(const ImDrawList& a, const ImDrawList& b) {
  return same(a.VtxBuffer, b.VtxBuffer) && same(a.IdxBuffer, b.IdxBuffer) &&
         parts_of(a) == parts_of(b);
}

bool same_record(const Record& a, const Record& b, int parent_shift) {
  const auto facts = [](const Record& r) {
    return std::tuple(r.id, r.group, r.kind, r.layer, r.wants, r.focusable, r.disabled, r.selected,
                      r.cut, r.may_cut, r.floating, r.scrolled);
  };
  const int parent = a.parent < 0 ? a.parent : a.parent + parent_shift;
  return facts(a) == facts(b) && a.rect == b.rect && a.visible == b.visible && parent == b.parent;
}

}  // namespace

std::uint64_t stamped(std::uint64_t stamp, std::string_view text) {
  return stamped(stamp, std::uint64_t(std::hash<std::string_view>{}(text)));
}
std::uint64_t stamped(std::uint64_t stamp, double value) {
  return stamped(stamp, std::bit_cast<std::uint64_t>(value));
}
std::uint64_t stamped(std::uint64_t stamp, const void* address) {
  return stamped(stamp, std::uint64_t(reinterpret_cast<std::uintptr_t>(address)));
}

KeptPanes::Pane& KeptPanes::pane(Id id) {
  for (Pane& p : panes_)
    if (p.id == id) return p;
  panes_.emplace_back().id = id;
  return panes_.back();
}

ImDrawList* KeptPanes::between() {
  if (used_betweens_ == betweens_.size()) betweens_.push_back(compat::new_list());
  ImDrawList* list = betweens_[used_betweens_++].get();
  compat::clear_list(*list);
  lists_.push_back(list);
  return list;
}

Keep::Keep(Ui& ui, std::string_view name, const Rect& rect, std::uint64_t stamp)
    : ui_(ui), pane_(ui.kept_.pane(ui.id(name))), name_(name) {
  assert(ui.clips_.size() == 1 && ui.parents_.size() == 1 && ui.layer_ == 0);
  KeptPanes::Pane& p = pane_;
  const bool was_there = p.list && p.drawn_in + 1 == ui.kept_.frame_;
  would_stand_ = was_there && stands(stamp, rect);
  draw_ = !would_stand_ || ui.check_kept;
  old_first_ = p.first, old_count_ = p.count;
  p.settled = was_there && p.stamp == stamp && p.rect == rect ? p.settled + 1 : 1;
  p.stamp = stamp;
  p.rect = rect;
  p.drawn_in = ui.kept_.frame_;
  p.first = int(ui.rects.all().size());
  wake_before_ = ui.wake_;
  ui.wake_ = -1;
  tip_before_ = std::exchange(ui.tip.text, {});
  tip_anchor_ = ui.tip.anchor;
  if (!draw_) {
    ui.rects.take(ui.last, old_first_, old_count_);
    if (p.wake_at < std::numeric_limits<double>::infinity()) ui.wake_in(p.wake_at - ui.now);
    ui.kept_.lists_.push_back(p.list.get());
    return;
  }
  if (!p.list) p.list = compat::new_list();
  if (ui.check_kept) {
    if (!p.spare) p.spare = compat::new_list();
    std::swap(p.list, p.spare);
  }
  compat::clear_list(*p.list);
  ui.kept_.lists_.push_back(p.list.get());
  ui.draw = p.list.get();
  ui.lively_ = false;
}

bool Keep::stands(std::uint64_t stamp, const Rect& rect) const {
  const KeptPanes::Pane& p = pane_;
  return ui_.calm() && p.stamp == stamp && p.rect == rect && p.settled >= 2 && !p.lively &&
         p.wake_at > ui_.now && !rect.contains(ui_.mouse()) && !rect.contains(ui_.previous_mouse_);
}

Keep::~Keep() {
  KeptPanes::Pane& p = pane_;
  p.count = int(ui_.rects.all().size()) - p.first;
  if (draw_) {
    p.lively = ui_.lively_ || !ui_.tip.text.empty();
    p.wake_at = ui_.wake_ < 0 ? std::numeric_limits<double>::infinity() : ui_.now + ui_.wake_;
    if (would_stand_) compare();
  }
  if (wake_before_ >= 0) ui_.wake_in(wake_before_);
  if (ui_.tip.text.empty()) ui_.tip = {std::move(tip_before_), tip_anchor_};
  ui_.draw = ui_.page_ = ui_.kept_.between();
}

void Keep::compare() const {
  const KeptPanes::Pane& p = pane_;
  if (!same_picture(*p.list, *p.spare))
    ui_.kept_faults.push_back(fmt::format("{} has changed, but not its stamp", name_));
  for (int i = 0; i < std::max(p.count, old_count_); ++i) {
    const bool both = i < p.count && i < old_count_;
    const Record* was = i < old_count_ ? &ui_.last.all()[std::size_t(old_first_ + i)] : nullptr;
    const Record* is = i < p.count ? &ui_.rects.all()[std::size_t(p.first + i)] : nullptr;
    if (both && same_record(*was, *is, p.first - old_first_) &&
        ui_.last.name(*was) == ui_.rects.name(*is) && ui_.last.text(*was) == ui_.rects.text(*is))
      continue;
    ui_.kept_faults.push_back(
        fmt::format("what can be pointed at in {} has changed ({}), but not its stamp", name_,
                    is ? ui_.rects.name(*is) : ui_.last.name(*was)));
    break;
  }
  if (p.lively || p.wake_at <= ui_.now)
    ui_.kept_faults.push_back(fmt::format("{} moves by itself now", name_));
}

}  // namespace qs::ui
