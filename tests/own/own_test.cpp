// A stranger's driver: found, compiled, named, carried in a trace; and every way in which that
// fails.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "own/own.h"
#include "own/source.h"
#include "own/starter.h"
#include "own/support.h"
#include "run/run.h"
#include "support/folder.h"

using namespace qs;
using own::Diagnostic;

namespace {

std::string read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The first starter, with one text in place of another.
std::string driver_with(const std::string& from, const std::string& to) {
  std::string text = read_all("assets/starter/sequential.c");
  const size_t at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

const Diagnostic* first_error(const own::OwnProgram& made) {
  for (const Diagnostic& said : made.said)
    if (said.severity == Diagnostic::Severity::Error) return &said;
  return nullptr;
}

std::string refused(const std::string& what) {
  auto made = own::make_own_program(what);
  REQUIRE_FALSE(made.ok());
  return made.error().text();
}

}  // namespace

TEST_CASE("each beginning of `queuescope new` compiles without a word and breaks no rule") {
  for (const own::Starter kind : {own::Starter::Sequential, own::Starter::Manual,
                                  own::Starter::Pending, own::Starter::Cancel}) {
    test::Folder f("starter");
    auto folder = own::write_starter(f.file("toaster"), kind);
    REQUIRE_MESSAGE(folder.ok(), folder.error().text());
    own::OwnProgram made = test::own_made(*folder);
    for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
    REQUIRE(made.program);
    CHECK(made.missing.empty());
    CHECK(made.program->name == "toaster");
    const run::Execution run = run::execute(*made.program, {});
    INFO(int(kind), "\n", test::last_lines(*run.trace));
    CHECK(test::last_rule(*run.trace) == "");
    CHECK(run.trace->back().code == trace::EventCode::Settled);
    for (const run::InputOutcome& o : run.outcomes) CHECK_MESSAGE(o.applied, o.problem);
    CHECK(test::has_event(*run.trace, trace::EventCode::Line));
    CHECK_FALSE(own::write_starter(*folder, kind).ok());  // nothing is written over
  }
}

TEST_CASE("a driver in the box does what the same driver does when it is compiled in") {
  test::Folder f("same");
  const std::string folder = f.file("01-first-request");
  std::filesystem::create_directories(folder);
  std::filesystem::copy("lessons/01-first-request/driver.c", folder + "/driver.c");
  std::ofstream(folder + "/program.toml") << "[program]\nqueues = [\"default\"]\nscript = [\"0 "
                                             "send read 16 file=A\", \"5ms send read 8 file=A\"]\n";
  const run::Program boxed = test::own_program(folder);
  run::Program inside = boxed;
  inside.elsewhere = nullptr;
  inside.driver = run::find_driver(run::compiled_drivers(), "01-first-request/driver");
  REQUIRE(inside.driver);
  const run::Execution a = run::execute(boxed, {}), b = run::execute(inside, {});
  REQUIRE(a.trace->size() == b.trace->size());
  for (size_t i = 0; i < a.trace->size(); ++i) {
    const trace::Event &x = (*a.trace)[i], &y = (*b.trace)[i];
    CHECK(x.code == y.code);
    CHECK(x.s == y.s);
    CHECK(x.a == y.a);
    CHECK(x.site.line() == y.site.line());
  }
  CHECK(a.ordinals == b.ordinals);
  CHECK(a.outcomes.size() == b.outcomes.size());
  CHECK(a.trace->files().at(1) == "driver.c");
}

TEST_CASE("what does not compile is told with file, line and text") {
  test::Folder f("wrong");
  f.put("wrong.c", driver_with("AnswerWithZeros(Request);\n}", "AnswerWithOnes(Request);\n}"));
  own::OwnProgram made = test::own_made(f.file("wrong.c"));
  CHECK_FALSE(made.program);
  const Diagnostic* error = first_error(made);
  REQUIRE(error);
  CHECK(error->file == "wrong.c");
  CHECK(error->line > 40);
  CHECK(error->text.find("AnswerWithOnes") != std::string::npos);
  REQUIRE(made.texts);  // to be shown with the mark
  CHECK(made.texts->driver.sources()[0].text() == f.text("wrong.c"));

  // In a macro of the kit: the person's line, not one of a header.
  f.put("macro.c", driver_with("&config, EvtDriverDeviceAdd", "config, EvtDriverDeviceAdd"));
  made = test::own_made(f.file("macro.c"));
  REQUIRE(first_error(made));
  CHECK(first_error(made)->file == "macro.c");

  f.put("empty.c", "int x;\n");
  made = test::own_made(f.file("empty.c"));
  REQUIRE(first_error(made));
  CHECK(first_error(made)->text.find("DriverEntry") != std::string::npos);
}

TEST_CASE("U-13 names that are not here are listed, and told where they are called") {
  test::Folder f("missing");
  f.put("missing.c",
        "#include <stdio.h>\n" +
            driver_with("    AnswerWithZeros(Request);\n}",
                        "    printf(\"hello\\n\");\n    AnswerWithZeros(Request);\n}"));
  own::OwnProgram made = test::own_made(f.file("missing.c"));
  REQUIRE(made.program);
  REQUIRE(made.missing.size() == 1);
  CHECK((made.missing[0].name == "printf" || made.missing[0].name == "puts"));
  CHECK(own::what_happens(made.missing[0]).find("U-13") != std::string::npos);
  const run::Execution run = run::execute(*made.program, {});
  INFO(test::last_lines(*run.trace));
  bool told = false;
  for (size_t i = 0; i < run.trace->size(); ++i) {
    const trace::Event& e = (*run.trace)[i];
    told = told || (e.code == trace::EventCode::NotSimulated &&
                    run.trace->string(e.a) == made.missing[0].name &&
                    run.trace->site_text(e.site).starts_with("missing.c:"));
  }
  CHECK(told);
}

TEST_CASE("queues are called by what the driver calls them") {
  test::Folder f("names");
  std::string text = read_all("assets/starter/manual.c");
  const auto change = [&](const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    REQUIRE(at != text.npos);
    text.replace(at, from.size(), to);
  };
  change("WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, ", "WDF_IO_QUEUE_CONFIG_INIT(&config, ");
  change("    WDF_TIMER_CONFIG_INIT_PERIODIC",
         "    (void)WdfDeviceConfigureRequestDispatching(Device, context->Waiting, "
         "WdfRequestTypeRead);\n    WDF_TIMER_CONFIG_INIT_PERIODIC");
  f.put("names.c", text);
  const run::Execution run = run::execute(test::own_program(f.file("names.c")), {});
  CHECK(run.trace->named("Waiting", ObjectKind::Queue));
}

TEST_CASE("a Visual Studio project says which sources, include folders and definitions there are") {
  test::Folder f("project");
  std::filesystem::create_directories(f.path / "sys");
  std::filesystem::create_directories(f.path / "inc");
  f.put("inc/public.h", "#ifdef WITH_PUBLIC\n#define FROM_PUBLIC 1\n#endif\n");
  f.put("sys/driver.c", "#include \"public.h\"\n#if !FROM_PUBLIC\n#error not defined\n#endif\n" +
                            read_all("assets/starter/sequential.c"));
  f.put("sys/left_out.c", "this is no C\n");
  f.put("sys/driver.vcxproj",
        "<Project><ItemDefinitionGroup>\n"
        "<AdditionalIncludeDirectories>%(AdditionalIncludeDirectories);$(DDK_INC_PATH);..\\inc;"
        "..\\nowhere</AdditionalIncludeDirectories>\n"
        "<PreprocessorDefinitions>%(PreprocessorDefinitions);WITH_PUBLIC=1;-fplugin=x</"
        "PreprocessorDefinitions>\n"
        "</ItemDefinitionGroup><ClCompile Include=\"driver.c; gone.c\" /></Project>\n");
  own::OwnProgram made = test::own_made(f.file("sys"));
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  REQUIRE(made.program);
  CHECK(made.source.sources == std::vector<std::string>{"driver.c"});
  CHECK(made.source.includes.size() == 1);
  CHECK(made.source.definitions == std::vector<std::string>{"WITH_PUBLIC=1"});
}

TEST_CASE("several projects are one driver: what it is linked with belongs to it") {
  test::Folder f("projects");
  for (const char* folder : {"sys", "lib"}) std::filesystem::create_directories(f.path / folder);
  const std::string text = read_all("assets/starter/sequential.c");
  const size_t at = text.find("/* Completes a request with zeros");
  REQUIRE(at != text.npos);
  std::string first = text.substr(0, at), second = text.substr(at);
  const std::string own = "static VOID AnswerWithZeros(_In_ WDFREQUEST Request);\n";
  first.replace(first.find(own), own.size(), "VOID AnswerWithZeros(_In_ WDFREQUEST Request);\n");
  second.replace(second.find("static VOID"), 11, "VOID");
  f.put("sys/driver.c", first);
  f.put("lib/answer.c", "#include <ntddk.h>\n#include <wdf.h>\n" + second);
  f.put("sys/driver.vcxproj",
        "<Project><ClCompile Include=\"driver.c\" "
        "/><AdditionalDependencies>%(X);$(DDK)\\ntstrsafe.lib;"
        ".\\..\\lib\\$(IntDir)\\Answer.lib</AdditionalDependencies></Project>\n");
  f.put("lib/Answer.vcxproj",
        "<Project><ClCompile Include=\"answer.c\" />"
        "<ProjectReference Include=\"..\\sys\\driver.vcxproj\" /></Project>\n");
  own::OwnProgram made = test::own_made(f.file("sys"));
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  REQUIRE(made.program);
  CHECK(made.source.sources == std::vector<std::string>{"driver.c", "../lib/answer.c"});

  std::filesystem::remove(f.path / "sys/driver.vcxproj");
  f.put("sys/program.toml", "[program]\ndriver = [\"driver.c\", \"../lib\"]\n");
  own::OwnProgram listed = test::own_made(f.file("sys"));
  for (const Diagnostic& said : listed.said) FAIL_CHECK(own::diagnostic_text(said));
  CHECK(listed.program.has_value());
  CHECK(listed.source.sources == std::vector<std::string>{"driver.c", "../lib/answer.c"});
}

TEST_CASE("a project whose sources lie below it, and headers beside its solution, is a driver") {
  test::Folder f("below");
  const std::string text = read_all("assets/starter/sequential.c");
  for (const char* folder : {"Shared", "sys/src/deep"})
    std::filesystem::create_directories(f.path / folder);
  f.put("all.sln", "");
  f.put("Shared/shared.h", "#define ANSWER 42\n");
  f.put("sys/src/deep/deep.h", "#define DEEP 1\n");
  f.put("sys/src/driver.c",
        text + "\n#include <shared.h>\n#include <deep.h>\nint x[ANSWER * DEEP];\n");
  f.put("sys/driver.vcxproj",
        "<Project><ClCompile Include=\"src\\driver.c\" /><AdditionalIncludeDirectories>"
        "$(ProjectDir)src\\deep;$(SolutionDir)Shared;$(IntDir)</AdditionalIncludeDirectories>"
        "</Project>\n");
  CHECK(own::is_own_source(f.file("sys")));
  CHECK_FALSE(own::is_own_source(f.file("Shared")));
  const own::OwnProgram made = test::own_made(f.file("sys"));
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  CHECK(made.program.has_value());
}

TEST_CASE("several sources and a header are one driver") {
  test::Folder f("several");
  const std::string text = read_all("assets/starter/sequential.c");
  const size_t at = text.find("/* Completes a request with zeros");
  REQUIRE(at != text.npos);
  std::string first = text.substr(0, at), second = text.substr(at);
  const std::string own = "static VOID AnswerWithZeros(_In_ WDFREQUEST Request);\n";
  first.replace(first.find(own), own.size(), "#include \"answer.h\"\n");
  second.replace(second.find("static VOID"), 11, "VOID");
  f.put("driver.c", first);
  f.put("answer.c", "#include <ntddk.h>\n#include <wdf.h>\n#include \"answer.h\"\n" + second);
  f.put("answer.h", "VOID AnswerWithZeros(_In_ WDFREQUEST Request);\n");
  own::OwnProgram made = test::own_made(f.path.string());
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  REQUIRE(made.program);
  CHECK(made.files.size() == 3);  // the header, too: saving it makes the driver anew
  CHECK(made.program->driver->sources().size() == 3);
  CHECK(test::last_rule(*run::execute(*made.program, {}).trace) == "");
}

TEST_CASE("a trace carries the sources, and makes the driver again") {
  const run::Program program = test::own_program("assets/starter/cancel.c");
  const run::Execution run = run::execute(program, {});
  const std::string bytes =
      trace::encode_trace(*run.trace, program.name, "qs1:7", true, own::sources_of(program));
  auto file = trace::decode_trace(bytes, "run.qst");
  REQUIRE_MESSAGE(file.ok(), file.error().text());
  REQUIRE(file->sources.files.size() == 1);
  CHECK(file->sources.files[0].first == "cancel.c");
  auto made = own::make_own_program(file->sources, file->program);
  REQUIRE_MESSAGE(made.ok(), made.error().text());
  REQUIRE(made->program);
  CHECK(test::bytes_of(run::execute(*made->program, {})) == test::bytes_of(run));
  CHECK_FALSE(own::program_to_look_at(file->sources, "x").can_run());

  for (const char* name : {"/etc/x.c", "../../../../../x.c", "", "a/", ".."}) {
    trace::TraceSources bad = file->sources;
    bad.files[0].first = name;
    CHECK_FALSE(own::make_own_program(bad, "x").ok());
  }
}

TEST_CASE("a program.toml names folders with headers, which are watched and carried, too") {
  test::Folder f("include");
  std::filesystem::create_directories(f.file("inc"));
  std::filesystem::create_directories(f.file("driver"));
  f.put("driver/driver.c", driver_with("#include <wdf.h>\n",
                                       "#include <wdf.h>\n#include \"public.h\"\n"
                                       "C_ASSERT(PUBLIC_LENGTH == 16);\n"));
  f.put("inc/public.h", "#define PUBLIC_LENGTH 16\n");
  f.put("driver/program.toml", "[program]\ninclude = [\"../inc\"]\n");
  own::OwnProgram made = test::own_made(f.file("driver"));
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  REQUIRE(made.program);
  CHECK(std::count(made.files.begin(), made.files.end(), f.file("inc/public.h")) == 1);
  auto carried = own::make_own_program(own::sources_of(*made.program), "carried");
  REQUIRE_MESSAGE(carried.ok(), carried.error().text());
  CHECK(carried->program.has_value());
  f.put("driver/program.toml", "[program]\ninclude = [\"../out\"]\n");
  CHECK(refused(f.file("driver")).find("program.toml:2") != std::string::npos);
  CHECK(refused(f.file("driver")).find("there is no folder \"../out\"") != std::string::npos);
  f.put("driver/program.toml", "[program]\ninclude = \"../inc\"\n");
  CHECK(refused(f.file("driver")).find("expected a list of folders") != std::string::npos);
}

TEST_CASE("a program goes into the box with its registry and its device's properties") {
  test::Folder f("registry");
  f.put("driver.c",
        driver_with("    UNREFERENCED_PARAMETER(Driver);\n",
                    "    DECLARE_CONST_UNICODE_STRING(name, L\"Limit\");\n"
                    "    WDFKEY key;\n"
                    "    ULONG limit = 0;\n"
                    "    WdfDriverOpenParametersRegistryKey(Driver, KEY_READ, NULL, &key);\n"
                    "    WdfRegistryQueryULong(key, &name, &limit);\n"
                    "    WdfRegistryClose(key);\n"
                    "    if (limit != 7) return STATUS_DATA_ERROR;\n"));
  f.put("program.toml",
        "[program]\nscript = [\"0 send read 16 file=A\"]\n"
        "[program.registry.parameters]\nLimit = 7\n");
  own::OwnProgram made = test::own_made(f.path.string());
  for (const Diagnostic& said : made.said) FAIL_CHECK(own::diagnostic_text(said));
  REQUIRE(made.program);
  const auto serves = [&](const run::Program& p) {
    return test::has_event(*run::execute(p, {}).trace, trace::EventCode::Present);
  };
  CHECK(serves(*made.program));
  made.program->registry.clear();  // what the program is now counts, not what its file says
  CHECK_FALSE(serves(*made.program));
}

TEST_CASE("the driver of a program is written anew, and all else of the program stays") {
  auto of = test::own_program("assets/starter/sequential.c");
  of.script = test::script({"0 send read 16 file=A"});
  const std::string text = read_all("assets/starter/sequential.c");
  auto made = own::rewritten(of, text);
  REQUIRE_MESSAGE(made.ok(), made.error().text());
  CHECK(made->script == of.script);
  CHECK(own::written_source(*made) == text);
  CHECK(own::written_source(of).empty());
  CHECK(run::execute(*made, {}).trace->back().code == trace::EventCode::Settled);
  auto wrong = own::rewritten(of, "#include <ntddk.h>\n#error not this\n");
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().text().find("driver.c:2") != std::string::npos);

