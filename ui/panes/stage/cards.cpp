// Cards at the edges of the stage: applications, device with its hardware, targets, done column.
#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/stage/board.h"
#include "ui/panes/stage/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// The first call of the application that waits for a synchronous handle; nullptr: none does.
const model::RequestView* call_at_handle(const StageFrame& f, ObjectId app) {
  if (std::none_of(f.now.files.begin(), f.now.files.end(),
                   [](const model::FileView& file) { return file.synchronous; }))
    return nullptr;
  for (const model::RequestView& r : f.now.requests)
    if (r.app == app && !model::handle_wait(f.now, f.trace, r).empty()) return &r;
  return nullptr;
}

// Its own open handles, and inherited ones that it has used.
std::string handles_text(const StageFrame& f, ObjectId app) {
  std::vector<ObjectId> files;
  bool closed = false;
  for (const model::FileView& file : f.now.files) {
    if (file.app != app) continue;
    closed = closed || file.state != 0;
    if (file.state == 0) files.push_back(file.id);
  }
  if (files.size() < f.now.files.size())  // of others only where there are others
    for (const model::RequestView& r : f.now.requests)
      if (r.app == app && r.file && r.place != model::Place::Done &&
          std::find(files.begin(), files.end(), r.file) == files.end())
        files.push_back(r.file);
  if (files.empty()) return closed ? tr("stage.no_handle") : "";
  std::string names;
  for (const ObjectId id : files) names += (names.empty() ? "" : ", ") + f.trace.name(id);
  return files.size() == 1 ? trf("stage.handle", names) : trf("stage.handles", names);
}

// Below its name: its handles, or which one a call of it waits for.
std::string card_text(const StageFrame& f, ObjectId app, const model::RequestView* waits,
                      float width) {
  if (!waits) return handles_text(f, app);
  const std::string name = f.trace.name(waits->id);
  const std::string text = trf("stage.handle_wait", name, f.trace.name(waits->file));
  return text_width(f.ui.fonts->small, text) <= width ? text : trf("stage.call_waits", name);
}

// Read, Write, Control: as words where they fit, else as the shapes of the requests they make.
void send_buttons(const StageFrame& f, const AppBox& box) {
  struct Kind3 {
    trace::RequestType type;
    TokenShape shape;
    const char *name, *label, *tip;
    Action key;
  };
  const Kind3 kinds[] = {{trace::RequestType::Read, TokenShape::read, "read", tr("stage.read"),
                          tr("stage.tip_read"), Action::send_read},
                         {trace::RequestType::Write, TokenShape::write, "write", tr("stage.write"),
                          tr("stage.tip_write"), Action::send_write},
                         {trace::RequestType::DeviceControl, TokenShape::control, "control",
                          tr("stage.control"), tr("stage.tip_control"), Action::send_control}};
  const float gap = f.px(4);
  float widest = 0;
  for (const Kind3& k : kinds)
    widest = std::max(widest, text_width(f.ui.fonts->small_bold, k.label) + f.px(12));
  const bool words = widest * 3 + gap * 2 <= box.buttons.w;
  static constexpr trace::Act send[] = {trace::Act::Send};
  std::string reason;
  for (const model::LegalCall& call : model::legal_calls(f.now, box.id, send))
    if (!call.legal()) reason = call.reason;
  const Id group = f.ui.id("send");
  for (int i = 0; i < 3; ++i) {
    const Kind3& k = kinds[i];
    const Rect cell = snapped(grid_cell(box.buttons, 3, 1, i, gap));
    const std::string key = f.ui.keymap ? f.ui.keymap->key_text(k.key) : "";
    ButtonStyle style;
    style.font = &f.ui.fonts->small_bold;
    style.disabled = !reason.empty();
    style.reason = reason.empty() ? k.tip : reason.c_str();
    style.key = key.c_str();
    style.group = group;
    const Hit hit = button(f.ui, cell, k.name, words ? k.label : "", style);
    if (!words) {
      TokenStyle sign;
      sign.shape = k.shape;
      sign.owner = TokenOwner::app;
      sign.size = 14;
      sign.alpha = style.disabled ? 0.4f : 1;
      draw_token(f.ui, cell.center(), sign);
    }
    if (hit.clicked)
      if (auto command = send_command(f.now, f.trace, box.id, k.type)) f.out.push_back(*command);
  }
}

