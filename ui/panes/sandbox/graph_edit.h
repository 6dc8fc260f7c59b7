// Changes of a queue graph that the stage and the panel offer alike. Pure.
#pragma once
#include "session/session.h"

namespace qs::ui {

// One more queue at the end: sequential, with a name of its own and every handler; the default
// queue when there is none yet.
void add_queue(run::QueueGraph& graph);

}  // namespace qs::ui
