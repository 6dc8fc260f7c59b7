#include <fmt/format.h>

#include <algorithm>

#include "model/dump.h"
#include "trace/events/board.h"
#include "trace/export/narrate.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/inspector/parts.h"
#include "ui/panes/rings.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::inspector {
namespace {

// ---- threads

std::string frame_text(const Page& p, const model::StackFrame& f) {
  const auto queue = [](ObjectId id) { return id.kind() == ObjectKind::Queue ? id : ObjectId(); };
  const ObjectId of = queue(f.s) ? f.s : queue(f.o);
  const std::string called =
      f.callback ? callback_text(p.shared.functions, trace::CallbackKind(f.what), of)
                 : std::string(trace::fn_name(trace::ApiFn(f.what)));
  return trace::called_words(p.trace(), called.c_str(), f.s, f.callback ? p.shared.names : nullptr);
}

// The line that a frame is at; of a callback that has run none yet the one that opens its function.
trace::Site frame_site(const Page& p, const model::ThreadView& t, size_t i) {
  const model::StackFrame& f = t.stack[i];
  if (f.site) return f.site;
  if (f.callback && p.shared.functions) {
    const auto below = t.stack.begin() + std::ptrdiff_t(i);
    model::Activation who;
    who.thread = t.id;
    who.depth =
        int(std::count_if(t.stack.begin(), below, [](const auto& x) { return x.callback; }));
    who.kind = trace::CallbackKind(f.what);
    if (const trace::Site site = p.shared.functions->opening(p.trace(), p.model(), who))
      return site;
  }
  return i + 1 == t.stack.size() ? t.site : trace::Site();
}

void frames(Page& p, const model::ThreadView& t) {
  if (t.stack.empty()) return;
  Ui& ui = p.ui;
  p.section(tr("inspector.stack"));
  const IdScope scope(ui, "stack");
  const Id group = ui.id("group");
  for (size_t i = t.stack.size(); i-- > 0;) {
    const model::StackFrame& f = t.stack[i];
    const trace::Site site = frame_site(p, t, i);
    const std::string text = frame_text(p, f), where = p.trace().site_text(site);
    const Rect r = p.take(ui.px(22));
    const Hit hit =
        row(ui, r, fmt::format("frame-{}", i), text + " " + where, i + 1 == t.stack.size(), group);
    const Inside inside(ui, hit);
    Rect rest = inset(r, ui.px(8), 0);
    const float need = text_width(ui.fonts->mono_small, where);
    const bool fits = need + ui.px(90) < rest.w;
    if (fits)
      draw_text(ui, cut_right(rest, need, ui.px(8)), ui.fonts->mono_small, ui.theme->link, where);
    draw_text(ui, cut_left(rest, ui.px(16)), ui.fonts->small, ui.theme->text_dim,
              f.callback ? icon::chevron_down : icon::code);
    bool whole = false;
    draw_text(ui, rest, ui.fonts->small, ui.theme->text,
              shortened(ui.fonts->small, text, rest.w, whole));
    if (hit.hovered && site) p.shared.hover_line(site);
    if (hit.clicked && site) p.shared.show_line = site;
  }
}

void locks_of(Page& p, ObjectId thread) {
  bool first = true;
  for (const model::LockView& l : p.model().locks) {
    if (l.owner != thread) continue;
    if (first) p.section(tr("inspector.holds"));
    first = false;
    p.object_link("lock-" + std::to_string(l.id.raw), l.id);
  }
}

// The ring of waiting threads that this thread or lock is part of.
void ring_with(Page& p) {
  for (const model::Verdict& v : p.model().verdicts) {
    const std::vector<trace::RingLink> ring = trace::ring_of(p.trace(), v.event);
    const bool in_it = std::any_of(ring.begin(), ring.end(), [&p](const trace::RingLink& link) {
      return link.thread == p.object || link.waits_for == p.object;
    });
    if (!in_it) continue;
    p.section(tr("inspector.ring"));
    p.take(draw_ring_of(p.ui, {p.x, p.y, p.w, 0}, ring, boxes_of(p.trace(), ring), p.shared), 4);
    p.rich({rule_run(p.trace().string(v.rule))});
    return;
  }
}

}  // namespace

