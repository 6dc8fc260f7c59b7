// Names from files may hold anything: in the window they are measured and drawn as their escapes,
// and nothing in it moves.
#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/visible.h"
#include "ui/app_window.h"
#include "ui/toolkit/text/text.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("text: what is not drawn but does something is as wide as its escape") {
  AppWindow window;
  const Font& font = window.robot.ui.fonts->body;
  for (const char* text : {"plain", "Größe", "a\nb", "\x1B[2J", "\xFF\xC3", "x\u202Ey\u200Bz"}) {
    INFO(visible(text));
    CHECK(text_width(font, text) == doctest::Approx(text_width(font, visible(text))));
    CHECK(text_width(font, text) > 0);
  }
}

TEST_CASE("text: a set-up with hostile names is shown without a fault of layout") {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("queuescope-visible-" + std::to_string(getpid()) + ".toml"))
                               .string();
  std::ofstream(path)
      << "title = \"a\\u001B[2J\\nb\\u202E\"\n[[queue]]\nname = \"q\\u001B[2J\\u0007\"\n"
         "default = true\ndispatch = \"par\"\nhandlers = [\"read\"]\n"
         "[workload]\ncount = 3\n";
  AppWindow window(path.c_str());
  std::filesystem::remove(path);
  REQUIRE(window.app.session());
  window.app.session()->apply(session::cmd::End{});
  CHECK(window.faults() == "");
}
