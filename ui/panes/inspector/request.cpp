#include <fmt/format.h>

#include <cmath>

#include "model/dump.h"
#include "trace/rules/verdict.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/inspector/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"
#include "verify/explain.h"

namespace qs::ui::inspector {
namespace {

std::string title_of(const Page& p, const model::RequestView& r) {
  std::string out = p.trace().name(r.id) + " · " + trace::words(r.type);
  const uint32_t length = r.length ? r.length : r.out_length;
  if (length) out += " · " + trace::bytes_text(length);
  if (r.ioctl) out += fmt::format(" · 0x{:X}", r.ioctl);
  if (r.file) out += " · " + trf("inspector.handle", p.trace().name(r.file));
  return out;
}

// The bytes that go one way, as text and hex.
void data(Page& p, const char* title, uint32_t text, uint32_t bytes) {
  if (!bytes) return;
  p.section(trf("inspector.bytes", title, trace::bytes_text(bytes)));
  const Font& font = p.ui.fonts->mono_small;
  const std::string_view kept = p.trace().string(text);
  const std::string widest = trace::data_lines(std::string(16, 'M'), 16).front();
  const size_t per_line = text_width(font, widest) <= p.w ? 16 : 8;
  const float height = std::round(font.size * 1.35f);
  for (const std::string& line : trace::data_lines(kept, bytes, per_line))
    draw_text(p.ui, p.take(height), font, p.ui.theme->text, line);
}

// What is legal about it and cannot have been meant.
void hints(Page& p, ObjectId id) {
  bool first = true;
  for (const model::Verdict& v : p.model().hints) {
    if (v.s != id) continue;
    if (first) p.section(tr("inspector.hints"));
    first = false;
    const std::string rule(p.trace().string(v.rule));
    const verify::Explanation* x = verify::explain(rule);
    const std::string reason = trace::reason_of(p.trace(), v.event);
    const std::string name = p.trace().name(id);
    const std::string said = x ? qs::verify::fill(x->what, verify::Blanks{name, {}, {}}) : rule;
    p.rich(
        {{said + (reason.empty() ? " " : " " + trf("banner.here", reason) + " ")}, rule_run(rule)});
  }
}

void holders(Page& p, ObjectId id) {
  const auto all = model::who_keeps_alive(p.model(), p.trace(), id);
  if (all.empty()) return;
  p.section(tr("inspector.alive"));
  for (const model::Keeper& h : all) {
    std::vector<Run> runs{{h.sentence}};
    if (h.who) {
      runs.push_back({" → "});
      runs.push_back(object_run(p.trace(), h.who));
    }
    p.rich(runs);
  }
}

}  // namespace

void request_page(Page& p, const model::RequestView& r) {
  p.title(title_of(p, r));
  const std::string code = trace::state_code(model::request_state(r));
  p.line(model::state_name(r) + (code.empty() ? "" : " (" + code + ")"), p.ui.theme->text_dim);
  if (const std::string waits = model::handle_wait(p.model(), p.trace(), r); !waits.empty())
    p.line(waits, p.ui.theme->warning);
  draw_life(p, r);
  p.calls();
  p.section(tr("inspector.where"));
  p.object_link("queue", r.queue, tr("inspector.queue"));
  p.object_link("app", r.app, tr("inspector.app"));
  p.object_link("target", r.target, tr("inspector.target"));
  p.object_link("channel", r.channel, tr("inspector.channel"));
  if (r.room < trace::CallbackKind::Count)
    p.pair(tr("inspector.room"), callback_text(p.shared.functions, r.room, r.room_queue));
  if (r.place == model::Place::Done) {
    p.pair(tr("inspector.status"), trace::status_text(r.status));
    p.pair(tr("inspector.information"), trace::bytes_text(r.information));
  }
  data(p, tr("inspector.sent_with_it"), r.input, r.input_bytes);
  data(p, tr("inspector.answer"), r.answer, r.answer_bytes);
  hints(p, r.id);
  holders(p, r.id);
  p.causes();
  p.dump(model::request_dump(p.model(), p.trace(), r.id));
}

}  // namespace qs::ui::inspector