// The shadows of requests that are elsewhere: the calls an application waits for.
void draw_calls(const StageFrame& f, int app) {
  for (const CallSpot& c : f.at.calls) {
    const model::RequestView* r = f.now.request(c.id);
    if (c.app != app || !r) continue;
    const std::string name = f.trace.name(c.id);
    ItemOptions options;
    options.kind = Kind::token;
    options.focusable = false;
    const std::string spoken = "call " + name;
    options.text = spoken;
    const float side = std::max(f.px(c.size), f.px(24));
    const Hit hit = f.ui.item(rect_around(c.center, side, side), "call-" + name, options);
    TokenStyle s = request_style(f.now, *r);
    s.owner = TokenOwner::app;
    s.cancelable = false;
    s.marks = 0;
    s.alpha = 0.5f;
    s.size = c.size;
    s.hovered = hit.hovered || f.hovered(c.id);
    const std::string text = token_label(name, c.size);
    s.label = text;
    draw_token(f.ui, c.center, s);
    handle(f, hit, c.id);
    if (hit.hovered) tooltip(f.ui, hit, request_tooltip(f.now, f.trace, c.id));
  }
}

// Do its calls arrive above PASSIVE_LEVEL, because of the switch or because one is doing so now?
// Inside the driver the IRQL is the driver's own.
bool sends_at_dispatch(const StageFrame& f, ObjectId app) {
  if (f.in.at_dispatch) return true;
  for (const model::ThreadView& t : f.now.threads) {
    if (t.kind != trace::ThreadKind::App || t.on_behalf_of != app || t.irql < 2) continue;
    const auto in_callback = [](const model::StackFrame& frame) { return frame.callback; };
    if (std::none_of(t.stack.begin(), t.stack.end(), in_callback)) return true;
  }
  return false;
}

// A sign on the edge of a card, clear of its buttons and of headings: of a card of one line on the
// upper left, or short over its buttons where it is so low that the sign would hide its name, else
// below.
void irql_badge(const StageFrame& f, const AppBox& app) {
  const Rect& card = app.card;
  const bool line = f.at.app_detail == Detail::micro, low = line && card.h < f.px(26);
  const Font& font = f.ui.fonts->caption_bold;
  const std::string_view names[] = {"DISPATCH_LEVEL", "DISPATCH", "IRQL 2"};
  for (const std::string_view name : names) {
    const float width = std::ceil(text_width(font, name)) + f.px(6);
    if (width > (low ? f.px(60) : card.w + f.px(12)))
      continue;  // gaps leave room for a little more
    const float x = low    ? card.right() - width - f.px(4)
                    : line ? card.x + f.px(4)
                           : card.center().x - width / 2;
    const float y = line ? card.y - f.px(8) : card.bottom() - f.px(5);
    const Rect r = snapped({x, y, width, f.px(14)});
    box(f.ui, r, f.theme.well, f.theme.warning, f.px(4));
    draw_text(f.ui, r, font, f.theme.warning, name, Align::center);
    ItemOptions sign;
    sign.kind = Kind::text;
    sign.focusable = false;
    sign.floating = true;
    sign.text = name;
    f.ui.item(r, "irql", sign);
    return;
  }
}

void app_card(const StageFrame& f, const AppBox& box, int index) {
  const model::AppView* app = f.now.app(box.id);
  if (!app) return;
  const std::string name = f.trace.name(box.id);
  const Hit hit = card(f, box.card, name, box.id, false, name);
  {
    const IdScope scope(f.ui, name);
    const Inside inside(f.ui, hit);
    const Color ink = app->running ? f.theme.text : f.theme.text_disabled;
    draw_card_title(f, box.name, name, ink);
    const Rect& room = box.handles;
    const model::RequestView* waits = app->running ? call_at_handle(f, box.id) : nullptr;
    const std::string handles =
        app->running ? card_text(f, box.id, waits, room.w) : tr("stage.exited");
    if (!room.empty())
      fitting_label(f, room, handles, f.ui.fonts->small, waits ? f.theme.warning : f.theme.text_dim,
                    Align::left);
    const bool raised = app->running && sends_at_dispatch(f, box.id);
    if (hit.hovered || hit.ring) {
      std::string tip = handles.empty() ? name : name + "\n" + handles;
      if (waits)
        tip +=
            "\n" + f.trace.name(waits->id) + " " + model::handle_wait(f.now, f.trace, *waits) + ".";
      if (raised) tip += "\n" + std::string(tr("stage.tip_irql"));
      tooltip(f.ui, hit, tip);
    }
    if (!box.buttons.empty()) send_buttons(f, box);
    if (raised) irql_badge(f, box);
  }
  draw_tokens_at(f, {StationKind::app, index});
  draw_calls(f, index);
}

