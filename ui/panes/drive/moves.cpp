#include "ui/panes/drive/moves.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "session/act_input.h"
#include "trace/events/words.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

class Lister {
 public:
  Lister(const Model& m, const Trace& t, ObjectId subject)
      : m_(m), t_(t), subject_(subject), name_(t.name(subject)) {}

  std::vector<DriveMove> request(const RequestView& r) {
    if (r.has(kAsked)) keep(r);
    for (const LegalCall& call : legal_calls(m_, subject_)) request_call(r, call);
    return sorted();
  }

  std::vector<DriveMove> queue() {
    for (const LegalCall& call : legal_calls(m_, subject_)) {
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
    for (const ThreadView& thread : m_.threads) {
      const bool asks = thread.waiting == WaitReason::Asked && thread.waits_for == subject_;
      if (!asks) continue;
      out_.push_back({"return", tr("drive.return_queue"), "return;", true,
                      tr("drive.return_queue_note"), answer({})});
    }
    return sorted();
  }

 private:
  Command answer(const Order& order) const {
    cmd::Do d;
    d.answer = true;
    d.input = order_input(name_, order);
    // "return" answers whoever asks, about a queue too.
    if (order.act == Act::Return && subject_.kind() == ObjectKind::Queue)
      d.input.kind = InputKind::QueueOrder;
    return d;
  }

  // The act as menus and keys mean it.
  void add(const LegalCall& call, std::string name, std::string label, std::string arguments) {
    const RequestView* r = m_.request(subject_);
    Order order;
    order.act = call.act;
    add(call, std::move(name), std::move(label), std::move(arguments),
        r ? typical_order(call.act, *r) : order);
  }

  void add(const LegalCall& call, std::string name, std::string label, std::string arguments,
           const Order& order) {
    if (call.legality == Legality::Impossible) return;
    DriveMove move;
    move.name = std::move(name);
    move.label = std::move(label);
    move.call = std::string(fn_name(act_row(order.act).fn)) + arguments;
    move.legal = call.legal();
    move.reason = with_rule(call.reason, call.rule);
    if (!move.legal && move.reason.empty()) move.reason = call.rule;
    move.command = answer(order);
    out_.push_back(std::move(move));
  }

  void keep(const RequestView& r) {
    const bool cancelled = r.has(kCancelDelivered | kCoqDelivered);
    out_.push_back({"keep", tr("drive.keep"), "return;", true,
                    tr(cancelled ? "drive.keep_cancelled" : "drive.keep_note"), answer({})});
  }

  void request_call(const RequestView& r, const LegalCall& call) {
    const std::string only = "(" + name_ + ")";
    switch (call.act) {
      case Act::Complete:
        add(call, "complete", tr("drive.complete"),
            fmt::format("({}, STATUS_SUCCESS, {})", name_, answer_room(r)));
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
        if (!m_.targets.empty() && r.place == Place::Target)
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

  static Order complete_cancelled() {
    Order order;
    order.act = Act::Complete;
    order.status = *status_value("STATUS_CANCELLED");
    return order;
  }

  static bool stopping(const RequestView& r) { return r.has(kToNotify | kNotified | kStopAcked); }

  void forwards(const LegalCall& call) {
    for (const ForwardChoice& choice : forward_choices(m_, subject_)) {
      LegalCall one = call;
      if (call.legal()) {  // the request may go; may it go there?
        one.legality = choice.legality;
        one.reason = choice.reason;
        one.rule = choice.rule;
      }
      const std::string queue = t_.name(choice.queue);
      Order order;
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

  const Model& m_;
  const Trace& t_;
  ObjectId subject_;
  std::string name_;
  std::vector<DriveMove> out_;
};

}  // namespace

std::vector<DriveMove> drive_moves(const Model& model, const Trace& trace, ObjectId subject) {
  Lister lister(model, trace, subject);
  if (const RequestView* r = model.request(subject)) return lister.request(*r);
  return model.queue(subject) ? lister.queue() : std::vector<DriveMove>();
}

std::vector<ObjectId> drive_subjects(const Model& m) {
  std::vector<ObjectId> asked, held, queues, out;
  for (const RequestView& r : m.requests) {
    if (r.type == RequestType::Create || r.has(kPool)) continue;
    if (r.place == Place::Target)
      out.push_back(r.id);
    else if (r.has(kAsked))
      asked.push_back(r.id);
    else if (r.owner == Owner::Driver)
      held.push_back(r.id);
  }
  for (const QueueView& q : m.queues)
    if (q.dispatch() == Dispatch::Manual && !q.waiting.empty() && !q.deleted)
      queues.push_back(q.id);
  asked.insert(asked.end(), held.begin(), held.end());
  asked.insert(asked.end(), queues.begin(), queues.end());
  asked.insert(asked.end(), out.begin(), out.end());
  return asked;
}

ObjectId question_at(const Trace& trace, size_t events) {
  if (events == 0 || events > trace.size()) return {};
  const Event& e = trace[events - 1];
  if (e.code != EventCode::Ask) return {};
  return e.s ? e.s : e.o;
}

size_t next_question(const Trace& trace, size_t from, size_t to) {
  for (size_t i = from + 1; i <= std::min(to, trace.size()); ++i)
    if (question_at(trace, i)) return i;
  return SIZE_MAX;
}

size_t previous_question(const Trace& trace, size_t from) {
  for (size_t i = std::min(from, trace.size() + 1); i-- > 1;)
    if (question_at(trace, i)) return i;
  return SIZE_MAX;
}

}  // namespace qs::ui
