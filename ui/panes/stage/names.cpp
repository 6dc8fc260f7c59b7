// Names of rooms, applications and targets: whole where they fit, else shortened so that they can
// still be told apart.
#include <iterator>

#include "ui/panes/stage/parts.h"

namespace qs::ui {
namespace {

struct Short {
  const char *name, *brief;
};
constexpr Short kShort[] = {
    {"InternalDeviceControl", "InternalCtl"}, {"DeviceControl", "DeviceCtl"},
    {"CanceledOnQueue", "Canceled"},          {"InCallerContext", "InCaller"},
    {"RequestCompletion", "Completion"},      {"RequestCancel", "Cancel"},
    {"QueueStateReached", "QueueState"},
};

std::string without_prefix(const std::string& title) {
  for (const char* prefix : {"EvtIo", "Evt"})
    if (title.rfind(prefix, 0) == 0) return title.substr(std::string_view(prefix).size());
  return title;
}

std::string brief(const std::string& title) {
  for (const Short& s : kShort)
    if (title.rfind(s.name, 0) == 0) return s.brief + title.substr(std::string_view(s.name).size());
  return title;
}

}  // namespace

void draw_room_title(const StageFrame& f, const Rect& rect, const std::string& title, Color ink) {
  const Fonts& fonts = *f.ui.fonts;
  const std::string plain = without_prefix(title), shorter = brief(plain);
  if (fitting_label(f, rect, title, fonts.mono, ink)) return;
  if (fitting_label(f, rect, title, fonts.mono_small, ink)) return;
  if (fitting_label(f, rect, plain, fonts.mono_small, ink)) return;
  if (fitting_label(f, rect, plain, fonts.caption, ink)) return;
  if (fitting_label(f, rect, shorter, fonts.mono_small, ink)) return;
  if (fitting_label(f, rect, shorter, fonts.caption, ink)) return;
  // The handler in "Read · writes".
  const std::string handler = shorter.substr(0, shorter.find(" ·"));
  if (fitting_label(f, rect, handler, fonts.caption, ink)) return;
  name_label(f, rect, handler, fonts.caption, ink);
}

void draw_card_title(const StageFrame& f, const Rect& rect, const std::string& title, Color ink) {
  const Fonts& fonts = *f.ui.fonts;
  for (const Font* font : {&fonts.bold, &fonts.small_bold, &fonts.caption_bold})
    if (fitting_label(f, rect, title, *font, ink)) return;
  const size_t space = title.find(' ');
  const std::string end = space == title.npos ? title : title.substr(space + 1);
  if (!fitting_label(f, rect, end, fonts.caption_bold, ink))
    name_label(f, rect, end, fonts.caption_bold, ink);
}

}  // namespace qs::ui
