// A schedule, whatever it says, is executed on a program and ends: the first byte picks the
// program, the rest is the text of the schedule. Twice it gives the same events.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "run/run.h"
#include "session/programs.h"

namespace {

// One that asks, one with a lower driver, one that cancels, one that asks in a game; short ones.
const std::vector<qs::run::Program>& programs() {
  static const std::vector<qs::run::Program> all = [] {
    std::vector<qs::run::Program> out;
    for (const char* name : {"sandbox", "first-request", "cancel-in-the-queue", "be-the-driver",
                             "stop-and-start", "mark-cancelable"}) {
      auto program = qs::session::load_program(name);
      if (!program.ok()) std::abort();
      program->settings.event_limit = 20'000;
      out.push_back(*program);
    }
    return out;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const qs::run::Program& program = programs()[data[0] % programs().size()];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto schedule = qs::sched::Schedule::parse(text);
  if (!schedule.ok()) return 0;
  const qs::run::Execution once = qs::run::execute(program, *schedule);
  qs::model::Model model;
  for (std::size_t i = 0; i < once.trace->size(); ++i) qs::model::apply(model, (*once.trace)[i]);
  if (once.trace->size() > 30'000) std::abort();
  const qs::trace::Event& last = once.trace->back();
  if (last.code != (once.ended ? qs::trace::EventCode::RunEnd : qs::trace::EventCode::Settled))
    std::abort();
  // These drivers are right: what crashes in one is a fault of ours.
  if (once.ended && qs::trace::RunEnd(last.a) == qs::trace::RunEnd::DriverCrash) std::abort();
  const qs::run::Execution again = qs::run::execute(program, *schedule);
  if (again.trace->size() != once.trace->size()) std::abort();
  for (std::size_t i = 0; i < once.trace->size(); ++i)
    if (std::memcmp(&(*once.trace)[i], &(*again.trace)[i], sizeof(qs::trace::Event)) != 0)
      std::abort();
  return 0;
}
