#include "ui/app/class_sheet.h"

#include <algorithm>
#include <cmath>

#include <qrencode.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

constexpr double kLookAgain = 0.5;  // seconds: somebody may have come, or answered

// "Where does R1 go?" and what they said to it.
void draw_counts(Ui& ui, Rect r, const ClassSheet& sheet) {
  const std::vector<uint32_t> counts = sheet.room.counts();
  const size_t n = std::min(counts.size(), sheet.options.size());
  uint32_t most = 1;
  for (const uint32_t c : counts) most = std::max(most, c);
  for (size_t i = 0; i < n; ++i) {
    Rect row = cut_top(r, ui.px(30), ui.px(6));
    if (row.h < ui.px(20)) return;
    const Rect number = cut_right(row, ui.px(44));
    box(ui, row, ui.theme->well, ui.theme->panel_border, ui.px(4));
    Rect bar = row;
    bar.w = std::round(row.w * float(counts[i]) / float(most));
    if (counts[i]) fill(ui, bar, ui.theme->accent_soft, ui.px(4));
    LabelStyle words;
    words.may_cut = true;
    label(ui, inset(row, ui.px(8), 0), std::to_string(i + 1) + "  " + prose_plain(sheet.options[i]),
          words);
    LabelStyle count;
    count.font = &ui.fonts->bold;
    count.align = Align::right;
    label(ui, number, std::to_string(counts[i]), count);
  }
}

void draw_closed(Ui& ui, Rect r, ClassSheet& sheet) {
  const auto say = [&](const char* words) {
    const float h = paragraph_height(ui, r.w, words);
    paragraph(ui, cut_top(r, h, ui.px(12)), words);
  };
  say(tr("class.link"));
  if (!ClassRoom::can_serve()) return;
  say(tr("class.serve_text"));
  const std::vector<std::string> addresses = sheet.room.addresses();
  for (size_t i = 0; i < std::min(addresses.size(), size_t(4)); ++i) {
    const Rect at = cut_top(r, ui.px(32), ui.px(6));
    ButtonStyle style;
    style.look = ButtonLook::mode;
    style.on = i == sheet.address;
    if (button(ui, at, "address/" + std::to_string(i + 1), addresses[i], style).clicked)
      sheet.address = i;
  }
  Rect row = cut_top(r, ui.px(36), ui.px(8));
  ButtonStyle primary;
  primary.look = ButtonLook::primary;
  const char* words = tr("class.start");
  if (button(ui, cut_left(row, button_width(ui, words)), "start", words, primary).clicked &&
      sheet.address < addresses.size()) {
    sheet.trouble = sheet.room.open(addresses[sheet.address]);
    ui.wake_in(0);
  }
  if (!sheet.trouble.empty()) paragraph(ui, r, sheet.trouble);
}

void draw_open(Ui& ui, Rect r, ClassSheet& sheet) {
  ui.wake_in(kLookAgain);
  LabelStyle address;
  address.font = &ui.fonts->mono;
  const std::string url = sheet.room.url();
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, url, address), ui.px(12)), url, address);
  const size_t n = sheet.room.followers();
  LabelStyle bold;
  bold.font = &ui.fonts->bold;
  label(ui, cut_top(r, ui.px(26), ui.px(8)),
        n == 0   ? std::string(tr("class.nobody"))
        : n == 1 ? std::string(tr("class.one"))
                 : trf("class.many", n),
        bold);
  Rect row = cut_bottom(r, ui.px(36), ui.px(12));
  const char* words = tr("class.stop");
  if (button(ui, cut_left(row, button_width(ui, words)), "stop", words).clicked) {
    sheet.room.close();
    ui.wake_in(0);
  }
  if (sheet.options.empty()) return (void)paragraph(ui, r, tr("class.no_question"));
  const std::string question = prose_plain(sheet.question);
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, question), ui.px(10)), question);
  draw_counts(ui, r, sheet);
}

}  // namespace

bool draw_qr(Ui& ui, const Rect& rect, const std::string& text) {
  QRcode* code = QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L);
  if (!code) return false;
  constexpr int kQuiet = 4;  // white around it, as readers need it
  const int n = code->width + 2 * kQuiet;
  const float side = std::floor(std::min(rect.w, rect.h) / float(n));
  const bool fits = side >= 1;
  if (fits) {
    const Rect all = snapped({rect.x, rect.y, side * float(n), side * float(n)});
    fill(ui, all, {255, 255, 255, 255});
    std::vector<Rect> dark;
    for (int y = 0; y < code->width; ++y)
      for (int x = 0, begin = -1; x <= code->width; ++x) {
        const bool on = x < code->width && code->data[y * code->width + x] & 1;
        if (on && begin < 0) begin = x;
        if (on || begin < 0) continue;
        dark.push_back({all.x + side * float(kQuiet + begin), all.y + side * float(kQuiet + y),
                        side * float(x - begin), side});
        begin = -1;
      }
    fill_all(ui, dark, {0, 0, 0, 255});
  }
  QRcode_free(code);
  return fits;
}

void draw_class_sheet(Ui& ui, ClassSheet& sheet, const std::string& link) {
  if (!sheet.dialog.open) return;
  Dialog dialog(ui, sheet.dialog, "class", tr("class.title"), 980, 620);
  Rect r = dialog.inner();
  const std::string shown = sheet.room.is_open() ? sheet.room.url() : link;
  const Rect code = cut_left(r, std::min(r.h, r.w / 2), ui.px(24));
  if (shown.empty() || !draw_qr(ui, code, shown))
    paragraph(ui, code, shown.empty() ? tr("class.no_link") : tr("class.too_long"));
  if (sheet.room.is_open())
    draw_open(ui, r, sheet);
  else
    draw_closed(ui, r, sheet);
}

}  // namespace qs::ui
