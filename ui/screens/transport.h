// The transport in the top bar: start, step, play, end, what a step is, the speed. Called by the
// screens that have a run or a clock; main thread only.
//
// Names in the registry: transport/start, back, play, forward, end, unit, speed.
#pragma once
#include <vector>

#include "session/session.h"
#include "ui/screens/settings.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

struct TransportInput {
  const session::Session& session;
  Settings& settings;  // what a step is
  bool playing = false;
  bool units = true;           // false: there is only one kind of step
  const char* next = nullptr;  // where playing on leads to; nullptr: further
};

// The title of what is shown, then the transport, in what is left of the top bar.
void draw_transport(Ui& ui, Rect row, const TransportInput& in, std::vector<session::Command>& out);

}  // namespace qs::ui
