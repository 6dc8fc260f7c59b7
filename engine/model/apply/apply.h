// The parts of apply(), by subject. Owns: nothing; each takes the events of its subject. Called by
// apply.cpp only.
#pragma once
#include "model/model.h"

namespace qs::model {

// arrival, place, owner, cancel, completion
void apply_request(Model& model, const trace::Event& event);
void apply_object(Model& model,
                  const trace::Event& event);  // creation, configuration, deletion, apps, files
// threads, calls, callbacks, lines, locks
void apply_thread(Model& model, const trace::Event& event);
// flags, power, loop, waiting and owned lists
void apply_queue(Model& model, const trace::Event& event);
void apply_device(Model& model,
                  const trace::Event& event);  // power, hardware, timers, targets, verdicts, run

}  // namespace qs::model
