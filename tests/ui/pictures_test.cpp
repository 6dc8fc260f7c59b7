// The comparison of pictures itself: blind to rounding, and to nothing that can be seen.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ui/pictures.h"
#include "ui/robot.h"
#include "ui/symbols/arrow.h"
#include "ui/symbols/token.h"
#include "ui/toolkit/core/draw.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

constexpr int kWidth = 360, kHeight = 240;

Picture painted(const Robot::Draw& draw, std::string_view theme = "dark") {
  Robot robot(
      [&](Ui& ui) {
        fill(ui, ui.screen, ui.theme->background);
        draw(ui);
      },
      kWidth, kHeight, 1, theme, Backend::headless);
  return robot.picture();
}

// A bit of everything. `off`: how far, in pixels, smooth shapes lie from where they belong; `down`:
// the same for labels and the faintest line of the theme, in whole rows.
struct Scene {
  Point off;
  float down = 0;
  bool label = true;
  Color disc_color = {0, 0, 0, 0};  // transparent: the theme's

  void draw(Ui& ui) const {
    const Theme& t = *ui.theme;
    box(ui, {10, 10, 160, 100}, t.panel, t.panel_border, 6);
    hline(ui, 20, 160, 60 + down, t.panel_border);
    if (label) draw_text(ui, Point{20, 20 + down}, ui.fonts->body, t.text_dim, "Rate 1");
    const std::array<Point, 4> zigzag = {Point{20, 80} + off, Point{60.3f, 97.1f} + off,
                                         Point{88.7f, 70.2f} + off, Point{150, 99.6f} + off};
    polyline(ui, zigzag, t.arrow, 1.5f);
    disc(ui, Point{200, 40} + off, 17, disc_color.a ? disc_color : t.owner_driver);
    ring(ui, Point{250, 40} + off, 19, t.ring_selected, 2);
    curved_arrow(ui, Point{20, 140} + off, Point{140, 120} + off, Point{120, 220} + off,
                 Point{330, 200} + off, {});
    TokenStyle style;
    style.label = "R1";
    style.shape = TokenShape::control;
    draw_token(ui, Point{300, 90} + off, style);
  }
};

Picture painted(const Scene& scene, std::string_view theme = "dark") {
  return painted([&](Ui& ui) { scene.draw(ui); }, theme);
}

// Steps of one or two in pixels chosen by a generator of its own.
Picture noisy(Picture p, int most) {
  std::uint32_t seed = 12345;
  for (std::uint8_t& byte : p.rgb) {
    seed = seed * 1664525u + 1013904223u;
    byte = std::uint8_t(
        std::clamp(int(byte) + int((seed >> 16) % unsigned(2 * most + 1)) - most, 0, 255));
  }
  return p;
}

// An environment variable as long as it lives; nullptr: none.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    const char* before = std::getenv(name);
    had_ = before != nullptr;
    if (had_) before_ = before;
    set(value);
  }
  ~Variable() { set(had_ ? before_.c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) const {
    if (value)
      setenv(name_, value, 1);
    else
      unsetenv(name_);
  }
  const char* name_;
  bool had_ = false;
  std::string before_;
};

