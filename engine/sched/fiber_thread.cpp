// One OS thread per fiber, handing a baton around: slow, but sanitizers and debuggers understand
// it.
#include <condition_variable>
#include <csetjmp>
#include <memory>
#include <mutex>
#include <thread>

#include "base/sanitizer.h"
#include "sched/fiber.h"
#if QS_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>
#endif

namespace qs::sched {
namespace {

struct Baton {
  std::mutex mutex;
  std::condition_variable changed;
  bool fiber_turn = false, ended = false, dying = false;
};

struct ThreadFiber {
  std::shared_ptr<Baton> baton = std::make_shared<Baton>();
  std::function<void()> body;
  std::thread thread;
};

thread_local ThreadFiber* tls_fiber = nullptr;
thread_local jmp_buf tls_exit;

void wait_turn(Baton& b, std::unique_lock<std::mutex>& lock) {
  b.changed.wait(lock, [&] { return b.fiber_turn; });
}

// Runs on the fiber's own thread. A dying fiber jumps back here over its frames without unwinding
// them.
void thread_main(ThreadFiber* f, std::shared_ptr<Baton> baton) {
  tls_fiber = f;
#if QS_ADDRESS_SANITIZER
  __lsan_disable();  // for this thread: what an abandoned fiber's frames hold is no leak
#endif
  bool alive = true;
  {
    std::unique_lock lock(baton->mutex);
    wait_turn(*baton, lock);
    alive = !baton->dying;
  }
  if (alive && setjmp(tls_exit) == 0) f->body();
  std::unique_lock lock(baton->mutex);
  baton->ended = true;
  baton->fiber_turn = false;
  baton->changed.notify_all();
}

class ThreadBackend final : public FiberBackend {
 public:
  Fiber* create(std::function<void()> body) override {
    auto* f = new ThreadFiber;
    f->body = std::move(body);
    f->thread = std::thread(thread_main, f, f->baton);
    return reinterpret_cast<Fiber*>(f);
  }

  bool resume(Fiber* fiber) override {
    auto* f = reinterpret_cast<ThreadFiber*>(fiber);
    {
      std::unique_lock lock(f->baton->mutex);
      f->baton->fiber_turn = true;
      f->baton->changed.notify_all();
      f->baton->changed.wait(lock, [&] { return !f->baton->fiber_turn; });
      if (!f->baton->ended) return false;
    }
    f->thread.join();
    delete f;
    return true;
  }

  void suspend() override {
    ThreadFiber* f = tls_fiber;
    bool dying;
    {
      std::unique_lock lock(f->baton->mutex);
      f->baton->fiber_turn = false;
      f->baton->changed.notify_all();
      wait_turn(*f->baton, lock);
      dying = f->baton->dying;
    }
    if (dying) longjmp(tls_exit, 1);
  }

  void abandon(Fiber* fiber) override {
    auto* f = reinterpret_cast<ThreadFiber*>(fiber);
    {
      std::unique_lock lock(f->baton->mutex);
      f->baton->dying = true;
      f->baton->fiber_turn = true;
      f->baton->changed.notify_all();
    }
    f->thread.join();
    delete f;
  }

  const char* name() const override { return "thread"; }
};

}  // namespace

FiberBackend& thread_fibers() {
  static ThreadBackend backend;
  return backend;
}

}  // namespace qs::sched
