// The home page: where to continue, and the course by tracks with its progress.
#include <algorithm>

#include "lesson/file/course.h"
#include "ui/screens/home.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using lesson::CourseLesson;

namespace {

constexpr float kRow = 44, kRowGap = 6, kTrackHead = 60;

float track_height(Ui& ui, const lesson::CourseTrack& track) {
  return ui.px(kTrackHead + 24 + float(track.lessons.size()) * (kRow + kRowGap));
}

float share_done(const CourseLesson& lesson, const lesson::Progress& progress) {
  const lesson::LessonProgress& p = progress.of(lesson.id);
  if (p.finished) return p.skipped.empty() ? 1 : 0.9f;  // the tick is for all of it
  return p.begun ? std::clamp(float(p.beat) / float(std::max<size_t>(p.beats, 8)), 0.1f, 0.9f) : 0;
}

// The lesson to continue: one that was begun, else the first that is not finished.
const CourseLesson* next_up(const lesson::Progress& progress) {
  const CourseLesson* first = nullptr;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const CourseLesson& l : t.lessons) {
      if (!l.written()) continue;
      const lesson::LessonProgress& p = progress.of(l.id);
      if (p.begun && !p.finished) return &l;
      if (!first && !p.finished) first = &l;
    }
  return first;
}

class HomePage {
 public:
  HomePage(Ui& ui, const lesson::Progress& progress, ScrollState& scroll, bool projector)
      : ui_(ui), progress_(progress), scroll_(scroll), projector_(projector) {}

  // The folder of the chosen lesson, or "sandbox"; "" when none was chosen.
  std::string draw(Rect page) {
    page = inset(page, ui_.px(24), ui_.px(20));
    ScrollArea area(ui_, page, "home/page", scroll_);
    Rect r = area.content();
    const float top = r.y;
    r.h = 100000;
    head(cut_top(r, ui_.px(116), ui_.px(16)));
    tracks(r);
    area.end(r.y - top);
    return wanted_;
  }

 private:
  LabelStyle style(const Font& font, Color color, Align align = Align::left) {
    LabelStyle s{&font, color, align};
    s.may_cut = true;
    return s;
  }

  void head(Rect row) {
    if (row.w > ui_.px(900)) {
      Rect cards = cut_right(row, row.w * 0.32f, ui_.px(12));
      if (cards.w > ui_.px(400)) {
        const Rect right = cut_right(cards, (cards.w - ui_.px(12)) / 2, ui_.px(12));
        if (card(right, "home/class", tr("home.class"), tr("home.class_title"),
                 projector_ ? tr("home.class_on") : tr("home.class_text"),
                 ui_.keymap->key_text(Action::projector).c_str()))
          ui_.inject(Action::projector);
      }
      if (card(cards, "home/sandbox", tr("home.free"), tr("home.sandbox"), tr("home.sandbox_text"),
               ui_.keymap->key_text(Action::mode_sandbox).c_str()))
        wanted_ = "sandbox";
    }
    Panel panel(ui_, row, "home/continue");
    fill(ui_, Rect{row.x, row.y, ui_.px(6), row.h}, ui_.theme->accent, ui_.px(3));
    const CourseLesson* next = next_up(progress_);
    Rect r = inset(row, ui_.px(26), ui_.px(16));
    const bool begun = next && progress_.of(next->id).begun;
    const std::string go = begun ? tr("home.go_on") : tr("home.go");
    const float width = button_width(ui_, go) + ui_.px(24);
    Rect place = aligned(cut_right(r, width, ui_.px(16)), width, ui_.px(44), 1, 0.5f);
    label(ui_, cut_top(r, ui_.px(20)),
          next ? begun ? tr("home.continue") : tr("home.start") : tr("home.all_done"),
          style(ui_.fonts->small_bold, ui_.theme->accent));
    if (!next) {
      label(ui_, cut_top(r, ui_.px(36)), tr("home.all_done_text"),
            style(ui_.fonts->title, ui_.theme->text));
      return;
    }
    label(ui_, cut_top(r, ui_.px(36)), next->number + "  " + next->title,
          style(ui_.fonts->huge, ui_.theme->text));
    const std::string more = begun ? where(*next) : std::string(tr("home.hint"));
    label(ui_, cut_top(r, ui_.px(24)), more, style(ui_.fonts->body, ui_.theme->text_dim));
    ButtonStyle primary;
    primary.look = ButtonLook::primary;
    primary.key = "Enter";
    const bool enter = ui_.in.key == Key::enter && ui_.focused() == 0;
    if (button(ui_, place, "home/go", go, primary).clicked || enter) wanted_ = next->folder;
  }

