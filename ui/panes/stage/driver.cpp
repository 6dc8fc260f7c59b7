// The driver's column: cards of what runs in it or holds requests, chips of what does neither, and
// who waits for whom.
#include <algorithm>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/code/code.h"
#include "ui/panes/stage/parts.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::CallbackKind;

namespace {

using State = model::Activation::State;

// What the framework calls the callback.
std::string role_of(const RoomKey& key) {
  return key.kind == CallbackKind::Count ? tr("stage.room_own") : trace::callback_name(key.kind);
}

// The driver's name for it: the function that was registered, else all that ran here in this run.
std::string function_of(const StageFrame& f, int room, const RoomKey& key, trace::Site site) {
  if (!key.backstage && key.kind != CallbackKind::Count) {
    const std::vector<std::string>& names = f.in.state.functions.of_room(size_t(room));
    if (names.size() == 1) return names[0];
    const std::string_view here = f.in.state.functions.at(f.trace, site);
    if (std::find(names.begin(), names.end(), here) != names.end()) return std::string(here);
    if (!names.empty()) return fmt::format("{}", fmt::join(names, ", "));
  }
  if (key.kind == CallbackKind::Count) return std::string(f.in.state.functions.at(f.trace, site));
  return {};
}

// "notepad's thread"; what was posted has a name of its own.
std::string thread_words(const StageFrame& f, const model::ThreadView& t) {
  if (t.kind == trace::ThreadKind::App) return trf("stage.thread_of", f.trace.name(t.id));
  const ObjectKind what = t.on_behalf_of.kind();
  if (what == ObjectKind::Dpc || what == ObjectKind::WorkItem || what == ObjectKind::Timer)
    return trace::shown_name(f.trace, t.on_behalf_of, &f.in.state.functions.workers());
  return f.trace.name(t.id);
}

// The holder of what it waits for, by the function that it runs.
std::string wait_text(const StageFrame& f, const model::ThreadView& t) {
  return model::wait_words(f.now, f.trace, t, &f.in.state.functions.workers());
}

bool one_processor(const StageFrame& f) {
  const auto& options = f.now.options;
  const size_t cpus = size_t(trace::RunOption::Processors);
  return options.size() <= cpus || options[cpus] <= 1;
}

struct Who {
  std::vector<std::string> texts;  // longest first
  Color ink;
};

Who who_is_there(const StageFrame& f, const RoomBox& box) {
  const model::ThreadView* t = f.now.thread(box.who.thread);
  if (!t) {
    if (box.entering) return {{tr("stage.about_to_run")}, f.theme.text_dim};
    const std::string count = trf("stage.holds", box.requests.size());
    return {{trf("stage.returned", count), count}, f.theme.text_dim};
  }
  const std::string name = thread_words(f, *t), irql = trace::irql_words(t->irql);
  if (box.who.state == State::Below) return {{trf("stage.below", name), name}, f.theme.text_dim};
  if (box.who.state != State::Runs) {
    const std::string waits = wait_text(f, *t);
    return {{name + " " + waits, waits, name}, f.theme.warning};
  }
  const std::string cpu = one_processor(f) ? trf("stage.cpu", 0) + " · " : std::string();
  return {{fmt::format("{} · {}{}", name, cpu, irql), fmt::format("{} · {}", name, irql), name},
          f.theme.text_dim};
}

// ---- what is told of requests that are held

// "W1 cancelable since line 66, on channel 1 since line 71".
std::string hold_text(const StageFrame& f, ObjectId id) {
  const model::RequestView* r = f.now.request(id);
  if (!r) return {};
  std::string facts;
  for (const model::Hold& h : f.cast.holds.of(f.now, *r)) {
    const std::string line =
        f.in.files.size() > 1 ? f.trace.site_text(h.site) : trf("stage.line", h.site.line());
    if (!facts.empty()) facts += ", ";
    if (h.kind == model::Hold::Kind::Cancelable) facts += trf("stage.cancelable_since", line);
    if (h.kind == model::Hold::Kind::Started)
      facts += trf("stage.started_at", f.trace.name(h.at), line);
    if (h.kind == model::Hold::Kind::Sent) facts += trf("stage.sent_at", f.trace.name(h.at), line);
  }
  if (facts.empty()) facts = r->has(model::kCancelable) ? tr("stage.cancelable") : tr("stage.kept");
  return f.trace.name(id) + " " + facts;
}

// Each on as many lines as it takes, where all of them have room.
bool draw_notes_whole(const StageFrame& f, const RoomBox& box, size_t most) {
  const Font& font = f.ui.fonts->mono_small;
  const float line = f.px(17);
  std::vector<std::string> texts;
  size_t lines = 0;
  for (const ObjectId id : box.requests) {
    texts.push_back(hold_text(f, id));
    lines += wrapped(font, texts.back(), box.notes.w).size();
    if (lines > most) return false;
  }
  Rect r = box.notes;
  r.y += std::max(0.0f, (r.h - line * float(lines)) / 2);
  const LabelStyle style{&font, f.theme.text_dim};
  for (const std::string& text : texts) {
    const float high = line * float(wrapped(font, text, r.w).size());
    if (high <= line)
      label(f.ui, cut_top(r, line), text, style);
    else
      paragraph(f.ui, cut_top(r, high), text, style, line);
  }
  return true;
}

void draw_notes(const StageFrame& f, const RoomBox& box) {
  const Font& font = f.ui.fonts->mono_small;
  const float line = f.px(17);
  const size_t all = box.requests.size();
  const size_t most = size_t(std::max(1.0f, (box.notes.h + 1) / line));
  const size_t shown = all <= most ? all : most - 1;
  const float used = line * float(std::min(all, most));
  Rect r = box.notes;
  if (draw_notes_whole(f, box, most)) return;
  r.y += std::max(0.0f, (r.h - used) / 2);
  for (size_t i = 0; i < shown; ++i)
    label(f.ui, cut_top(r, line), hold_text(f, box.requests[i]),
          {&font, f.theme.text_dim, Align::left, true});
  if (shown < all)
    label(f.ui, cut_top(r, line), trf("stage.more_held", all - shown),
          {&f.ui.fonts->caption, f.theme.text_faint, Align::left, true});
}

// ---- cards

std::string card_tip(const StageFrame& f, const RoomBox& box, const std::string& title,
                     const std::string& role, const Who& who) {
  std::string tip = title;
  if (title.find(role) == title.npos) tip += "\n" + trf("stage.registered", role);
  tip += "\n" + who.texts[0];
  for (const ObjectId id : box.requests) tip += "\n" + hold_text(f, id);
  if (const trace::Site site = site_of(f, box)) tip += "\n" + f.trace.site_text(site);
  return tip;
}

// A title in one size, whole, and what fits of the rest right of it.
void draw_head(const StageFrame& f, const RoomBox& box, const std::string& title, const Who& who) {
  const bool lit = box.current && box.who.state == State::Runs;
  const bool faint = !box.who.thread || box.who.state == State::Below;
  Rect r = box.title;
  const Font* font = &f.ui.fonts->mono;
  if (text_width(*font, title) > r.w) font = &f.ui.fonts->mono_small;
  const float own = std::min(r.w, text_width(*font, title) + f.px(2));
  label(f.ui, cut_left(r, own, f.px(12)), title,
        {font, faint ? f.theme.text_dim : f.theme.text, Align::left, true});
  const char* sign = box.who.state == State::Runs || !box.who.thread ? nullptr
                     : box.who.state == State::Below                 ? icon::bars
                                                                     : icon::hourglass;
  const Font& small = f.ui.fonts->caption;
  for (const std::string& text : who.texts) {
    const float width = text_width(small, text) + (sign ? f.px(16) : 0);
    if (width > r.w) continue;
    Rect at = cut_right(r, width);
    if (sign) draw_text(f.ui, cut_left(at, f.px(12), f.px(4)), f.ui.fonts->small, who.ink, sign);
    label(f.ui, at, text, {&small, lit ? f.theme.text_dim : who.ink, Align::right});
    return;
  }
}

// What a callback is told about while another card has it: its shadow.
void draw_shadow(const StageFrame& f, const RoomBox& box) {
  const model::RequestView* r = f.now.request(box.who.about);
  if (!r || !box.requests.empty() || box.tokens.empty() || r->place == model::Place::Done) return;
  TokenStyle style = request_style(f.now, *r);
  style.size = std::min(34.0f, (box.tokens.h / f.ui.scale) / 1.2f);
  style.hollow = true;
  style.alpha = 0.6f;
  style.marks = 0;
  const std::string text = token_label(f.trace.name(r->id), style.size);
  style.label = text;
  draw_token(f.ui, box.tokens.center(), style);
}

void driver_card(const StageFrame& f, const RoomBox& box, const std::string& name) {
  const std::string role = role_of(box.key);
  const trace::Site site = site_of(f, box);
  const std::string function = function_of(f, box.room, box.key, site);
  std::string title = function.empty() ? role : function;
  // A function that it has called.
  const std::string_view here = f.in.state.functions.at(f.trace, site);
  if (!here.empty() && here != title && box.key.kind != CallbackKind::Count)
    title += trf("stage.in_function", here);
  if (box.key.queue) title += " · " + f.trace.name(box.key.queue);
  const Who who = who_is_there(f, box);
  const bool lit = box.current && box.who.state == State::Runs;
  const ObjectId stands_for = box.who.thread ? box.who.thread : box.key.queue;
  const Hit hit = card(f, box.card, name, stands_for, lit, title);
  const IdScope scope(f.ui, name);
  const Inside inside(f.ui, hit);
  draw_head(f, box, title, who);
  if (!box.code.empty()) draw_card_code(f, box, function.empty() ? role : function);
  if (!box.notes.empty()) draw_notes(f, box);
  draw_shadow(f, box);
  if ((hit.hovered || hit.ring) && !f.in.moment.playing)
    tooltip(f.ui, hit, card_tip(f, box, title, role, who));
  if (hit.double_clicked && site) f.in.shared.show_line = site;
}

// ---- chips

// What is to happen in a callback that is idle.
std::string next_run_of(const StageFrame& f, CallbackKind kind) {
  if (kind == CallbackKind::EvtTimerFunc)
    for (const model::TimerView& t : f.now.timers)
      if (t.armed) return trf("stage.fires_at", trace::time_text(t.due));
  const ObjectKind posted = kind == CallbackKind::EvtDpcFunc    ? ObjectKind::Dpc
                            : kind == CallbackKind::EvtWorkItem ? ObjectKind::WorkItem
                                                                : ObjectKind::None;
  for (const ObjectId id : f.now.posted)
    if (id.kind() == posted) return tr("stage.posted");
  return {};
}

struct Chip {
  int room = -1;  // of the cast
  std::string name, text;
  std::string role, own;  // what the framework calls it; the driver's function, "" where unknown
  bool next = false;
};

std::string chip_tip(const Chip& c) {
  if (c.own.empty() || c.own == c.role) return c.role;
  return c.own + "\n" + trf("stage.registered", c.role);
}

// In the order of the layout; what is about to run comes first.
std::vector<Chip> idle_chips(const StageFrame& f) {
  std::vector<Chip> out;
  for (const int i : f.at.idle_rooms) {
    const RoomKey& key = f.cast.rooms[size_t(i)];
    Chip c;
    c.room = i;
    c.name = room_name(f, key);
    c.role = role_of(key);
    c.own = function_of(f, i, key, {});
    c.text = c.own.empty() ? c.role : c.own;
    if (key.queue) c.text += " · " + f.trace.name(key.queue);
    const std::string next = next_run_of(f, key.kind);
    c.next = !next.empty();
    if (c.next) c.text += " · " + next;
    out.push_back(std::move(c));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Chip& a, const Chip& b) { return a.next > b.next; });
  return out;
}

