#include "ui/panes/verbs/panel.h"

#include <algorithm>

#include "ui/panes/stage/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::Act;

namespace {

const Font& button_font(const VerbsInput& in) {
  return in.projector ? in.ui.fonts->bold : in.ui.fonts->small_bold;
}
float button_height(const VerbsInput& in) { return in.ui.px(in.projector ? 36 : 27); }

// The menu below a button, for a verb that asks for more.
void open_page(const VerbsInput& in, const Rect& below, MenuPage page) {
  open_object_menu(in.ui, in.menu, in.ui.id("menu"), below, in.object, page);
}

void press(const VerbsInput& in, const Verb& verb, const Rect& at,
           std::vector<session::Command>& out) {
  if (!verb.reason.empty()) {
    in.shared.notice = trf("menu.not_now", verb.reason);
  } else if (verb.item.command) {
    if (!verb.on()) out.push_back(*verb.item.command);
  } else {
    open_page(in, at, verb.item.page);
    if (in.moment.playing) out.push_back(session::cmd::Pause{});
  }
}

std::string key_text(const VerbsInput& in, const Verb& verb) {
  Action key = key_of(verb.act());
  if (verb.act() == Act::Send)
    key = verb.name == "read"    ? Action::send_read
          : verb.name == "write" ? Action::send_write
                                 : Action::send_control;
  return key != Action::none && in.ui.keymap ? in.ui.keymap->key_text(key) : std::string();
}

// Its call, and its effect or why it is not possible, with `between`.
std::string verb_tip(const VerbsInput& in, const Verb& verb, std::string_view between) {
  const model::Model& m = *in.moment.after;
  std::string text = call_text(m, *in.moment.trace, verb);
  const std::string after = verb.reason.empty() ? effect_text(m, *in.moment.trace, verb)
                                                : trf("menu.not_now", verb.reason);
  if (!text.empty() && !after.empty()) text += between;
  return text + after;
}

float verb_width(const VerbsInput& in, const Verb& verb) {
  const float key = [&] {
    const std::string text = key_text(in, verb);
    return text.empty() ? 0 : text_width(in.ui.fonts->mono_small, text) + in.ui.px(12);
  }();
  return std::ceil(text_width(button_font(in), verb.label) + key + in.ui.px(22));
}

// One verb at its place; true when it was pressed.
bool draw_verb(const VerbsInput& in, const Rect& rect, const Verb& verb, bool filled,
               VerbRows& rows) {
  const std::string key = key_text(in, verb);
  ButtonStyle style;
  style.look = filled ? ButtonLook::primary : ButtonLook::secondary;
  style.on = verb.on();
  style.disabled = !verb.reason.empty();
  style.key = key.c_str();
  style.shows_key = true;
  style.group = in.ui.id("verbs");
  style.font = &button_font(in);
  const Hit hit = button(in.ui, rect, verb.name, verb.label, style);
  if (hit.hovered || hit.ring) {
    rows.pointed = &verb;
    if (in.tips) tooltip(in.ui, hit, verb_tip(in, verb, "\n"));
  }
  return hit.clicked;
}

}  // namespace

VerbRows draw_verb_buttons(const VerbsInput& in, const VerbList& list, bool fill_first,
                           std::vector<session::Command>& out) {
  VerbRows rows;
  Ui& ui = in.ui;
  const float h = button_height(in), gap = ui.px(6);
  Rect at{in.rect.x, in.rect.y, 0, h};
  const auto next_row = [&] {
    at.x = in.rect.x;
    at.y += h + gap;
  };
  // Room is kept for "More…" at the end of the last row, where something is left out.
  const float more = list.more || list.verbs.size() > 1
                         ? std::ceil(text_width(button_font(in), tr("verbs.more"))) + ui.px(28)
                         : 0;
  for (size_t i = 0; i < list.verbs.size(); ++i) {
    const Verb& verb = list.verbs[i];
    at.w = std::min(verb_width(in, verb), in.rect.w);
    const bool last_row = at.y + 2 * h + gap > in.rect.bottom() + 1;
    const float room = in.rect.right() - (last_row ? more : 0);
    if (at.x > in.rect.x && at.right() > room) {
      if (last_row) break;
      next_row();
    }
    if (at.bottom() > in.rect.bottom() + 1) break;
    const bool filled = fill_first && i == 0 && verb.possible();
    if (draw_verb(in, snapped(at), verb, filled, rows)) press(in, verb, at, out);
    rows.last = at;
    rows.height = at.bottom() - in.rect.y;
    ++rows.drawn;
    at.x += at.w + gap;
  }
  return rows;
}

