// Layout and motion: pure functions.
#include <doctest/doctest.h>

#include "ui/toolkit/core/layout.h"
#include "ui/toolkit/core/motion.h"

using namespace qs::ui;

TEST_CASE("layout: cutting strips off leaves the rest") {
  Rect page{0, 0, 100, 80};
  const Rect top = cut_top(page, 20, 5);
  CHECK(top == Rect{0, 0, 100, 20});
  CHECK(page == Rect{0, 25, 100, 55});
  const Rect right = cut_right(page, 30, 10);
  CHECK(right == Rect{70, 25, 30, 55});
  CHECK(page == Rect{0, 25, 60, 55});
  CHECK(cut_left(page, 500).w == 60);
  CHECK(page.empty());
}

TEST_CASE("layout: shares divide what fixed parts leave, down to their least") {
  auto row = divide_row({0, 0, 320, 10}, {fixed(100), share(1), share(2)}, 10);
  REQUIRE(row.size() == 3);
  CHECK(row[1].x == 110);
  CHECK(row[1].w == doctest::Approx(200.0 / 3));
  CHECK(row[2].right() == doctest::Approx(320));
  row = divide_row({0, 0, 200, 10}, {fixed(100), share(1, 60), share(3)}, 0);
  CHECK(row[1].w == 60);
  CHECK(row[2].w == 40);
  row = divide_row({0, 0, 100, 10}, {fixed(100), share(1, 100)}, 0);  // too much: all shrink alike
  CHECK(row[0].w == doctest::Approx(50));
  CHECK(row[1].right() == doctest::Approx(100));
  const auto column = divide_column({0, 0, 10, 90}, {share(1), share(2)});
  CHECK(column[1] == Rect{0, 30, 10, 60});
}

TEST_CASE("layout: grid, alignment, keeping inside") {
  CHECK(grid_cell({0, 0, 110, 50}, 2, 1, 1, 10) == Rect{60, 0, 50, 50});
  CHECK(columns_that_fit(100, 40, 10) == 2);
  CHECK(columns_that_fit(10, 40, 10) == 1);
  CHECK(aligned({0, 0, 100, 100}, 20, 10, 1, 0.5f) == Rect{80, 45, 20, 10});
  CHECK(kept_inside({90, -5, 20, 20}, {0, 0, 100, 100}) == Rect{80, 0, 20, 20});
  CHECK(intersect({0, 0, 10, 10}, {20, 20, 5, 5}).empty());
}

TEST_CASE("motion: hops start and end exactly, whatever the bow") {
  const Point a{10, 20}, b{200, 90};
  CHECK(hop(a, b, 0) == a);
  CHECK(hop(a, b, 1) == b);
  CHECK(on_arc(a, b, 0.5f, 0).x == doctest::Approx(105));
  CHECK(length(on_arc(a, b, 0.5f, 30) - mix(a, b, 0.5f)) == doctest::Approx(30));
  for (float t = 0; t < 1; t += 0.05f) CHECK(ease_in_out(t) <= ease_in_out(t + 0.05f));
  CHECK(ease_out(0.5f) > 0.5f);
  CHECK(ease_in_out(0.5f) == doctest::Approx(0.5f));
}

TEST_CASE("motion: what takes no time jumps") {
  CHECK(progress(5, 5, 0) == 1);
  CHECK(progress(5, 5.1, 0.2f) == doctest::Approx(0.5));
}