// The line that opens its function; none where that is not known.
trace::Site opening_of(const StageFrame& f, const Chip& c) {
  const FunctionNames& functions = f.in.state.functions;
  const std::vector<std::string>& names = functions.of_room(size_t(c.room));
  const FunctionNames::Place at = functions.place(names.empty() ? c.role : names.front());
  const uint32_t file = at.file < 0 ? 0 : trace_file_of(f.in.files[size_t(at.file)], f.trace);
  return file ? trace::Site(file, at.function.first) : trace::Site();
}

Hit draw_chip(const StageFrame& f, const Rect& r, const Chip& c) {
  ItemOptions options;
  options.kind = Kind::button;
  options.group = f.group;
  options.text = c.text;
  const Hit hit = f.ui.item(r, c.name, options);
  const Color ink = c.next ? f.theme.text : f.theme.text_dim;
  box(f.ui, r, hit.hovered ? f.theme.hover : f.theme.background,
      c.next ? f.theme.accent : f.theme.panel_border, r.h / 2);
  draw_text(f.ui, r, f.ui.fonts->mono_small, ink, c.text, Align::center);
  if (hit.ring) focus_ring(f.ui, r, r.h / 2);
  return hit;
}

// A chip that stands for those that have no room; pressed, it lists them.
void draw_more(const StageFrame& f, const Rect& r, const std::vector<Chip>& hidden) {
  Chip more;
  more.name = "quiet-more";
  more.text = trf("stage.chips_more", hidden.size());
  std::string tip;
  for (const Chip& c : hidden) tip += (tip.empty() ? "" : "\n") + c.text;
  const Hit hit = draw_chip(f, r, more);
  if (hit.hovered || hit.ring) tooltip(f.ui, hit, tip);
  if (!hit.clicked) return;
  BuiltMenu list;
  list.title = tr("stage.chips_title");
  for (const Chip& c : hidden) {
    MenuItem item;
    item.entry.label = c.text;
    if (c.own != c.role) item.entry.key = c.role;
    item.line = opening_of(f, c);
    list.items.push_back(std::move(item));
  }
  open_list_menu(f.ui, f.in.state.menu, hit, std::move(list));
}

