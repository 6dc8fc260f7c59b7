// Names of applications and targets: whole where they fit, else with an ellipsis; the tooltip has
// them whole.
#include "ui/panes/stage/parts.h"

namespace qs::ui {

void draw_card_title(const StageFrame& f, const Rect& rect, const std::string& title, Color ink) {
  const Fonts& fonts = *f.ui.fonts;
  for (const Font* font : {&fonts.bold, &fonts.small_bold, &fonts.caption_bold})
    if (fitting_label(f, rect, title, *font, ink)) return;
  name_label(f, rect, title, fonts.caption_bold, ink);
}

}  // namespace qs::ui
