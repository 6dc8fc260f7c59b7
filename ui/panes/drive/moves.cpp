#include "ui/panes/drive/moves.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "session/act_input.h"
#include "trace/events/words.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::Act;

namespace {

class Lister {
 public:
  Lister(const model::Model& m, const trace::Trace& t, ObjectId subject)
      : m_(m), t_(t), subject_(subject), name_(t.name(subject)) {}

  std::vector<DriveMove> request(const model::RequestView& r) {
    if (r.has(model::kAsked)) keep(r);
    for (const model::LegalCall& call : model::legal_calls(m_, subject_)) request_call(r, call);
    return sorted();
  }

  std::vector<DriveMove> queue() {
    for (const model::LegalCall& call : model::legal_calls(m_, subject_)) {
      switch (call.act) {
        case Act::RetrieveNext:
          add(call, "retrieve", tr("drive.retrieve"), "(Queue, &Request)");
          break;
        case Act::ReadyNotifyOff:
          add(call, "notify-off", tr("drive.notify_off"), "(Queue, NULL, NULL)");
          break;
        case Act::QueueStop: add(call, "stop", tr("drive.stop"), "(Queue)"); break;
        case Act::QueueStart: add(call, "start", tr("drive.start"), "(Queue)"); break;
        case Act::QueuePurge: add(call, "purge", tr("drive.purge"), "(Queue)"); break;
        default: break;
      }
    }
    for (const model::ThreadView& thread : m_.threads) {
      const bool asks = thread.waiting == trace::WaitReason::Asked && thread.waits_for == subject_;
      if (!asks) continue;
      out_.push_back({"return", tr("drive.return_queue"), "return;", true,
                      tr("drive.return_queue_note"), answer({})});
    }
    return sorted();
  }

 private:
  session::Command answer(const trace::Order& order) const {
    session::cmd::Do d;
    d.answer = true;
    d.input = session::order_input(name_, order);
    // "return" answers whoever asks, about a queue too.
    if (order.act == Act::Return && subject_.kind() == ObjectKind::Queue)
      d.input.kind = sched::InputKind::QueueOrder;
    return d;
  }

  // The act as menus and keys mean it.
  void add(const model::LegalCall& call, std::string name, std::string label,
           std::string arguments) {
    const model::RequestView* r = m_.request(subject_);
    trace::Order order;
    order.act = call.act;
    add(call, std::move(name), std::move(label), std::move(arguments),
        r ? model::typical_order(call.act, *r) : order);
  }

  void add(const model::LegalCall& call, std::string name, std::string label, std::string arguments,
           const trace::Order& order) {
    if (call.legality == model::Legality::Impossible) return;
    DriveMove move;
    move.name = std::move(name);
    move.label = std::move(label);
    move.call = std::string(trace::fn_name(trace::act_row(order.act).fn)) + arguments;
    move.legal = call.legal();
    move.reason = with_rule(call.reason, call.rule);
    if (!move.legal && move.reason.empty()) move.reason = call.rule;
    move.command = answer(order);
    out_.push_back(std::move(move));
  }

  void keep(const model::RequestView& r) {
    const bool cancelled = r.has(model::kCancelDelivered | model::kCoqDelivered);
    out_.push_back({"keep", tr("drive.keep"), "return;", true,
                    tr(cancelled ? "drive.keep_cancelled" : "drive.keep_note"), answer({})});
  }

  void request_call(const model::RequestView& r, const model::LegalCall& call) {
    const std::string only = "(" + name_ + ")";
    switch (call.act) {
      case Act::Complete:
        add(call, "complete", tr("drive.complete"),
            fmt::format("({}, STATUS_SUCCESS, {})", name_, model::answer_room(r)));
        add(call, "complete-cancelled", tr("drive.complete_cancelled"),
            fmt::format("({}, STATUS_CANCELLED)", name_), complete_cancelled());
        break;
      case Act::Forward: forwards(call); break;
      case Act::Requeue: add(call, "requeue", tr("drive.requeue"), only); break;
      case Act::MarkCancelableEx:
        add(call, "mark", tr("drive.mark"), fmt::format("({}, EvtRequestCancel)", name_));
        break;
      case Act::UnmarkCancelable: add(call, "unmark", tr("drive.unmark"), only); break;
      case Act::IsCanceled: add(call, "is-canceled", tr("drive.is_canceled"), only); break;
      case Act::SendToTarget:
        if (!m_.targets.empty())
          add(call, "send", tr("drive.send"), fmt::format("({}, Target, …)", name_));
        break;
      case Act::CancelSent:
        if (!m_.targets.empty() && r.place == model::Place::Target)
          add(call, "cancel-sent", tr("drive.cancel_sent"), only);
        break;
      case Act::StopAcknowledge:
        if (stopping(r))
          add(call, "ack-keep", tr("drive.ack_keep"), fmt::format("({}, FALSE)", name_));
        break;
      case Act::StopAcknowledgeRequeue:
        if (stopping(r))
          add(call, "ack-requeue", tr("drive.ack_requeue"), fmt::format("({}, TRUE)", name_));
        break;
      default: break;
    }
  }

