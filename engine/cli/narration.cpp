#include "cli/narration.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/visible.h"
#include "model/queries/queries.h"
#include "trace/events/words.h"
#include "trace/export/functions.h"
#include "trace/export/narrate.h"
#include "trace/rules/rules.h"
#include "trace/rules/verdict.h"
#include "verify/explain.h"

namespace qs::cli {
namespace {

constexpr const char* kDim = "\033[2m";
constexpr const char* kBold = "\033[1m";
constexpr const char* kRed = "\033[31m";
constexpr const char* kPlain = "\033[0m";

constexpr int kThread = 12;  // columns for the name of a thread

std::string thread_name(const Narration& n, const trace::Event& e) {
  if (!e.thread) return {};
  return visible(trace::shown_name(n.trace, ObjectId(ObjectKind::Thread, e.thread), &n.names));
}

// As wide as the longest name of a thread.
int thread_columns(const Narration& n) {
  size_t most = kThread;
  for (const auto& [id, name] : n.names)
    if (id.kind() == ObjectKind::Thread) most = std::max(most, visible(name).size());
  return int(most);
}

// "R1" or "the request" for the blanks of an explanation.
std::string name_of_kind(const trace::Trace& trace, const model::Verdict& v, ObjectKind kind) {
  for (ObjectId id : {v.s, v.o})
    if (id && id.kind() == kind) return visible(trace.name(id));
  return {};
}

}  // namespace

std::string Narration::heading(const std::string& title) const {
  std::string columns = fmt::format("{:>6}  {:>9}  {:<{}}  {}", "event", "time", "thread",
                                    thread_columns(*this), "what happens");
  return fmt::format("{}{}{}\n{}{}{}\n", color ? kBold : "", visible(title), color ? kPlain : "",
                     color ? kDim : "", columns, color ? kPlain : "");
}

void Narration::name_workers() {
  if (program && program->driver) names = trace::worker_names(trace, program->driver->sources());
}

std::string Narration::source_text(trace::Site site) const {
  if (!program || !program->driver || !site || site.file() >= trace.files().size()) return {};
  const std::string& path = trace.files()[site.file()];
  for (const EmbeddedFile& file : program->driver->sources()) {
    if (path != file.name) continue;
    std::string_view text = file.text();
    for (uint32_t n = 1; n < site.line(); ++n) {
      size_t end = text.find('\n');
      if (end == std::string_view::npos) return {};
      text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find_first_of("\r\n"));
    size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first));
  }
  return {};
}

std::string Narration::line(size_t event) const {
  const trace::Event& e = trace[event];
  std::string sentence = trace::narrate(trace, event, &names);
  if (e.code == trace::EventCode::Line) {
    std::string text = source_text(e.site);
    if (!text.empty()) sentence += "  " + text;
  }
  sentence = visible(sentence);
  trace::EventLevel level = trace::event_level(e.code);
  bool verdict = e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding;
  const char* style = "";
  if (color && verdict) style = kRed;
  if (color && level == trace::EventLevel::Hop) style = kBold;
  if (color && level >= trace::EventLevel::Line && !verdict) style = kDim;
  // Numbered so that `--event N` shows the state after this event.
  return fmt::format("{:>6}  {:>9}  {:<{}}  {}{}{}\n", event + 1, trace::time_text(e.time),
                     thread_name(*this, e), thread_columns(*this), style, sentence,
                     *style ? kPlain : "");
}

std::string Narration::lines(size_t from, size_t to) const {
  std::string out;
  for (size_t i = from; i < to; ++i) {
    const trace::Event& e = trace[i];
    if (thread && e.thread != thread.serial() && e.s != thread) continue;
    if (about && e.s != about && e.o != about) continue;
    trace::EventLevel level = trace::event_level(e.code);
    if (all || (level != trace::EventLevel::Detail && level != trace::EventLevel::Meta))
      out += line(i);
  }
  return out;
}

// What a violation, finding or hint means.
std::string Narration::explained(const model::Verdict& v) const {
  const std::string_view rule = trace.string(v.rule);
  const verify::Explanation* text = verify::explain(rule);
  const bool hint = trace[v.event].code == trace::EventCode::Hint;
  const std::string where = visible(trace.site_text(v.site));
  const char* style = !color ? "" : hint ? kBold : kRed;
  std::string out = fmt::format("\n{}{}{}: {}{}{}\n", style, hint ? "Hint " : "", visible(rule),
                                text ? text->title : std::string_view("a rule is broken"),
                                color ? kPlain : "", where.empty() ? "" : " (" + where + ")");
  if (!text) return out;
  const std::string request = name_of_kind(trace, v, ObjectKind::Request);
  const std::string queue = name_of_kind(trace, v, ObjectKind::Queue);
  const std::string function = model::call_of(trace, v);
  const verify::Blanks blanks{request, queue, function};
  std::string what = verify::fill(text->what, blanks);
  if (std::string reason = visible(trace::reason_of(trace, v.event)); !reason.empty())
    what += fmt::format(" Here: {}.", reason);
  return out + fmt::format("  What happened: {}\n  Why it matters: {}\n  What to do: {}\n", what,
                           verify::fill(text->why, blanks), verify::fill(text->how, blanks));
}

std::string Narration::summary(const model::Model& model) const {
  std::string out = fmt::format("\n{} sent, {} done.", model.sent_total, model.done_total);
  if (model.ended) out += fmt::format(" The run has ended: {}.", trace::words(model.end));
  out += "\n";
  for (const model::Verdict& v : model.verdicts) out += explained(v);
  for (const model::Verdict& v : model.hints) out += explained(v);
  return out;
}

}  // namespace qs::cli