namespace {

void draw_title(const VerbsInput& in, Rect line, const VerbList& list) {
  Ui& ui = in.ui;
  const model::Model& m = *in.moment.after;
  if (const model::RequestView* r = m.request(in.object)) {
    // So large that the ring of a cancelable one stays inside the panel; the title has its marks.
    const float size = in.projector ? 28 : 22;
    const std::string name = in.moment.trace->name(in.object), text = token_label(name, size);
    TokenStyle style = request_style(m, *r);
    style.size = size;
    style.marks = 0;
    style.label = text;
    draw_token(ui, cut_left(line, ui.px(size + 6), ui.px(8)).center(), style);
  }
  const Font& font = in.projector ? ui.fonts->bold : ui.fonts->small_bold;
  const bool whole = text_width(font, list.title) <= line.w;
  const std::string& shown = whole ? list.title : list.short_title;
  ItemOptions options;
  options.kind = Kind::text;
  options.focusable = false;
  options.text = list.title;
  options.may_cut = true;
  options.cut = !whole;
  const Hit hit = ui.item(line, "title", options);
  bool fits = true;
  draw_text(ui, line, font, ui.theme->text, shortened(font, shown, line.w, fits));
  if (hit.hovered) in.shared.hover(in.object);
  if (!whole) tooltip(ui, hit, list.title);
}

// "WdfRequestForwardToIoQueue(R2, waiting) → R2 goes to the tail of waiting; …"
void draw_says(const VerbsInput& in, const Rect& rect, const Verb& verb) {
  Ui& ui = in.ui;
  const bool off = !verb.reason.empty();
  const std::string all = verb_tip(in, verb, " → ");
  ItemOptions options;
  options.kind = Kind::text;
  options.focusable = false;
  options.text = all;
  options.may_cut = true;
  const Font& font = in.projector ? ui.fonts->body : ui.fonts->small;
  const float height = std::round(font.size * 1.3f);
  const auto lines = wrapped(font, all, rect.w);
  const size_t room = std::max<size_t>(1, size_t((rect.h + 1) / height));
  options.cut = lines.size() > room;
  const Hit hit = ui.item(rect, "says", options);
  for (size_t i = 0; i < std::min(room, lines.size()); ++i) {
    bool fits = true;
    const std::string_view rest =
        i + 1 < room ? lines[i]
                     : std::string_view(all).substr(size_t(lines[i].data() - all.data()));
    draw_text(ui, Rect{rect.x, rect.y + float(i) * height, rect.w, height}, font,
              off ? ui.theme->warning : ui.theme->text_dim, shortened(font, rest, rect.w, fits));
  }
  if (options.cut) tooltip(ui, hit, all);
}

// Who decides instead, with the way to where the student does.
float sentence_width(const VerbsInput& in, const VerbList& list) {
  const Font& font = in.projector ? in.ui.fonts->body : in.ui.fonts->small;
  const float link =
      list.driver_decides ? text_width(font, tr("verbs.be_the_driver")) + in.ui.px(10) : 0;
  return std::ceil(text_width(font, list.sentence)) + link + in.ui.px(2);
}

void draw_sentence(const VerbsInput& in, Rect& rest, const VerbList& list) {
  Ui& ui = in.ui;
  const Font& font = in.projector ? ui.fonts->body : ui.fonts->small;
  const LabelStyle style{&font, ui.theme->text_dim};
  const float line = std::round(font.size * 1.35f);
  const std::string drive = list.driver_decides ? tr("verbs.be_the_driver") : "";
  const float link_w = drive.empty() ? 0 : text_width(font, drive) + ui.px(10);
  const bool beside = text_width(font, list.sentence) + link_w <= rest.w;
  const float h = beside ? line : paragraph_height(ui, rest.w, list.sentence, style);
  Rect text = cut_top(rest, std::min(h, rest.h), ui.px(5));
  if (beside) text.w = std::ceil(text_width(font, list.sentence));
  ItemOptions options;
  options.kind = Kind::text;
  options.focusable = false;
  options.text = list.sentence;
  ui.item(text, "sentence", options);
  const auto lines = wrapped(font, list.sentence, text.w);
  for (size_t i = 0; i < lines.size(); ++i)
    draw_text(ui, Rect{text.x, text.y + float(i) * line, text.w, line}, font, ui.theme->text_dim,
              lines[i]);
  if (drive.empty()) return;
  Point at{text.right() + ui.px(10), text.y + (line - font.size) / 2};
  if (!beside) {
    if (rest.h < line) return;
    const Rect own = cut_top(rest, line, ui.px(5));
    at = {own.x, own.y + (line - font.size) / 2};
  }
  if (link(ui, at, "drive", drive, false, &font).clicked) ui.inject(Action::mode_driver);
}

void draw_more(const VerbsInput& in, const VerbRows& rows, const VerbList& list,
               std::vector<session::Command>& out) {
  if (rows.drawn == list.verbs.size() && !list.more) return;
  Ui& ui = in.ui;
  ButtonStyle style;
  style.look = ButtonLook::quiet;
  style.reason = tr("verbs.more_tip");
  style.group = ui.id("verbs");
  style.font = &button_font(in);
  const float width = std::ceil(text_width(*style.font, tr("verbs.more"))) + ui.px(20);
  const Rect last = rows.drawn ? rows.last : Rect{in.rect.x, in.rect.y, 0, button_height(in)};
  const Rect at{last.right() + (rows.drawn ? ui.px(6) : 0), last.y, width, button_height(in)};
  // Enter opens it as well.
  if (at.right() > in.rect.right() + 1 || at.bottom() > in.rect.bottom() + 1) return;
  if (!button(ui, snapped(at), "more", tr("verbs.more"), style).clicked) return;
  open_page(in, at, MenuPage::main);
  if (in.moment.playing) out.push_back(session::cmd::Pause{});
}

// The first that can be pressed speaks while the mouse is elsewhere.
const Verb* speaker(const VerbList& list, const VerbRows& rows) {
  if (rows.pointed) return rows.pointed;
  return list.verbs.empty() ? nullptr : &list.verbs.front();
}

}  // namespace

