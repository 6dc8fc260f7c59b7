// Any text is refused with a sentence or is settings that a window can be opened with.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ui/screens/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = qs::ui::parse_settings(text, "settings.toml");
  if (!settings.ok()) {
    if (settings.error().message.empty()) std::abort();
    return 0;
  }
  const qs::ui::Settings& s = *settings;
  if (!(s.scale >= 0.75f && s.scale <= 3)) std::abort();
  for (const float share : {s.side, s.right, s.bottom, s.code})
    if (!(share > 0 && share < 1)) std::abort();
  if (s.step < 0 || s.step > 5 || s.timeline_tab > qs::ui::Settings::kLastTab ||
      s.log_levels > 0x7F)
    std::abort();
  if (s.theme.empty() || s.theme_before.empty()) std::abort();
  return 0;
}
