#include "ui/panes/stage/sentence.h"

#include "trace/export/narrate.h"
#include "trace/export/teaching.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::string next_move(const session::Moment& moment, SentenceRights rights) {
  const model::Model& m = *moment.after;
  if (!rights.acts || !moment.at_end || moment.playing || m.ended) return {};
  const trace::Trace& t = *moment.trace;
  if (rights.orders)
    for (const model::RequestView& r : m.requests)
      if (r.owner == model::Owner::Driver) return trf("stage.next_driver", t.name(r.id));
  for (const model::QueueView& q : m.queues)
    if (rights.orders && !q.deleted && !q.waiting.empty() &&
        q.dispatch() == trace::Dispatch::Manual)
      return trf("stage.next_retrieve", t.name(q.id));
  return tr("stage.next_send");
}

std::string stage_sentence(const session::Moment& moment, SentenceRights rights,
                           const trace::ShownNames* names) {
  if (moment.event == 0) return {};
  const std::string said =
      trace::narrate(*moment.trace, trace::narrated_event(*moment.trace, moment.event), names);
  const std::string next = next_move(moment, rights);
  return next.empty() ? said : said + " " + next;
}

}  // namespace qs::ui
