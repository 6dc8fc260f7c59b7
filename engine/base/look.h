// How often the engine looks whether all is well (kmdf/core/validate.h): after every decision of a
// run, which is for tests and fuzzers, or only whenever a run comes to rest. Decided once for a
// process.
#pragma once

namespace qs {

void look_after_every_decision();
bool looks_after_every_decision();

}  // namespace qs