  test::Folder f("rewrite");
  f.put("driver.c", "/* \xE9 */\n" + text);
  auto latin = own::make_rewritten(of, f.file("driver.c"));
  REQUIRE_FALSE(latin.ok());
  CHECK(latin.error().text().find("UTF-8") != std::string::npos);
}

TEST_CASE(
    "a program.toml that says nothing of inputs leaves the usual ones; an empty script none") {
  test::Folder f("usual");
  f.put("driver.c", read_all("assets/starter/sequential.c"));
  const auto sent = [&](const std::string& text) {
    f.put("program.toml", text);
    const run::Program p = test::own_program(f.path.string());
    return std::pair(p.script.size(), p.apps.size());
  };
  CHECK(sent("[program]\nhardware = \"slot\"\n") == std::pair<size_t, size_t>(5, 1));
  CHECK(sent("[program]\nscript = []\n").first == 0);
  CHECK(sent("[program]\napps = [{ name = \"cat\", files = [\"B\"] }]\n").first == 0);
  f.put("program.toml", "[program]\n");
  const auto p = own::make_own_program(f.path.string());
  REQUIRE(p.ok());
  CHECK(run::execute(*p->program, {}).trace->back().code == trace::EventCode::Settled);
}

TEST_CASE("a program.toml of a driver says what is wrong with it, and where") {
  test::Folder f("toml");
  f.put("driver.c", read_all("assets/starter/sequential.c"));
  const auto with = [&](const std::string& text) {
    f.put("program.toml", text);
    return refused(f.file("program.toml"));
  };
  const auto has = [](const std::string& text, const char* part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  };
  has(with("[program\n"), "program.toml:1");
  has(with("x = 1\n"), "[program]");
  has(with("[program]\ndriver = 3\n"), "program.toml:2");
  has(with("[program]\ndriver = \"other.c\"\n"), "there is no \"other.c\"");
  has(with("[program]\ndriver = \"driver.c\"\nscript = [\"0 fly\"]\n"), "program.toml:3");
  has(with("[program]\ndriver = \"driver.c\"\nwhat = 1\n"), "\"what\" is not a key");
  has(with("[program]\ndriver = \"driver.c\"\napps = [" + std::string(40'000, '[')),
      "program.toml");
  has(refused(f.file("nothing.c")), "no such file");
}

TEST_CASE("diagnostics of gcc and of clang are read") {
  const auto said = own::read_diagnostics(
      "In file included from driver.c:3:\n"
      "driver.c: In function 'F':\n"
      "driver.c:12:5: error: too few arguments to function 'G'\n"
      "   12 |     G();\n"
      "sub dir/x.h:3: warning: unused: here\n"
      "driver.c:1:10: fatal error: no.h: No such file or directory\n"
      "ld: note: something\n");
  REQUIRE(said.size() == 4);
  CHECK(own::diagnostic_text(said[0]) == "driver.c:12:5: error: too few arguments to function 'G'");
  CHECK(said[1].file == "sub dir/x.h");
  CHECK(said[1].line == 3);
  CHECK(said[1].severity == Diagnostic::Severity::Warning);
  CHECK(said[2].severity == Diagnostic::Severity::Error);
  CHECK(said[3].line == 0);
}
