#include <fmt/format.h>

#include "model/dump.h"
#include "ui/views/inspector_parts.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strings.h"

namespace qs::ui::inspector {
namespace {

std::string title_of(const Page& p, const RequestView& r) {
  std::string out = p.trace().name(r.id) + " · " + words(r.type);
  const uint32_t length = r.length ? r.length : r.out_length;
  if (length) out += " · " + bytes_text(length);
  if (r.ioctl) out += fmt::format(" · 0x{:X}", r.ioctl);
  if (r.file) out += " · " + trf("inspector.handle", p.trace().name(r.file));
  return out;
}

void holders(Page& p, ObjectId id) {
  const auto all = who_keeps_alive(p.model(), p.trace(), id);
  if (all.empty()) return;
  p.section(tr("inspector.alive"));
  for (const Holder& h : all) {
    std::vector<Run> runs{{h.sentence}};
    if (h.who) {
      runs.push_back({" → "});
      runs.push_back(object_run(p.trace(), h.who));
    }
    p.rich(runs);
  }
}

}  // namespace

void request_page(Page& p, const RequestView& r) {
  p.title(title_of(p, r));
  const std::string code = state_code(request_state(r));
  p.line(state_name(r) + (code.empty() ? "" : " (" + code + ")"), p.ui.theme->text_dim);
  if (const std::string waits = handle_wait(p.model(), p.trace(), r); !waits.empty())
    p.line(waits, p.ui.theme->warning);
  draw_life(p, r);
  p.calls();
  p.section(tr("inspector.where"));
  p.object_link("queue", r.queue, tr("inspector.queue"));
  p.object_link("app", r.app, tr("inspector.app"));
  p.object_link("target", r.target, tr("inspector.target"));
  p.object_link("channel", r.channel, tr("inspector.channel"));
  if (r.room < CallbackKind::Count) p.pair(tr("inspector.room"), callback_name(r.room));
  if (r.place == Place::Done) {
    p.pair(tr("inspector.status"), status_text(r.status));
    p.pair(tr("inspector.information"), bytes_text(r.information));
  }
  holders(p, r.id);
  p.causes();
  p.dump(request_dump(p.model(), p.trace(), r.id));
}

}  // namespace qs::ui::inspector
