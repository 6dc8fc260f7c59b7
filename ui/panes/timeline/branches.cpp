#include "ui/panes/timeline/branches.h"

#include <algorithm>

#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {
namespace {

void add_children(std::span<const BranchInfo> all, size_t parent, int parent_row,
                  std::vector<BranchRow>& out) {
  for (size_t i = 0; i < all.size(); ++i) {
    const bool root = i == 0 || all[i].parent == i || all[i].parent >= all.size();
    if (parent_row < 0 ? !root : root || all[i].parent != parent) continue;
    BranchRow row;
    row.branch = i;
    row.row = int(out.size());
    row.parent_row = parent_row;
    row.from = root ? 0 : all[i].fork_event;
    row.to = uint32_t(std::max<size_t>(all[i].events, row.from));
    out.push_back(row);
    add_children(all, i, row.row, out);
  }
}

}  // namespace

std::vector<BranchRow> branch_rows(std::span<const BranchInfo> branches) {
  std::vector<BranchRow> out;
  add_children(branches, 0, -1, out);
  return out;
}

std::vector<BranchRow> rows_that_fit(std::span<const BranchRow> rows, size_t current, size_t most) {
  if (rows.size() <= most) return {rows.begin(), rows.end()};
  std::vector<bool> keep(rows.size(), false);
  size_t kept = 0;
  const auto take = [&](size_t i) {
    if (!keep[i] && kept < most) keep[i] = true, ++kept;
  };
  const auto here = std::find_if(rows.begin(), rows.end(),
                                 [&](const BranchRow& r) { return r.branch == current; });
  const size_t at = here == rows.end() ? 0 : size_t(here - rows.begin());
  take(at);
  for (int p = rows[at].parent_row; p >= 0; p = rows[size_t(p)].parent_row) take(size_t(p));
  for (size_t d = 1; kept < most && d < rows.size(); ++d) {
    if (at + d < rows.size()) take(at + d);
    if (at >= d) take(at - d);
  }
  std::vector<BranchRow> out;
  std::vector<int> moved(rows.size(), -1);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!keep[i]) continue;
    moved[i] = int(out.size());
    out.push_back(rows[i]);
    out.back().row = int(out.size()) - 1;
    // Hangs on the nearest ancestor that is still there.
    int p = rows[i].parent_row;
    while (p >= 0 && moved[size_t(p)] < 0) p = rows[size_t(p)].parent_row;
    out.back().parent_row = p < 0 ? -1 : moved[size_t(p)];
  }
  return out;
}

int tree_rows(const RunInfo& run, int most) {
  return std::clamp(int(run.branches.size()), 1, most);
}

Rect draw_branches(Ui& ui, const Rect& rect, const RunInfo& run, size_t events, float row_height,
                   int most_rows, std::vector<session::Command>& out) {
  const Theme& t = *ui.theme;
  const IdScope scope(ui, "branches");
  const Id group = ui.id("group");
  const auto rows = rows_that_fit(branch_rows(run.branches), run.current, size_t(most_rows));
  const auto x_of = [&](uint32_t e) {
    return rect.x + rect.w * float(double(e) / double(std::max<size_t>(1, events)));
  };
  const auto y_of = [&](int row) { return rect.y + row_height * (float(row) + 0.5f); };
  Rect current = {rect.x, rect.y, rect.w, row_height};
  for (const BranchRow& row : rows) {
    const BranchInfo& b = run.branches[row.branch];
    const bool here = row.branch == run.current;
    const float y = y_of(row.row), x0 = x_of(row.from), x1 = std::max(x0 + ui.px(4), x_of(row.to));
    const Rect line{rect.x, rect.y + row_height * float(row.row), rect.w, row_height};
    if (row.parent_row >= 0) {  // leaves its parent
      const float py = y_of(row.parent_row);
      vline(ui, x0, py, y, here ? t.branch : t.control, ui.line(here ? 2.f : 1.f));
      disc(ui, {x0, py}, ui.px(2.5f), here ? t.branch : t.control);
    }
    if (here) {
      current = line;
      continue;
    }
    ItemOptions options;
    options.kind = Kind::row;
    options.group = group;
    options.text = b.label;
    const Hit hit =
        ui.item(inset(line, 0, ui.px(1)), b.label + "#" + std::to_string(b.id), options);
    const Color ink = hit.hovered || hit.ring ? t.text : t.control;
    const float thick = ui.px(hit.hovered ? 6 : 4);
    fill(ui, {x0, y - thick / 2, x1 - x0, thick}, ink, thick / 2);
    const float room = rect.right() - x1 - ui.px(8);
    const float need = text_width(ui.fonts->caption, b.label);
    if (need <= room) {
      draw_text(ui, Rect{x1 + ui.px(6), line.y, need, line.h}, ui.fonts->caption,
                hit.hovered ? t.text : t.text_faint, b.label);
    }
    if (hit.ring) focus_ring(ui, inset(line, ui.px(2)), ui.px(3));
    tooltip(ui, hit, trf("timeline.show_branch", b.label, b.fork_event));
    if (hit.clicked) out.push_back(session::cmd::ShowBranch{row.branch});
  }
  return current;
}

}  // namespace qs::ui