namespace {

// R, W, I: the application that is shown sends, else the first that runs.
void take_send_keys(const VerbsInput& in, std::vector<session::Command>& out) {
  const model::Model& m = *in.moment.after;
  ObjectId app = m.app(in.object) ? in.object : ObjectId();
  for (const model::AppView& a : m.apps)
    if (!app && a.running) app = a.id;
  const auto send = [&](Action key, trace::RequestType type) {
    if (!in.ui.action(key)) return;
    if (auto command = send_command(m, *in.moment.trace, app, type))
      out.push_back(*command);
    else
      in.shared.notice = tr("app.no_handle");
  };
  send(Action::send_read, trace::RequestType::Read);
  send(Action::send_write, trace::RequestType::Write);
  send(Action::send_control, trace::RequestType::DeviceControl);
}

// The queue that "retrieve next" means: the one that is shown, else a manual one in which something
// waits, else any manual one.
ObjectId queue_to_read(const model::Model& m, ObjectId shown) {
  if (m.queue(shown)) return shown;
  ObjectId any;
  for (const model::QueueView& q : m.queues) {
    if (q.dispatch() != trace::Dispatch::Manual || q.deleted) continue;
    if (!q.waiting.empty()) return q.id;
    if (!any) any = q.id;
  }
  return any;
}

}  // namespace

void take_verb_keys(const VerbsInput& in, const Rect& at, std::vector<session::Command>& out) {
  Ui& ui = in.ui;
  if (!in.rights.inputs) return;
  take_send_keys(in, out);
  const model::Model& m = *in.moment.after;
  static constexpr Act acts[] = {Act::Complete, Act::Forward, Act::Requeue, Act::CancelFromApp,
                                 Act::RetrieveNext};
  for (const Act act : acts) {
    if (!ui.action(key_of(act))) continue;
    VerbsInput about = in;
    if (act == Act::RetrieveNext) about.object = queue_to_read(m, in.object);
    const bool fits = act == Act::RetrieveNext ? m.queue(about.object) != nullptr
                                               : m.request(about.object) != nullptr;
    if (!fits) {
      in.shared.notice = tr(act == Act::RetrieveNext ? "verbs.pick_queue" : "app.pick_first");
      continue;
    }
    const VerbList list = verbs_of(m, *in.moment.trace, about.object, in.rights);
    const auto found = std::find_if(list.verbs.begin(), list.verbs.end(),
                                    [&](const Verb& v) { return v.act() == act; });
    if (found != list.verbs.end())
      press(about, *found, at, out);
    else
      in.shared.notice = list.sentence.empty() ? tr("app.pick_first") : list.sentence;
  }
  if (ui.action(Action::show_menu)) {
    const ItemRecord* clicked = ui.focused() ? ui.last.find(ui.focused()) : nullptr;
    open_page(in, clicked ? clicked->visible : at, MenuPage::main);
    if (in.moment.playing) out.push_back(session::cmd::Pause{});
  }
}