// As many as one row takes, each with its whole name; the rest behind one chip.
void draw_quiet(const StageFrame& f) {
  const std::vector<Chip> chips = idle_chips(f);
  if (chips.empty() || f.at.quiet.empty()) return;
  const Font& font = f.ui.fonts->mono_small;
  const float gap = f.px(6), more = f.px(34);
  Rect line = inset(f.at.quiet, 0, f.px(2));
  const std::string word = tr("stage.quiet");
  label(f.ui, cut_left(line, text_width(f.ui.fonts->caption, word) + f.px(2), f.px(8)), word,
        {&f.ui.fonts->caption, f.theme.text_faint});
  const auto width_of = [&](const Chip& c) {
    return std::ceil(text_width(font, c.text)) + f.px(18);
  };
  float all = -gap;
  for (const Chip& c : chips) all += width_of(c) + gap;
  const Rect last = all <= line.w ? Rect{} : cut_right(line, more, gap);
  std::vector<Chip> hidden;
  for (const Chip& c : chips) {
    const float width = width_of(c);
    if (width > line.w) {
      hidden.push_back(c);  // a shorter one may have room
      continue;
    }
    const Hit hit = draw_chip(f, cut_left(line, width, gap), c);
    if (hit.hovered || hit.ring) tooltip(f.ui, hit, chip_tip(c));
    if (hit.clicked) f.in.shared.show_line = opening_of(f, c);
  }
  if (!hidden.empty()) draw_more(f, {line.x, last.y, last.w, last.h}, hidden);
}

