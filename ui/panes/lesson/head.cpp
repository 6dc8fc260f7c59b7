#include "ui/panes/lesson/head.h"

#include <algorithm>
#include <string>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void draw_sheet_head(Ui& ui, Rect& sheet, const lesson::Tutor& tutor) {
  const lesson::Lesson& l = tutor.lesson();
  const LabelStyle title{&ui.fonts->title};
  const std::string words = l.number + "  " + l.title;
  paragraph(ui, cut_top(sheet, paragraph_height(ui, sheet.w, words, title), ui.px(4)), words,
            title);
  Rect dots = cut_top(sheet, ui.px(20), ui.px(10));
  std::string where = trf("lesson.beat_of", tutor.state().beat + 1, tutor.beats());
  if (!l.variant.id.empty()) {
    const std::string both = where + " · " + trf("lesson.variant", l.variant.id);
    if (text_width(ui.fonts->small, both) < dots.w * 0.72f) where = both;
  }
  const LabelStyle dim{&ui.fonts->small, ui.theme->text_dim, Align::right};
  const float width = text_width(ui.fonts->small, where) + ui.px(4);
  label(ui, cut_right(dots, width, ui.px(8)), where, dim);
  const float spacing = std::min(20.0f, dots.w / ui.scale / float(tutor.beats()));
  step_dots(ui, {dots.x + ui.px(6), dots.center().y},
            tutor.finished() ? int(tutor.beats()) : int(tutor.state().beat), int(tutor.beats()),
            spacing, &tutor.skipped());
}

void draw_level_head(Ui& ui, const Rect& line, const lesson::Tutor& tutor) {
  const int beats = int(tutor.beats());
  LabelStyle title{&ui.fonts->bold};
  title.may_cut = true;
  const std::string_view words = tutor.finished() ? tr("lesson.finished")
                                 : tutor.beat().title.empty()
                                     ? std::string_view(tutor.lesson().title)
                                     : std::string_view(tutor.beat().title);
  // Dots move together before the title is cut, but stay apart.
  const float beside = (line.w - text_width(ui.fonts->bold, words)) / ui.scale - 26;
  const float spacing =
      std::clamp(std::min(beside, line.w * 0.45f / ui.scale) / float(beats),
                 std::min(11.0f, line.w * 0.45f / ui.scale / float(beats)), 18.0f);
  const float room = line.w - ui.px(spacing * float(beats) + 18);
  const float width = label(ui, {line.x, line.y, room, line.h}, words, title);
  step_dots(ui, {line.x + width + ui.px(24), line.center().y},
            tutor.finished() ? beats : int(tutor.state().beat), beats, spacing);
}

}  // namespace qs::ui
