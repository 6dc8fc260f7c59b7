// A run as a file: the picture at any scale, the trace, and the same in other programs' forms.
// Owns: ExportKind, export_run. Called by the app; main thread only.
#pragma once
#include <string>

#include "base/result.h"
#include "session/session.h"

namespace qs::ui {

enum class ExportKind : uint8_t { picture, trace, perfetto, mermaid, json };

// "first-request-70.png": the run's name, for pictures the event, for pictures above 1 the scale.
std::string export_name(const Session& session, ExportKind kind, int scale);
// Writes everything but pictures into the present folder. Returns the full path; the error is one
// sentence that names the file.
Result<std::string> export_run(Session& session, ExportKind kind);

}  // namespace qs::ui
