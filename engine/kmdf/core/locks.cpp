// The presentation lock (4.7, D-35, D-36) and the search for threads that wait for each other's
// locks.
#include "kmdf/core/locks.h"

#include "kmdf/core/run_state.h"
#include "kmdf/core/validate.h"
#include "trace/events/words.h"
#include "trace/rules/verdict.h"

namespace qs::kmdf {

using rt::emit;

rt::Thread* lock_owner(ObjectId lock) {
  auto& owners = run_state().lock_owners;
  auto it = owners.find(lock.raw);
  return it == owners.end() ? nullptr : it->second;
}

void set_lock_owner(ObjectId lock, rt::Thread* owner) { run_state().lock_owners[lock.raw] = owner; }

std::string wait_sentence(const rt::Thread& t, trace::WaitReason reason, ObjectId object) {
  const trace::Trace& trace = rt::sched().trace();
  std::string out = trace.name(t.id) + " waits " + trace::words(reason);
  if (object) out += " (" + trace.name(object) + ")";
  if (t.site) out += " at " + trace.site_text(t.site);
  const std::string inside = trace::stack_of(trace, trace.size(), t.id.serial());
  return inside.empty() ? out : out + ", in " + inside;
}

std::string ring_story(const std::vector<const rt::Thread*>& ring, ObjectId lock) {
  const trace::Trace& trace = rt::sched().trace();
  constexpr size_t kMostNamed = 8;  // of a very long ring
  std::string names, story;
  for (size_t i = 0; i < ring.size() && i < kMostNamed; ++i) {
    const rt::Thread& t = *ring[i];
    const bool about_to = i == 0 && lock;
    names += trace.name(t.id) + " -> ";
    story += "; " + wait_sentence(t, about_to ? trace::WaitReason::LockHeld : t.waiting,
                                  about_to ? lock : t.waits_for);
  }
  if (ring.size() > kMostNamed) names += std::to_string(ring.size() - kMostNamed) + " more -> ";
  return "ring: " + names + trace.name(ring.front()->id) + story;
}

void link_ring(const std::vector<const rt::Thread*>& ring, ObjectId lock) {
  for (size_t i = 0; i < ring.size(); ++i) {
    const rt::Thread& t = *ring[i];
    const bool about_to = i == 0 && lock;
    trace::Event e;
    e.code = trace::EventCode::RingLink;
    e.irql = t.irql;
    e.time = rt::now();
    e.s = t.id;
    e.o = about_to ? lock : t.waits_for;
    e.a = uint32_t(about_to ? trace::WaitReason::LockHeld : t.waiting);
    e.c = ring[(i + 1) % ring.size()]->id.serial();
    e.site = t.site;
    rt::sched().trace().push(e);
  }
}

// U-02, U-03: who holds the lock the running thread is about to wait for, and what does that thread
// wait for?
void note_lock_wait(ObjectId lock, rt::Thread* owner) {
  rt::Thread* me = rt::self();
  std::vector<const rt::Thread*> ring{me};
  for (rt::Thread* at = owner; at != me; at = lock_owner(at->waits_for)) {
    if (!at || at->waiting != trace::WaitReason::LockHeld || at->limited || ring.size() > 64)
      return;
    ring.push_back(at);
  }
  link_ring(ring, lock);
  because(ring_story(ring, lock));
  finding(ring.size() == 1 ? "U-02" : "U-03", lock, me->id);
}

void CallbackLock::acquire() {
  if (owned_by_me()) bugcheck("V-41", 0x2, of.raw, 0, of, id, true);  // D-36
  uint8_t old = rt::irql();
  if (!passive && old < sched::kDispatchLevel) rt::raise_irql(sched::kDispatchLevel);
  rt::yield(sched::Op::CallbackLock, id);
  while (owner) {
    note_lock_wait(id, owner);
    rt::sched().wait_on(waiters, trace::WaitReason::LockHeld, id);
  }
  QS_HOLDS("I-13", id, !owner && (!passive || rt::irql() == sched::kPassiveLevel));
  owner = rt::self();
  set_lock_owner(id, rt::self());
  old_irql = old;
  emit(trace::EventCode::LockAcquire, id, of, rt::irql());
}

// Lowering the IRQL runs queued DPCs, after the lock is free.
void CallbackLock::release() {
  QS_HOLDS("I-13", id, owned_by_me());
  uint8_t old = old_irql;
  owner = nullptr;
  set_lock_owner(id, nullptr);
  emit(trace::EventCode::LockRelease, id, of, passive ? rt::irql() : old);
  rt::sched().wake_all(waiters, id);
  if (!passive) rt::lower_irql(old);
}

}  // namespace qs::kmdf
