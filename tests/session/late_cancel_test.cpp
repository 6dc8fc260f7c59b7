// A cancel that comes too late, and a start that is none: what a person sees of them.
#include "model/queries/queries.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;

namespace {

bool told(const trace::Trace& t, std::string_view text) {
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::Note &&
        t.string(t[i].a).find(text) != std::string_view::npos)
      return true;
  return false;
}

run::Execution run_with(std::vector<sched::Input> inputs) {
  run::Program p = program("first-request");
  p.script.clear();
  for (sched::Input& i : inputs) p.script.push_back(std::move(i));
  return run::execute(p, {});
}

sched::Input at(uint32_t time, sched::Input i) {
  i.time = time;
  return i;
}

}  // namespace

TEST_CASE("C-50 a cancel that comes too late is applied, and told as that") {
  const run::Execution e = run_with({at(0, input(sched::InputKind::Send, "", "read 16")),
                                     at(1'000'000, input(sched::InputKind::Cancel, "R1", ""))});
  REQUIRE(e.outcomes.size() == 2);
  CHECK(e.outcomes[1].applied);
  CHECK(e.outcomes[1].problem == "");
  CHECK(told(*e.trace, "The cancel comes too late: R1 is already complete"));
  CHECK_FALSE(told(*e.trace, "Not possible here"));
}

TEST_CASE("C-50 a request that nobody has sent cannot be canceled") {
  const run::Execution e = run_with({at(0, input(sched::InputKind::Cancel, "R7", ""))});
  REQUIRE(e.outcomes.size() == 1);
  CHECK(e.outcomes[0].problem == "there is no request R7");
}

TEST_CASE("P-35 a started device cannot be started again") {
  const run::Execution e = run_with({at(1000, input(sched::InputKind::Pnp, "", "start"))});
  REQUIRE(e.outcomes.size() == 1);
  CHECK(e.outcomes[0].problem == "the device is started");
}
