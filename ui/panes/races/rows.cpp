// The schedule that is shown: a column for each thread, a row for what it does, the switches
// between them; below, how many schedules still end well at each step.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::races {
namespace {

constexpr float kRow = 44, kCard = 30;

std::string title_of(const RacesFrame& f) {
  const RacesShown& s = f.shown();
  const std::string& rule = s.sequence.rule;
  if (const explore::Finding* found = s.way < 0 ? nullptr : finding_of(f.st, uint32_t(s.way)))
    return trf("races.shortest_way", found->rule);
  if (f.st.game.on) return tr("races.game_title");
  if (s.mine) return rule.empty() ? std::string(tr("races.mine_well")) : trf("races.mine", rule);
  return rule.empty() ? std::string(tr("races.schedule_well")) : trf("races.schedule_wrong", rule);
}

std::string size_of(const RacesFrame& f) {
  const size_t steps = f.shown().route->steps.size();
  const uint32_t switches = f.shown().route->switches();
  const std::string a = steps == 1 ? std::string(tr("races.one_step")) : trf("races.steps", steps);
  return a + " · " +
         (switches == 1 ? std::string(tr("races.one_switch")) : trf("races.switches", switches));
}

void draw_head(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const std::string key = ui.keymap->key_text(Action::play_pause);
  const std::string words = std::string(icon::play) + "  " + tr("races.play");
  ButtonStyle play;
  play.look = ButtonLook::primary;
  play.key = key.c_str();
  play.reason = tr("races.play_tip");
  const float w = button_width(ui, words), h = ui.px(30);
  if (button(ui, aligned(cut_right(r, w, ui.px(8)), w, h, 0, 0.5f), "play", words, play).clicked)
    f.act.play = true;
  if (!f.st.before.empty()) {
    const std::string undo_key = ui.keymap->key_text(Action::undo_view);
    ButtonStyle undo;
    undo.key = undo_key.c_str();
    const Rect at = aligned(cut_right(r, ui.px(34), ui.px(8)), ui.px(34), h, 0, 0.5f);
    if (icon_button(ui, at, "undo", icon::undo, tr("races.undo"), undo).clicked) show_before(f.st);
  }
  const std::string title = title_of(f), size = f.st.game.on ? std::string() : size_of(f);
  const float wide = text_width(ui.fonts->title, title) + ui.px(16);
  if (wide + text_width(ui.fonts->small, size) + ui.px(4) <= r.w)
    label(ui, cut_right(r, text_width(ui.fonts->small, size) + ui.px(4), ui.px(8)), size,
          {&ui.fonts->small, t.text_dim, Align::right, true});
  label(ui, r, title, {&ui.fonts->title, t.text, Align::left, true});
}

// Where columns and cards stand.
struct Places {
  Rect area;
  float card = 0;
  std::vector<float> x;
  float left(size_t column) const {
    return std::clamp(x[column] - card / 2, area.x, std::max(area.x, area.right() - card));
  }
};

Places places_in(const RacesFrame& f, const Rect& area) {
  const size_t columns = std::max<size_t>(1, f.shown().sequence.columns.size());
  Places p;
  p.area = area;
  const float each = area.w / float(columns);
  const float least = std::min(area.w * 0.55f, f.ui.px(320));
  p.card = std::min(area.w, std::clamp(each * 1.25f, std::max(least, f.ui.px(230)), f.ui.px(420)));
  for (size_t i = 0; i < columns; ++i) p.x.push_back(area.x + each * (float(i) + 0.5f));
  return p;
}

void draw_columns(const RacesFrame& f, const Rect& head, const Places& p) {
  Ui& ui = f.ui;
  const auto& names = f.shown().sequence.columns;
  const float each = p.area.w / float(std::max<size_t>(1, names.size()));
  for (size_t i = 0; i < names.size(); ++i)
    label(ui, {p.x[i] - each / 2 + ui.px(3), head.y, each - ui.px(6), head.h}, names[i],
          {&ui.fonts->small_bold, ui.theme->text, Align::center, true});
}

// "driver.c:118", or ":118" of a driver with one source.
std::string short_site(const RacesFrame& f, trace::Site site) {
  if (!site) return {};
  const auto* driver = f.races().program().driver;
  if (driver && driver->sources().size() == 1) return fmt::format(":{}", site.line());
  return f.shown().route->execution.trace->site_text(site);
}

// Beside the card at which it breaks, where there is room.
void say_it_breaks(const RacesFrame& f, const Places& p, const Rect& card) {
  Ui& ui = f.ui;
  const std::string words = trf("races.breaks_here", f.shown().sequence.rule);
  const float w = text_width(ui.fonts->small_bold, words) + ui.px(4), gap = ui.px(12);
  Rect r{card.right() + gap, card.y, w, card.h};
  if (r.right() > p.area.right()) r.x = card.x - gap - w;
  if (r.x < p.area.x) return;
  label(ui, r, words, {&ui.fonts->small_bold, ui.theme->danger, Align::left, true});
}

// From one card to the next: bent and dashed for a switch, straight where the one before had ended
// or waits.
void draw_way_on(const RacesFrame& f, const Places& p, const RaceRow& from, const RaceRow& to,
                 float y0, float y1) {
  if (from.column == to.column) return;
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Point a{p.x[from.column], y0}, b{p.x[to.column], y1};
  std::vector<Point> way;
  constexpr int kPieces = 24;
  const float mid = (a.y + b.y) / 2;
  for (int i = 0; i <= kPieces; ++i) {
    const float k = float(i) / kPieces, u = 1 - k;
    // A cubic with level ends in the middle of the gap.
    const Point c1{a.x, mid}, c2{b.x, mid};
    way.push_back(a * (u * u * u) + c1 * (3 * u * u * k) + c2 * (3 * u * k * k) + b * (k * k * k));
  }
  if (to.switched)
    dashed(ui, way, t.prompt, ui.line(2), ui.px(5), ui.px(3));
  else
    polyline(ui, way, t.control, ui.line(1.5f));
}

void draw_row(const RacesFrame& f, const Places& p, float y, size_t index, bool selected) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const RacesShown& s = f.shown();
  const RaceRow& row = s.sequence.rows[index];
  const trace::Trace& trace = *s.route->execution.trace;
  const Rect rect{p.left(row.column), y, p.card, ui.px(kCard)};
  const std::string site = short_site(f, row.site);
  const std::string text = row.text.empty() ? std::string(tr("races.goes_on")) : row.text;
  ItemOptions options;
  options.kind = Kind::row;
  options.group = ui.id("rows");
  options.selected = selected;
  options.text = text;
  const Hit hit = ui.item(rect, fmt::format("row/{}", index), options);
  const Inside inside(ui, hit);
  const Color border = row.wrong ? t.danger : selected ? t.accent : t.card_border;
  const Color ground = row.wrong ? t.banner_danger : selected ? t.accent_soft : t.card;
  box(ui, rect, hit.hovered && !selected && !row.wrong ? t.hover : ground, border, ui.px(5),
      ui.line(row.wrong || selected ? 1.5f : 1));
  if (hit.ring) focus_ring(ui, rect, ui.px(5));
  tooltip(ui, hit, text + (row.site ? "\n" + trace.site_text(row.site) : std::string()));
  Rect r = inset(rect, ui.px(8), 0);
  const std::string number = std::to_string(row.end);
  draw_text(ui, cut_left(r, std::max(ui.px(20), text_width(ui.fonts->small, number)), ui.px(8)),
            ui.fonts->small, t.text_faint, number, Align::right);
  const float at_w = text_width(ui.fonts->mono_small, site) + ui.px(2);
  if (!site.empty() && at_w < r.w * 0.45f)
    draw_text(ui, cut_right(r, at_w, ui.px(6)), ui.fonts->mono_small, t.text_dim, site,
              Align::right);
  label(ui, r, text,
        {&ui.fonts->small, row.text.empty() ? t.text_faint : t.text, Align::left, true});
  if (row.site && hit.hovered) f.shared.hover_line(row.site);
  if (hit.clicked) {
    look_at_step(f.st, row.end);
    if (row.wrong) f.st.shown.at_verdict = true;
  }
}

