// The parts of apply(), by subject. Owns: nothing; each takes the events of its subject. Called by
// apply.cpp only.
#pragma once
#include "model/model.h"

namespace qs {

void apply_request(Model& model, const Event& event);  // arrival, place, owner, cancel, completion
void apply_object(Model& model,
                  const Event& event);  // creation, configuration, deletion, apps, files
void apply_thread(Model& model, const Event& event);  // threads, calls, callbacks, lines, locks
void apply_queue(Model& model, const Event& event);   // flags, power, loop, waiting and owned lists
void apply_device(Model& model,
                  const Event& event);  // power, hardware, timers, targets, verdicts, run

}  // namespace qs
