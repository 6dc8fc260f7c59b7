// Layouts of the last few moments.
#include "ui/panes/stage/layout.h"

namespace qs::ui {

const StageLayout& LayoutMemory::of(const Key& key, const model::Model& model,
                                    const StageCast& cast) {
  Kept* oldest = &kept_[0];
  for (Kept& k : kept_) {
    if (k.used && k.key == key) {
      k.used = ++calls_;
      return k.layout;
    }
    if (k.used < oldest->used) oldest = &k;
  }
  *oldest = {key, layout_stage(model, cast, key.rect, key.scale, key.options), ++calls_};
  return oldest->layout;
}

}  // namespace qs::ui
