// Worker threads, the clock and DPCs of the real-thread runtime.
#ifdef QS_REAL_THREADS

#include "kmdf/rt_real.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <thread>

namespace qs::rt {

void Lock::lock_contended() {
  for (int spins = 0;; ++spins) {
    while (held_.load(std::memory_order_relaxed)) {
      if (++spins > 200) {  // the holder may need this processor
        std::this_thread::yield();
        spins = 0;
      }
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    }
    if (!held_.exchange(true, std::memory_order_acquire)) return;
  }
}

// --- DPCs ---

void run_queued_dpcs() {
  Thread& me = tls_thread;
  me.in_dpc = true;
  std::vector<std::function<void()>>* queued = me.dpcs;
  for (size_t i = 0; i < queued->size(); ++i) {
    std::function<void()> body = std::move((*queued)[i]);
    me.irql = kDispatchLevel;
    body();
  }
  me.dpcs = nullptr;
  delete queued;
  me.irql = kDispatchLevel;
  me.in_dpc = false;
}

void post_dpc(std::string_view, ObjectId, std::function<void()> body) {
  Thread& me = tls_thread;
  if (!me.dpcs) me.dpcs = new std::vector<std::function<void()>>;
  me.dpcs->push_back(std::move(body));
  if (me.irql >= kDispatchLevel || me.in_dpc) return;
  uint8_t old = raise_irql(kDispatchLevel);
  lower_irql(old);
}

// --- workers ---

namespace {

// As many threads as there are bodies at the same time: a body may wait for another one.
struct Workers {
  std::mutex mutex;
  std::condition_variable more, idle;
  std::deque<std::function<void()>> bodies;
  std::vector<std::thread> threads;
  size_t waiting = 0, busy = 0;
  bool stop = false;

  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      ++waiting;
      more.wait(lock, [&] { return stop || !bodies.empty(); });
      --waiting;
      if (bodies.empty()) return;
      std::function<void()> body = std::move(bodies.front());
      bodies.pop_front();
      ++busy;
      lock.unlock();
      body();
      lower_irql(kPassiveLevel);
      body = nullptr;
      lock.lock();
      --busy;
      if (busy == 0 && bodies.empty()) idle.notify_all();
    }
  }
};

struct Clock {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::pair<uint32_t, uint64_t>, std::function<void()>> entries;
  std::map<uint64_t, uint32_t> due_of;
  uint64_t next = 1;
  std::thread thread;
  bool stop = false;

  void run();
};

Workers& workers() {
  static Workers* w = new Workers;
  return *w;
}

Clock& clock() {
  static Clock* c = new Clock;
  return *c;
}

const auto kStart = std::chrono::steady_clock::now();

void Clock::run() {
  std::unique_lock lock(mutex);
  while (!stop) {
    if (entries.empty()) {
      changed.wait(lock);
      continue;
    }
    auto first = entries.begin();
    uint32_t due = first->first.first;
    if (due > now()) {
      changed.wait_until(lock, kStart + std::chrono::microseconds(due));
      continue;
    }
    std::function<void()> fire = std::move(first->second);
    due_of.erase(first->first.second);
    entries.erase(first);
    lock.unlock();
    raise_irql(kDispatchLevel);
    fire();
    lower_irql(kPassiveLevel);
    fire = nullptr;
    lock.lock();
  }
}

}  // namespace

void spawn(ThreadKind, std::string_view, ObjectId, std::function<void()> body) {
  Workers& w = workers();
  std::lock_guard lock(w.mutex);
  w.bodies.push_back(std::move(body));
  if (w.bodies.size() > w.waiting) w.threads.emplace_back([&w] { w.run(); });
  w.more.notify_one();
}

uint32_t now() {
  auto since = std::chrono::steady_clock::now() - kStart;
  return uint32_t(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

uint64_t at(uint32_t due, bool, std::function<void()> fire) {
  Clock& c = clock();
  std::lock_guard lock(c.mutex);
  uint64_t id = c.next++;
  c.entries.emplace(std::pair(due, id), std::move(fire));
  c.due_of.emplace(id, due);
  if (!c.thread.joinable()) c.thread = std::thread([&c] { c.run(); });
  c.changed.notify_one();
  return id;
}

bool cancel(uint64_t entry) {
  Clock& c = clock();
  std::function<void()> dropped;  // what it holds goes without the lock
  std::lock_guard lock(c.mutex);
  auto due = c.due_of.find(entry);
  if (due == c.due_of.end()) return false;
  auto it = c.entries.find({due->second, entry});
  dropped = std::move(it->second);
  c.entries.erase(it);
  c.due_of.erase(due);
  return true;
}

void wait_for_workers() {
  Workers& w = workers();
  std::unique_lock lock(w.mutex);
  w.idle.wait(lock, [&] { return w.busy == 0 && w.bodies.empty(); });
}

void stop_threads() {
  Clock& c = clock();
  {
    std::lock_guard lock(c.mutex);
    c.stop = true;
    c.changed.notify_one();
  }
  if (c.thread.joinable()) c.thread.join();
  c.thread = std::thread();
  c.entries.clear();
  c.due_of.clear();
  c.stop = false;
  wait_for_workers();
  Workers& w = workers();
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(w.mutex);
    w.stop = true;
    threads.swap(w.threads);
    w.more.notify_all();
  }
  for (std::thread& t : threads) t.join();
  w.stop = false;
}

}  // namespace qs::rt

#endif