void thread_page(Page& p, const model::ThreadView& t) {
  p.title(p.trace().name(t.id) + " · " + trace::words(t.kind) + " · " + trace::irql_words(t.irql));
  if (t.waiting != trace::WaitReason::None) {
    std::string text = trf("inspector.waits", trace::words(t.waiting));
    p.line(text, p.ui.theme->warning);
    p.object_link("waits-for", t.waits_for, tr("inspector.for"));
  } else {
    p.line(p.model().running == t.id ? tr("inspector.running") : tr("inspector.ready"),
           p.ui.theme->text_dim);
  }
  p.object_link("for", t.on_behalf_of, tr("inspector.works_for"));
  frames(p, t);
  locks_of(p, t.id);
  for (const model::Hang& h : model::hangs(p.model(), p.trace())) {
    if (h.s != t.id) continue;
    p.section(tr("inspector.stuck"));
    p.rich({{h.sentence + " "}, rule_run(h.rule)});
  }
  ring_with(p);
  p.causes();
  p.dump(model::log_dump(p.trace(), p.m.event, 16));
}

namespace {

void lock_page(Page& p, const model::LockView& l) {
  p.title(p.trace().name(l.id));
  p.line(l.owner ? tr("inspector.held") : tr("inspector.free"), p.ui.theme->text_dim);
  p.object_link("owner", l.owner, tr("inspector.holder"));
  p.object_link("of", l.of, tr("inspector.lock_of"));
  bool first = true;
  for (const model::ThreadView& t : p.model().threads) {
    if (t.waits_for != l.id) continue;
    if (first) p.section(tr("inspector.waiting_for_it"));
    first = false;
    p.object_link("waiter-" + std::to_string(t.id.raw), t.id);
  }
  ring_with(p);
  p.causes();
}

void channels_of(Page& p, ObjectId device) {
  Ui& ui = p.ui;
  bool first = true;
  for (const model::ChannelView& c : p.model().channels) {
    if (c.device != device) continue;
    if (first) p.section(tr("inspector.hardware"));
    first = false;
    p.object_link("channel-" + std::to_string(c.id.raw), c.id,
                  c.request ? tr("inspector.busy") : tr("inspector.idle"));
    if (!c.request || c.due <= c.started) continue;
    const float done = float(p.model().time - c.started) / float(c.due - c.started);
    progress_bar(ui, inset(p.take(ui.px(12), 2), 0, ui.px(3)), done, ui.theme->owner_driver);
  }
}

void device_page(Page& p, const model::DeviceView& d) {
  p.title(p.trace().name(d.id) + " · " + trace::words(d.power));
  p.line(trace::words(d.pnp), p.ui.theme->text_dim);
  p.section(tr("inspector.settings"));
  const std::string config = trace::device_config_words(d.config);
  if (!config.empty()) p.line(config, p.ui.theme->text);
  const trace::RequestType types[] = {trace::RequestType::Create, trace::RequestType::Read,
                                      trace::RequestType::Write, trace::RequestType::DeviceControl,
                                      trace::RequestType::InternalControl};
  for (size_t i = 0; i < 5; ++i)
    if (d.routes[i])
      p.object_link("route-" + std::to_string(i), d.routes[i], trace::words(types[i]));
  p.section(tr("inspector.queues"));
  for (const model::QueueView& q : p.model().queues)
    if (q.device == d.id && !q.deleted)
      p.object_link("queue-" + std::to_string(q.id.raw), q.id, trace::words(q.dispatch()));
  channels_of(p, d.id);
  p.calls();
  p.causes();
}

void channel_page(Page& p, const model::ChannelView& c) {
  p.title(p.trace().name(c.id));
  p.line(c.request ? tr("inspector.busy") : tr("inspector.idle"), p.ui.theme->text_dim);
  p.object_link("request", c.request, tr("inspector.works_on"));
  if (c.kind == trace::kSourceChannel)
    p.pair(tr("inspector.shows"), fmt::format("0x{:02X}", c.duration));
  else
    p.pair(tr("inspector.takes"), trace::time_text(c.duration));
  if (c.request) p.pair(tr("inspector.ready_at"), trace::time_text(c.due));
  p.line(tr("inspector.never_owns"), p.ui.theme->text_dim);
  p.causes();
}

void target_page(Page& p, const model::TargetView& t) {
  p.title(p.trace().name(t.id) + " · " + trace::words(t.state));
  p.line(trace::target_words(t.bits), p.ui.theme->text_dim);
  p.pair(tr("inspector.takes"), trace::time_text(t.delay));
  p.section(trf("inspector.n_sent", t.sent.size()));
  p.tokens("sent", t.sent);
  if (!t.pended.empty()) {
    p.section(trf("inspector.n_pended", t.pended.size()));
    p.tokens("pended", t.pended);
  }
  p.causes();
}

void app_page(Page& p, const model::AppView& a) {
  p.title(p.trace().name(a.id));
  p.line(a.running ? tr("inspector.app_running") : tr("inspector.app_gone"), p.ui.theme->text_dim);
  std::vector<ObjectId> pending;
  for (const model::RequestView& r : p.model().requests)
    if (r.app == a.id && r.place != model::Place::Done) pending.push_back(r.id);
  p.section(trf("inspector.n_pending", pending.size()));
  p.tokens("pending", pending);
  for (const model::FileView& f : p.model().files)
    if (f.app == a.id)
      p.object_link("file-" + std::to_string(f.id.raw), f.id, tr("inspector.file"));
  p.calls();
  p.causes();
}

void file_page(Page& p, const model::FileView& f) {
  p.title(trf("inspector.handle", p.trace().name(f.id)));
  p.line(f.state == 0   ? tr("inspector.open")
         : f.state == 1 ? tr("inspector.cleaned_up")
         : f.state == 3 ? tr("inspector.opening")
                        : tr("inspector.closed"),
         p.ui.theme->text_dim);
  p.object_link("app", f.app, tr("inspector.app"));
  p.calls();
  p.causes();
}

void timer_page(Page& p, const model::TimerView& t) {
  p.title(p.trace().name(t.id));
  p.line(t.armed ? trf("inspector.armed", trace::time_text(t.due))
                 : std::string(tr("inspector.not_armed")),
         p.ui.theme->text_dim);
  if (t.period) p.pair(tr("inspector.period"), trace::time_text(t.period));
  p.object_link("parent", t.parent, tr("inspector.lock_of"));
  ring_with(p);
  p.causes();
}

}  // namespace

void other_page(Page& p, ObjectId id) {
  const model::Model& m = p.model();
  if (const model::LockView* l = m.lock(id)) return lock_page(p, *l);
  if (const model::DeviceView* d = m.device(id)) return device_page(p, *d);
  if (const model::ChannelView* c = m.channel(id)) return channel_page(p, *c);
  if (const model::TargetView* t = m.target(id)) return target_page(p, *t);
  if (const model::AppView* a = m.app(id)) return app_page(p, *a);
  if (const model::FileView* f = m.file(id)) return file_page(p, *f);
  if (const model::TimerView* t = m.timer(id)) return timer_page(p, *t);
  p.title(trace::shown_name(p.trace(), id, p.shared.names));
  ring_with(p);  // a work item, for one
  const auto events = p.m.timeline->events_of(id);
  const bool to_come = !events.empty() && events.front() >= p.m.event;
  p.line(to_come ? tr("inspector.to_come") : tr("inspector.gone"), p.ui.theme->text_dim);
  if (to_come)
    p.event_row("first", events.front(), trace::narrate(p.trace(), events.front(), p.shared.names),
                false);
  p.causes();
}

}  // namespace qs::ui::inspector
