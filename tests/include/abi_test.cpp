// The border between drivers and engine: layouts, names, lines, and what drivers are built with.
#include <doctest/doctest.h>
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "include/fake_engine.h"
#include "include/qs/abi.h"
#include "run/registry.h"

// The engine's view of the kit's structures.
#define LAYOUT(type, size) static_assert(sizeof(qs_##type) == (size), #type);
#define FIELD(type, field, at) static_assert(offsetof(qs_##type, field) == (at), #type "." #field);
#if UINTPTR_MAX == UINT64_MAX
#include "include/drivers/layout.h"
#endif
static_assert(QS_STATUS_CANCELLED == std::int32_t(0xC0000120), "STATUS_CANCELLED");
static_assert(QS_STATUS_WDF_PAUSED == std::int32_t(0xC0200203), "STATUS_WDF_PAUSED");
static_assert(!QS_NT_SUCCESS(QS_STATUS_NO_MORE_ENTRIES), "a warning is no success");

namespace {

std::int32_t run(const char* name) {
  const qs::run::CompiledDriver* driver = qs::run::find_driver(qs::run::test_drivers(), name);
  REQUIRE_MESSAGE(driver, name);
  calls().clear();
  pcs().clear();
  return driver->entry(nullptr, nullptr);
}

bool called(const char* name, const char* file, int line, int or_line = 0) {
  for (const Call& call : calls())
    if (call.name == name && (call.line == line || call.line == or_line) &&
        call.file.ends_with(file))
      return true;
  return false;
}

std::string read(const std::string& path) {
  std::ifstream in(path);
  REQUIRE_MESSAGE(in, path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

int shell(const std::string& command) { return std::system(command.c_str()); }

const std::string kKit = "engine/include/";

}  // namespace

TEST_CASE("a call carries the line where its name stands, over several lines, nested, in macros") {
  CHECK(run("include/lines") == 0);
  CHECK(called("WdfObjectDelete", "lines.c", 8));
  CHECK(called("WdfIoQueueGetDevice", "lines.c", 9, 8));  // gcc: the line of the outer call
  CHECK(called("WdfRequestRequeue", "lines.c", 11));
  CHECK(called("DbgPrint text %d\n", "lines.c", 15));
  CHECK(called("WdfDriverCreate", "lines.c", 26));
  CHECK(called("PagedCode", "lines.c", 31));
  CHECK(called("AssertFailed", "lines.c", 32, 33));
  CHECK(called("WdfVerifierDbgBreakPoint", "lines.c", 36));
}

TEST_CASE("what is not simulated compiles, reports itself and returns nothing; settings succeed") {
  CHECK(run("include/none") == 0);
  for (const char* name :
       {"none WdfDeviceWdmDispatchPreprocessedIrp", "none WdfIoResourceListGetCount",
        "none WdfDeviceClearRemovalRelationsDevices", "none MmMapIoSpace", "none IoCallDriver",
        "none WdfDmaTransactionGetBytesTransferred", "noted WdfDeviceSetPnpCapabilities",
        "noted WdfPdoInitAssignDeviceID"}) {
    CAPTURE(name);
    bool found = false;
    for (const Call& call : calls()) found |= call.name == name && call.line > 0;
    CHECK(found);
  }
}

TEST_CASE("O-06 O-11 T-09 S-02: INIT functions leave the defaults of the kit") {
  CHECK(run("include/defaults") == 0);
  CHECK(run("include/layout") == 0);
}

TEST_CASE("helpers for strings, lists and integers work without an engine") {
  CHECK(run("include/helpers") == 0);
}

TEST_CASE("a context type declared in two files is one type, and traces go to the engine") {
  CHECK(run("include/two_files") == 0);
  bool standard = false, own = false;
  for (const Call& call : calls()) {
    standard |= call.name == "WppTrace %!FUNC! %d" && call.file.ends_with("queue.c");
    own |= call.name == "WppTrace own name";
  }
  CHECK(standard);
  CHECK(own);
}

TEST_CASE("drivers with the same function names live in one program") {
  std::set<const void*> entries;
  for (const qs::run::CompiledDriver& driver : qs::run::test_drivers())
    entries.insert(reinterpret_cast<const void*>(driver.entry));
  CHECK(entries.size() == qs::run::test_drivers().size());
  CHECK(entries.size() >= 10);
  CHECK(run("include/auto_sync") == 0);
  CHECK(called("WdfDriverCreate", "auto_sync.c", 68));
  CHECK(run("include/driver_sync") == 0);
  CHECK(run("include/control") == QS_STATUS_INSUFFICIENT_RESOURCES);
  CHECK(run("include/orders") == 0);
  CHECK(called("AskNext", "orders.c", 19));
}

TEST_CASE("the line table says which line each executed block begins with") {
  CHECK(line_tables().size() == qs::run::test_drivers().size());
  CHECK(run("include/lines") == 0);
  const void* entry = reinterpret_cast<const void*>(
      qs::run::find_driver(qs::run::test_drivers(), "include/lines")->entry);
  const qs_DRIVER_LINES* table = nullptr;
  for (const qs_DRIVER_LINES* t : line_tables())
    if (t->entry == entry) table = t;
  REQUIRE(table);
  std::set<std::uint32_t> lines;
  for (std::uintptr_t pc : pcs()) {
    std::int64_t offset = std::int64_t(pc) - std::int64_t(reinterpret_cast<std::uintptr_t>(entry));
    CHECK(std::count(table->blocks, table->blocks + table->block_count, offset) == 1);
    const qs_LINE_ROW* row = nullptr;
    for (std::uint32_t i = 0; i < table->row_count && table->rows[i].offset < offset; ++i)
      row = &table->rows[i];
    REQUIRE(row);
    CHECK(std::string(table->files[row->file]).ends_with("tests/include/drivers/lines.c"));
    lines.insert(row->line);
  }
  CHECK(pcs().size() >= 6);
  CHECK(lines.count(22) == 1);  // DriverEntry
  CHECK(lines.count(7) == 1);   // Nested
  CHECK(lines.count(13) == 0);  // its error return, which was not reached
  for (std::uint32_t i = 1; i < table->row_count; ++i)
    CHECK(table->rows[i - 1].offset <= table->rows[i].offset);
}

TEST_CASE("every simulated function can be called by its real name") {
  std::string headers;
  for (const auto& file : std::filesystem::directory_iterator(kKit))
    if (file.is_regular_file()) headers += read(file.path().string());
  headers += read(kKit + "qs/nt_calls.h") + read(kKit + "qs/nt_threads.h");
  const std::regex prototype(R"(\bqs_(\w+)\(\s*QS_SITE)");
  int found = 0;
  for (const char* file : {"abi_wdf.h", "abi_nt.h", "abi_device.h"}) {
    const std::string text = read(kKit + "qs/" + file);
    for (std::sregex_iterator it(text.begin(), text.end(), prototype), end; it != end; ++it) {
      const std::string name = (*it)[1];
      if (name == "not_simulated" || name == "noted" || name == "WppTrace" ||
          name == "AssertFailed" || name == "WdfIoQueueCreateInto" || name == "PagedCode" ||
          name == "DriverIsUserMode")
        continue;
      CAPTURE(name);
      // Into: the same function, told the text of an argument as well.
      const std::string real = name.substr(0, name.find("Into"));
      CHECK(std::regex_search(headers, std::regex("#define " + real + "[ (]")));
      ++found;
    }
  }
  CHECK(found > 200);
}

TEST_CASE("abi.h brings no macro but QS_ ones and no name without qs_ but handle types") {
  const std::regex macro(R"(#define\s+(\w+))");
  for (const auto& file : std::filesystem::directory_iterator(kKit + "qs")) {
    if (!file.path().filename().string().starts_with("abi")) continue;
    const std::string text = read(file.path().string());
    for (std::sregex_iterator it(text.begin(), text.end(), macro), end; it != end; ++it) {
      const std::string name = (*it)[1];
      CAPTURE(name);
      CHECK(name.starts_with("QS_"));
    }
  }
#if defined(IN) || defined(OUT) || defined(TRUE) || defined(VOID) || defined(min)
  FAIL("a driver's macro came through abi.h");
#endif
}

TEST_CASE("our drivers have no warning with either compiler") {
  int compilers = 0;
  for (const char* compiler : {"gcc", "clang"}) {
    if (shell(std::string("command -v ") + compiler + " >/dev/null 2>&1") != 0) continue;
    ++compilers;
    std::string flags = "@" + kKit + "qs/driver.flags -Werror -fsyntax-only -I" + kKit;
    if (std::string(compiler) == "clang") flags += " @" + kKit + "qs/driver.clang.flags";
    for (const auto& file :
         std::filesystem::recursive_directory_iterator("tests/include/drivers")) {
      if (file.path().extension() != ".c") continue;
      const std::string source = file.path().string();
      const std::string overlay = "$HOME/overlay";
      CAPTURE(compiler);
      CAPTURE(source);
      CHECK(shell("sh cmake/driver_overlay.sh " + overlay + " " + kKit + " " + source) == 0);
      CHECK(shell(std::string(compiler) + " " + flags + " -I" + overlay + " " + source) == 0);
    }
  }
  CHECK(compilers > 0);
}

TEST_CASE("a driver with a writable variable is refused, one with constants is not") {
  const std::string folder = std::string(std::getenv("HOME")) + "/globals";
  std::filesystem::create_directories(folder);
  auto check = [&](const std::string& source) {
    std::ofstream(folder + "/d.c") << source;
    REQUIRE(shell("cc -fPIC -c " + folder + "/d.c -o " + folder + "/d.o") == 0);
    return shell("sh cmake/check_globals.sh " + folder + "/d.o >/dev/null");
  };
  CHECK(check("int counter;") != 0);
  CHECK(check("int counter = 1;") != 0);
  CHECK(check("int next(void) { static int counter; return ++counter; }") != 0);
  CHECK(check("const int limit = 3; const int* const where = &limit;") == 0);
}

TEST_CASE("sources written on Windows need no change: .tmh files, letter case, backslashes") {
  const std::string folder = std::string(std::getenv("HOME")) + "/windows";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder + "/inc");
  std::ofstream(folder + "/inc/Public.h") << "#define FROM_PUBLIC 1\r\n";
  std::ofstream(folder + "/Trace.H")
      << "// begin_wpp config\r\n// FUNC Shout{L=E}(FLAGS, MSG, ...);\r\n"
         "// FUNC Boxed((LEVEL, MSG, ...));\r\n// end_wpp\r\n";
  std::ofstream(folder + "/d.c")
      << "#include <NTDDK.h>\r\n#include \"inc\\public.h\"\r\n#include \"trace.h\"\r\n"
         "#include \"d.tmh\"\r\nint f(void) { Shout(ANY_FLAG, \"%d\", 1); Boxed((LEVEL, "
         "\"x\"));\r\n"
         "return FROM_PUBLIC; }\r\n";
  REQUIRE(shell("sh cmake/driver_overlay.sh " + folder + "/overlay " + kKit + " " + folder +
                "/d.c") == 0);
  CHECK(shell("cc @" + kKit + "qs/driver.flags -fsyntax-only -I" + folder + "/overlay -I" + kKit +
              " " + folder + "/d.c") == 0);
}

TEST_CASE("a driver built from its sources in one go has one global symbol: its entry") {
  const std::string object = std::string(std::getenv("HOME")) + "/own.o";
  REQUIRE(shell("sh cmake/driver_build.sh " + object + " own_entry " + kKit +
                " cc tests/include/drivers/two_files/*.c") == 0);
  const std::string list = object + ".txt";
  REQUIRE(shell("nm --defined-only --extern-only " + object + " > " + list) == 0);
  const std::string symbols = read(list);
  CHECK(std::count(symbols.begin(), symbols.end(), '\n') == 1);
  CHECK(symbols.find(" T own_entry") != std::string::npos);
  CHECK(shell("sh cmake/check_globals.sh " + object) == 0);
}
