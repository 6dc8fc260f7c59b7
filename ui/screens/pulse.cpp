#include "ui/screens/pulse.h"

#include <cmath>
#include <string>

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

void Pulse::draw(Ui& ui, std::string_view record) {
  constexpr double kSeconds = 4.5, kBeat = 1.5;
  const ItemRecord* r = record.empty() ? nullptr : ui.rects.find(record);
  if (!r || r->visible.empty()) return again();
  if (began_ < 0) began_ = ui.now;
  const double age = ui.now - began_;
  const bool moves = age < kSeconds && !ui.reduced_motion;
  const float swell = moves ? float(0.5 - 0.5 * std::cos(2 * 3.14159265 * age / kBeat)) : 0;
  const Clip whole(ui, ui.screen);
  outline(ui, inset(r->visible, -ui.px(2 + 4 * swell)), ui.theme->prompt, ui.px(7), ui.px(2));
  if (moves) ui.wake_in(0);
}

std::string first_seen(const Ui& ui, std::string_view begins, std::string_view ends) {
  for (const ItemRecord& r : ui.rects.all()) {
    const std::string_view name = ui.rects.name(r);
    if (r.disabled || r.visible.empty() || !name.starts_with(begins) || !name.ends_with(ends))
      continue;
    return std::string(name);
  }
  return {};
}

}  // namespace qs::ui
