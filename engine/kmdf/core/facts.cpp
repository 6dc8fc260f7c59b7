#include "kmdf/core/facts.h"

#include "kmdf/target/io_target.h"

namespace qs::kmdf {

law::RequestFacts facts_of(const Request* r) {
  law::RequestFacts f;
  f.completed = r->completed;
  f.driver_owned = r->has(kVDriverOwned);
  f.in_queue = r->queue != nullptr;
  f.bound = r->bound != nullptr;
  f.waiting = r->listed_in == RequestList::Waiting;
  f.cancelable = r->has(kVCancelable);
  const bool being_canceled = r->cancel_pending_put;  // between the two holds of C-10
  f.listed = r->cancelable_listed || being_canceled;
  f.cancel_called = r->has(kVCancelled);
  f.on_cancel_list = r->on_cancel_list;
  f.canceled_bit = r->canceled_bit;
  f.at_target = r->target != nullptr;
  f.by_driver = r->driver_created;
  f.by_app = !r->driver_created;
  f.reserved = r->reserved;
  f.presented = r->presented;
  f.caller_context = r->has(kVInCallerContext);
  f.in_evt_io_stop = r->has(kVInEvtIoStop);
  f.formatted = r->has(kVFormatted);
  f.sent_before = r->sends > 0;
  f.target_format = r->formatted_with_target;
  f.routine = r->completion_routine != nullptr;
  f.has_irp = r->irp != nullptr;
  if (!r->irp) return f;
  const Irp& irp = *r->irp;
  // Its slot is empty while it should be armed: a cancel has it.
  f.claimed = being_canceled || ((f.waiting || r->cancelable_listed) && irp.slot == Slot::Empty);
  f.cancel_flag = irp.cancelled();
  f.type = irp.type;
  f.create_of_handle = irp.type == trace::RequestType::Create && r->file && r->file->has_handle;
  f.length = irp.length;
  f.out_length = irp.out_length;
  f.code = irp.code;
  f.from_user = irp.from_user;
  f.copy_back = irp.copy_back;
  return f;
}

law::QueueFacts facts_of(const Queue* q) {
  law::QueueFacts f;
  f.dispatch = q->dispatch_type;
  f.dispatches = q->dispatches();
  f.accepts = q->accepts();
  f.powered = q->power != trace::QueuePower::Off;
  f.purge_latch = q->purge_latch();
  f.deleted = (q->flags & trace::kDeleted) != 0;
  f.shut_down = (q->flags & trace::kShutdown) != 0;
  f.tells_canceled = q->config.EvtIoCanceledOnQueue != nullptr;
  f.undeletable = q->is_default || q->routed;
  f.disposing = (q->flags & trace::kDisposing) != 0;
  f.stop_due = q->idle.used;
  f.purge_due = q->purge.used;
  f.ready_due = q->ready.used;
  f.waiting = uint32_t(q->waiting.count());
  f.owned = q->owned_count;
  return f;
}

law::TargetFacts facts_of(const IoTarget* t) {
  law::TargetFacts f;
  f.state = t->state;
  f.no_device = t->remote && !t->open;
  f.ever_opened = !t->remote || t->ever_opened;
  return f;
}

law::Facts call_facts() {
  law::Facts f;
  f.verifier = verifier();
  f.caller.irql = rt::irql();
  return f;
}

law::Facts call_facts(const Request* r) {
  law::Facts f = call_facts();
  f.request = facts_of(r);
  if (const Queue* q = r->queue) f.queue = facts_of(q);
  return f;
}

law::Facts call_facts(const Queue* q) {
  law::Facts f = call_facts();
  f.queue = facts_of(q);
  return f;
}

std::string where_given_away(ObjectId request) {
  const trace::Trace& trace = rt::sched().trace();
  for (size_t i = trace.size(); i > 0; --i) {
    const trace::Event& e = trace[i - 1];
    if (e.code != trace::EventCode::GiveUp || e.s != request) continue;
    return e.site ? "; it was given away at " + trace.site_text(e.site) : std::string();
  }
  return {};
}

void tell_not_owned(const Request* r) {
  because(law::why_not_owned(facts_of(r)) + where_given_away(r->id));
}

bool carry_out(const law::Ruling& ruling, ObjectId s, ObjectId o) {
  if (ruling.count > 0 && !ruling.reports[0].later && *ruling.why) {
    const std::string_view rule = ruling.reports[0].rule;
    const bool not_owned =
        rule == "V-05" || rule == "V-06" || rule == "R-07" || rule == "K-11" || rule == "K-12";
    because(ruling.words() + (not_owned ? where_given_away(s) : std::string()));
  }
  for (size_t i = 0; i < ruling.count; ++i) {
    const law::Report& report = ruling.reports[i];
    if (report.later) continue;
    switch (report.kind) {
      case law::ReportKind::Finding: finding(report.rule, s, o); break;
      case law::ReportKind::Break: verifier_break(report.rule, s, o); break;
      case law::ReportKind::Undefined: undefined_misuse(report.rule, s, o); break;
      case law::ReportKind::BugCheck:
        if (report.sub_code)
          bugcheck(report.rule, report.code, report.sub_code, s.raw, s, o, false, true);
        bugcheck(report.rule, report.code, s.raw, 0, s, o, true);
    }
  }
  return !ruling.refused;
}

}  // namespace qs::kmdf