// Whoever is the scheduler does not see what comes.
size_t rows_shown(const RacesFrame& f) {
  const auto& rows = f.shown().sequence.rows;
  if (!f.st.game.on) return rows.size();
  size_t n = 0;
  while (n < rows.size() && rows[n].first < f.shown().at) ++n;
  return n;
}

void draw_rows(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  RacesState& st = f.st;
  const RaceSequence& sequence = st.shown.sequence;
  Rect r = rect;
  const Rect head = cut_top(r, ui.px(20), ui.px(4));
  // As wide as what is scrolled below it: the bar stands at its right.
  draw_columns(f, head, places_in(f, inset({r.x, r.y, r.w - ui.px(12), r.h}, ui.px(2), 0)));
  ScrollArea area(ui, r, "rows", st.rows);
  const Rect content = area.content();
  const Places p = places_in(f, inset(content, ui.px(2), 0));
  const float pitch = ui.px(kRow), top = content.y + ui.px(4);
  const size_t selected = st.shown.at == 0 ? size_t(-1) : sequence.row_of(st.shown.at - 1);
  const size_t shown = rows_shown(f);
  const float height = pitch * float(shown) + ui.px(4);
  if (st.seen_row != selected && !sequence.rows.empty()) {
    const size_t at = selected == size_t(-1) ? 0 : selected;
    // What comes next is in view, too.
    st.rows.content = height;
    area.show(float(at) * pitch, std::min(height, float(at + 3) * pitch));
    st.seen_row = selected;
    ui.wake_in(0);
  }
  const int first = area.first_row(pitch), count = area.row_count(pitch, int(shown));
  for (const float x : p.x)
    vline(ui, x, content.y, std::max(content.y + height, area.view().bottom()), t.grid, ui.line());
  for (int i = std::max(1, first); i < std::min(int(shown), first + count + 1); ++i)
    draw_way_on(f, p, sequence.rows[size_t(i) - 1], sequence.rows[size_t(i)],
                top + float(i - 1) * pitch + ui.px(kCard), top + float(i) * pitch);
  for (int i = first; i < first + count; ++i) {
    const float y = top + float(i) * pitch;
    draw_row(f, p, y, size_t(i), size_t(i) == selected);
    const RaceRow& row = sequence.rows[size_t(i)];
    if (row.wrong) say_it_breaks(f, p, {p.left(row.column), y, p.card, ui.px(kCard)});
  }
  area.end(height);
}

