#include "model/dump.h"
#include "ui/panes/inspector/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::inspector {
namespace {

void gates(Page& p, const model::QueueView& q) {
  Ui& ui = p.ui;
  const bool open[] = {(q.flags & trace::kAccept) != 0, (q.flags & trace::kDispatch) != 0,
                       q.power == trace::QueuePower::On};
  const std::string power = std::string(tr("inspector.power")) + ": " + trace::words(q.power);
  const std::string text[] = {
      open[0] ? tr("inspector.accepting") : tr("inspector.not_accepting"),
      open[1] ? tr("inspector.dispatching") : tr("inspector.not_dispatching"), power};
  float x = p.x;
  for (size_t i = 0; i < 3; ++i) {
    const float need = ui.px(29) + text_width(ui.fonts->caption, text[i]);
    if (x > p.x && x + need > p.x + p.w) {
      p.y += ui.px(20);
      x = p.x;
    }
    x += gate(ui, {x, p.y + ui.px(9)}, open[i], text[i]) + ui.px(14);
  }
  p.y += ui.px(24);
}

void why(Page& p, const model::QueueView& q) {
  const model::WhyNot w = model::why_not_delivering(p.model(), p.trace(), q.id);
  p.section(w.delivering ? tr("inspector.delivering") : tr("inspector.why_not"));
  std::vector<Run> runs{{w.sentence + " "}, rule_run(w.rule)};
  if (w.blame) {
    runs.push_back({" → "});
    runs.push_back(object_run(p.trace(), w.blame));
  }
  p.rich(runs);
}

void settings(Page& p, const model::QueueView& q) {
  p.section(tr("inspector.settings"));
  p.pair(tr("inspector.dispatch"), trace::words(q.dispatch()));
  if (q.dispatch() == trace::Dispatch::Parallel)
    p.pair(tr("inspector.limit"), q.limit == trace::kNoLimit ? std::string(tr("inspector.no_limit"))
                                                             : std::to_string(q.limit));
  p.pair(tr("inspector.scope"), trace::words(q.scope()));
  p.pair(tr("inspector.level"), q.config & trace::kConfigPassive ? tr("inspector.passive")
                                                                 : tr("inspector.dispatch_level"));
  const char* yes = tr("inspector.yes");
  const char* no = tr("inspector.no");
  p.pair(tr("inspector.power_managed"), q.config & trace::kConfigPowerManaged ? yes : no);
  p.pair(tr("inspector.is_default"), q.config & trace::kConfigDefault ? yes : no);
  p.pair(tr("inspector.zero_length"), q.config & trace::kConfigZeroLength ? yes : no);
  std::string handlers;
  for (unsigned k = 0; k < unsigned(trace::CallbackKind::Count) && k < 64; ++k)
    if (q.callbacks >> k & 1)
      handlers += (handlers.empty() ? "" : ", ") +
                  std::string(trace::callback_name(trace::CallbackKind(k)));
  if (!handlers.empty()) p.pair(tr("inspector.handlers"), handlers);
}

}  // namespace

void queue_page(Page& p, const model::QueueView& q) {
  p.title(p.trace().name(q.id) + " · " + trace::queue_config_words(q.config, q.limit));
  p.line(
      q.deleted ? std::string(tr("inspector.deleted")) : trace::queue_flags_words(q.flags, q.slots),
      p.ui.theme->text_dim);
  p.space(4);
  gates(p, q);
  why(p, q);
  p.section(trf("inspector.n_waiting", q.waiting.size()));
  p.tokens("waiting", q.waiting);
  p.section(trf("inspector.n_owned", q.owned_count));
  p.tokens("owned", q.owned);
  p.calls();
  settings(p, q);
  p.causes();
  p.dump(model::queue_dump(p.model(), p.trace(), q.id));
}

}  // namespace qs::ui::inspector
