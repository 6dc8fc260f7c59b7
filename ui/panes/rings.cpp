#include "ui/panes/rings.h"

#include "trace/events/words.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::vector<RingBox> boxes_of(const trace::Trace& trace, const std::vector<trace::RingLink>& ring) {
  std::vector<RingBox> out;
  for (const trace::RingLink& link : ring)
    out.push_back({trace.name(link.thread), trace.site_text(link.site),
                   link.waits_for ? trf("ring.waits_for", trace::spoken_name(trace, link.waits_for))
                                  : trf("ring.waits", trace::words(link.reason))});
  return out;
}

float draw_ring_of(Ui& ui, const Rect& rect, const std::vector<trace::RingLink>& ring,
                   const std::vector<RingBox>& boxes, UiState& shared) {
  const RingLayout at = ring_layout(ui, rect, boxes);
  const RingHits hits = draw_wait_ring(ui, at, boxes);
  const auto object = [&](const RingHit& hit) {
    if (hit.box >= 0) return ring[size_t(hit.box)].thread;
    return hit.way >= 0 ? ring[size_t(hit.way)].waits_for : ObjectId();
  };
  if (const ObjectId over = object(hits.hovered)) shared.hover(over);
  if (hits.hovered.box >= 0) shared.hover_line(ring[size_t(hits.hovered.box)].site);
  if (const ObjectId chosen = object(hits.clicked)) shared.selected = chosen;
  if (hits.clicked.box >= 0) shared.show_line = ring[size_t(hits.clicked.box)].site;
  return at.height;
}

}  // namespace qs::ui
