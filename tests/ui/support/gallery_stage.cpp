// The stage of the gallery: applications, device, queues, handlers, results and the arrows between.
#include "ui/support/gallery.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"

namespace qs::ui {
namespace {

struct Item {
  const char* label;
  TokenShape shape;
};

void queue_card(Ui& ui, const Rect& rect, const char* name, int& mode, std::span<const Item> items,
                bool on) {
  Panel panel(ui, rect, name);
  Rect r = panel.inner();
  Rect head = cut_top(r, ui.px(24), ui.px(10));
  const std::string_view labels[] = {"Seq", "Par", "Man"};
  const Rect modes = cut_right(head, ui.px(156), ui.px(8));
  if (const int pick = segmented(ui, modes, "mode", labels, mode); pick >= 0) mode = pick;
  label(ui, head, name, {&ui.fonts->bold});
  const Rect pipe = cut_top(r, ui.px(52), ui.px(8));
  tube(ui, pipe, !on);
  const Id group = ui.id("tokens");
  for (std::size_t i = 0; i < items.size(); ++i) {
    TokenStyle style;
    style.label = items[i].label;
    style.shape = items[i].shape;
    style.changed = i == 0 && !on;
    token(ui, {pipe.right() - ui.px(33 + 50 * float(i)), pipe.center().y}, items[i].label, style,
          group);
  }
  Rect foot = cut_top(r, ui.px(20));
  Rect gates = cut_right(foot, ui.px(144));
  gauge(ui, foot, on ? 1 : 2, mode == 2 ? 0 : on ? 1 : 3, on ? "1 of 1 presented" : "2 of 3 held");
  gate(ui, {gates.x, gates.center().y}, true, "accepting");
  gate(ui, {gates.x + ui.px(82), gates.center().y}, on, on ? "on" : "stopped");
}

void handler_room(Ui& ui, const Rect& rect, const char* name, bool inside,
                  std::span<const TokenStyle> held) {
  Panel room(ui, rect, name, inside ? PanelLook::lit : PanelLook::card);
  Rect r = inset(rect, ui.px(10), ui.px(8));
  label(ui, cut_top(r, ui.px(20)), name,
        {&ui.fonts->mono, inside ? ui.theme->text : ui.theme->text_dim, Align::left, true});
  float x = r.x + ui.px(22);
  for (const TokenStyle& style : held) {
    token(ui, {x, r.center().y + ui.px(2)}, style.label, style, ui.id("held"));
    x += ui.px(54);
  }
}

}  // namespace

void draw_gallery_stage(Ui& ui, const Rect& rect, GalleryState& s) {
  const Theme& t = *ui.theme;
  Panel pane(ui, rect, "stage", PanelLook::stage);
  Rect r = inset(rect, ui.px(18), ui.px(14));
  Rect heads = cut_top(r, ui.px(20), ui.px(12));
  const auto columns = divide_row(
      r, {fixed(ui.px(104)), fixed(ui.px(94)), share(1), fixed(ui.px(132)), fixed(ui.px(92))},
      ui.px(25));
  const char* titles[] = {"APPLICATIONS", "DEVICE", "QUEUES", "DRIVER", "DONE"};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    heading(ui, {columns[i].x, heads.y, columns[i].w, heads.h}, titles[i]);
  }

  Rect apps = columns[0];
  const struct {
    const char* name;
    const char* handle;
    TokenStyle token;
  } app_rows[] = {
      {"notepad", "handle A", {.shape = TokenShape::read, .owner = TokenOwner::app, .label = "R5"}},
      {"backup",
       "handle A",
       {.shape = TokenShape::write, .owner = TokenOwner::app, .label = "W6", .alpha = 0.45f}},
      {"monitor",
       "handle B",
       {.shape = TokenShape::control, .owner = TokenOwner::app, .label = "C2"}},
      {"service",
       "handle C",
       {.shape = TokenShape::create, .owner = TokenOwner::app, .label = "O1"}}};
  std::vector<Point> app_ports;
  for (const auto& app : app_rows) {
    const Rect box_rect = cut_top(apps, ui.px(100), ui.px(26));
    app_ports.push_back({box_rect.right(), box_rect.y + ui.px(70)});
    Panel card(ui, box_rect, app.name);
    Rect c = inset(box_rect, ui.px(12), ui.px(8));
    label(ui, cut_top(c, ui.px(18)), app.name, {&ui.fonts->bold});
    label(ui, cut_top(c, ui.px(17)), app.handle, {&ui.fonts->caption, t.text_dim});
    token(ui, {c.center().x, c.center().y + ui.px(2)}, app.token.label, app.token);
  }

  {
    Panel device(ui, columns[1], "device");
    Rect d = inset(columns[1], ui.px(6), ui.px(14));
    label(ui, cut_top(d, ui.px(20)), "Device", {&ui.fonts->bold, t.text, Align::center});
    label(ui, cut_top(d, ui.px(18)), "D0 · power on", {&ui.fonts->caption, t.ok, Align::center});
    label(ui, rect_around(columns[1].center(), columns[1].w - ui.px(8), ui.px(20)), "routing",
          {&ui.fonts->caption, t.text_dim, Align::center});
  }