  std::string where(const CourseLesson& l) const {
    const lesson::LessonProgress& p = progress_.of(l.id);
    const size_t beats = std::max(p.beats, p.beat + 1);
    const size_t left = std::max<size_t>(1, size_t(l.minutes) * (beats - p.beat) / beats);
    return trf("home.where", p.beat + 1, beats, left);
  }

  // Prerequisites that are not done yet, "1.1, 2.1": advice, not a lock.
  std::string better_after(const CourseLesson& l) const {
    std::string out;
    for (const std::string& number : l.needs) {
      const CourseLesson* needed = lesson::course().lesson(number);
      if (!needed || progress_.of(needed->id).finished) continue;
      out += (out.empty() ? "" : ", ") + number;
    }
    return out.empty() ? out : trf("home.after", out);
  }

  // An alternative to the next lesson. True when it was pressed.
  bool card(Rect rect, const char* name, const char* kind, const char* title, const char* text,
            const char* key) {
    const Hit hit = row(ui_, rect, name, title, false);
    Inside inside(ui_, hit);
    ground(ui_, rect, PanelLook::panel);
    if (hit.hovered) outline(ui_, rect, ui_.theme->accent, ui_.px(6));
    Rect r = inset(rect, ui_.px(18), ui_.px(14));
    Rect top = cut_top(r, ui_.px(20));
    label(ui_, cut_right(top, text_width(ui_.fonts->mono_small, key) + ui_.px(4)), key,
          style(ui_.fonts->mono_small, ui_.theme->text_faint, Align::right));
    label(ui_, top, kind, style(ui_.fonts->small_bold, ui_.theme->warning));
    label(ui_, cut_top(r, ui_.px(30)), title, style(ui_.fonts->title, ui_.theme->text));
    paragraph(ui_, r, text, style(ui_.fonts->small, ui_.theme->text_dim));
    if (hit.ring) focus_ring(ui_, rect, ui_.px(6));
    return hit.clicked;
  }

  // Tracks in rows of equal height, as many side by side as fit.
  void tracks(Rect& r) {
    const auto& all = lesson::course().tracks;
    const size_t columns = r.w > ui_.px(1150) ? 3 : r.w > ui_.px(720) ? 2 : 1;
    for (size_t i = 0; i < all.size(); i += columns) {
      float height = 0;
      const size_t end = std::min(i + columns, all.size());
      for (size_t k = i; k < end; ++k) height = std::max(height, track_height(ui_, all[k]));
      Rect line = cut_top(r, height, ui_.px(12));
      const std::vector<Part> parts(columns, share(1));
      const auto cells = divide_row(line, parts, ui_.px(12));
      for (size_t k = i; k < end; ++k) track(cells[k - i], all[k]);
    }
  }

  void track(const Rect& rect, const lesson::CourseTrack& t) {
    const std::string name = "home/track/" + std::to_string(t.number);
    Panel panel(ui_, rect, name);
    Rect r = inset(rect, ui_.px(14), ui_.px(14));
    size_t written = 0, done = 0;
    for (const CourseLesson& l : t.lessons) {
      written += l.written();
      done += l.written() && progress_.of(l.id).finished && progress_.of(l.id).skipped.empty();
    }
    Rect top = cut_top(r, ui_.px(26));
    cut_left(top, ui_.px(8));
    const std::string count =
        written ? trf("home.count", done, written) : std::string(tr("home.coming"));
    label(ui_, cut_right(top, ui_.px(90), ui_.px(6)), count,
          style(ui_.fonts->small_bold,
                written && done == written ? ui_.theme->ok : ui_.theme->text_dim, Align::right));
    label(ui_, top, std::to_string(t.number) + "  " + t.title,
          style(ui_.fonts->title, ui_.theme->text));
    Rect sub = cut_top(r, ui_.px(22), ui_.px(10));
    cut_left(sub, ui_.px(8));
    label(ui_, sub, t.subtitle, style(ui_.fonts->small, ui_.theme->text_dim));
    for (const CourseLesson& l : t.lessons) lesson(cut_top(r, ui_.px(kRow), ui_.px(kRowGap)), l);
  }

