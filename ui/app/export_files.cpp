#include "ui/app/export_files.h"

#include <fmt/format.h>

#include "base/user_folders.h"
#include "base/write_file.h"
#include "session/programs.h"
#include "trace/events/trace_file.h"
#include "trace/export/export.h"

namespace qs::ui {
namespace {

struct Name {
  std::string stem;
  const char* ending;
};

Name name_of(const session::Session* session, ExportKind kind, int scale) {
  std::string stem = session ? file_stem(session->program().name) : "queuescope";
  switch (kind) {
    case ExportKind::picture:
      if (session) stem += fmt::format("-{}", size_t(session->position()));
      if (scale > 1) stem += fmt::format("@{}x", scale);
      return {stem, ".png"};
    case ExportKind::trace: return {stem, ".qst"};
    case ExportKind::perfetto: return {stem, ".perfetto.json"};
    case ExportKind::mermaid: return {stem, ".mmd"};
    case ExportKind::json: return {stem, ".json"};
  }
  return {stem, ""};
}

Result<std::string> save(const Name& name, const Give& give) {
  auto folder = documents_folder();
  if (!folder) return folder;
  return write_new_file(*folder, name.stem, name.ending, give);
}

}  // namespace

Result<std::string> export_run(session::Session& session, ExportKind kind) {
  const trace::Trace& trace = *session.branch().execution.trace;
  const std::string& program = session.program().name;
  const std::string schedule = session.schedule_text();
  std::string bytes;
  if (kind == ExportKind::trace) {
    bytes = trace::encode_trace(trace, program, schedule, !session.view_only(),
                                own::sources_of(session.program()));
    if (bytes.empty()) return Error{"", 0, "there is not enough memory to pack this run"};
  }
  return save(name_of(&session, kind, 1), [&](std::ostream& out) {
    if (kind == ExportKind::trace)
      out << bytes;
    else if (kind == ExportKind::perfetto)
      trace::export_perfetto(trace, program, out);
    else if (kind == ExportKind::mermaid)
      trace::export_mermaid(trace, out);
    else
      trace::export_json(trace, program, schedule, out);
  });
}

Result<std::string> export_picture(const Picture& picture, const session::Session* session,
                                   int scale) {
  auto bytes = encode_png(picture);
  if (!bytes) return bytes;
  return save(name_of(session, ExportKind::picture, scale),
              [&](std::ostream& out) { out << *bytes; });
}

}  // namespace qs::ui
