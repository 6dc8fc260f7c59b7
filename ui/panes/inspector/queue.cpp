#include "model/dump.h"
#include "ui/panes/inspector/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::inspector {
namespace {

void gates(Page& p, const QueueView& q) {
  Ui& ui = p.ui;
  const bool open[] = {(q.flags & kAccept) != 0, (q.flags & kDispatch) != 0,
                       q.power == QueuePower::On};
  const std::string power = std::string(tr("inspector.power")) + ": " + words(q.power);
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

void why(Page& p, const QueueView& q) {
  const WhyNot w = why_not_delivering(p.model(), p.trace(), q.id);
  p.section(w.delivering ? tr("inspector.delivering") : tr("inspector.why_not"));
  std::vector<Run> runs{{w.sentence + " "}, rule_run(w.rule)};
  if (w.blame) {
    runs.push_back({" → "});
    runs.push_back(object_run(p.trace(), w.blame));
  }
  p.rich(runs);
}

void settings(Page& p, const QueueView& q) {
  p.section(tr("inspector.settings"));
  p.pair(tr("inspector.dispatch"), words(q.dispatch()));
  if (q.dispatch() == Dispatch::Parallel)
    p.pair(tr("inspector.limit"),
           q.limit == kNoLimit ? std::string(tr("inspector.no_limit")) : std::to_string(q.limit));
  p.pair(tr("inspector.scope"), words(q.scope()));
  p.pair(tr("inspector.level"),
         q.config & kConfigPassive ? tr("inspector.passive") : tr("inspector.dispatch_level"));
  const char* yes = tr("inspector.yes");
  const char* no = tr("inspector.no");
  p.pair(tr("inspector.power_managed"), q.config & kConfigPowerManaged ? yes : no);
  p.pair(tr("inspector.is_default"), q.config & kConfigDefault ? yes : no);
  p.pair(tr("inspector.zero_length"), q.config & kConfigZeroLength ? yes : no);
  std::string handlers;
  for (unsigned k = 0; k < unsigned(CallbackKind::Count) && k < 64; ++k)
    if (q.callbacks >> k & 1)
      handlers += (handlers.empty() ? "" : ", ") + std::string(callback_name(CallbackKind(k)));
  if (!handlers.empty()) p.pair(tr("inspector.handlers"), handlers);
}

}  // namespace

void queue_page(Page& p, const QueueView& q) {
  p.title(p.trace().name(q.id) + " · " + queue_config_words(q.config, q.limit));
  p.line(q.deleted ? std::string(tr("inspector.deleted")) : queue_flags_words(q.flags, q.slots),
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
  p.dump(queue_dump(p.model(), p.trace(), q.id));
}

}  // namespace qs::ui::inspector
