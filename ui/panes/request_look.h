// What stands for a request in every pane: its shape by type, its color by owner. Owns: nothing.
// Called by stage, inspector, timeline and compare; any thread.
#pragma once
#include "model/model.h"
#include "ui/symbols/token.h"

namespace qs::ui {

TokenShape shape_of(trace::RequestType type);
TokenOwner owner_of(const model::RequestView& request);

}  // namespace qs::ui