void channel_card(const StageFrame& f, const ChannelBox& box) {
  const model::ChannelView* c = f.now.channel(box.id);
  if (!c) return;
  const std::string name = f.trace.name(box.id);
  const Hit hit = card(f, box.card, name, box.id, f.touched(box.id), name);
  const Inside inside(f.ui, hit);
  const Detail detail = f.at.channel_detail;
  Rect r = inset(box.card, f.px(7), f.px(detail == Detail::micro ? 3 : 5));
  const IdScope scope(f.ui, name);
  if (draw_board(f, *c, r)) {
    if (hit.hovered || hit.ring) tooltip(f.ui, hit, fmt::format("{}: 0x{:02X}", name, c->duration));
    return;
  }
  const bool busy = bool(c->request) || c->due > f.now.time;
  std::string who = c->request ? f.trace.name(c->request) : tr("stage.idle");
  Rect line = detail == Detail::micro ? r : cut_top(r, f.px(16), f.px(2));
  Rect bar = detail == Detail::micro ? cut_bottom(line, f.px(4)) : cut_top(r, f.px(8), f.px(3));
  const Font& font = f.ui.fonts->caption;
  const float who_width = text_width(font, who) + f.px(4);
  const Color ink = c->request ? f.theme.text : f.theme.text_dim;
  // Where both do not fit on one line, who it works for goes on the last one, if there is one.
  const bool together = who_width + text_width(font, name) + f.px(4) <= line.w;
  if (together) fitting_label(f, cut_right(line, who_width, f.px(4)), who, font, ink, Align::right);
  name_label(f, line, name, font, f.theme.text);
  const float span = float(std::max(1u, c->due - c->started));
  const float done = c->request ? float(f.now.time - c->started) / span : 0;
  progress_bar(f.ui, bar, done, f.theme.owner_driver);
  std::string left = busy && c->request && c->due > f.now.time
                         ? trf("stage.done_in", trace::time_text(c->due - f.now.time))
                         : std::string();
  if (detail == Detail::full && together) {
    fitting_label(f, r, left, font, f.theme.text_dim);
  } else if (detail == Detail::full) {
    const std::string brief =
        left.empty() ? who : who + ", " + trace::time_text(c->due - f.now.time);
    if (!fitting_label(f, r, brief, font, ink)) fitting_label(f, r, who, font, ink);
  }
  if (hit.hovered || hit.ring)
    tooltip(f.ui, hit, name + (c->request ? ": " + who : "") + (left.empty() ? "" : "\n" + left));
}

// Settings of the run that are not the default, at the foot of the card.
void device_notes(const StageFrame& f, const DeviceBox& box, const model::DeviceView& d) {
  std::vector<std::string> notes;
  const auto& options = f.now.options;
  if (size_t(trace::RunOption::ClientMinor) < options.size()) {
    if (!options[size_t(trace::RunOption::Verifier)]) notes.push_back(tr("setup.changed_verifier"));
    const uint32_t minor = options[size_t(trace::RunOption::ClientMinor)];
    if (minor != 33) notes.push_back("KMDF 1." + std::to_string(minor));
  }
  if (f.now.memory != trace::MemoryMode::Plenty) notes.push_back(tr("setup.changed_memory"));
  if (d.config & trace::kDeviceFilter) notes.push_back(tr("stage.filter"));
  Rect r = f.at.arrange == Arrange::columns ? box.pending : Rect{};
  const float line = f.px(16);
  for (size_t i = notes.size(); i-- > 0 && r.h >= line;)
    fitting_label(f, cut_bottom(r, line), notes[i], f.ui.fonts->caption, f.theme.warning);
}

// "going down: waits for R2 (EvtIoStop?)", on as many lines as there are.
void draw_pending(const StageFrame& f, const DeviceBox& box, const std::string& text) {
  const Font& font = f.ui.fonts->caption;
  const float line = std::round(font.size * 1.1f);
  Rect r = box.pending;
  if (r.h < font.size)  // rather than its name
    r = {box.name.x, box.name.y, box.power.right() - box.name.x, box.name.h};
  const auto all = wrapped(font, text, r.w);
  const size_t most = size_t(std::max(1.0f, (r.h + 1) / line));
  f.ui.note(r, text, false, all.size() > most);
  for (size_t i = 0; i < std::min(most, all.size()); ++i) {
    const bool last = i + 1 == most && all.size() > most;
    bool fits = true;
    const size_t from = size_t(all[i].data() - text.data());
    draw_text(f.ui, cut_top(r, line), font, f.theme.warning,
              last ? shortened(font, std::string_view(text).substr(from), r.w, fits)
                   : std::string(all[i]));
  }
}

