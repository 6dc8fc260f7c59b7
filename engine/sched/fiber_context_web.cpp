// Fibers in a browser: emscripten's, in place of those of fiber_context.cpp. The compiler saves
// what the frames of a parked fiber hold (-sASYNCIFY) into a second stack.
//
// Whoever resumes a fiber would be parked with all that called it, the whole window. So it calls
// through JavaScript, and what lies below that call stays where it is: only what runs in fibers
// must be made to be parked (cmake/web_never_parked.txt), which makes everything else half as
// large.
#include <emscripten.h>
#include <emscripten/fiber.h>

#include <memory>
#include <vector>

#include "sched/fiber.h"

extern "C" EMSCRIPTEN_KEEPALIVE void qs_enter_fiber(emscripten_fiber_t* from,
                                                    emscripten_fiber_t* to) {
  emscripten_fiber_swap(from, to);
}

// Parking ends at what the browser has called last; for this long that is qs_enter_fiber.
EM_JS(void, qs_enter_alone, (emscripten_fiber_t * from, emscripten_fiber_t* to), {
  const outer = Asyncify.exportCallStack;
  Asyncify.exportCallStack = [];
  try {
    Module['_qs_enter_fiber'](from, to);
  } finally {
    Asyncify.exportCallStack = outer;
  }
});

namespace qs::sched {
namespace {

constexpr size_t kSavedBytes = 64 * 1024;  // frames of the deepest parked stack take a tenth
constexpr size_t kAlignment = 16;

struct alignas(kAlignment) Stack {
  char bytes[kStackBytes];
};

}  // namespace

class Fiber {
 public:
  emscripten_fiber_t self;
  std::unique_ptr<Stack> stack{new Stack};  // neither is cleared
  std::unique_ptr<char[]> saved{new char[kSavedBytes]};
  emscripten_fiber_t* resumer = nullptr;
  std::function<void()> body;
  bool ended = false;
};

namespace {

class WebBackend final : public FiberBackend {
 public:
  WebBackend() : saved_(std::make_unique<char[]>(kSavedBytes)) {
    emscripten_fiber_init_from_current_context(&main_, saved_.get(), kSavedBytes);
  }

  Fiber* create(std::function<void()> body) override {
    if (pool_.empty()) pool_.push_back(std::make_unique<Fiber>());
    Fiber* f = pool_.back().release();
    pool_.pop_back();
    f->body = std::move(body);
    f->ended = false;
    emscripten_fiber_init(&f->self, &entry, f, f->stack->bytes, kStackBytes, f->saved.get(),
                          kSavedBytes);
    return f;
  }

  bool resume(Fiber* fiber) override {
    Fiber* const outer = current_;
    current_ = fiber;
    fiber->resumer = outer ? &outer->self : &main_;
    if (outer)
      emscripten_fiber_swap(fiber->resumer, &fiber->self);
    else
      qs_enter_alone(fiber->resumer, &fiber->self);
    current_ = outer;
    if (!fiber->ended) return false;
    pool_.emplace_back(fiber);
    return true;
  }

  void suspend() override { emscripten_fiber_swap(&current_->self, current_->resumer); }

  void abandon(Fiber* fiber) override {
    // As with fiber_context.cpp, what the frames hold is in the run's arena or leaked by design.
    new (&fiber->body) std::function<void()>();
    pool_.emplace_back(fiber);
  }

  const char* name() const override { return "web"; }

 private:
  static void entry(void* self) {
    auto* fiber = static_cast<Fiber*>(self);
    {
      const std::function<void()> body = std::move(fiber->body);
      body();
    }
    fiber->ended = true;
    emscripten_fiber_swap(&fiber->self, fiber->resumer);
  }

  std::unique_ptr<char[]> saved_;
  emscripten_fiber_t main_;
  std::vector<std::unique_ptr<Fiber>> pool_;
  Fiber* current_ = nullptr;
};

}  // namespace

FiberBackend& context_fibers() {
  static WebBackend backend;
  return backend;
}

// There are no regions (region.cpp).
std::unique_ptr<FiberBackend> make_region_fibers(Region&) { return nullptr; }

}  // namespace qs::sched
