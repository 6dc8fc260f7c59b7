#include "ui/panes/inspector/inspector.h"

#include <algorithm>
#include <cmath>

#include "ui/panes/inspector/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::vector<model::Cause> why_so(const trace::Trace& trace, model::Timeline& timeline,
                                 ObjectId object, size_t event) {
  const auto events = timeline.events_of(object);
  const auto end = std::lower_bound(events.begin(), events.end(), event);
  // The last move; where there is none, whatever was said about it last.
  for (auto it = end; it != events.begin();) {
    --it;
    const trace::Event& e = trace[*it];
    const bool is_move = trace::event_level(e.code) == trace::EventLevel::Hop ||
                         e.code == trace::EventCode::CancelFlag ||
                         e.code == trace::EventCode::Cancelable ||
                         e.code == trace::EventCode::CancelPending;
    if (e.s == object && is_move) return model::cause_chain(trace, *it);
  }
  for (auto it = end; it != events.begin();) {
    --it;
    const trace::EventLevel level = trace::event_level(trace[*it].code);
    if (trace[*it].s == object &&
        (level == trace::EventLevel::State || level == trace::EventLevel::Callback))
      return model::cause_chain(trace, *it);
  }
  return {};
}

namespace {

void draw_page(inspector::Page& p) {
  const ObjectId id = p.object;
  if (!id) {
    p.title(tr("inspector.title"));
    p.line(tr("inspector.hint"), p.ui.theme->text_dim);
    return;
  }
  if (const model::RequestView* r = p.model().request(id)) return inspector::request_page(p, *r);
  if (const model::QueueView* q = p.model().queue(id)) return inspector::queue_page(p, *q);
  if (const model::ThreadView* t = p.model().thread(id)) return inspector::thread_page(p, *t);
  inspector::other_page(p, id);
}

constexpr float kWide = 760;  // design pixels: from here on there are two columns

}  // namespace

void draw_inspector(Ui& ui, const Rect& rect, const session::Moment& moment, ObjectId object,
                    InspectorState& st, UiState& shared, std::vector<session::Command>& out,
                    bool framed) {
  const Panel panel(ui, rect, "inspector", framed ? PanelLook::panel : PanelLook::bare);
  if (st.seen != object) {
    st.seen = object;
    st.scroll.y = 0;
  }
  // Inside another pane it keeps off the frame that a lesson draws around it.
  const Rect inner = framed ? panel.inner() : inset(panel.inner(), ui.px(8), ui.px(4));
  Rect view = inner;
  if (framed) view.w += ui.px(10);  // the bar may use the edge of the panel
  ScrollArea area(ui, view, "page", st.scroll);
  const Rect content = area.content();
  const float width = inner.w - ui.px(framed ? 4 : 14);  // less the bar
  inspector::Page page{ui, moment, object, st, shared, out, content.x, content.y, width};
  page.top = content.y;
  if (page.w > ui.px(kWide)) {  // else lines would be too long to read, and much would be empty
    page.w = inspector::column_width(ui, page.w);
    page.content = st.height;
  }
  draw_page(page);
  if (std::abs(page.used() - st.height) > 1) ui.wake_in(0);  // the columns settle
  st.height = page.used();
  area.end(std::max(page.y, page.first_bottom) - content.y + ui.px(8));
}

}  // namespace qs::ui
