// The home page: a queue at work, where to continue, and the course by tracks with its progress.
#include <algorithm>
#include <utility>

#include "lesson/file/course.h"
#include "ui/screens/home.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using lesson::CourseLesson;

namespace {

// Design pixels. Of a track: its title and what is around its lessons, without the subtitle that
// goes where the page is low.
constexpr float kRow = 44, kLowRow = 34, kLowestRow = 28, kRowGap = 4;
constexpr float kTrackHead = 84, kLowTrackHead = 46, kComing = 24;
// Of a track that has a row to itself: what is around its lessons, which stand beside its title.
constexpr float kLoneTrackHead = 20, kLoneTitle = 166, kLoneLesson = 280;
constexpr float kHomeGap = 12;
// In the row of a lesson: its ring and its number, and its minutes.
constexpr float kBeforeTitle = 94, kMinutes = 68;
// A page of at least this size has room for the run above the list.
constexpr float kGlimpsePageW = 760, kGlimpsePageH = 480;
// Where it is so narrow that its columns are folded, it is higher: it does not scroll.
constexpr float kGlimpseFolded = 900, kGlimpseLow = 190, kGlimpseHigh = 308;

// What was done, in the variant of the student who sits here.
struct Done {
  const lesson::Progress& progress;
  const std::string& variant;
  const lesson::LessonProgress& of(const std::string& lesson) const {
    return progress.of(lesson, variant);
  }
};

float share_done(const CourseLesson& lesson, const Done& progress) {
  const lesson::LessonProgress& p = progress.of(lesson.id);
  if (p.finished) return p.skipped.empty() ? 1 : 0.9f;  // the tick is for all of it
  return p.begun ? std::clamp(float(p.beat) / float(std::max<size_t>(p.beats, 8)), 0.1f, 0.9f) : 0;
}

// The lesson to continue: one that was begun, else the first that is not finished.
const CourseLesson* next_up(const Done& progress) {
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
  HomePage(Ui& ui, const Done& progress, HomeState& state, bool projector, double seconds)
      : ui_(ui), progress_(progress), state_(state), projector_(projector), seconds_(seconds) {}

  // The folder of the chosen lesson, or "sandbox"; "" when none was chosen.
  std::string draw(Rect page) {
    page = inset(page, ui_.px(24), ui_.px(20));
    ScrollArea area(ui_, page, "home/page", state_.scroll);
    Rect r = area.content();
    const float top = r.y;
    r.h = 100000;
    if (page.w >= ui_.px(kGlimpsePageW) && page.h >= ui_.px(kGlimpsePageH))
      band(cut_top(r, band_height(r.w, page.h), ui_.px(kHomeGap)));
    else
      head(cut_top(r, ui_.px(116), ui_.px(16)));
    plan(r.w, page.h - (r.y - top));
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

  // A third of the page, or less so that the whole list is seen, where that is enough for a run.
  float band_height(float width, float height) {
    look_at(width);
    shown_.clear();
    for (const lesson::CourseTrack& t : lesson::course().tracks) shown_.push_back(&t);
    size_t lessons = 0;
    const float heads = heads_height(kLowTrackHead, lessons);
    const float list = ui_.px(heads + float(lessons) * (kLowestRow + kRowGap) + kHomeGap);
    const bool folded = width - side_width(width) < ui_.px(kGlimpseFolded);
    return std::clamp(std::min(height * 0.32f, height - list),
                      ui_.px(folded ? kGlimpseHigh : kGlimpseLow), ui_.px(330));
  }
  float side_width(float width) const { return std::max(width * 0.32f, ui_.px(300)); }

  // The run, and beside it where to go from here.
  void band(Rect row) {
    Rect side = cut_right(row, side_width(row.w), ui_.px(kHomeGap));
    draw_glimpse(ui_, row, state_.glimpse, seconds_);
    Rect cards = cut_bottom(side, std::max(ui_.px(64), side.h * 0.3f), ui_.px(kHomeGap));
    const Rect right = cut_right(cards, (cards.w - ui_.px(kHomeGap)) / 2, ui_.px(kHomeGap));
    if (card(right, "home/class", tr("home.class"), tr("home.class_title"),
             projector_ ? tr("home.class_on") : tr("home.class_text"),
             ui_.keymap->key_text(Action::projector).c_str()))
      ui_.inject(Action::projector);
    if (card(cards, "home/sandbox", tr("home.free"), tr("home.sandbox"), tr("home.sandbox_text"),
             ui_.keymap->key_text(Action::mode_sandbox).c_str()))
      wanted_ = "sandbox";
    const Panel panel(ui_, side, "home/continue");
    fill(ui_, Rect{side.x, side.y, ui_.px(6), side.h}, ui_.theme->accent, ui_.px(3));
    Rect r = inset(side, ui_.px(22), ui_.px(14));
    const Rect foot = cut_bottom(r, ui_.px(38), ui_.px(6));
    go_on(r, foot);
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
    Rect r = inset(row, ui_.px(26), ui_.px(16));
    const Rect place = cut_right(r, go_width(), ui_.px(16));
    go_on(r, aligned(place, place.w, ui_.px(44), 1, 0.5f));
  }

  const char* go_words() const {
    const CourseLesson* next = next_up(progress_);
    return next && progress_.of(next->id).begun ? tr("home.go_on") : tr("home.go");
  }
  float go_width() const { return button_width(ui_, go_words()) + ui_.px(24); }

  // What comes next; its button at the left of `foot`.
  void go_on(Rect r, const Rect& foot) {
    const CourseLesson* next = next_up(progress_);
    const bool begun = next && progress_.of(next->id).begun;
    if (r.h >= ui_.px(56))
      label(ui_, cut_top(r, ui_.px(20)),
            next ? begun ? tr("home.continue") : tr("home.start") : tr("home.all_done"),
            style(ui_.fonts->small_bold, ui_.theme->accent));
    if (!next) {
      label(ui_, cut_top(r, ui_.px(36)), tr("home.all_done_text"),
            style(ui_.fonts->title, ui_.theme->text));
      return;
    }
    const std::string title = next->number + "  " + next->title;
    const bool fits = text_width(ui_.fonts->huge, title) <= r.w;
    label(ui_, cut_top(r, ui_.px(36)), title,
          style(fits ? ui_.fonts->huge : ui_.fonts->title, ui_.theme->text));
    const std::string more = begun ? where(*next) : std::string(tr("home.hint"));
    const LabelStyle dim = style(ui_.fonts->body, ui_.theme->text_dim);
    if (r.h >= paragraph_height(ui_, r.w, more, dim))
      paragraph(ui_, r, more, dim);
    else if (r.h >= ui_.px(20))
      label(ui_, cut_top(r, ui_.px(24)), more, dim);
    ButtonStyle primary;
    primary.look = ButtonLook::primary;
    primary.key = "Enter";
    const bool enter = ui_.in.key == Key::enter && ui_.focused() == 0;
    const Rect place = aligned(foot, std::min(foot.w, go_width()), foot.h, 0, 0.5f);
    if (button(ui_, place, "home/go", go_words(), primary).clicked || enter) wanted_ = next->folder;
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
    Rect r = inset(rect, ui_.px(16), ui_.px(rect.h < ui_.px(90) ? 7 : 14));
    Rect top = cut_top(r, ui_.px(20));
    label(ui_, cut_right(top, text_width(ui_.fonts->mono_small, key) + ui_.px(4)), key,
          style(ui_.fonts->mono_small, ui_.theme->text_faint, Align::right));
    label(ui_, top, kind, style(ui_.fonts->small_bold, ui_.theme->warning));
    const bool fits = text_width(ui_.fonts->title, title) <= r.w;
    label(ui_, cut_top(r, ui_.px(30)), title,
          style(fits ? ui_.fonts->title : ui_.fonts->bold, ui_.theme->text));
    const LabelStyle dim = style(ui_.fonts->small, ui_.theme->text_dim);
    if (r.h + 1 >= paragraph_height(ui_, r.w, text, dim)) paragraph(ui_, r, text, dim);
    if (hit.ring) focus_ring(ui_, rect, ui_.px(6));
    return hit.clicked;
  }

  // Which tracks are shown, how many side by side, and how high a lesson is so that all are seen.
  // Where there is no room for them, tracks of which nothing is written share one line.
  void plan(float width, float height) {
    look_at(width);
    shown_.clear();
    coming_.clear();
    for (const lesson::CourseTrack& t : lesson::course().tracks) shown_.push_back(&t);
    if (row_for(kLowTrackHead, height) < kLowestRow) {
      std::erase_if(shown_, [&](const lesson::CourseTrack* t) {
        for (const CourseLesson& l : t->lessons)
          if (l.written()) return false;
        coming_ += (coming_.empty() ? "" : "  ·  ") + t->label + " " + t->title;
        return true;
      });
    }
    low_ = row_for(kTrackHead, height) < kLowRow;
    row_ = row_for(low_ ? kLowTrackHead : kTrackHead, height);
    if (row_ < kLowestRow) row_ = kRow;  // it scrolls, so there is room for long titles
    row_ = std::min(row_, kRow);
    pick_titles(width);
  }

  // One size for all titles: the largest in which each is whole, on two lines where they have room.
  void pick_titles(float width) {
    const float cell = (width + ui_.px(kHomeGap)) / float(columns_) - ui_.px(kHomeGap + 28);
    const float lone = width - ui_.px(kLoneTitle);
    for (const bool small : {false, true})
      for (const size_t lines : {1, 2}) {
        small_titles_ = small;
        title_lines_ = lines;
        if (lines > 1 && ui_.px(row_) < 2 * title_line()) continue;
        bool whole = true;
        for (size_t i = 0; i < shown_.size(); ++i)
          whole = whole && (alone(i - i % columns_) ? lone_fits(*shown_[i], lone)
                                                    : all_fit(*shown_[i], cell));
        if (whole) return;
      }
  }

  const Font& title_font(bool lit) const {
    if (small_titles_) return lit ? ui_.fonts->small_bold : ui_.fonts->small;
    return lit ? ui_.fonts->bold : ui_.fonts->body;
  }
  float title_line() const { return std::round(title_font(false).size * 1.05f); }
  bool title_fits(const CourseLesson& l, float room) const {
    const Font& font = title_font(is_next(l));
    return text_width(font, l.title) <= room ||
           (title_lines_ > 1 && wrapped(font, l.title, room).size() <= title_lines_);
  }
  bool is_next(const CourseLesson& l) const {
    const CourseLesson* next = next_up(progress_);
    return next && next->id == l.id;
  }

  bool all_fit(const lesson::CourseTrack& t, float cell) const {
    return std::all_of(t.lessons.begin(), t.lessons.end(), [&](const CourseLesson& l) {
      return title_fits(l, cell - ui_.px(kBeforeTitle));
    });
  }
  bool lone_fits(const lesson::CourseTrack& t, float width) const {
    float all = -ui_.px(8);
    const std::vector<Part> parts = lone_parts(t);
    for (const Part& part : parts) all += part.least + ui_.px(8);
    if (title_lines_ > 1) return all_fit(t, (width + ui_.px(8)) / float(parts.size()) - ui_.px(8));
    return all <= width;
  }

  // The columns of a track that stands alone, each as wide as its titles need in one line.
  std::vector<Part> lone_parts(const lesson::CourseTrack& t) const {
    std::vector<Part> parts(std::min(beside_, t.lessons.size()), share(1));
    if (title_lines_ > 1) return parts;
    for (size_t i = 0; i < t.lessons.size(); ++i) {
      const CourseLesson& l = t.lessons[i];
      float& least = parts[i % parts.size()].least;
      least =
          std::max(least, text_width(title_font(is_next(l)), l.title) + ui_.px(kBeforeTitle + 2));
    }
    return parts;
  }

  // The height of a lesson, in design pixels, at which the shown tracks fill `height` pixels.
  float row_for(float head, float height) const {
    size_t lessons = 0;
    const float taken = heads_height(head, lessons);
    return (height / ui_.scale - taken) / float(std::max<size_t>(lessons, 1)) - kRowGap;
  }

  // What the rows of tracks need without their lessons, in design pixels; `lessons`: how many stand
  // one below the other.
  float heads_height(float head, size_t& lessons) const {
    float taken = coming_.empty() ? -kHomeGap : kComing;
    for (size_t i = 0; i < shown_.size(); i += columns_) {
      taken += (alone(i) ? kLoneTrackHead : head) + kHomeGap;
      lessons += longest(i);
    }
    return taken;
  }

  // Has the track a row to itself where others stand side by side?
  bool alone(size_t first) const { return columns_ > 1 && first + 1 == shown_.size(); }

  size_t beside_ = 1;  // lessons of a track that stands alone
  // How many tracks, and lessons of one that stands alone, have room side by side.
  void look_at(float width) {
    columns_ = width > ui_.px(940) ? 3 : width > ui_.px(720) ? 2 : 1;
    beside_ = size_t(std::max(1.0f, (width / ui_.scale - kLoneTitle) / kLoneLesson));
  }

  // How many lessons stand one below the other in the row of tracks that begins with `first`.
  size_t longest(size_t first) const {
    if (alone(first)) return (shown_[first]->lessons.size() + beside_ - 1) / beside_;
    size_t most = 0;
    for (size_t k = first; k < std::min(first + columns_, shown_.size()); ++k)
      most = std::max(most, shown_[k]->lessons.size());
    return most;
  }

  // Tracks in rows of equal height, as many side by side as fit.
  void tracks(Rect& r) {
    for (size_t i = 0; i < shown_.size(); i += columns_) {
      const size_t end = std::min(i + columns_, shown_.size());
      const float head = alone(i) ? kLoneTrackHead : low_ ? kLowTrackHead : kTrackHead;
      const bool last = end == shown_.size() && coming_.empty();
      Rect line = cut_top(r, ui_.px(head + float(longest(i)) * (row_ + kRowGap)),
                          last ? 0 : ui_.px(kHomeGap));
      if (alone(i)) {
        lone_track(line, *shown_[i]);
        continue;
      }
      const std::vector<Part> parts(columns_, share(1));
      const auto cells = divide_row(line, parts, ui_.px(kHomeGap));
      for (size_t k = i; k < end; ++k) track(cells[k - i], *shown_[k]);
    }
    if (coming_.empty()) return;
    label(ui_, cut_top(r, ui_.px(kComing)), trf("home.coming_tracks", coming_),
          style(ui_.fonts->small, ui_.theme->text_dim));
  }

  void track(const Rect& rect, const lesson::CourseTrack& t) {
    const std::string name = "home/track/" + t.label;
    Panel panel(ui_, rect, name);
    Rect r = inset(rect, ui_.px(14), ui_.px(low_ ? 10 : 14));
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
    label(ui_, top, t.label + "  " + t.title, style(ui_.fonts->title, ui_.theme->text));
    if (low_) {
      cut_top(r, ui_.px(6));
    } else {
      Rect sub = cut_top(r, ui_.px(22), ui_.px(10));
      cut_left(sub, ui_.px(8));
      label(ui_, sub, t.subtitle, style(ui_.fonts->small, ui_.theme->text_dim));
    }
    for (const CourseLesson& l : t.lessons) lesson(cut_top(r, ui_.px(row_), ui_.px(kRowGap)), l);
  }

  void lone_track(const Rect& rect, const lesson::CourseTrack& t) {
    Panel panel(ui_, rect, "home/track/" + t.label);
    Rect r = inset(rect, ui_.px(14), ui_.px(kLoneTrackHead / 2));
    Rect title = cut_left(r, ui_.px(kLoneTitle - 28), ui_.px(6));
    cut_left(title, ui_.px(8));
    label(ui_, cut_top(title, ui_.px(row_)), t.label + "  " + t.title,
          style(ui_.fonts->title, ui_.theme->text));
    const std::vector<Part> parts = lone_parts(t);
    const size_t beside = parts.size();
    const auto widths = divide_row(r, parts, ui_.px(8));
    // Minutes at all of them or at none.
    bool ends = true;
    for (size_t i = 0; i < t.lessons.size(); ++i)
      ends =
          ends && title_fits(t.lessons[i], widths[i % beside].w - ui_.px(kBeforeTitle + kMinutes));
    for (size_t i = 0; i < t.lessons.size(); i += beside) {
      const Rect line = cut_top(r, ui_.px(row_), ui_.px(kRowGap));
      const auto cells = divide_row(line, parts, ui_.px(8));
      for (size_t k = i; k < std::min(i + beside, t.lessons.size()); ++k)
        lesson(cells[k - i], t.lessons[k], ends);
    }
  }

  // `ends`: with its minutes, where they fit beside its title.
  void lesson(const Rect& rect, const CourseLesson& l, bool ends = true) {
    std::string said = l.number + " " + l.title;
    if (!l.written()) said += ", " + std::string(tr("home.coming"));
    const bool lit = is_next(l);
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
    label(ui_, cut_left(r, ui_.px(32), ui_.px(4)), l.number,
          style(ui_.fonts->small_bold, l.written() ? ui_.theme->text_dim : ui_.theme->text_faint));
    if (!l.written() || skipped || (ends && title_fits(l, r.w - ui_.px(kMinutes))))
      label(ui_, cut_right(r, ui_.px(skipped ? 76 : kMinutes - 8), ui_.px(8)), end,
            style(ui_.fonts->small,
                  skipped       ? ui_.theme->warning
                  : l.written() ? ui_.theme->text_dim
                                : ui_.theme->text_faint,
                  Align::right));
    const Font& font = title_font(lit);
    if (const std::string after = better_after(l); l.written() && !after.empty()) {
      const float width = text_width(ui_.fonts->small, after) + ui_.px(4);
      if (text_width(font, l.title) + ui_.px(16) + width < r.w)
        label(ui_, cut_right(r, width, ui_.px(8)), after,
              style(ui_.fonts->small, ui_.theme->text_faint, Align::right));
    }
    const float line = title_line();
    if (text_width(font, l.title) <= r.w || title_lines_ < 2)
      label(ui_, r, l.title, style(font, color));
    else
      paragraph(ui_, aligned(r, r.w, 2 * line, 0, 0.5f), l.title, style(font, color), line);
    if (hit.clicked && l.written()) wanted_ = l.folder;
  }

  Ui& ui_;
  const Done progress_;
  HomeState& state_;
  bool projector_, low_ = false, small_titles_ = false;
  size_t title_lines_ = 1;
  double seconds_;
  size_t columns_ = 1;
  std::vector<const lesson::CourseTrack*> shown_;
  std::string coming_;
  float row_ = kRow;  // design pixels
  std::string wanted_;
};

}  // namespace

void HomeScreen::draw(Ui& ui, const Rect& page) {
  if (!progress_) {
    std::string note;
    progress_ = std::make_unique<lesson::Progress>(desk_.progress_file, &note);
    desk_.say(note);
  }
  const std::string wanted = HomePage(ui, {*progress_, settings().variant}, state,
                                      settings().projector, std::exchange(passed_, 0))
                                 .draw(page);
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
