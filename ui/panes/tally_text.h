// How long the longest wait of a run was, in words. Called by compare and be the driver.
#pragma once
#include <string>

#include "model/timeline/tally.h"
#include "trace/events/words.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

// "3 ms"; in steps where time stood still all along.
inline std::string longest_wait_text(const model::Tally& t) {
  if (t.longest_wait > 0 || t.longest_steps == 0) return trace::time_text(t.longest_wait);
  return t.longest_steps == 1 ? tr("compare.step") : trf("compare.steps", t.longest_steps);
}

}  // namespace qs::ui
