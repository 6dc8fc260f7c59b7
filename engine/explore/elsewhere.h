// The search of a driver that is not in this process: it goes to where the driver is
// (run/workplace.h), a piece at a time. Owns: the words of both sides. Called by own's runner
// (work()), and by Search, follow() and by_luck() of this folder.
//
// What comes back is read like a file that anybody may have written: it can claim what it wants,
// but nothing is shown of it that does not come out again when it is played.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explore/luck.h"
#include "explore/route.h"
#include "explore/store.h"
#include "run/workplace.h"

namespace qs::explore {

// Bytes of an answer, at most.
constexpr size_t kMostAnswered = size_t(64) << 20;

// --- where the driver is ---

struct Answers {
  std::function<void(std::string_view)> say;  // in place of what was said before
  std::function<void(const run::Run&)> show;  // a run that is to be seen as a whole
};
// False: that is nothing that anybody asks for.
bool work(const run::Program& program, const sched::Schedule& schedule, std::string_view asked,
          const Answers& answers);

// --- outside ---

enum class Asked : uint8_t { Search, Route, Luck };

void put_limits(Writer& to, const Limits& limits);
Limits get_limits(Reader& from);

// route.cpp
struct Guide {
  std::vector<sched::Move> moves;  // first, as long as there are some
  bool then_stop = false;
};
Route execute_guided(const run::Program& program, Route out, const Guide& guide,
                     sched::FiberKind fibers,
                     const std::function<void(const run::Run&)>& show = nullptr);
// The same where the driver is; without steps when nothing came of it.
Route guided_elsewhere(const run::Workplace& there, const run::Program& program, Route out,
                       const Guide& guide);
Luck luck_elsewhere(const run::Workplace& there, const run::Program& program,
                    const sched::Schedule& base, const Limits& limits, uint64_t schedules,
                    uint64_t seed);

}  // namespace qs::explore
