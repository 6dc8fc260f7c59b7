// The record of a run, written by whom nobody trusts.
#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "model/timeline/timeline.h"
#include "own/record.h"
#include "own/support.h"
#include "run/registry.h"
#include "run/run.h"
#include "support/seed.h"

using namespace qs;

namespace {

run::Program ours() {
  run::Program p;
  p.name = "01-first-request";
  p.driver = run::find_driver(run::compiled_drivers(), "01-first-request/driver");
  REQUIRE(p.driver);
  p.script = test::script({"0 send read 16 file=A", "5ms cancel R1", "6ms send write 16 file=A"});
  return p;
}

void write_run(own::RunRecord& record, const run::Program& p) {
  REQUIRE(record.ask({"request"}));
  own::RecordWriter writer(record);
  const sched::Schedule schedule;
  run::Run run(p, schedule);
  while (run.step()) REQUIRE(writer.sync(run));
  REQUIRE(writer.sync(run));
  writer.end(own::BoxEnd::Finished);
}

}  // namespace

TEST_CASE("a record gives back the run that was written") {
  const run::Program p = ours();
  own::RunRecord record;
  REQUIRE(record.ok());
  for (int i = 0; i < 2; ++i) {  // it is used again for the next run
    write_run(record, p);
    CHECK(record.asked() == std::vector<std::string>{"request"});
    auto read = own::read_record(record);
    REQUIRE_MESSAGE(read.ok(), read.error().text());
    CHECK(read->how == own::BoxEnd::Finished);
    const run::Execution run = run::execute(p, {});
    CHECK(test::bytes_of(read->execution) == test::bytes_of(run));
    CHECK(read->execution.ordinals == run.ordinals);
    REQUIRE(read->execution.outcomes.size() == run.outcomes.size());
    for (size_t k = 0; k < run.outcomes.size(); ++k) {
      CHECK(read->execution.outcomes[k].words == run.outcomes[k].words);
      CHECK(read->execution.outcomes[k].applied == run.outcomes[k].applied);
      CHECK(read->execution.outcomes[k].event == run.outcomes[k].event);
    }
  }
}

TEST_CASE("a run that ends in the middle is there up to its last decision") {
  const run::Program p = ours();
  own::RunRecord record;
  REQUIRE(record.ask({"request"}));
  own::RecordWriter writer(record);
  const sched::Schedule schedule;
  run::Run run(p, schedule);
  size_t events = 0;
  for (int i = 0; i < 12 && run.step(); ++i) writer.sync(run), events = run.trace().size();
  run.step();  // and nothing of this one
  auto read = own::read_record(record);
  REQUIRE(read.ok());
  CHECK(read->how == own::BoxEnd::Vanished);
  CHECK(read->execution.trace->size() == events);
}

TEST_CASE("whatever stands in a record, reading it ends, and what is read is a run") {
  const run::Program p = ours();
  own::RunRecord record;
  write_run(record, p);
  constexpr size_t kBegin = 0, kEnd = 24'000;
  const std::string good(record.memory() + kBegin, kEnd);
  QS_TEST_SEED(seed, 1);
  std::mt19937 dice{uint32_t(seed)};
  int refused = 0;
  for (int i = 0; i < 400; ++i) {
    std::memcpy(record.memory() + kBegin, good.data(), good.size());
    for (int k = int(dice() % 4); k >= 0; --k) {
      const size_t at = i % 8 == 0 ? dice() % 96 : dice() % kEnd;
      const uint32_t value = dice() % 3 ? dice() : dice() % 2 ? 0xFFFFFFFFu : 0;
      std::memcpy(record.memory() + at / 4 * 4, &value, dice() % 2 ? 1 : 4);
    }
    auto read = own::read_record(record);
    refused += !read.ok();
    if (read.ok()) model::Timeline(*read->execution.trace).at(read->execution.trace->size());
  }
  CHECK(refused > 50);
}
