// A run as a file: the picture at any scale, the trace, and other programs' formats.
// Owns: ExportKind, export_run, export_picture. Called by the app; main thread only. It asks
// nothing and overwrites nothing: files go into documents_folder(), under a name that is free.
#pragma once
#include <string>

#include "base/result.h"
#include "session/session.h"
#include "ui/platform/platform.h"

namespace qs::ui {

enum class ExportKind : uint8_t { picture, trace, perfetto, mermaid, json };

// Files are called "first-request-70.png": the run's name, for pictures the event, for pictures
// above 1 the scale; "first-request-70-1.png" and so on when that is taken. Exports everything
// except pictures. Returns the full path; the error is one sentence that names the file.
Result<std::string> export_run(session::Session& session, ExportKind kind);
// A picture of a window that shows this session, or none.
Result<std::string> export_picture(const Picture& picture, const session::Session* session,
                                   int scale);

}  // namespace qs::ui
