// Where threads, files and lines are, and where a run stops: the parts that draw nothing.
#include <algorithm>
#include <cmath>
#include <map>

#include "ui/panes/code/code.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

ObjectId current_thread(const session::Moment& m) {
  if (m.event > 0 && m.event <= m.trace->size()) {
    const uint32_t t = (*m.trace)[m.event - 1].thread;
    if (t) return ObjectId(ObjectKind::Thread, t);
  }
  return m.after->running;
}

std::vector<ThreadAt> threads_in_code(const session::Moment& m, const FunctionNames* functions) {
  std::vector<ThreadAt> out;
  const ObjectId now = current_thread(m);
  std::map<ObjectId, trace::Site> opening;  // of threads whose callback has run no line yet
  if (functions)
    for (const model::Activation& who : model::activations(*m.after))
      if (who.depth >= 0)
        opening[who.thread] =
            who.site ? trace::Site() : functions->opening(*m.trace, *m.after, who);
  for (const model::ThreadView& t : m.after->threads) {
    const auto opened = opening.find(t.id);
    const trace::Site site = opened != opening.end() && opened->second ? opened->second : t.site;
    if (!site || t.stack.empty()) continue;
    const ThreadAt at{t.id, site, t.id == now};
    if (at.running)
      out.insert(out.begin(), at);
    else
      out.push_back(at);
  }
  return out;
}

std::string_view short_name(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

uint32_t trace_file_of(const EmbeddedFile& file, const trace::Trace& trace) {
  for (size_t i = 1; i < trace.files().size(); ++i)
    if (trace::same_file(file.name, trace.files()[i])) return uint32_t(i);
  return 0;
}

int64_t next_run(model::Timeline& timeline, trace::Site site, size_t from, bool back) {
  const auto hits = timeline.line_hits(site);
  if (hits.empty()) return kNoEvent;
  if (back) {  // the last one whose event lies before the present one
    const auto it = std::lower_bound(hits.begin(), hits.end(), from == 0 ? 0 : from - 1);
    return int64_t(it == hits.begin() ? hits.back() : *(it - 1)) + 1;
  }
  const auto it = std::lower_bound(hits.begin(), hits.end(), from);
  return int64_t(it == hits.end() ? hits.front() : *it) + 1;
}

uint32_t line_to_stop_at(const std::vector<CodeLine>& lines, uint32_t number) {
  const auto runs = [](const CodeLine& line) {
    bool assigns = false;
    const CodePiece* first = nullptr;
    for (const CodePiece& piece : line.pieces) {
      const std::string_view text = line.text.substr(piece.from, piece.to - piece.from);
      if (piece.kind == CodeKind::comment || text.find_first_not_of(" \t{};") == text.npos)
        continue;
      if (!first) first = &piece;
      assigns |= text.find('=') != text.npos;
    }
    if (!first || first->from == 0) return false;  // the head of a function, a directive
    return first->kind != CodeKind::type || assigns;
  };
  for (size_t i = number; i >= 1 && i <= lines.size(); ++i)
    if (runs(lines[i - 1])) return uint32_t(i);
  return number;
}

void run_to_stop(const session::Moment& m, UiState& shared, bool back,
                 std::vector<session::Command>& out) {
  if (shared.breakpoints.empty()) {
    shared.notice = tr("code.none_set");
    return;
  }
  const int64_t to = shared.breakpoints.next_stop(*m.trace, m.event, back);
  if (to >= 0)
    out.push_back(session::cmd::Seek{double(to)});
  else
    shared.notice = tr(back ? "code.none_before" : "code.none_ahead");
}

void take_stop_keys(Ui& ui, const session::Moment& m, UiState& shared,
                    std::vector<session::Command>& out) {
  if (ui.action(Action::run_forward)) run_to_stop(m, shared, false, out);
  if (ui.action(Action::run_back)) run_to_stop(m, shared, true, out);
}

float scroll_to_line(float y, float view_height, float height, int index, int count) {
  const float top = float(index) * height, margin = std::min(3 * height, view_height / 4);
  if (top - margin >= y && top + height + margin <= y + view_height) return y;
  const float most = std::max(0.0f, float(count) * height - view_height);
  const float wanted = std::round((top - view_height * 0.38f) / height) * height;  // whole lines
  return std::clamp(wanted, 0.0f, most);
}

}  // namespace qs::ui
