// No driver from outside runs in a browser (compile_web.cpp), so there is nothing to be boxed.
#include "own/boxed.h"

namespace qs::own {

RunRecord::RunRecord() = default;
RunRecord::~RunRecord() = default;

struct Boxed::Seat {};

Boxed::Boxed(SharedObject object, BoxLimits limits) : object_(std::move(object)), limits_(limits) {}
Boxed::~Boxed() = default;

run::Execution Boxed::execute(const run::Program&, const sched::Schedule&) const { return {}; }
std::unique_ptr<run::Work> Boxed::begin(const run::Program&, const sched::Schedule&,
                                        const std::string&, double) const {
  return nullptr;
}

void use_runner(std::string) {}
bool runner_asked(int, char**, int&) { return false; }

}  // namespace qs::own
