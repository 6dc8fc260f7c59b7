// What may be done to a queue, a device, an application or a handle now.
#include <fmt/format.h>

#include "model/find.h"
#include "model/queries/facts.h"
#include "model/queries/legal.h"
#include "trace/events/words.h"

namespace qs::model {

using trace::Act;

namespace {

class QueueMenu {
 public:
  QueueMenu(const Model& m, const QueueView& q, Asked asked)
      : q_(q), asked_(asked), facts_(queue_facts(m, q, order_taker(m, q.id))) {}

  std::vector<LegalCall> calls() {
    calls_.reserve(asked_.empty() ? 32 : asked_.size());
    for (Act act = Act::RetrieveNext; trace::is_order(act); act = Act(int(act) + 1))
      if (trace::act_row(act).subject == trace::ActSubject::Queue && act != Act::RetrieveFound)
        add(act, [&] { return order(act); });
    add(Act::SwitchSequential, [&] { return switch_to(trace::Dispatch::Sequential); });
    add(Act::SwitchParallel, [&] { return switch_to(trace::Dispatch::Parallel); });
    add(Act::SwitchManual, [&] { return switch_to(trace::Dispatch::Manual); });
    add(Act::SetLimit, [&] { return created(q_.dispatch(), 1, "D-16"); });
    add(Act::SetScope, [] { return new_run("D-33"); });
    add(Act::SetExecutionLevel, [] { return new_run("D-31"); });
    return std::move(calls_);
  }

 private:
  template <class Rule>
  void add(Act act, Rule rule) {
    if (!is_asked(asked_, act)) return;
    calls_.emplace_back();
    calls_.back() = make_call(act, rule());
  }

  LegalAnswer order(Act act) const {
    if (q_.deleted) return impossible("O-10", "the queue is deleted");
    LegalAnswer ruling = judged(law::rule_for(facts_, {act}));
    if (ruling.legality == Legality::Legal && ruling.reason.empty())
      ruling.reason = what_it_does(act);
    return ruling;
  }

  // What is there for it to cancel, or to wait for.
  std::string what_it_does(Act act) const {
    const bool waits =
        act == Act::QueueDelete || trace::act_row(act).group == trace::ActGroup::Waits;
    if (waits && q_.owned_count > 0)
      return fmt::format("it returns when the driver holds none: {} now", q_.owned_count);
    const bool cancels = act == Act::QueueDelete || act == Act::QueuePurge ||
                         act == Act::QueuePurgeSynchronously || act == Act::QueueStopAndPurge ||
                         act == Act::QueueStopAndPurgeSynchronously;
    if (cancels && !q_.waiting.empty())
      return fmt::format("cancels the {} waiting", q_.waiting.size());
    return {};
  }

  static LegalAnswer new_run(const char* rule) {
    return legal(rule, "a new run: the setting is made when the queue is created");
  }
  bool any_handler() const { return (q_.callbacks & trace::kHandlers) != 0; }
  // A manual queue gives its handlers up, and others their limit (queue_graph.h).
  LegalAnswer switch_to(trace::Dispatch to) const {
    if (q_.dispatch() == to)
      return impossible("O-07", fmt::format("it is {} now", trace::words(to)));
    return created(to, 0, "O-07");
  }
  LegalAnswer created(trace::Dispatch dispatch, uint32_t limit, const char* rule) const {
    law::QueueCreateFacts f;
    f.dispatch = uint32_t(dispatch);
    f.limit = limit;
    f.any_handler = dispatch != trace::Dispatch::Manual && any_handler();
    f.scope = q_.scope();
    f.passive = f.device_passive = (q_.config & trace::kConfigPassive) != 0;
    const law::Ruling ruling = law::on_create_queue(f);
    return ruling.refused ? impossible(ruling.rule, ruling.why) : new_run(rule);
  }

  const QueueView& q_;
  Asked asked_;
  law::Facts facts_;
  std::vector<LegalCall> calls_;
};

}  // namespace

std::vector<LegalCall> queue_calls(const Model& m, const QueueView& q, Asked asked) {
  return QueueMenu(m, q, asked).calls();
}

std::vector<LegalCall> device_calls(const Model& m, const DeviceView& d, Asked asked) {
  std::vector<LegalCall> out;
  law::Facts facts;
  facts.device = facts_of(m, d);
  for (Act act :
       {Act::PowerDown, Act::PowerUp, Act::FireIdleTimers, Act::PnpQueryStop, Act::PnpStop,
        Act::PnpStart, Act::PnpQueryRemove, Act::PnpCancelQuery, Act::SurpriseRemove, Act::Remove})
    if (is_asked(asked, act)) out.push_back(make_call(act, judged(law::rule_for(facts, {act}))));
  return out;
}

std::vector<LegalCall> target_calls(const Model& m, const TargetView& t, Asked asked) {
  std::vector<LegalCall> out;
  law::Facts facts;
  facts.verifier = verifier_on(m);
  facts.target.state = t.state;
  if (const ThreadView* caller = order_taker(m, t.id)) facts.caller.irql = caller->irql;
  for (Act act = Act::TargetStart; trace::is_order(act); act = Act(int(act) + 1)) {
    if (!is_asked(asked, act)) continue;
    LegalAnswer ruling = judged(law::rule_for(facts, {act}));
    if (t.state == trace::TargetState::Deleted)
      ruling = impossible("T-01", "the target is deleted");
    out.push_back(make_call(act, std::move(ruling)));
  }
  return out;
}

std::vector<LegalCall> app_calls(const Model& m, const AppView& a, Asked asked) {
  std::vector<LegalCall> out;
  const law::Facts facts = app_facts(m, &a);
  for (Act act : {Act::Send, Act::OpenHandle, Act::AppExit})
    if (is_asked(asked, act)) out.push_back(make_call(act, judged(law::rule_for(facts, {act}))));
  return out;
}

std::vector<LegalCall> file_calls(const Model& m, const FileView& f, Asked asked) {
  std::vector<LegalCall> out;
  law::Facts facts = app_facts(m, m.app(f.app));
  facts.handle = facts_of(m, f);
  for (Act act : {Act::Send, Act::CloseHandle})
    if (is_asked(asked, act)) out.push_back(make_call(act, judged(law::rule_for(facts, {act}))));
  return out;
}

}  // namespace qs::model