// Its name, and whether it has power.
void draw_device_head(const StageFrame& f, const DeviceBox& box, const model::DeviceView& d,
                      const std::string& name) {
  name_label(f, box.name, name, f.ui.fonts->bold, f.theme.text);
  const bool on = d.power == trace::DevicePower::D0;
  const Color ink = on ? f.theme.ok : f.theme.warning;
  const std::string level = on ? "D0" : fmt::format("D{}", std::min(3, int(d.power)));
  const std::string text = on ? trf("stage.power_on", level) : trf("stage.power_off", level);
  const Align align = f.at.arrange == Arrange::columns ? Align::left : Align::right;
  if (!fitting_label(f, box.power, std::string(icon::power) + " " + text, f.ui.fonts->small, ink,
                     align) &&
      !fitting_label(f, box.power, text, f.ui.fonts->small, ink, align) &&
      !fitting_label(f, box.power, text, f.ui.fonts->caption, ink, align))
    fitting_label(f, box.power, level, f.ui.fonts->small, ink, align);
}

void device_card(const StageFrame& f, const DeviceBox& box, int index) {
  const model::DeviceView* d = f.now.device(box.id);
  const bool lit = f.touched(box.id) && f.event && f.event->s == box.id &&
                   f.event->s.kind() == ObjectKind::Device;
  const std::string name = d ? f.trace.name(box.id) : std::string();
  const Hit hit = card(f, box.card, d ? "device/" + name : "device", box.id, lit, name);
  if (d) {
    const Inside inside(f.ui, hit);
    const std::string pending = model::power_pending(f.now, f.trace, *d);
    if (pending.empty() || box.pending.h >= f.ui.fonts->caption.size)
      draw_device_head(f, box, *d, name);
    if (pending.empty())
      device_notes(f, box, *d);
    else
      draw_pending(f, box, pending);
    if (hit.hovered || hit.ring) {
      std::string tip = name + "\n" + trace::words(d->power) + "; " + trace::words(d->pnp);
      if (!pending.empty()) tip += "\n" + pending;
      const std::string config = trace::device_config_words(d->config);
      if (!config.empty()) tip += "\n" + config;
      tooltip(f.ui, hit, tip);
    }
  }
  draw_tokens_at(f, {StationKind::device, index});
}

void target_card(const StageFrame& f, const TargetBox& box, int index) {
  const model::TargetView* target = f.now.target(box.id);
  if (!target || target->state == trace::TargetState::Deleted) return;
  const std::string name = f.trace.name(box.id);
  const bool works = target->state == trace::TargetState::Started;
  const Hit hit = card(f, box.card, name, box.id, f.touched(box.id), name);
  {
    const Inside inside(f.ui, hit);
    Rect title = box.title;
    std::string state = trace::words(target->state);
    const std::string more = trace::target_words(target->bits);
    if (!more.empty()) state += ", " + more;
    const Color ink = works ? f.theme.text_dim : f.theme.warning;
    const float own = std::min(title.w, text_width(f.ui.fonts->bold, name) + f.px(8));
    draw_card_title(f, cut_left(title, own), name, f.theme.text);
    const Font& font = f.ui.fonts->caption;
    if (!fitting_label(f, title, state, font, ink, Align::right))
      fitting_label(f, title, trace::words(target->state), font, ink, Align::right);
    if (hit.hovered || hit.ring) {
      std::string tip = name + "\n" + state;
      if (target->delay) tip += "\n" + trf("stage.tip_delay", trace::time_text(target->delay));
      tooltip(f.ui, hit, tip);
    }
  }
  draw_tokens_at(f, {StationKind::target, index});
}

// "INVALID_" "DEVICE_" "REQUEST": broken after underscores, never inside a word. Empty when that is
// not possible.
std::vector<std::string> status_lines(const Font& font, std::string_view text, float width) {
  std::vector<std::string> lines;
  std::string line;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('_', at), text.size() - 1) + 1;
    const std::string word(text.substr(at, end - at));
    if (text_width(font, line + word) <= width) {
      line += word;
      at = end;
    } else if (!line.empty()) {
      lines.push_back(std::exchange(line, {}));
    } else {
      return {};
    }
  }
  lines.push_back(line);
  return lines;
}

