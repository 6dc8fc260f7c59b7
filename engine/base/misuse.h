// Whose doing a broken invariant is: a run that went on after undefined misuse by its driver (V-02)
// may break any. Called by kmdf, which ends such a run; must.cpp asks before it aborts.
#pragma once
#include "base/must.h"

namespace qs {

// `end` ends the run that this thread works for, and does not return, if misuse was let pass in it.
void misuse_ends_run(void (*end)(const Broken&));

}  // namespace qs
