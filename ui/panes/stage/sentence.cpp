#include "ui/panes/stage/sentence.h"

#include "trace/export/narrate.h"
#include "trace/export/teaching.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::string next_move(const Moment& moment, SentenceRights rights) {
  const Model& m = *moment.after;
  if (!rights.acts || !moment.at_end || moment.playing || m.ended) return {};
  const Trace& t = *moment.trace;
  if (rights.orders)
    for (const RequestView& r : m.requests)
      if (r.owner == Owner::Driver) return trf("stage.next_driver", t.name(r.id));
  for (const QueueView& q : m.queues)
    if (rights.orders && !q.deleted && !q.waiting.empty() && q.dispatch() == Dispatch::Manual)
      return trf("stage.next_retrieve", t.name(q.id));
  return tr("stage.next_send");
}

std::string stage_sentence(const Moment& moment, SentenceRights rights) {
  if (moment.event == 0) return {};
  const std::string said = narrate(*moment.trace, told_event(*moment.trace, moment.event));
  const std::string next = next_move(moment, rights);
  return next.empty() ? said : said + " " + next;
}

}  // namespace qs::ui