// "✓ SUCCESS": the whole name, on as many lines as it takes, and its sign: before it on the same
// line, else beside the request.
void draw_status(const StageFrame& f, const DoneCell& cell, int32_t status) {
  const std::string text = short_status(status);
  const bool ok = trace::status_is_success(status);
  const Color ink = ok ? f.theme.ok : f.theme.danger;
  const char* sign = ok ? icon::check : icon::cross;
  const Font *small = &f.ui.fonts->small, *caption = &f.ui.fonts->caption;
  const Rect& rect = cell.status;
  const Rect first{rect.x, rect.y, rect.w, f.px(15)};
  if (fitting_label(f, first, signed_status(status), *small, ink, Align::center)) return;
  const Rect mark{cell.cell.center().x - f.px(34), cell.cell.y + f.px(10), f.px(16), f.px(16)};
  label(f.ui, mark, sign, {small, ink, Align::center});
  const struct {
    const Font* font;
    size_t lines;
  } tries[] = {{small, 1}, {caption, 1}, {small, 2}, {caption, 3}};
  for (const auto& t : tries) {
    const auto lines = status_lines(*t.font, text, rect.w);
    const float line = std::round(t.font->size * 0.92f);  // capitals
    const float height = line * float(lines.size());
    if (lines.empty() || lines.size() > t.lines || height > rect.h + 1) continue;
    Rect r{rect.x, rect.y, rect.w, line};
    f.ui.note({r.x, r.y, r.w, height}, text, false, false);  // one name, however many lines
    for (const std::string& one : lines) {
      draw_text(f.ui, r, *t.font, ink, one, Align::center);
      r.y += line;
    }
    return;
  }
  label(f.ui, rect, text, {caption, ink, Align::center, true});
}

}  // namespace

std::string short_status(int32_t status) {
  std::string text = trace::status_text(status);
  return text.rfind("STATUS_", 0) == 0 ? text.substr(7) : text;
}

std::string signed_status(int32_t status) {
  return std::string(trace::status_is_success(status) ? icon::check : icon::cross) + " " +
         short_status(status);
}

Hit card(const StageFrame& f, const Rect& rect, const std::string& name, ObjectId id, bool lit,
         const std::string& text) {
  ItemOptions options;
  options.kind = Kind::picture;
  options.group = f.group;
  options.selected = f.selected(id);
  options.focusable = bool(id);
  options.text = text;
  const Hit hit = f.ui.item(rect, name, options);
  // What acts has a border of its own; its ground stays that of a card, so that the lit line of its
  // code is what catches the eye.
  ground(f.ui, rect, options.selected && !lit ? PanelLook::chosen : PanelLook::card);
  if (lit) outline(f.ui, rect, f.theme.accent, f.px(6), f.ui.line(2));
  if (f.hovered(id) && !options.selected && !lit)
    outline(f.ui, rect, f.theme.text_dim, f.px(6), f.ui.line());
  if (hit.ring) focus_ring(f.ui, rect, f.px(6));
  if (id) handle(f, hit, id);
  return hit;
}

void draw_apps(const StageFrame& f) {
  for (size_t i = 0; i < f.at.app_boxes.size(); ++i) app_card(f, f.at.app_boxes[i], int(i));
}

void draw_devices(const StageFrame& f) {
  for (size_t i = 0; i < f.at.device_boxes.size(); ++i)
    device_card(f, f.at.device_boxes[i], int(i));
  for (const ChannelBox& c : f.at.channel_boxes) channel_card(f, c);
}

void draw_targets(const StageFrame& f) {
  for (const TargetBox& box : f.at.target_boxes) target_card(f, box, box.target);
}

void draw_done(const StageFrame& f) {
  for (const DoneCell& c : f.at.done_cells) {
    const model::RequestView* r = c.id ? f.now.request(c.id) : nullptr;
    if (!r) continue;
    bool arriving = false;  // its status is shown once it has arrived
    for (const ShownToken& t : f.picture.tokens) arriving = arriving || (t.id == c.id && t.moving);
    if (!arriving) draw_status(f, c, r->status);
  }
  draw_tokens_at(f, {StationKind::done, 0});
}

}  // namespace qs::ui