  static trace::Order complete_cancelled() {
    trace::Order order;
    order.act = Act::Complete;
    order.status = *trace::status_value("STATUS_CANCELLED");
    return order;
  }

  static bool stopping(const model::RequestView& r) {
    return r.has(model::kToNotify | model::kNotified | model::kStopAcked);
  }

  void forwards(const model::LegalCall& call) {
    for (const model::ForwardChoice& choice : model::forward_choices(m_, subject_)) {
      model::LegalCall one = call;
      if (call.legal()) {  // the request may go; may it go there?
        one.legality = choice.legality;
        one.reason = choice.reason;
        one.rule = choice.rule;
      }
      const std::string queue = t_.name(choice.queue);
      trace::Order order;
      order.act = Act::Forward;
      order.queue = queue;
      add(one, "forward/" + queue, trf("drive.forward", queue),
          fmt::format("({}, {})", name_, queue), order);
    }
  }

  std::vector<DriveMove> sorted() {
    std::stable_partition(out_.begin(), out_.end(), [](const DriveMove& m) { return m.legal; });
    // To keep a request is the last of the legal moves: it decides nothing.
    const auto legal_end =
        std::find_if(out_.begin(), out_.end(), [](const DriveMove& m) { return !m.legal; });
    if (!out_.empty() && out_.front().name == "keep")
      std::rotate(out_.begin(), out_.begin() + 1, legal_end);
    return std::move(out_);
  }

  const model::Model& m_;
  const trace::Trace& t_;
  ObjectId subject_;
  std::string name_;
  std::vector<DriveMove> out_;
};

}  // namespace

std::vector<DriveMove> drive_moves(const model::Model& model, const trace::Trace& trace,
                                   ObjectId subject) {
  Lister lister(model, trace, subject);
  if (const model::RequestView* r = model.request(subject)) return lister.request(*r);
  return model.queue(subject) ? lister.queue() : std::vector<DriveMove>();
}

std::vector<ObjectId> drive_subjects(const model::Model& m) {
  std::vector<ObjectId> asked, held, queues, out;
  for (const model::RequestView& r : m.requests) {
    if (r.type == trace::RequestType::Create || r.has(model::kPool)) continue;
    if (r.place == model::Place::Target)
      out.push_back(r.id);
    else if (r.has(model::kAsked))
      asked.push_back(r.id);
    else if (r.owner == model::Owner::Driver)
      held.push_back(r.id);
  }
  for (const model::QueueView& q : m.queues)
    if (q.dispatch() == trace::Dispatch::Manual && !q.waiting.empty() && !q.deleted)
      queues.push_back(q.id);
  asked.insert(asked.end(), held.begin(), held.end());
  asked.insert(asked.end(), queues.begin(), queues.end());
  asked.insert(asked.end(), out.begin(), out.end());
  return asked;
}

ObjectId question_at(const trace::Trace& trace, size_t events) {
  if (events == 0 || events > trace.size()) return {};
  const trace::Event& e = trace[events - 1];
  if (e.code != trace::EventCode::Ask) return {};
  return e.s ? e.s : e.o;
}

size_t next_question(const trace::Trace& trace, size_t from, size_t to) {
  for (size_t i = from + 1; i <= std::min(to, trace.size()); ++i)
    if (question_at(trace, i)) return i;
  return SIZE_MAX;
}

size_t previous_question(const trace::Trace& trace, size_t from) {
  for (size_t i = std::min(from, trace.size() + 1); i-- > 1;)
    if (question_at(trace, i)) return i;
  return SIZE_MAX;
}

}  // namespace qs::ui
