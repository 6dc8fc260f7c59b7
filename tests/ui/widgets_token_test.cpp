// Tokens: what they say is not said by colour alone, and 2,000 of them are affordable.
#include "ui/symbols/token.h"

#include <cmath>

#include "ui/robot.h"
#include "ui/support/gallery.h"

using namespace qs;
using namespace qs::ui;

namespace {

Picture token_picture(const TokenStyle& style) {
  Robot robot(
      [&](Ui& ui) {
        draw_token(ui, {40, 40}, style);
      },
      80, 80, 1, "dark", Backend::headless);
  return robot.picture();
}

// Pixels that differ between two pictures when colour is ignored: inked or not.
int shape_difference(const Picture& a, const Picture& b) {
  int count = 0;
  for (std::size_t i = 0; i < a.rgb.size(); i += 3) {
    const auto ink = [](const Picture& p, std::size_t k) {
      return p.rgb[k] + p.rgb[k + 1] + p.rgb[k + 2] > 60;
    };
    count += ink(a, i) != ink(b, i);
  }
  return count;
}

}  // namespace

TEST_CASE("tokens: each type of request has a shape of its own") {
  std::vector<Picture> shapes;
  for (int i = 0; i < 5; ++i) shapes.push_back(token_picture({.shape = TokenShape(i)}));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (std::size_t j = i + 1; j < shapes.size(); ++j) {
      CHECK(shape_difference(shapes[i], shapes[j]) > 60);
    }
  }
}

TEST_CASE("tokens: selected, cancelable and each mark can be told apart without colour") {
  const Picture plain = token_picture({});
  const Picture selected = token_picture({.selected = true});
  const Picture cancelable = token_picture({.cancelable = true});
  CHECK(shape_difference(plain, selected) > 100);
  CHECK(shape_difference(plain, cancelable) > 60);
  CHECK(shape_difference(selected, cancelable) > 60);
  std::vector<Picture> marks;
  for (const TokenMarks m :
       {mark_cancel_claimed, mark_sent, mark_stop_notified, mark_parked, mark_finding}) {
    marks.push_back(token_picture({.marks = m}));
    CHECK(marks.back().rgb != plain.rgb);
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    for (std::size_t j = i + 1; j < marks.size(); ++j) CHECK(marks[i].rgb != marks[j].rgb);
  }
}

TEST_CASE("tokens: small ones are still targets of 24 pixels") {
  Robot robot([&](Ui& ui) { token(ui, {40, 40}, "R1", {.label = "R1", .size = 14}); }, 80, 80);
  CHECK(robot.find("R1").rect.w >= 24);
}

TEST_CASE("tokens: an icon at the shoulder leaves the label free, at every size") {
  Robot robot([](Ui&) {}, 80, 80, 2);
  const Ui& ui = robot.ui;
  for (const float size : {24.0f, 28.0f, 34.0f, 42.0f}) {
    CAPTURE(size);
    const Font& font = size < 30 ? ui.fonts->caption_bold : ui.fonts->token;
    const float off = token_shoulder(ui, size), r = token_mark_radius(ui, size);
    const float right = text_width(font, "R1") / 2, top = font.size * 0.36f;  // of capitals
    CHECK(std::hypot(off - right, off - top) >= r);
  }
}

TEST_CASE("budget: a frame of 2,000 tokens with labels stays within so many vertices") {
  int vertices = 0;
  Robot robot([&](Ui& ui) {
    const int before = ui.draw->VtxBuffer.Size;
    draw_budget(ui, 2000);
    vertices = ui.draw->VtxBuffer.Size - before;
  });
  CHECK(robot.ui.rects.all().size() == 2000);
  CHECK(vertices > 2000 * 8);
  CHECK(vertices < 2000 * 120);
}