  void lesson(const Rect& rect, const CourseLesson& l) {
    std::string said = l.number + " " + l.title;
    if (!l.written()) said += ", " + std::string(tr("home.coming"));
    const CourseLesson* next = next_up(progress_);
    const bool lit = next && next->id == l.id;
    const Hit hit = row(ui_, rect, "home/" + l.id, said, lit, 0, !l.written());
    Inside inside(ui_, hit);
    if (!lit && !hit.hovered) fill(ui_, rect, ui_.theme->background, ui_.px(5));
    if (lit) outline(ui_, rect, ui_.theme->accent, ui_.px(5));
    if (hit.ring) focus_ring(ui_, rect, ui_.px(5));
    Rect r = inset(rect, ui_.px(12), 0);
    const Rect ring = cut_left(r, ui_.px(26), ui_.px(8));
    progress_ring(ui_, ring.center(), ui_.px(10), share_done(l, progress_));
    const Color color = l.written() ? ui_.theme->text : ui_.theme->text_faint;
    const lesson::LessonProgress& done = progress_.of(l.id);
    const bool skipped = done.finished && !done.skipped.empty();
    const std::string end = skipped       ? trf("home.skipped", done.skipped.size())
                            : l.written() ? trf("home.minutes", l.minutes)
                                          : std::string(tr("home.coming"));
    label(ui_, cut_right(r, ui_.px(skipped ? 76 : 60), ui_.px(8)), end,
          style(ui_.fonts->small,
                skipped       ? ui_.theme->warning
                : l.written() ? ui_.theme->text_dim
                              : ui_.theme->text_faint,
                Align::right));
    if (const std::string after = better_after(l); l.written() && !after.empty()) {
      const float width = text_width(ui_.fonts->small, after) + ui_.px(4);
      const float title = text_width(ui_.fonts->bold, l.title) + ui_.px(52);
      if (title + width < r.w)
        label(ui_, cut_right(r, width, ui_.px(8)), after,
              style(ui_.fonts->small, ui_.theme->text_faint, Align::right));
    }
    label(ui_, cut_left(r, ui_.px(32), ui_.px(4)), l.number,
          style(ui_.fonts->small_bold, l.written() ? ui_.theme->text_dim : ui_.theme->text_faint));
    const Font& large = lit ? ui_.fonts->bold : ui_.fonts->body;
    const bool fits = text_width(large, l.title) <= r.w;  // else smaller, not cut off
    label(ui_, r, l.title, style(fits ? large : ui_.fonts->small, color));
    if (hit.clicked && l.written()) wanted_ = l.folder;
  }

  Ui& ui_;
  const lesson::Progress& progress_;
  ScrollState& scroll_;
  bool projector_;
  std::string wanted_;
};

}  // namespace

void HomeScreen::draw(Ui& ui, const Rect& page) {
  if (!progress_) {
    std::string note;
    progress_ = std::make_unique<lesson::Progress>(desk_.progress_file, &note);
    desk_.say(note);
  }
  const std::string wanted = HomePage(ui, *progress_, scroll_, settings().projector).draw(page);
  if (wanted == "sandbox")
    desk_.show = ScreenId::sandbox;
  else if (!wanted.empty())
    desk_.open = wanted;
}

void HomeScreen::draw_bar(Ui& ui, Rect row) {
  LabelStyle dim;
  dim.color = ui.theme->text_dim;
  dim.may_cut = true;
  if (row.w > ui.px(200)) label(ui, row, tr("app.tagline"), dim);
}

}  // namespace qs::ui
