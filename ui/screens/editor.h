// The person's own editor. Owns: open_in_editor. Called by the screens of a run and of a lesson.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"

namespace qs::ui {

// Opens a file in the person's editor, at that line: $VISUAL or $EDITOR, else what the desktop
// opens it with. The error is a sentence.
Result<bool> open_in_editor(const std::string& path, uint32_t line);

}  // namespace qs::ui
