// A class of receipts, some of them bad: each has its row, and none costs the others theirs.
#include <doctest/doctest.h>

#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "cli/receipts.h"
#include "lesson/tutor/receipt.h"
#include "session/programs.h"
#include "tests/support/folder.h"

using namespace qs;
using qs::test::Folder;

namespace {

std::string hostile(const char* name) { return std::string("tests/cli/hostile/") + name; }

// One that passes: every question right, every goal by its own solution.
std::string good_receipt() {
  lesson::Receipt r;
  r.lesson = "first-request";
  r.student = "ada";
  lesson::ReceiptBeat question, goal;
  question.beat = 4;
  question.answer = 1;
  goal.beat = 5;
  goal.run = "empty";
  goal.schedule = "qs1:7;@0 send=read 16 file=A;@0 send=read 16 file=A;@0 send=read 16 file=A";
  r.beats = {question, goal};
  return r.print();
}

// What was in `out` each time it was flushed.
class Watched : public std::stringbuf {
 public:
  std::vector<std::string> seen;

 protected:
  int sync() override {
    if (seen.empty() || seen.back() != str()) seen.push_back(str());
    return 0;
  }
};

}  // namespace

TEST_CASE("receipts: bad ones have a row each, the others are graded all the same") {
  const Folder f("receipts");
  f.put("good.toml", good_receipt());
  const std::vector<std::string> files = {f.file("good.toml"), hostile("receipt-huge-read.toml"),
                                          hostile("receipt-fake-row.toml"), f.file("missing.toml"),
                                          f.file("good.toml")};
  Watched watched;
  std::ostream out(&watched);
  std::ostringstream told;
  cli::GradeOptions as_json;
  as_json.as = cli::GradesAs::Json;
  CHECK_FALSE(cli::grade_receipts(out, told, files, as_json));
  const auto whole = nlohmann::json::parse(watched.str(), nullptr, false);
  REQUIRE(whole.is_object());
  const auto json = whole["receipts"];
  REQUIRE(json.size() == files.size());
  CHECK(json[0] == json[4]);
  CHECK(json[0]["right"] == 1);
  for (const size_t i : {1, 2, 3}) {
    CHECK(json[i]["file"] == files[i]);
    CHECK(json[i]["passed"] == false);
  }
  CHECK(watched.seen.size() >= files.size());  // told as they came
  CHECK(watched.seen[1].size() < watched.seen.back().size() / 2);

  std::ostringstream table, err;
  std::vector<std::string> words = {"check", "--receipt"};
  words.insert(words.end(), files.begin(), files.end());
  CHECK(cli::run_cli(words, table, err, false, {}) == cli::kExitFindings);
  const std::string rows = table.str();
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 1 + long(files.size()));
}

TEST_CASE("receipts: one that cannot be replayed to its end is told in its row") {
  const Folder f("crash");
  f.put("good.toml", good_receipt());
  cli::GradeOptions none;
  none.limits.bytes = 0;  // no memory for a run
  std::ostringstream out, err;
  CHECK_FALSE(cli::grade_receipts(out, err, {f.file("good.toml"), f.file("missing.toml")}, none));
  CHECK_MESSAGE(out.str().find("good.toml: not graded: ") != std::string::npos, out.str());
  CHECK(out.str().find("missing.toml: ") != std::string::npos);
}
