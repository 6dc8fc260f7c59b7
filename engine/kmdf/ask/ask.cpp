#include "kmdf/ask/ask.h"

#include <algorithm>

#include "kmdf/api/common.h"
#include "kmdf/async/timers.h"
#include "kmdf/core/run_state.h"
#include "trace/events/event.h"

namespace qs::kmdf {

struct AskState {
  struct Asker {
    sched::VThread* thread;
    PendingAsk ask;
    qs_ORDER* order;  // on the asker's stack
    bool answered;
  };
  std::vector<Asker*> askers;
  std::vector<OrderResult> results;
};

namespace {

AskState& state() { return part(run_state().ask); }

template <class Test>
AskState::Asker* first(Test test) {
  for (AskState::Asker* a : state().askers)
    if (test(a->ask)) return a;
  return nullptr;
}

AskState::Asker* taker(ObjectId about, bool returns) {
  auto of_request = [about](const PendingAsk& a) { return a.request == about; };
  auto of_queue = [about](const PendingAsk& a) { return a.queue == about; };
  auto worker = [](const PendingAsk& a) { return a.worker(); };
  if (about.kind() == ObjectKind::Request) {
    AskState::Asker* own = first(of_request);
    return own || returns ? own : first(worker);
  }
  AskState::Asker* own = first(of_queue);
  if (returns) return own;
  AskState::Asker* w = first(worker);
  if (w || own || about.kind() == ObjectKind::Queue) return w ? w : own;
  return state().askers.empty() ? nullptr : state().askers.front();  // targets: anybody
}

void answer(AskState::Asker* a, const qs_ORDER& order) {
  std::erase(state().askers, a);
  *a->order = order;
  a->answered = true;
}

// A worker listens only as long as its work item may be enqueued again (O-12).
bool may_still_ask(const PendingAsk& ask) {
  const ObjectId item = rt::self()->on_behalf_of;
  if (!ask.worker() || item.kind() != ObjectKind::WorkItem) return true;
  const Object* o = fw().find(item);
  return !o || !static_cast<const WorkItem*>(o)->disposed;
}

ObjectId id_in(const void* handle) {
  return ObjectId(uint32_t(reinterpret_cast<uintptr_t>(handle)));
}

}  // namespace

std::vector<PendingAsk> pending_asks() {
  std::vector<PendingAsk> asks;
  for (const AskState::Asker* a : state().askers) asks.push_back(a->ask);
  return asks;
}

bool deliver_order(ObjectId about, const qs_ORDER& order) {
  AskState::Asker* a = taker(about, order.Verb == qs_OrderReturn);
  if (!a) return false;
  answer(a, order);
  rt::sched().wake(a->thread, about);
  return true;
}

void end_asks_of(ObjectId work_item) {
  const auto of_item = [&](const AskState::Asker* a) {
    return a->ask.worker() && a->thread->on_behalf_of == work_item;
  };
  const std::vector<AskState::Asker*> askers = state().askers;
  for (AskState::Asker* a : askers) {
    if (!of_item(a)) continue;
    answer(a, {.Verb = qs_OrderReturn});
    rt::sched().wake(a->thread, work_item);
  }
}

std::vector<OrderResult> take_order_results() { return std::move(state().results); }

}  // namespace qs::kmdf

using namespace qs;
using namespace qs::kmdf;

int32_t qs_AskNext(QS_SITE, WDFQUEUE queue, WDFREQUEST request, qs_ORDER* order) {
  require(order);
  *order = {};
  PendingAsk ask{rt::self()->id, id_in(queue), id_in(request)};
  ApiCall call(trace::ApiFn::QsAsk, file, line, ask.request, ask.queue);
  ObjectId about = ask.request ? ask.request : ask.queue;
  rt::emit(trace::EventCode::Ask, ask.request, ask.queue);
  AskState::Asker asker{rt::self(), ask, order, false};
  auto& all = state().askers;
  const auto younger = [&](const AskState::Asker* a) {
    return a->ask.thread.serial() > ask.thread.serial();
  };
  all.insert(std::find_if(all.begin(), all.end(), younger), &asker);
  if (!may_still_ask(ask)) answer(&asker, {.Verb = qs_OrderReturn});
  while (!asker.answered) rt::sched().wait(trace::WaitReason::Asked, about);
  ObjectId answered = ask.request ? ask.request : id_in(order->Request);
  rt::emit(trace::EventCode::Answer, answered, ask.queue, uint32_t(order->Verb),
           uint32_t(order->Status), order->Queue ? id_in(order->Queue).raw : 0);
  return call.value(int32_t(order->Verb != qs_OrderReturn));
}

void qs_AskResult(QS_SITE, const qs_ORDER* order, int32_t status, uintptr_t value) {
  (void)file, (void)line;
  require(order);
  state().results.push_back({*order, status, value});
}