const VerbList& VerbsMemory::of(const session::Moment& moment, ObjectId object, MenuRights rights) {
  if (trace_.get() != moment.trace.get() || event_ != moment.event || object_ != object ||
      rights_ != rights) {
    trace_ = moment.trace;
    event_ = moment.event;
    object_ = object;
    rights_ = rights;
    list_ = verbs_of(*moment.after, *moment.trace, object, rights);
  }
  return list_;
}

void draw_verbs(const VerbsInput& given, std::vector<session::Command>& out) {
  Ui& ui = given.ui;
  if (!given.moment.after || !given.moment.trace || given.rect.empty()) return;
  const Panel panel(ui, given.rect, "verbs", PanelLook::panel);
  VerbsMemory none;
  const VerbList& list =
      (given.memory ? *given.memory : none).of(given.moment, given.object, given.rights);
  VerbsInput in = given;
  in.projector = given.projector && given.rect.h >= ui.px(96);  // else the large one has no room
  in.rect = inset(given.rect, ui.px(in.projector ? 14 : 10), ui.px(in.projector ? 9 : 6));
  if (list.title.empty()) {
    LabelStyle style{&ui.fonts->small, ui.theme->text_dim, Align::left, true};
    const std::string_view hint = tr("inspector.hint");
    const float high = paragraph_height(ui, in.rect.w, hint, style);
    paragraph(ui, aligned(in.rect, in.rect.w, std::min(high, in.rect.h), 0, 0.5f), hint, style);
    return;
  }
  Rect& rest = in.rect;
  const float title = ui.px(in.projector ? 32 : 24);
  // The title of a panel with one row stands before its buttons.
  const bool one_row = rest.h < title + ui.px(4) + button_height(in);
  Rect head = one_row ? cut_left(rest, std::min(ui.px(320), rest.w * 0.3f), ui.px(6))
                      : cut_top(rest, title, ui.px(4));
  if (one_row) head.h = std::min(head.h, button_height(in));
  // In a low panel what can be pressed comes before who decides the rest, which may stand beside
  // the title.
  const bool roomy = rest.h >= button_height(in) + ui.px(in.projector ? 30 : 24);
  const bool below = !list.sentence.empty() && (roomy || list.verbs.empty());
  Rect beside;
  if (!list.sentence.empty() && !below && !one_row)
    if (const float w = sentence_width(in, list); w <= head.w * 0.62f)
      beside = cut_right(head, w, ui.px(12));
  draw_title(in, head, list);
  if (below) draw_sentence(in, rest, list);
  if (!beside.empty()) draw_sentence(in, beside, list);
  const Font& font = in.projector ? ui.fonts->body : ui.fonts->small;
  const float line = std::round(font.size * 1.3f);
  // One line of words, two where there is room for two rows of buttons besides.
  const float two = 2 * line + ui.px(5), row = button_height(in);
  const float words = rest.h >= 2 * row + ui.px(6) + two ? two : line + ui.px(5);
  // Where there is room for a second row of buttons or for words, what can be pressed comes first:
  // tooltips have the words.
  float all = 0;
  for (const Verb& verb : list.verbs) all += verb_width(in, verb) + ui.px(6);
  const bool two_rows = all > rest.w && rest.h >= 2 * row + ui.px(5);
  Rect says;
  if (rest.h >= row + words && !(two_rows && rest.h < 2 * row + ui.px(6) + words))
    says = cut_bottom(rest, words - ui.px(5), ui.px(5));
  in.tips = says.empty();
  const VerbRows rows = draw_verb_buttons(in, list, true, out);
  draw_more(in, rows, list, out);
  if (const Verb* verb = speaker(list, rows); verb && !says.empty()) draw_says(in, says, *verb);
  if (rows.pointed && rows.pointed->reason.empty())
    in.shared.hint_move(move_of(*in.moment.after, in.object, rows.pointed->item));
  take_verb_keys(in, rows.drawn ? rows.last : in.rect, out);
}

}  // namespace qs::ui
