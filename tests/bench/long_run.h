// A long run for benchmarks. Owns: long_trace, made once. Called by the benchmarks of this folder.
#pragma once
#include <cstddef>
#include <memory>

#include "trace/events/trace.h"

// At least so many events: one thread sends reads, a sequential queue's handler completes each.
std::shared_ptr<qs::trace::Trace> long_trace(std::size_t events);