struct PictureFolder {
  fs::path path = fs::temp_directory_path() / ("qs-pictures-" + std::to_string(std::rand()));
  PictureFolder() { fs::create_directories(path); }
  ~PictureFolder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("pictures: rounding passes: off by one anywhere, shapes off by part of 1/256 pixel") {
  for (const std::string_view theme : theme_names()) {
    CAPTURE(theme);
    const Picture kept = painted(Scene{}, theme);
    CHECK(difference(kept, kept).most == 0);
    CHECK(difference(kept, noisy(kept, 1)).same());
    for (const float off : {0.001f, -0.001f, 0.002f, 1 / 256.0f}) {
      const Difference d = difference(kept, painted(Scene{{off, -off}}, theme));
      CHECK_MESSAGE(d.same(), d.text());
    }
  }
}

TEST_CASE("pictures: what can be seen does not pass") {
  for (const std::string_view theme : theme_names()) {
    CAPTURE(theme);
    const Picture kept = painted(Scene{}, theme);
    const auto same = [&](const Scene& s) { return difference(kept, painted(s, theme)).same(); };
    CHECK_FALSE(same({.off = {1, 0}}));
    CHECK_FALSE(same({.off = {0, 0.25f}}));
    CHECK_FALSE(same({.down = 1}));
    CHECK_FALSE(same({.label = false}));
    const Color color = load_theme(theme)->owner_driver;
    CHECK(same({.disc_color = color}));
    const Color other{color.r, std::uint8_t(color.g ^ 4), color.b};
    CHECK_FALSE(same({.disc_color = other}));
    CHECK_FALSE(difference(kept, noisy(kept, 4)).same());
  }
}

TEST_CASE("pictures: a row that has moved, and a full stop that is missing, do not pass") {
  const Picture kept = painted(Scene{});
  // Every row in turn: below it all is one row further down.
  for (int row = 0; row + 1 < kHeight; ++row) {
    Picture moved = kept;
    const auto at = [&](int y) { return std::ptrdiff_t(y) * kWidth * 3; };
    std::copy(kept.rgb.begin() + at(row), kept.rgb.begin() + at(kHeight - 1),
              moved.rgb.begin() + at(row + 1));
    const bool nothing_below = moved.rgb == kept.rgb;
    CHECK(difference(kept, moved).same() == nothing_below);
  }
  const auto line = [](std::string_view text) {
    return painted([text](Ui& ui) {
      draw_text(ui, Point{10, 10}, ui.fonts->caption, ui.theme->text_dim, text);
    });
  };
  CHECK_FALSE(difference(line("one."), line("one")).same());
}

TEST_CASE("pictures: our lines and fills are those of Dear ImGui, but for its rounding") {
  static const std::array<Point, 5> way = {
      Point{20.3f, 30.7f}, {90.1f, 41.9f}, {140.6f, 20.2f}, {200.9f, 120.4f}, {60.2f, 190.8f}};
  static const std::array<Point, 5> plate = {
      Point{230.2f, 30.1f}, {330.7f, 60.3f}, {340.2f, 150.8f}, {260.4f, 190.5f}, {215.9f, 90.3f}};
  const auto points = [](const std::array<Point, 5>& from) {
    return reinterpret_cast<const ImVec2*>(from.data());
  };
  for (const float thickness : {1.0f, 1.5f, 2.0f, 5.0f})
    for (const bool closed : {false, true}) {
      CAPTURE(thickness);
      CAPTURE(closed);
      const Picture ours = painted([&](Ui& ui) {
        polygon(ui, plate, ui.theme->accent);
        polyline(ui, way, ui.theme->text, thickness, closed);
      });
      const Picture theirs = painted([&](Ui& ui) {
        ui.draw->Flags |= ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill;
        ui.draw->Flags &= ~ImDrawListFlags_AntiAliasedLinesUseTex;
        ui.draw->AddConvexPolyFilled(points(plate), 5, ui.theme->accent.u32());
        const ImU32 color = ui.theme->text.u32();
        const ImDrawFlags flags = closed ? ImDrawFlags_Closed : ImDrawFlags_None;
#if IMGUI_VERSION_NUM >= 19280
        ui.draw->AddPolyline(points(way), 5, color, thickness, flags);
#else
        ui.draw->AddPolyline(points(way), 5, color, flags, thickness);
#endif
      });
      const Difference d = difference(theirs, ours);
      CHECK_MESSAGE(d.same(), d.text());
    }
}

TEST_CASE("pictures: a failure names pane and files, and shows expected, seen and difference") {
  const PictureFolder root, build;
  const fs::path set = root.path / "set";
  fs::create_directories(set / "group");
  std::ofstream(set / "made_with.txt") << drawn_with();
  const Picture kept = painted(Scene{}), moved = painted(Scene{.down = 1});
  REQUIRE(write_png(kept, (set / "group" / "pane.png").string()).ok());
  REQUIRE(write_png(kept, (set / "group" / "gone.png").string()).ok());
  const Variable folder("QS_BUILD_DIR", build.path.c_str());
  const Variable compare("QS_UPDATE_PICTURES", nullptr);
  KeptPictures pictures("group", root.path.string());
  CHECK(pictures.judge("pane", kept) == "");
  const std::string wrong = pictures.judge("pane", moved);
  const std::string unknown = pictures.judge("new", kept);
  const std::string forgotten = pictures.forgotten();
  CHECK(pictures.judge("gone", kept) == "");
  const std::string file = build.path.string() + "/pictures/group/pane.png";
  CHECK(wrong.find("group/pane is not the picture kept in " + set.string()) == 0);
  CHECK(wrong.find("pixels differ") != std::string::npos);
  CHECK(wrong.find(file) != std::string::npos);
  CHECK(unknown.find("no picture is kept in ") != std::string::npos);
  CHECK(forgotten == (set / "group" / "gone.png").string() + " is kept, but nothing draws it\n");
  const auto shown = read_png(file);
  REQUIRE_MESSAGE(shown.ok(), shown.error().text());
  CHECK(difference(*shown, side_by_side(kept, moved)).most == 0);
  CHECK(shown->width == 3 * kWidth + 16);
  const float width = kWidth, height = kHeight;
  CHECK(difference(cut(*shown, {0, 0, width, height}), kept).most == 0);
  CHECK(difference(cut(*shown, {width + 8, 0, width, height}), moved).most == 0);
  CHECK(pictures.judge("pane", kept) == "");
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("pictures: keeping them anew makes a set, leaves what is the same, drops what is gone") {
  const PictureFolder root;
  const Variable keep("QS_UPDATE_PICTURES", "1");
  const Picture first = painted(Scene{}), other = painted(Scene{.down = 1});
  {
    KeptPictures pictures("group", root.path.string());
    CHECK(pictures.judge("pane", first) == "");
    CHECK(pictures.judge("gone", first) == "");
  }
  const fs::path set = root.path / ("imgui-" + std::to_string(IMGUI_VERSION_NUM));
  const std::string file = (set / "group" / "pane.png").string();
  {
    KeptPictures pictures("group", root.path.string());
    CHECK(pictures.judge("pane", noisy(first, 1)) == "");
    CHECK(difference(*read_png(file), first).most == 0);
    CHECK(pictures.judge("pane", other) == "");
    CHECK(difference(*read_png(file), other).most == 0);
  }
  CHECK_FALSE(fs::exists(set / "group" / "gone.png"));
  const PictureFolder build;
  const Variable folder("QS_BUILD_DIR", build.path.c_str());
  const Variable compare("QS_UPDATE_PICTURES", nullptr);
  KeptPictures pictures("group", root.path.string());
  CHECK(pictures.judge("pane", other) == "");
}

TEST_CASE("pictures: one that is kept anew leaves the other sets, which then do not compare it") {
  const PictureFolder root, build;
  const Variable folder("QS_BUILD_DIR", build.path.c_str());
  const Picture first = painted(Scene{}), other = painted(Scene{.down = 1});
  const std::string ours = (root.path / "ours" / "group").string();
  const std::string theirs = (root.path / "theirs" / "group").string();
  for (const std::string& set : {ours, theirs}) {
    fs::create_directories(set);
    std::ofstream(fs::path(set).parent_path() / "made_with.txt")
        << (set == ours ? drawn_with() : "something else\n");
    for (const char* name : {"/same.png", "/new.png", "/gone.png"})
      REQUIRE(write_png(first, set + name).ok());
  }
  {
    const Variable keep("QS_UPDATE_PICTURES", "1");
    KeptPictures pictures("group", root.path.string());
    CHECK(pictures.judge("same", first) == "");
    CHECK(pictures.judge("new", other) == "");
  }
  CHECK(fs::exists(theirs + "/same.png"));
  CHECK_FALSE(fs::exists(theirs + "/new.png"));
  CHECK_FALSE(fs::exists(theirs + "/gone.png"));
  fs::remove(ours + "/same.png");
  const Variable compare("QS_UPDATE_PICTURES", nullptr);
  KeptPictures pictures("group", root.path.string());
  CHECK(pictures.judge("new", other) == "");
  CHECK(pictures.judge("new", first) != "");
  CHECK(pictures.judge("same", other) == "");  // only theirs has it: not compared, but written
  CHECK(difference(*read_png(build.path.string() + "/pictures/group/same.png"), other).most == 0);
  CHECK(pictures.judge("unknown", other) != "");
}

TEST_CASE("pictures: another size does not pass, and files that are no pictures are refused") {
  const Picture kept = painted(Scene{});
  const Difference d = difference(kept, cut(kept, {0, 0, kWidth, kHeight - 1}));
  CHECK_FALSE(d.same());
  CHECK(d.text() == "it is 360x239 instead of 360x240");
  CHECK_FALSE(read_png("tests/README.md").ok());
  CHECK_FALSE(read_png("tests/no-such.png").ok());
}
