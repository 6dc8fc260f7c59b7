// The verdict: one sentence with exact numbers, how far it goes, and the bar of all schedules.
#include <algorithm>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::races {
namespace {

using session::Races;

constexpr float kBarFrom = 820;   // the bar stands beside the sentence from this width on
constexpr float kBarHeight = 54;  // with its numbers, and what luck has met

const Font& sentence_font(const RacesFrame& f) {
  return f.projector ? f.ui.fonts->title : f.ui.fonts->bold;
}

float text_height(const RacesFrame& f, float width) {
  const LabelStyle sentence{&sentence_font(f)}, small{&f.ui.fonts->small};
  return paragraph_height(f.ui, width, races_verdict(f.races()), sentence) + f.ui.px(3) +
         paragraph_height(f.ui, width, races_below_verdict(f.st), small);
}

void draw_text_of(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const LabelStyle sentence{&sentence_font(f), t.text}, small{&ui.fonts->small, t.text_dim};
  const std::string verdict = races_verdict(f.races()), coverage = races_below_verdict(f.st);
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, verdict, sentence), ui.px(3)), verdict,
            sentence);
  paragraph(ui, {r.x, r.y, r.w, paragraph_height(ui, r.w, coverage, small)}, coverage, small);
}

// Wrong and well, each with its number; and what luck would have found.
void draw_bar(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const explore::Progress now = f.races().progress();
  Rect text = cut_top(r, ui.px(17), ui.px(2));
  const uint64_t well = now.schedules - now.wrong;
  const std::string wrong_text = trf("races.go_wrong", grouped(now.wrong));
  const std::string well_text = trf("races.end_well", grouped(well));
  if (now.wrong > 0) {
    const float w = text_width(ui.fonts->small_bold, wrong_text) + ui.px(2);
    label(ui, cut_left(text, std::min(w, text.w), ui.px(10)), wrong_text,
          {&ui.fonts->small_bold, t.danger, Align::left, true});
  }
  if (text_width(ui.fonts->small_bold, well_text) <= text.w)
    label(ui, text, well_text, {&ui.fonts->small_bold, t.ok, Align::right, true});
  const Rect bar = cut_top(r, std::min(r.h, ui.px(16)), ui.px(2));
  label(ui, r, races_luck(f.races()), {&ui.fonts->small, t.text_dim, Align::left, true});
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  const std::string spoken = wrong_text + ", " + well_text;
  options.text = spoken;
  ui.item(bar, "bar", options);
  fill(ui, bar, now.schedules == 0 ? t.track : t.ok, ui.px(4));
  if (now.wrong == 0) return;
  // However few, they can be seen.
  const float share = float(double(now.wrong) / double(std::max<uint64_t>(1, now.schedules)));
  const float w =
      now.wrong == now.schedules ? bar.w : std::clamp(bar.w * share, ui.px(6), bar.w - ui.px(6));
  fill(ui, {bar.x, bar.y, w, bar.h}, t.danger, ui.px(4));
  if (w < bar.w) fill(ui, {bar.x + w - ui.px(4), bar.y, ui.px(4), bar.h}, t.danger);
}

struct Bound {
  const char* words;
  explore::Limits limits;
};

constexpr size_t kSwitches = 2, kAllocations = 7;  // where those of another kind begin

std::vector<Bound> bounds_of(const explore::Limits& now) {
  using explore::Limits;
  std::vector<Bound> all;
  const auto add = [&](const char* words, auto change) {
    Limits l = now;
    change(l);
    all.push_back({words, l});
  };
  add(tr("races.any_time"), [](Limits& l) { l.any_time = true; });
  add(tr("races.given_times"), [](Limits& l) { l.any_time = false; });
  add(tr("races.any_switches"), [](Limits& l) { l.switches = Limits::kAnySwitches; });
  add(tr("races.switches_0"), [](Limits& l) { l.switches = 0; });
  add(tr("races.switches_1"), [](Limits& l) { l.switches = 1; });
  add(tr("races.switches_2"), [](Limits& l) { l.switches = 2; });
  add(tr("races.switches_3"), [](Limits& l) { l.switches = 3; });
  add(tr("races.none_fails"), [](Limits& l) { l.failing = false; });
  add(tr("races.each_fails"), [](Limits& l) { l.failing = true; });
  return all;
}