// ---- who waits for whom

const RoomBox* top_card(const StageFrame& f, ObjectId thread) {
  const RoomBox* found = nullptr;
  for (const RoomBox& box : f.at.room_boxes)
    if (box.who.thread == thread && (!found || box.who.depth > found->who.depth)) found = &box;
  return found;
}

// From each card that waits for another thread to that thread's card, along the right side: a ring
// of them is a deadlock.
void draw_waits(const StageFrame& f) {
  for (const RoomBox& box : f.at.room_boxes) {
    const model::ThreadView* t = f.now.thread(box.who.thread);
    if (!t || (box.who.state != State::Waits && box.who.state != State::Entering)) continue;
    const RoomBox* holder = top_card(f, model::held_up_by(f.now, *t));
    if (!holder || holder == &box) continue;
    const Point from{box.card.right(), box.card.center().y};
    const Point to{holder->card.right() + f.px(1), holder->card.center().y};
    const float bulge = f.px(16);
    curved_arrow(f.ui, from, {from.x + bulge, from.y}, {to.x + bulge, to.y}, to,
                 {f.theme.warning, 2, true, true, 1});
  }
}

// Nobody is in the driver's code and it holds nothing.
void draw_nobody(const StageFrame& f) {
  if (!f.at.room_boxes.empty() || !f.at.target_boxes.empty() || f.at.driver.h < f.px(40)) return;
  const Rect r{f.at.driver.x, f.at.driver.y, f.at.driver.w, std::min(f.at.driver.h, f.px(72))};
  box(f.ui, r, f.theme.background, f.theme.panel_border, f.px(6));
  label(f.ui, inset(r, f.px(12), 0), tr("stage.nobody"),
        {&f.ui.fonts->small, f.theme.text_dim, Align::center, true});
}

}  // namespace

std::string room_name(const StageFrame& f, const RoomKey& key) {
  const std::string role = role_of(key);
  return key.queue ? fmt::format("{}-{}", role, f.trace.name(key.queue)) : role;
}

void draw_driver(const StageFrame& f) {
  draw_nobody(f);
  std::vector<std::string> names;
  for (const RoomBox& box : f.at.room_boxes) {
    const std::string base = room_name(f, box.key);
    names.push_back(base);
    const auto count = std::count(names.begin(), names.end(), base);
    driver_card(f, box, count > 1 ? fmt::format("{}#{}", base, count) : base);
  }
  // Above all cards: those of one callback share their requests.
  std::vector<int> rooms;
  for (const RoomBox& box : f.at.room_boxes) {
    if (std::find(rooms.begin(), rooms.end(), box.room) != rooms.end()) continue;
    rooms.push_back(box.room);
    draw_tokens_at(f, {StationKind::room, box.room});
  }
  draw_quiet(f);
  draw_waits(f);
}

}  // namespace qs::ui
