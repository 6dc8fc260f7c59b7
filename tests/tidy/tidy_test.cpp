// Each check finds what it is for, and leaves good text alone.
#include "tidy/tidy.h"

#include <doctest/doctest.h>

using namespace qs::tidy;

TEST_CASE("tidy: a file's module is its folder") {
  CHECK(module_of("engine/kmdf/queue.cpp") == "kmdf");
  CHECK(module_of("engine/include/wdf.h") == "include");
  CHECK(module_of("ui/panes/stage/stage.cpp") == "ui/panes");
  CHECK(module_of("lessons/01-first-request/driver.c") == "driver");
  CHECK(module_of("tests/kmdf/drivers/echo.c") == "driver");
  CHECK(module_of("tests/kmdf/queue_test.cpp") == "");
  CHECK(module_of("lessons/README.md") == "");
}

TEST_CASE("tidy: the engine's edges go down only, through what they stand on") {
  CHECK(may_include("trace", "base"));
  CHECK(may_include("kmdf", "base"));
  CHECK(may_include("session", "sched"));
  CHECK(may_include("cli", "conform"));
  CHECK_FALSE(may_include("base", "trace"));
  CHECK_FALSE(may_include("kmdf", "model"));
  CHECK_FALSE(may_include("kmdf", "verify"));
  CHECK_FALSE(may_include("sched", "kmdf"));
  CHECK_FALSE(may_include("model", "sched"));
  CHECK_FALSE(may_include("run", "lesson"));
  CHECK_FALSE(may_include("cli", "ui/app"));
}

TEST_CASE("tidy: the window sees the session and what it may show, nothing below") {
  for (const char* from : {"ui/app", "ui/screens", "ui/panes"}) {
    CAPTURE(from);
    CHECK(may_include(from, "session"));
    CHECK(may_include(from, "model"));
    CHECK_FALSE(may_include(from, "sched"));
    CHECK_FALSE(may_include(from, "kmdf"));
    CHECK_FALSE(may_include(from, "run"));
  }
  CHECK_FALSE(may_include("ui/toolkit", "session"));
  CHECK_FALSE(may_include("ui/platform", "ui/app"));
}

TEST_CASE("tidy: the app shows screens, and screens are made of panes; none looks back") {
  CHECK(may_include("ui/app", "ui/screens"));
  CHECK(may_include("ui/screens", "ui/panes"));
  CHECK_FALSE(may_include("ui/screens", "ui/app"));
  CHECK_FALSE(may_include("ui/screens", "ui/platform"));
  CHECK_FALSE(may_include("ui/panes", "ui/screens"));
  CHECK_FALSE(may_include("ui/panes", "ui/app"));
}