// ---- the share of schedules that end well

std::string share_words(const RacesFrame& f) {
  const auto& shares = f.st.counted.shares;
  const size_t at = std::min(f.shown().at, shares.size() - 1);
  return trf("races.share_at", at, percent(shares[at]), grouped(shares[at].well),
             grouped(shares[at].all));
}

std::string no_return_words(const RacesFrame& f) {
  if (f.races().progress().wrong == 0)
    return tr(f.races().knows_all() ? "races.nothing_wrong" : "races.none_so_far_means");
  if (!f.races().knows_all()) return tr("races.not_all");
  const auto& at = f.st.counted.no_return;
  if (!at) return tr("races.never_lost");
  if (*at == 0) return tr("races.always_lost");
  return trf("races.no_return", *at);
}

void draw_share_bar(const RacesFrame& f, const Rect& bar) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const auto& shares = f.st.counted.shares;
  const size_t n = shares.size();  // one more than steps
  ItemOptions options;
  options.kind = Kind::slider;
  options.wants = wants_left_right;
  options.text = tr("races.share");
  const Hit hit = ui.item(bar, "share", options);
  const float each = bar.w / float(n);
  fill(ui, bar, t.track, ui.px(3));
  size_t i = 0;
  while (i < n) {  // equal neighbors as one
    size_t j = i + 1;
    while (j < n && shares[j] == shares[i]) ++j;
    const float x0 = bar.x + each * float(i), x1 = bar.x + each * float(j);
    const double well = shares[i].all ? double(shares[i].well) / double(shares[i].all) : 0;
    const float up = bar.h * float(well);
    if (shares[i].all) {
      fill(ui, {x0, bar.y, x1 - x0, bar.h - up}, t.danger);
      fill(ui, {x0, bar.bottom() - up, x1 - x0, up}, t.ok.faded(0.8f));
    }
    i = j;
  }
  if (const auto& lost = f.st.counted.no_return; lost && *lost > 0) {
    const float x = bar.x + each * float(*lost);
    vline(ui, x, bar.y - ui.px(4), bar.bottom() + ui.px(4), t.text, ui.line(2));
  }
  const float x = bar.x + each * (float(std::min(f.shown().at, n - 1)) + 0.5f);
  const Point mark[] = {
      {x - ui.px(4), bar.y - ui.px(6)}, {x + ui.px(4), bar.y - ui.px(6)}, {x, bar.y - ui.px(1)}};
  polygon(ui, mark, t.accent);
  if (hit.ring) focus_ring(ui, bar, ui.px(3));
  if (hit.hovered || hit.held) {
    const auto step = size_t(std::clamp((ui.mouse().x - bar.x) / each, 0.0f, float(n - 1)));
    tooltip(ui, hit,
            trf("races.share_at", step, percent(shares[step]), grouped(shares[step].well),
                grouped(shares[step].all)));
    if (hit.held || hit.clicked) look_at_step(f.st, step);
  }
  if (hit.key == Key::left && f.shown().at > 0) look_at_step(f.st, f.shown().at - 1);
  if (hit.key == Key::right) look_at_step(f.st, f.shown().at + 1);
}

void draw_share(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  Rect head = cut_top(r, ui.px(18), ui.px(8));
  const std::string now = share_words(f);
  const float w = text_width(ui.fonts->small, now) + ui.px(4);
  label(ui, cut_right(head, std::min(w, head.w), ui.px(10)), now,
        {&ui.fonts->small, t.text, Align::right, true});
  label(ui, head, tr("races.share"), {&ui.fonts->small, t.text_dim, Align::left, true});
  draw_share_bar(f, cut_top(r, ui.px(16), ui.px(6)));
  const auto& lost = f.st.counted.no_return;
  const bool known = lost && *lost > 0;
  label(ui, r, no_return_words(f),
        {known ? &ui.fonts->bold : &ui.fonts->small, known ? t.text : t.text_dim, Align::center,
         true});
}

}  // namespace

void draw_schedule(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "schedule");
  Rect r = inset(rect, ui.px(14), ui.px(10));
  if (!f.shown().route) {
    label(ui, r, tr("races.searching"), {&ui.fonts->body, ui.theme->text_dim, Align::center, true});
    return;
  }
  draw_head(f, cut_top(r, ui.px(32), ui.px(6)));
  if (r.h >= ui.px(150) && !f.st.game.on) draw_share(f, cut_bottom(r, ui.px(70), ui.px(8)));
  draw_rows(f, r);
}

}  // namespace qs::ui::races