  Rect q = columns[2];
  const Item reads[] = {{"R3", TokenShape::read}, {"R4", TokenShape::read}};
  const Item writes[] = {{"W3", TokenShape::write}, {"P1", TokenShape::internal}};
  const Item waiting[] = {{"R1", TokenShape::read}};
  const float queue_height = ui.px(142);
  const Rect q0 = cut_top(q, queue_height, ui.px(34)), q1 = cut_top(q, queue_height, ui.px(34)),
             q2 = cut_top(q, queue_height);
  queue_card(ui, q0, "default", s.dispatch[0], reads, true);
  queue_card(ui, q1, "writes", s.dispatch[1], writes, false);
  queue_card(ui, q2, "waiting", s.dispatch[2], waiting, true);

  Rect h = columns[3];
  const TokenStyle in_read[] = {
      {.owner = TokenOwner::driver, .label = "R2", .size = 32, .selected = true}};
  const TokenStyle in_write[] = {{.shape = TokenShape::write,
                                  .owner = TokenOwner::driver,
                                  .label = "W1",
                                  .size = 32,
                                  .cancelable = true},
                                 {.shape = TokenShape::write,
                                  .owner = TokenOwner::driver,
                                  .label = "W2",
                                  .size = 32,
                                  .marks = mark_stop_notified}};
  const TokenStyle in_target[] = {
      {.owner = TokenOwner::target, .label = "R6", .size = 32, .marks = mark_sent},
      {.owner = TokenOwner::driver,
       .label = "R7",
       .size = 32,
       .cancelable = true,
       .marks = mark_cancel_claimed}};
  const Rect room0 = cut_top(h, ui.px(104), ui.px(14)), room1 = cut_top(h, ui.px(104), ui.px(14)),
             room2 = cut_top(h, ui.px(104), ui.px(14));
  handler_room(ui, room0, "EvtIoRead", true, in_read);
  handler_room(ui, room1, "EvtIoWrite", false, in_write);
  handler_room(ui, room2, "Target", false, in_target);
  {
    const Rect hw = cut_top(h, ui.px(104));
    Panel card(ui, hw, "hardware", PanelLook::stage);
    Rect c = inset(hw, ui.px(10), ui.px(8));
    label(ui, cut_top(c, ui.px(20)), "Hardware", {&ui.fonts->small_bold});
    label(ui, cut_top(c, ui.px(17)), "channel 1 busy", {&ui.fonts->caption, t.warning});
    label(ui, cut_top(c, ui.px(17), ui.px(4)), "channel 2 idle", {&ui.fonts->caption, t.text_dim});
    progress_bar(ui, cut_top(c, ui.px(8), ui.px(3)), 0.62f, t.owner_driver);
    label(ui, cut_top(c, ui.px(17)), "done in 4.0 ms", {&ui.fonts->caption, t.text_dim});
  }

  {
    Panel done(ui, columns[4], "done");
    const TokenStyle results[] = {
        {.owner = TokenOwner::done, .label = "R0"},
        {.shape = TokenShape::control, .owner = TokenOwner::cancelled, .label = "C1"}};
    const char* status[] = {"✓ SUCCESS", "✕ CANCELLED"};
    Rect dn = inset(columns[4], ui.px(4), ui.px(40));
    for (int i = 0; i < 2; ++i) {
      const Rect cell = cut_top(dn, ui.px(78), ui.px(18));
      token(ui, {cell.center().x, cell.y + ui.px(24)}, results[i].label, results[i]);
      label(ui, {cell.x, cell.bottom() - ui.px(26), cell.w, ui.px(20)}, status[i],
            {&ui.fonts->caption_bold, i ? t.danger : t.ok, Align::center});
    }
  }

  // Arrows: what moves, what could, and what was asked for.
  arrow(ui, app_ports[0], {columns[1].x, app_ports[0].y});
  for (const Rect& queue : {q0, q1}) {
    route_arrow(ui, {columns[1].right(), columns[1].center().y}, {queue.x, queue.y + ui.px(70)},
                {.thickness = 1.5f, .dashed = true});
  }
  arrow(ui, {q0.right(), q0.y + ui.px(70)}, {room0.x - ui.px(2), room0.center().y},
        {.color = t.arrow_active, .thickness = 2.5f});
  arrow(ui, {q1.right(), q1.y + ui.px(70)}, {room1.x - ui.px(2), room1.center().y});
  curved_arrow(ui, {room0.x, room0.bottom() - ui.px(10)},
               {room0.x - ui.px(26), room0.bottom() + ui.px(90)},
               {q2.right() + ui.px(10), q2.y - ui.px(110)},
               {q2.right() - ui.px(4), q2.y + ui.px(60)}, {.color = t.arrow_asked, .dashed = true});
  const float asked = chip_width(ui, "forward R2 ?");
  chip(ui, {q2.right() - asked - ui.px(16), q2.y - ui.px(17)}, "forward R2 ?", t.arrow_asked);
}

}  // namespace qs::ui