TEST_CASE("tidy: a bad include is reported with its line") {
  const Complaints found = check_includes(
      "engine/kmdf/queue.cpp", "#include \"kmdf/queue/queue.h\"\n\n#  include \"model/model.h\"\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0] == "engine/kmdf/queue.cpp:3: kmdf may not include model (model/model.h)");
}

TEST_CASE("tidy: each kind of bad include is reported") {
  const auto count = [](const char* path, const char* line) {
    return check_includes(path, line).size();
  };
  CHECK(count("ui/panes/stage/stage.cpp", "#include \"kmdf/queue/queue.h\"\n") == 1);
  CHECK(count("ui/symbols/token.cpp", "#include \"ui/panes/stage/stage.h\"\n") == 1);
  CHECK(count("ui/panes/stage/stage.cpp", "#include <GLFW/glfw3.h>\n") == 1);
  CHECK(count("engine/session/session.cpp", "#include <imgui.h>\n") == 1);
  CHECK(count("engine/kmdf/queue.cpp", "#include <boost/context/fiber.hpp>\n") == 1);
  CHECK(count("engine/kmdf/queue.cpp", "#include \"queue.h\"\n") == 1);
  CHECK(count("engine/kmdf/queue.cpp", "#include <trace/events/event.h>\n") == 1);
  CHECK(count("engine/session/session.cpp", "#include \"ui/app/app.h\"\n") == 1);
  CHECK(count("engine/newcomer/a.cpp", "") == 1);
  CHECK(count("lessons/01-first-request/driver.c", "#include \"trace/events/event.h\"\n") == 1);
  CHECK(count("lessons/01-first-request/driver.c", "#include \"../other/driver.h\"\n") == 1);
  CHECK(count("engine/include/wdf.h", "#include \"base/ids.h\"\n") == 1);
  CHECK(count("engine/include/qs/abi.h", "#include \"../../base/ids.h\"\n") == 1);
}

TEST_CASE("tidy: good includes are left alone") {
  const auto count = [](const char* path, const char* text) {
    return check_includes(path, text).size();
  };
  CHECK(
      count(
          "engine/kmdf/queue.cpp",
          "#include \"kmdf/queue/queue.h\"\n#include <vector>\n#include \"include/qs_abi.h\"\n") ==
      0);
  CHECK(count("ui/main.cpp", "#include \"cli/cli.h\"\n#include \"ui/app/window.h\"\n") == 0);
  CHECK(count("ui/platform/sdl.cpp", "#include <SDL.h>\n#include <imgui_impl_sdl.h>\n") == 0);
  CHECK(count("lessons/01-first-request/driver.c", "#include <ntddk.h>\n#include \"card.h\"\n") ==
        0);
  CHECK(count("engine/include/qs/rtl.h", "#include \"../ntdef.h\"\n") == 0);
  CHECK(count("engine/include/wdf.h", "#include \"qs/abi.h\"\n") == 0);
  CHECK(count("engine/trace/events/event.cpp", "// #include \"model/model.h\" would be wrong\n") ==
        0);
}

TEST_CASE("tidy: what the web build lacks is reported") {
  const auto count = [](const char* line) { return check_language("a.cpp", line).size(); };
  CHECK(count("std::ranges::sort(v);\n") == 1);
  CHECK(count("#include <format>\n") == 1);
  CHECK(count("#include <coroutine>\n") == 1);
  CHECK(count("std::sort(v.begin(), v.end());\n#include <fmt/format.h>\n") == 0);
}

TEST_CASE("tidy: what is drawn differently on different processors is reported") {
  const auto count = [](const char* line) { return check_drawing("a.cpp", line).size(); };
  CHECK(count("draw->AddLine(a, b, color, 2);\n") == 1);
  CHECK(count("ui.draw->AddCircleFilled(c, r, color);\n") == 1);
  CHECK(count("list->AddConvexPolyFilled(points, 3, color);\n") == 1);
  CHECK(count("draw->AddText(font, 12, at, color, text);\ndraw->PrimRect(a, b, color);\n") == 0);
}

TEST_CASE("tidy: a file that is written past the one door is reported") {
  const auto count = [](const char* path, const char* line) {
    return check_writing(path, line).size();
  };
  CHECK(count("ui/screens/settings.cpp", "  std::ofstream out(path);\n") == 1);
  CHECK(count("engine/cli/a.cpp", "  FILE* f = fopen(path, \"w\");\n") == 1);
  CHECK(count("engine/cli/a.cpp", "  int f = open(path, O_WRONLY | O_CREAT, 0666);\n") == 1);
  CHECK(count("ui/screens/settings.cpp", "  fs::rename(fresh, path);\n") == 1);
  CHECK(count("ui/platform/platform.cpp", "  stbi_write_png(name, 1, 1, 3, p, 3);\n") == 1);
  CHECK(count("ui/screens/settings.cpp",
              "  std::ifstream in(path);\n  write_file(path, text);\n") == 0);
  CHECK(count("engine/base/write_file.cpp", "  open(name, O_CREAT | O_EXCL);\n") == 0);
}

TEST_CASE("tidy: layout is reported: columns, tabs, blanks, last newline") {
  const auto count = [](const std::string& path, const std::string& text) {
    return check_layout(path, text).size();
  };
  CHECK(count("a.cpp", std::string(100, 'x') + "\n") == 0);
  CHECK(count("a.cpp", std::string(101, 'x') + "\n") == 1);
  CHECK(count("rules.inc", std::string(101, 'x') + "\n") == 0);
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  CHECK(count("a.cpp", accents + "\n") == 0);
  CHECK(count("a.cpp", "\tx\n") == 1);
  CHECK(count("a.cpp", "x \n") == 1);
  CHECK(count("a.cpp", "x") == 1);
}

namespace {

// `head`, so many lines of `filling` and `end`.
std::string block(const std::string& head, int lines, const std::string& filling,
                  const std::string& end) {
  std::string text = head + "\n";
  for (int i = 0; i < lines; ++i) text += filling + "\n";
  return text + end + "\n";
}

}  // namespace

TEST_CASE("tidy: a file of more than 500 lines is reported, where limits hold") {
  const auto count = [](const char* path, int lines) {
    return check_file_length(path, block("int a;", lines - 2, "int b;", "int c;")).size();
  };
  CHECK(count("engine/kmdf/queue/queue.cpp", 500) == 0);
  CHECK(count("engine/kmdf/queue/queue.cpp", 501) == 1);
  CHECK(count("ui/app/app.h", 501) == 1);
  CHECK(count("engine/include/wdf.h", 501) == 0);
  CHECK(count("engine/trace/events/events.inc", 501) == 0);
  CHECK(count("tests/kmdf/queue_test.cpp", 501) == 0);
}

TEST_CASE("tidy: a function of more than 70 lines is reported with its first line") {
  const Complaints found = check_function_length(
      "ui/app/app.cpp", "namespace qs {\n\n" + block("void App::draw(", 70, "  x;", "}"));
  CHECK(found.empty());  // nothing was opened
  const std::string head = "void App::draw(\n    Ui& ui) {";
  const Complaints long_one = check_function_length(
      "ui/app/app.cpp", "namespace qs {\n\n" + block(head, 68, "  x;", "}") + "}  // namespace\n");
  REQUIRE(long_one.size() == 1);
  CHECK(long_one[0] ==
        "ui/app/app.cpp:3: 71 lines, the limit is 70: give its steps names "
        "(void App::draw()");
}

TEST_CASE("tidy: functions are found wherever they stand, and nothing else is taken for one") {
  const auto count = [](const std::string& text) {
    return check_function_length("engine/base/a.cpp", text).size();
  };
  CHECK(count(block("int f() {", 68, "  x;", "}")) == 0);
  CHECK(count(block("int f() {", 69, "  x;", "}")) == 1);
  CHECK(count(block("int f() {", 69, "#if A", "}")) == 1);
  CHECK(count(block("int f() {", 69, "", "}")) == 1);
  CHECK(count(block("int f() {  // why", 69, "  x;", "}  // so")) == 1);
  CHECK(count(block("int a;\nint g();\nint f() {", 69, "  x;", "}")) == 1);
  CHECK(count(block("int f() {", 30, "  if (a) {\n    b;\n  }", "}")) == 1);
  CHECK(count("namespace {\n" + block("int f() {", 69, "  x;", "}") + "}  // namespace\n") == 1);
  // Members, also of types within types, and what comes after the type.
  const std::string member = block("  int f() {", 69, "    x;", "  }");
  CHECK(count("class A {\n public:\n" + member + "};\n") == 1);
  CHECK(count("class A final : B {  // why\n" + member + member + "};\n") == 2);
  CHECK(count("struct A {\n  struct B {\n" + block("    int f() {", 69, "      x;", "    }") +
              "  };\n" + member + "};\n" + block("int f() {", 69, "  x;", "}")) == 3);
  // Types, tables and namespaces may be longer.
  CHECK(count(block("class A {", 100, "  int x;", "};")) == 0);
  CHECK(count(block("const int table[] = {", 100, "    1,", "};")) == 0);
  CHECK(count(block("namespace {", 100, "int x;", "}  // namespace")) == 0);
  CHECK(count(block("class A {", 40, "  int f() {\n    x;\n  }", "};")) == 0);
}

TEST_CASE("tidy: paths of a machine are reported") {
  const std::string home = std::string("/hom") + "e/someone/clone";
  CHECK(check_machine_paths("a.md", "see " + home + "\n").size() == 1);
  CHECK(check_machine_paths("a.md", "see build/queuescope\n").empty());
}
