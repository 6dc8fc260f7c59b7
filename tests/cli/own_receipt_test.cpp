// Receipts with a driver that the student has written: compiled and run again in the box. A hostile
// one costs the others of its class nothing.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/sanitizer.h"
#include "cli/cli.h"
#include "cli/receipts.h"
#include "lesson/tutor/receipt.h"
#include "session/programs.h"
#include "tests/support/folder.h"

using namespace qs;

namespace {

constexpr const char* kWritten = "complete-exactly-once";

std::string source_named(const std::string& file) {
  std::ifstream in("lessons/08-complete-exactly-once/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The right driver with one line more where the request is in its hands.
std::string driver_that(const std::string& line) {
  std::string text = source_named("driver.c");
  const std::string before = "    if (IoControlCode ==";
  const size_t at = text.find(before);
  REQUIRE(at != text.npos);
  return text.insert(at, line);
}

// Of the beat in which the driver may be written.
lesson::Receipt receipt_with(const std::string& source) {
  auto l = session::load_lesson(kWritten);
  REQUIRE_MESSAGE(l.ok(), l.error().text());
  lesson::Receipt r;
  r.lesson = kWritten;
  r.student = "ada";
  lesson::ReceiptBeat goal;
  while ((*l)->beats.at(goal.beat).write.empty()) ++goal.beat;
  goal.run = (*l)->beats[goal.beat].write;
  goal.schedule = "qs1:7";
  goal.source = source;
  r.beats = {goal};
  return r;
}

nlohmann::json rows_of(const std::vector<std::string>& files) {
  std::ostringstream out, told;
  cli::GradeOptions as_json;
  as_json.as = cli::GradesAs::Json;
  cli::grade_receipts(out, told, files, as_json);
  const auto whole = nlohmann::json::parse(out.str(), nullptr, false);
  REQUIRE_MESSAGE(whole.is_object(), out.str());
  REQUIRE(whole["receipts"].size() == files.size());
  return whole["receipts"];
}

}  // namespace

TEST_CASE("receipts: a driver that the student has written is judged by what its run does") {
  const qs::test::Folder f("written");
  f.put("right.toml", receipt_with(source_named("driver.c")).print());
  f.put("wrong.toml", receipt_with(source_named("card-after.c")).print());
  f.put("broken.toml", receipt_with("int main(\n").print());
  lesson::Receipt elsewhere = receipt_with(source_named("driver.c"));
  elsewhere.beats[0].run = "b";  // another card than that which may be written
  f.put("elsewhere.toml", elsewhere.print());
  auto read = lesson::parse_receipt(f.text("right.toml"), "right.toml");
  REQUIRE_MESSAGE(read.ok(), read.error().text());
  CHECK(read->beats[0].source == source_named("driver.c"));

  const auto rows = rows_of({f.file("right.toml"), f.file("wrong.toml"), f.file("broken.toml"),
                             f.file("elsewhere.toml")});
  CHECK(rows[0]["reached"] == 1);
  const auto says = [&](size_t row, const char* part) {
    const std::string reasons = rows[row]["reasons"];
    CHECK(rows[row]["reached"] == 0);
    CHECK_MESSAGE(reasons.find(part) != std::string::npos, reasons);
  };
  says(1, "\"clean\" does not hold");
  says(2, "driver.c:1");
  says(3, "there is no driver to write");
}

TEST_CASE("receipts: a hostile driver in one of them costs the others nothing" *
          doctest::skip(QS_ADDRESS_SANITIZER)) {  // which has no box
  const qs::test::Folder f("hostile");
  const std::vector<std::string> drivers = {
      driver_that("    for (;;) ;\n"),
      driver_that("    for (;;) WdfIoQueueGetDevice(Queue);\n"),
      driver_that("    *(volatile int*)0x1234 = 5;\n"),
      driver_that("    { extern int fork(void); for (;;) fork(); }\n"),
      driver_that("    { extern int system(const char*); system(\"touch " + f.file("touched") +
                  "\"); }\n"),
      "#include __FILE__\n#include __FILE__\n",
      source_named("driver.c") +
          "__attribute__((constructor)) static void F(void) { for (;;) ; }\n",
      std::string(100, '\n') + "char big[1u << 31] = {1};\n",
  };
  std::vector<std::string> files;
  f.put("good.toml", receipt_with(source_named("driver.c")).print());
  files.push_back(f.file("good.toml"));
  for (size_t i = 0; i < drivers.size(); ++i) {
    const std::string name = "hostile-" + std::to_string(i) + ".toml";
    f.put(name, receipt_with(drivers[i]).print());
    files.push_back(f.file(name));
  }
  files.push_back(f.file("good.toml"));
  const auto rows = rows_of(files);
  CHECK(rows.front() == rows.back());
  CHECK(rows.front()["reached"] == 1);
  for (size_t i = 1; i + 1 < files.size(); ++i) {
    CAPTURE(i);
    CHECK(rows[i]["file"] == files[i]);
    CHECK(rows[i]["passed"] == false);
    CHECK(rows[i]["reached"] == 0);
  }
  CHECK_FALSE(std::filesystem::exists(f.file("touched")));
}
