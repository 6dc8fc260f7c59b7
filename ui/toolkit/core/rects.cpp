#include "ui/toolkit/core/rects.h"

#include <fmt/format.h>

namespace qs::ui {
namespace {

std::string_view kind_name(Kind kind) {
  static constexpr std::string_view names[] = {
      "text",  "button", "toggle", "token",      "slider", "splitter", "scroll area",
      "field", "link",   "row",    "menu entry", "panel",  "blocker",  "picture"};
  return names[std::size_t(kind)];
}

bool ends_with_name(std::string_view path, std::string_view name) {
  if (path.size() < name.size() || path.substr(path.size() - name.size()) != name) return false;
  return path.size() == name.size() || path[path.size() - name.size() - 1] == '/';
}

bool is_ground(Kind kind) {
  return kind == Kind::panel || kind == Kind::blocker || kind == Kind::scroll ||
         kind == Kind::picture;
}

bool is_ancestor(const std::vector<ItemRecord>& all, int ancestor, int child) {
  for (int i = all[std::size_t(child)].parent; i >= 0; i = all[std::size_t(i)].parent) {
    if (i == ancestor) return true;
  }
  return false;
}

std::string label_of(const Rects& rects, const ItemRecord& r) {
  const std::string_view text = rects.text(r);
  return fmt::format("{} \"{}\"", kind_name(r.kind), text.empty() ? rects.name(r) : text);
}

}  // namespace

void Rects::clear() {
  records_.clear();
  used_ = 0;
}

int Rects::add(const ItemRecord& record, std::string_view scope, std::string_view name,
               std::string_view text) {
  const std::size_t more = scope.size() + name.size() + text.size();
  if (used_ + more > pool_.size()) pool_.resize(2 * (used_ + more));
  ItemRecord& r = records_.emplace_back(record);
  r.name_at = std::uint32_t(used_);
  r.name_size = std::uint32_t(scope.size() + name.size());
  r.text_at = r.name_at + r.name_size;
  r.text_size = std::uint32_t(text.size());
  char* to = pool_.data() + used_;
  for (const std::string_view part : {scope, name, text}) to += part.copy(to, part.size());
  used_ += more;
  return int(records_.size()) - 1;
}

const ItemRecord* Rects::find(std::string_view wanted) const {
  const ItemRecord* best = nullptr;
  int best_score = -1;
  for (const ItemRecord& r : records_) {
    int score = 0;
    if (ends_with_name(name(r), wanted))
      score = 4;
    else if (!text(r).empty() && text(r) == wanted)
      score = 2;
    else
      continue;
    if (!r.visible.empty()) score += 8;
    if (r.kind != Kind::text) score += 1;
    if (score >= best_score) {
      best = &r;
      best_score = score;
    }
  }
  return best;
}

int Rects::index_of(Id id) const {
  if (id == 0) return -1;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i].id == id) return int(i);
  }
  return -1;
}

const ItemRecord* Rects::find(Id id) const {
  const int i = index_of(id);
  return i < 0 ? nullptr : &records_[std::size_t(i)];
}

const ItemRecord* Rects::at(Point p, int layer) const {
  const ItemRecord* best = nullptr;
  for (const ItemRecord& r : records_) {
    if (r.kind == Kind::text || r.kind == Kind::panel || r.layer < layer) continue;
    if (best && best->layer > r.layer) continue;
    if (r.visible.contains(p)) best = &r;
  }
  return best;
}

const ItemRecord* Rects::scroll_at(Point p, int layer) const {
  const ItemRecord* best = nullptr;
  for (const ItemRecord& r : records_) {
    if (r.layer < layer || !r.visible.contains(p)) continue;
    if (best && best->layer > r.layer) continue;
    // A popup's ground hides the scroll areas below it.
    if (r.kind == Kind::scroll || r.kind == Kind::blocker) best = &r;
  }
  return best && best->kind == Kind::scroll ? best : nullptr;
}

std::vector<std::string> layout_faults(const Rects& rects, const Rect& screen) {
  std::vector<std::string> faults;
  const auto& all = rects.all();
  std::vector<int> order;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ItemRecord& r = all[i];
    if (r.visible.empty()) {
      const bool lost = !r.scrolled && !r.may_cut && !r.floating && r.rect.w > 0 && r.rect.h > 0;
      if (lost) faults.push_back(fmt::format("{} cannot be seen at all", label_of(rects, r)));
      continue;
    }
    if (r.cut && !r.may_cut) faults.push_back(fmt::format("{} is cut short", label_of(rects, r)));
    if (!r.scrolled && !r.floating && !screen.contains(r.rect, 1.0f)) {
      faults.push_back(fmt::format("{} sticks out of the screen", label_of(rects, r)));
    } else if (!r.scrolled && !r.floating && !r.may_cut && r.parent >= 0 &&
               !all[std::size_t(r.parent)].rect.contains(r.rect, 1.0f)) {
      faults.push_back(fmt::format("{} sticks out of {}", label_of(rects, r),
                                   label_of(rects, all[std::size_t(r.parent)])));
    }
    if (!is_ground(r.kind) && !r.floating) order.push_back(int(i));
  }
  // Two items of one name would be pressed together.
  std::vector<std::pair<Id, int>> named;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].id && all[i].kind != Kind::panel) named.push_back({all[i].id, int(i)});
  }
  std::sort(named.begin(), named.end());
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (named[i].first != named[i - 1].first) continue;
    faults.push_back(
        fmt::format("two items are called \"{}\"", rects.name(all[std::size_t(named[i].second)])));
  }
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return all[std::size_t(a)].visible.x < all[std::size_t(b)].visible.x;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const ItemRecord& a = all[std::size_t(order[i])];
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const ItemRecord& b = all[std::size_t(order[j])];
      if (b.visible.x >= a.visible.right() - 1.0f) break;
      if (a.layer != b.layer) continue;
      const Rect common = intersect(a.visible, b.visible);
      if (common.w <= 1.0f || common.h <= 1.0f) continue;
      if (is_ancestor(all, order[i], order[j]) || is_ancestor(all, order[j], order[i])) continue;
      faults.push_back(fmt::format("{} overlaps {}", label_of(rects, a), label_of(rects, b)));
    }
  }
  return faults;
}

std::string describe(const Rects& rects) {
  std::string out;
  const auto& all = rects.all();
  for (const ItemRecord& r : all) {
    if (r.visible.empty() || r.kind == Kind::blocker) continue;
    int depth = 0;
    for (int p = r.parent; p >= 0; p = all[std::size_t(p)].parent) ++depth;
    out += fmt::format("{:{}}{} \"{}\"{}{}{} [{:.0f} {:.0f} {:.0f} {:.0f}]\n", "", depth * 2,
                       kind_name(r.kind), rects.text(r).empty() ? rects.name(r) : rects.text(r),
                       r.selected ? " selected" : "", r.disabled ? " greyed" : "",
                       r.cut ? " cut" : "", r.rect.x, r.rect.y, r.rect.w, r.rect.h);
  }
  return out;
}

}  // namespace qs::ui
