#include "ui/support/gallery.h"

#include <fmt/format.h>

#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/motion.h"
#include "ui/toolkit/text/prose.h"

namespace qs::ui {
namespace {

void top_bar(Ui& ui, Rect bar, GalleryState& s) {
  fill(ui, bar, ui.theme->bar);
  hline(ui, bar.x, bar.right(), bar.bottom(), ui.theme->panel_border);
  const IdScope scope(ui, "bar");
  Rect rest = inset(bar, ui.px(20), ui.px(10));
  const float name = label(ui, rest, "QueueScope", {&ui.fonts->title});
  cut_left(rest, name + ui.px(14));
  label(ui, cut_left(rest, ui.px(260)), "Track 2  ›  Dispatch modes",
        {nullptr, ui.theme->text_dim});

  Rect right = rest;
  icon_button(ui, cut_right(right, ui.px(32), ui.px(10)), "help", icon::question, "Keys and help",
              {.look = ButtonLook::quiet, .key = "?"});
  const char* modes[] = {"Lesson", "Sandbox", "Be the driver", "Compare"};
  float width = 0;
  for (const char* mode : modes) width += button_width(ui, mode) + ui.px(6);
  Rect places = cut_right(right, width);
  for (int i = 0; i < 4; ++i) {
    const Rect r = cut_left(places, button_width(ui, modes[i]), ui.px(6));
    const ButtonStyle style{.look = ButtonLook::mode, .on = s.mode == i};
    if (button(ui, r, modes[i], modes[i], style).clicked) s.mode = i;
  }

  Rect transport{bar.center().x - ui.px(280), rest.y, ui.px(620), rest.h};
  const auto press = [&](const Hit& hit) { s.pressed += hit.clicked ? 1 : 0; };
  const float gap = ui.px(8);
  press(icon_button(ui, cut_left(transport, ui.px(38), gap), "first", icon::first, "To the start",
                    {.key = "Home"}));
  press(button(ui, cut_left(transport, ui.px(82), gap), "back",
               std::string(icon::chevron_left) + "  Step"));
  press(button(ui, cut_left(transport, ui.px(88), gap), "play", std::string(icon::play) + "  Play",
               {.look = ButtonLook::primary, .reason = "Play or pause", .key = "Space"}));
  press(button(ui, cut_left(transport, ui.px(82), gap), "step",
               "Step  " + std::string(icon::chevron_right)));
  press(icon_button(ui, cut_left(transport, ui.px(38), ui.px(22)), "last", icon::last, "To the end",
                    {.disabled = true, .reason = "This is the end"}));
  label(ui, cut_left(transport, ui.px(46)), "Speed", {&ui.fonts->small, ui.theme->text_dim});
  slider(ui, cut_left(transport, ui.px(120), ui.px(10)), "speed", s.speed);
  label(ui, transport, fmt::format("{:.2g}×", std::pow(10.0, double(s.speed - 0.45f) * 4)),
        {&ui.fonts->small});
}

void lesson_panel(Ui& ui, const Rect& rect, GalleryState& s) {
  const Theme& t = *ui.theme;
  Panel panel(ui, rect, "lesson");
  Rect r = inset(panel.inner(), ui.px(4), ui.px(4));
  label(ui, cut_top(r, ui.px(26), ui.px(6)), "2.1  One owned at a time", {&ui.fonts->title});
  Rect dots = cut_top(r, ui.px(20), ui.px(10));
  step_dots(ui, {dots.x + ui.px(7), dots.center().y}, 3, 8);
  label(ui, dots, "beat 4 of 8", {&ui.fonts->small, t.text_dim, Align::right});
  const char* text =
      "The handler has **not finished** with R2, so the queue holds R3 and R4 back. A sequential "
      "queue "
      "hands over one request at a time: `EvtIoRead` returned, yet the driver owns R2 until it\n\n"
      "- completes it, or\n- *forwards* or requeues it.\n\n"
      "[Dispatching methods for I/O requests](https://example.org/dispatching)";
  const float height = prose_height(ui, r.w, text);
  const auto result = prose(ui, cut_top(r, height, ui.px(12)), "beat", text);
  if (!result.clicked_link.empty()) s.last_link = result.clicked_link;

  {
    Panel card(ui, cut_top(r, ui.px(184), ui.px(12)), "predict", PanelLook::card);
    Rect c = card.inner();
    label(ui, cut_top(c, ui.px(20), ui.px(4)), "Predict", {&ui.fonts->small_bold, t.prompt});
    paragraph(ui, cut_top(c, ui.px(44), ui.px(4)),
              "The driver forwards R2 to the manual queue. What happens to R3?");
    const char* answers[] = {"It waits until R2 is completed", "It is presented at once",
                             "It is forwarded too"};
    const Id group = ui.id("answers");
    for (int i = 0; i < 3; ++i) {
      Rect line = cut_top(c, ui.px(24), ui.px(4));
      if (i == 2) line.w -= ui.px(96);
      const Hit hit = row(ui, line, answers[i], answers[i], s.answer == i, group);
      if (hit.clicked) s.answer = i;
      const Inside inside(ui, hit);
      label(ui, inset(line, ui.px(8), 0), answers[i]);
    }
    const Rect at = aligned(card.inner(), ui.px(84), ui.px(28), 1, 1);
    s.pressed += button(ui, at, "check", "Check", {.look = ButtonLook::primary}).clicked;
  }
  Rect foot = cut_bottom(r, ui.px(34));
  button(ui, cut_left(foot, ui.px(110)), "hint", "Hint", {.disabled = true, .reason = "Try first"});
  s.pressed += button(ui, cut_right(foot, ui.px(130)), "next",
                      "Next beat  " + std::string(icon::chevron_right), {.key = "PageDown"})
                   .clicked;
}

void right_side(Ui& ui, Rect rect, GalleryState& s) {
  const Theme& t = *ui.theme;
  Rect code = cut_top(rect, ui.px(206), ui.px(12));
  {
    Panel pane(ui, code, "code");
    Rect r = pane.inner();
    Rect head = cut_top(r, ui.px(22), ui.px(6));
    label(ui, head, "driver.c", {&ui.fonts->bold});
    label(ui, head, "CPU 0 · DISPATCH_LEVEL", {&ui.fonts->caption, t.text_dim, Align::right});
    const struct {
      const char* text;
      Color color;
    } lines[] = {{"VOID EvtIoRead(WDFQUEUE Queue,", t.code_type},
                 {"        WDFREQUEST Request, size_t Length)", t.code},
                 {"    if (!ChannelIsFree(dev)) {", t.code_keyword},
                 {"        status = WdfRequestForwardToIoQueue(", t.code_call},
                 {"            Request, dev->WaitingQueue);", t.code},
                 {"    // keep it for later: 512 bytes", t.code_comment},
                 {"    DbgPrint(\"busy %d\\n\", 512);", t.code_text}};
    const float row_height = ui.px(22);
    int number = 41;
    for (const auto& line_of : lines) {
      const Rect at = cut_top(r, row_height);
      if (number == 44) fill(ui, {code.x + 1, at.y, code.w - 2, at.h}, t.line_highlight);
      if (number == 46) fill(ui, {code.x + 1, at.y, code.w - 2, at.h}, t.line_other_thread);
      Rect text = at;
      draw_text(ui, cut_left(text, ui.px(26), ui.px(12)), ui.fonts->mono_small, t.text_faint,
                std::to_string(number), Align::right);
      label(ui, text, line_of.text,
            {number == 44 ? &ui.fonts->mono_bold : &ui.fonts->mono, line_of.color, Align::left,
             true});
      ++number;
    }
  }
  Rect inspector = cut_top(rect, ui.px(194), ui.px(12));
  {
    Panel pane(ui, inspector, "inspector");
    Rect r = pane.inner();
    label(ui, cut_top(r, ui.px(22), ui.px(8)), "R2  ·  read  ·  512 bytes  ·  handle A",
          {&ui.fonts->bold});
    const Rect area = cut_top(r, ui.px(96), ui.px(8));
    const auto state = [&](float x, float y, const char* name, bool lit = false) {
      const Rect p{area.x + area.w * x, area.y + ui.px(y), area.w * 0.28f, ui.px(34)};
      ground(ui, p, lit ? PanelLook::lit : PanelLook::card);
      label(ui, p, name, {&ui.fonts->small_bold, t.text, Align::center});
      return p;
    };
    const Rect a = state(0, 2, "In queue"), b = state(0.36f, 2, "Driver owns", true),
               c = state(0.72f, 2, "Completed"), e = state(0.36f, 60, "Cancelable"),
               f = state(0.72f, 60, "At target");
    const ArrowStyle thin{.thickness = 1.5f};
    arrow(ui, {a.right(), a.center().y}, {b.x, b.center().y}, thin);
    arrow(ui, {b.right(), b.center().y}, {c.x, c.center().y}, thin);
    arrow(ui, {b.center().x, b.bottom()}, {e.center().x, e.y}, thin);
    arrow(ui, {b.right() - ui.px(16), b.bottom()}, {f.x + ui.px(16), f.y}, thin);
    Rect legal = cut_top(r, ui.px(20));
    label(ui, cut_left(legal, ui.px(76)), "Legal now", {&ui.fonts->small_bold, t.prompt});
    label(ui, legal, "complete · forward · send", {&ui.fonts->small});
    Rect not_now = cut_top(r, ui.px(20));
    label(ui, cut_left(not_now, ui.px(76)), "Not now", {&ui.fonts->small_bold, t.danger});
    label(ui, not_now, "requeue: only from a manual queue (F-01)", {&ui.fonts->small, t.text_dim});
  }
  {
    Panel pane(ui, rect, "messages");
    Rect r = pane.inner();
    const char* title = "Completed twice";
    const char* text =
        "R2 was completed at line 47 and again at line 53. The framework breaks here (V-05).";
    cut_top(r, banner(ui, r, BannerLook::danger, title, text), ui.px(8));
    cut_top(r, banner(ui, r, BannerLook::warning, "R4 waits for ever", ""), ui.px(10));
    Rect keys = cut_top(r, ui.px(26), ui.px(10));
    float x = keys.x;
    for (const char* key : {"Space", "Ctrl+K", "?", "PageDown"}) {
      x += key_cap(ui, {x, keys.center().y}, key) + ui.px(6);
    }
    Rect rings = cut_right(keys, ui.px(120));
    progress_ring(ui, {rings.x + ui.px(14), keys.center().y}, ui.px(10), 0);
    progress_ring(ui, {rings.x + ui.px(48), keys.center().y}, ui.px(10), 0.4f);
    progress_ring(ui, {rings.x + ui.px(82), keys.center().y}, ui.px(10), 1);
    Rect field = cut_top(r, ui.px(30), ui.px(8));
    const Rect apply = cut_right(field, ui.px(110), ui.px(8));
    text_field(ui, field, "search", s.search, s.field, "search");
    button(ui, apply, "force", "Do it anyway", {.look = ButtonLook::danger});
  }
}

void bottom(Ui& ui, const Rect& rect, GalleryState& s) {
  const Theme& t = *ui.theme;
  Panel pane(ui, rect, "timeline");
  Rect r = inset(rect, ui.px(14), ui.px(6));
  Rect head = cut_top(r, ui.px(34), ui.px(6));
  const std::string_view names[] = {"Requests", "Threads", "Queues", "Event log"};
  Rect side = cut_right(head, ui.px(420));
  if (const int pick = tabs(ui, head, "tabs", names, s.tab); pick >= 0) s.tab = pick;
  label(ui, side, "18 of 64 events  ·  12.4 ms  ·  seed 7  ·  branch main ▾",
        {&ui.fonts->small, t.text_dim, Align::right});

  Rect log = cut_right(r, ui.px(330), ui.px(12));
  float left_width = r.w;
  splitter(ui, {r.right() + ui.px(2), r.y, ui.px(8), r.h}, "splitter", SplitterBar::upright,
           left_width, 100, r.w);
  {
    ScrollArea area(ui, log, "events", s.scroll);
    const Rect content = area.content();
    const float row_height = ui.px(24);
    const Id group = ui.id("rows");
    const int total = 40;
    for (int k = 0; k < area.row_count(row_height, total); ++k) {
      const int i = area.first_row(row_height) + k;
      const Rect at{content.x, content.y + row_height * float(i), content.w, row_height};
      const std::string text = fmt::format("{}  R{} presented to EvtIoRead", i, i % 5);
      const Hit hit = row(ui, at, fmt::format("event {}", i), text, s.row == i, group);
      if (hit.clicked) s.row = i;
      const Inside inside(ui, hit);
      label(ui, inset(at, ui.px(8), 0), text, {&ui.fonts->small, t.text_dim, Align::left, true});
    }
    area.end(row_height * total);
  }

  const float lane_height = ui.px(22), left = r.x + ui.px(56), room = r.right() - left;
  for (int i = 0; i <= 9; ++i) {
    const float x = left + room * float(i) / 9;
    vline(ui, x, r.y, r.bottom() - ui.px(16), t.grid);
    if (i % 2 == 0 && i < 9) {
      label(ui, rect_around({x + ui.px(14), r.bottom() - ui.px(6)}, ui.px(60), ui.px(16)),
            fmt::format("{} ms", i * 2), {&ui.fonts->caption, t.text_faint, Align::center});
    }
  }
  const struct {
    const char* name;
    TokenShape shape;
    float a, b, c;
    TokenOwner end;
  } lanes[] = {{"R0", TokenShape::read, 0, 0.04f, 0.14f, TokenOwner::done},
               {"R1", TokenShape::read, 0.03f, 0.14f, 0.30f, TokenOwner::waiting},
               {"W1", TokenShape::write, 0.05f, 0.08f, 0.40f, TokenOwner::driver},
               {"R2", TokenShape::read, 0.09f, 0.2f, 0.49f, TokenOwner::driver},
               {"R6", TokenShape::read, 0.12f, 0.17f, 0.35f, TokenOwner::target},
               {"R3", TokenShape::read, 0.22f, 0.49f, 0.49f, TokenOwner::waiting},
               {"C1", TokenShape::control, 0.29f, 0.31f, 0.39f, TokenOwner::cancelled}};
  float y = r.y + ui.px(4);
  const float head_x = left + room * 0.49f;
  for (const auto& lane : lanes) {
    if (y + lane_height > r.bottom() - ui.px(16)) break;
    const float middle = y + lane_height / 2;
    draw_token(ui, {r.x + ui.px(10), middle},
               {.shape = lane.shape, .owner = TokenOwner::app, .size = 14});
    label(ui, Rect{r.x + ui.px(24), y, ui.px(30), lane_height}, lane.name, {&ui.fonts->small_bold});
    const auto part = [&](float from, float to, Color color, bool striped) {
      if (to > from) {
        lane_segment(ui, {left + room * from, middle - ui.px(7), room * (to - from), ui.px(14)},
                     color, striped ? 100 : 0);
      }
    };
    part(lane.a, lane.b, t.lane_waiting, false);
    part(lane.b, lane.c, t.lane_driver, false);
    if (lane.end == TokenOwner::waiting) part(lane.c, 0.49f, t.lane_waiting, false);
    if (lane.end == TokenOwner::target) part(lane.c, 0.49f, t.lane_target, false);
    if (lane.end == TokenOwner::driver && lane.c < 0.49f)
      part(lane.c, 0.49f, t.lane_driver_after, true);
    const Point end{left + room * lane.c, middle};
    if (lane.end == TokenOwner::done) disc(ui, end, ui.px(6), t.lane_done);
    if (lane.end == TokenOwner::cancelled) {
      const float k = ui.px(5);
      line(ui, {end.x - k, end.y - k}, {end.x + k, end.y + k}, t.lane_cancelled, ui.line(2.5f));
      line(ui, {end.x - k, end.y + k}, {end.x + k, end.y - k}, t.lane_cancelled, ui.line(2.5f));
    }
    y += lane_height;
  }
  dashed_vline(ui, left + room * 0.2f, r.y, r.bottom() - ui.px(16), t.branch, ui.line(1.5f),
               ui.px(3), ui.px(4));
  fill(ui, {head_x, r.y, r.right() - head_x, r.h - ui.px(16)}, t.future_shade);
  playhead(ui, head_x, r.y - ui.px(4), r.bottom() - ui.px(14));
}

}  // namespace

void draw_gallery(Ui& ui, GalleryState& s) {
  const IdScope scope(ui, "gallery");
  fill(ui, ui.screen, ui.theme->background);
  Rect page = ui.screen;
  top_bar(ui, cut_top(page, ui.px(52)), s);
  page = inset(page, ui.px(12));
  bottom(ui, cut_bottom(page, ui.px(226), ui.px(12)), s);
  lesson_panel(ui, cut_left(page, ui.px(340), ui.px(12)), s);
  right_side(ui, cut_right(page, ui.px(412), ui.px(12)), s);
  draw_gallery_stage(ui, page, s);

  // The menu of R2.
  if (const ItemRecord* r2 = ui.last.find("EvtIoRead/R2")) {
    const Id owner = r2->id;
    Hit hit;
    hit.id = owner;
    hit.rect = r2->rect;
    (void)hit;
    const std::vector<MenuEntry> entries = {
        {"Complete…", "C", "", false, false, false},
        {"Forward to ▸ waiting", "F", "", false, false, false},
        {"Requeue", "R", "only a request from a manual queue (F-01)", true, false, false},
        {"Mark cancelable", "M", "", false, true, false},
        {"Cancel from app", "X", "", false, false, false}};
    if (const MenuChoice choice = menu(ui, owner, "R2 · read 512 B", entries)) {
      s.last_menu = entries[std::size_t(choice.index)].label + (choice.forced ? " (forced)" : "");
    }
  }
  draw_tooltip(ui);
}

void draw_budget(Ui& ui, int count) {
  fill(ui, ui.screen, ui.theme->background);
  const IdScope scope(ui, "budget");
  const int columns = std::max(1, int(ui.screen.w / ui.px(24)));
  for (int i = 0; i < count; ++i) {
    const Point at{ui.screen.x + ui.px(24) * (float(i % columns) + 0.5f),
                   ui.screen.y + ui.px(24) * (float(i / columns) + 0.5f)};
    char name[16];
    const auto end = fmt::format_to_n(name, sizeof name, "R{}", i).size;
    TokenStyle style;
    style.shape = TokenShape(i % 5);
    style.owner = TokenOwner(i % 6);
    style.label = {name, end};
    style.size = 20;
    token(ui, at, style.label, style, 1);
  }
}

}  // namespace qs::ui
