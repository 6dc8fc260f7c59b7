#include "ui/app/export_files.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "trace/export.h"
#include "trace/trace_file.h"

namespace qs::ui {

namespace fs = std::filesystem;

std::string export_name(const Session& session, ExportKind kind, int scale) {
  std::string name = session.program().name;
  for (char& c : name)
    if (c == '/' || c == '\\' || c == ' ') c = '-';
  if (name.empty()) name = "run";
  const size_t event = size_t(session.position());
  switch (kind) {
    case ExportKind::picture:
      return scale > 1 ? fmt::format("{}-{}@{}x.png", name, event, scale)
                       : fmt::format("{}-{}.png", name, event);
    case ExportKind::trace: return name + ".qst";
    case ExportKind::perfetto: return name + ".perfetto.json";
    case ExportKind::mermaid: return name + ".mmd";
    case ExportKind::json: return name + ".json";
  }
  return name;
}

Result<std::string> export_run(Session& session, ExportKind kind) {
  const std::string file = fs::absolute(export_name(session, kind, 1)).string();
  const Trace& trace = *session.branch().execution.trace;
  const std::string& program = session.program().name;
  if (kind == ExportKind::trace) {
    auto written =
        write_trace_file(file, trace, program, session.schedule_text(), !session.view_only());
    if (!written) return written.error();
    return file;
  }
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (kind == ExportKind::perfetto)
    export_perfetto(trace, program, out);
  else if (kind == ExportKind::mermaid)
    export_mermaid(trace, out);
  else
    export_json(trace, program, session.schedule_text(), out);
  out.flush();
  if (!out) return Error{file, 0, "this file can not be written: start in a folder of yours"};
  return file;
}

}  // namespace qs::ui
