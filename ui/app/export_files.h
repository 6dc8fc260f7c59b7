// A run as a file: the picture at any scale, the trace, and the same in other programs' forms.
// Owns: ExportKind, export_run, export_picture. Called by the app; main thread only. Nothing is
// asked and nothing that is there is replaced: files go into documents_folder(), under a name that
// is not taken yet.
#pragma once
#include <string>

#include "base/result.h"
#include "session/session.h"
#include "ui/platform/platform.h"

namespace qs::ui {

enum class ExportKind : uint8_t { picture, trace, perfetto, mermaid, json };

// "first-request-70.png": the run's name, for pictures the event, for pictures above 1 the scale.
// It is what the file is called unless that is taken; then "first-request-70-1.png" and so on.
std::string export_name(const Session& session, ExportKind kind, int scale);
// Everything but pictures. Returns the full path; the error is one sentence that names the file.
Result<std::string> export_run(Session& session, ExportKind kind);
// Of a window that shows this session, or none.
Result<std::string> export_picture(const Picture& picture, const Session* session, int scale);

}  // namespace qs::ui