void draw_bounds(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  ButtonStyle style;
  style.reason = tr("races.bounds_tip");
  const Hit hit = button(ui, rect, "bounds", std::string(tr("races.bounds")) + "  ▾", style);
  if (hit.clicked) open_menu(ui, hit.id, {rect.x, rect.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  const explore::Limits now = f.races().limits();
  const std::vector<Bound> bounds = bounds_of(now);
  std::vector<MenuEntry> entries;
  for (size_t i = 0; i < bounds.size(); ++i) {
    MenuEntry e;
    e.label = bounds[i].words;
    e.checked = bounds[i].limits == now;
    e.separator = i == kSwitches || i == kAllocations;
    entries.push_back(e);
  }
  const MenuChoice c = menu(ui, hit.id, tr("races.bounds_title"), entries);
  if (c && bounds[size_t(c.index)].limits != now) f.act.search = bounds[size_t(c.index)].limits;
}

const char* search_words(const RacesFrame& f) {
  switch (f.races().state()) {
    case Races::State::Going: return tr("races.stop");
    case Races::State::Done:
    case Races::State::Broken: return tr("races.again");
    default: return tr("races.go_on");
  }
}

}  // namespace

float buttons_width(const RacesFrame& f) {
  Ui& ui = f.ui;
  const float search =
      std::max({button_width(ui, tr("races.stop")), button_width(ui, tr("races.again")),
                button_width(ui, tr("races.go_on"))});
  return search + button_width(ui, std::string(tr("races.bounds")) + "  ▾") +
         button_width(ui, tr("races.leave")) + ui.px(16);
}

// What does not fit is left to the keys, and to a larger window.
float draw_buttons(const RacesFrame& f, Rect row) {
  Ui& ui = f.ui;
  const float gap = ui.px(8), h = ui.px(32), all = row.w;
  const auto place = [&](float w) { return aligned(cut_right(row, w, gap), w, h, 0, 0.5f); };
  if (row.w >= buttons_width(f)) {
    const std::string key = ui.keymap->key_text(Action::back);
    ButtonStyle leave;
    leave.key = key.c_str();
    const float w = button_width(ui, tr("races.leave"));
    if (button(ui, place(w), "leave", tr("races.leave"), leave).clicked) f.act.leave = true;
    draw_bounds(f, place(button_width(ui, std::string(tr("races.bounds")) + "  ▾")));
  }
  const float search =
      std::max({button_width(ui, tr("races.stop")), button_width(ui, tr("races.again")),
                button_width(ui, tr("races.go_on"))});
  ButtonStyle primary;
  primary.look = ButtonLook::primary;
  if (button(ui, place(search), "search", search_words(f), primary).clicked) {
    switch (f.races().state()) {
      case Races::State::Going:
        f.st.races->stop();
        refresh_races(f.st);
        break;
      case Races::State::Done:
      case Races::State::Broken: f.act.search = f.races().limits(); break;
      default: f.st.races->go_on();
    }
    ui.wake_in(0);
  }
  return all - row.w;
}

float verdict_height(const RacesFrame& f, float width) {
  Ui& ui = f.ui;
  const float inner = width - ui.px(32), buttons = buttons_width(f) + ui.px(24);
  if (inner >= ui.px(kBarFrom) + buttons)
    return ui.px(24) + std::max(ui.px(kBarHeight), text_height(f, (inner - buttons) * 0.5f));
  // The buttons beside the sentence, the bar below both.
  return ui.px(24) + std::max(ui.px(34), text_height(f, inner - buttons)) + ui.px(6 + kBarHeight);
}

void draw_verdict(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "verdict");
  Rect r = inset(rect, ui.px(16), ui.px(10));
  const float buttons = buttons_width(f) + ui.px(24);
  if (r.w >= ui.px(kBarFrom) + buttons) {
    draw_buttons(f, aligned(cut_right(r, buttons), buttons, ui.px(34), 0, 0.5f));
    Rect text = cut_left(r, r.w * 0.5f, ui.px(24));
    const float h = text_height(f, text.w);
    draw_text_of(f, {text.x, text.center().y - h / 2, text.w, h});
    draw_bar(f, aligned(r, r.w, ui.px(kBarHeight), 0, 0.5f));
    return;
  }
  draw_bar(f, cut_bottom(r, ui.px(kBarHeight), ui.px(6)));
  const float w = buttons - ui.px(24);
  draw_buttons(f, aligned(cut_right(r, w, ui.px(24)), w, ui.px(34), 0, 0));
  draw_text_of(f, r);
}

}  // namespace qs::ui::races
