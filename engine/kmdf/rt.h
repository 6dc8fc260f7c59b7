// The runtime under the framework: locks, waits, IRQL, DPCs, threads, events, atomics. Two
// implementations under one code: the controlled one (rt_controlled.h: virtual threads, every step
// recorded) and, with QS_REAL_THREADS, standard primitives without a trace (rt_real.h). Both define
// the same names, so the framework above does not know which one it stands on. Called by kmdf only.
//
//   Atomic<T>   a field that is read outside the lock that it is written under
//   Lock        a framework lock; taking it is a decision of the controlled scheduler
//   Guard       a lock of what no decision ever falls into: nothing at all in the controlled one
//   Gate        something to wait for
//   Arena       memory that lives as long as the run
#pragma once

#ifdef QS_REAL_THREADS
#include "kmdf/rt_real.h"
#else
#include "kmdf/rt_controlled.h"
#endif
