// Fibers on Boost.Context: pooled stacks, about 5 ns a switch.
#include <boost/context/detail/fcontext.hpp>
#include <boost/context/fixedsize_stack.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <vector>

#include "base/sanitizer.h"
#include "sched/fiber.h"

#if QS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace qs::sched {
namespace ctx = boost::context::detail;

class Fiber {
 public:
  boost::context::stack_context stack;
  ctx::fcontext_t self = nullptr;
  std::function<void()> body;
};

namespace {

class ContextBackend final : public FiberBackend {
 public:
  ~ContextBackend() override {
    for (Fiber* f : pool_) release(f);
  }

  Fiber* create(std::function<void()> body) override {
    Fiber* f;
    if (pool_.empty()) {
      f = new Fiber;
      f->stack = allocator_.allocate();
    } else {
      f = pool_.back();
      pool_.pop_back();
    }
#if QS_ADDRESS_SANITIZER
    // Frames that were never left, of abandoned fibers or of stacks given back, have left their
    // marks.
    ASAN_UNPOISON_MEMORY_REGION(static_cast<char*>(f->stack.sp) - f->stack.size, f->stack.size);
#endif
    f->body = std::move(body);
    f->self = ctx::make_fcontext(f->stack.sp, f->stack.size, &entry);
    return f;
  }

  bool resume(Fiber* fiber) override {
    Fiber* outer = current_;
    ctx::fcontext_t outer_resumer = resumer_;
    current_ = fiber;
    ended_ = false;
    ctx::transfer_t back = ctx::jump_fcontext(fiber->self, this);
    current_ = outer;
    resumer_ = outer_resumer;
    fiber->self = back.fctx;
    if (!ended_) return false;
    pool_.push_back(fiber);
    ended_ = false;
    return true;
  }

  void suspend() override {
    ctx::transfer_t back = ctx::jump_fcontext(resumer_, nullptr);
    resumer_ = back.fctx;
  }

  void abandon(Fiber* fiber) override {
    // What the frames hold is either in the run's arena or leaked by design; only the stack is
    // reused.
    new (&fiber->body) std::function<void()>();
    pool_.push_back(fiber);
  }

  const char* name() const override { return "context"; }

 private:
  static void entry(ctx::transfer_t from) {
    auto* self = static_cast<ContextBackend*>(from.data);
    self->resumer_ = from.fctx;
    {
      std::function<void()> body = std::move(self->current_->body);
      body();
    }
    self->ended_ = true;
    ctx::jump_fcontext(self->resumer_, nullptr);
  }

  void release(Fiber* f) {
    allocator_.deallocate(f->stack);
    delete f;
  }

  boost::context::protected_fixedsize_stack allocator_{kStackBytes};
  std::vector<Fiber*> pool_;
  Fiber* current_ = nullptr;
  ctx::fcontext_t resumer_ = nullptr;
  bool ended_ = false;
};

}  // namespace

FiberBackend& context_fibers() {
  static thread_local ContextBackend backend;
  return backend;
}

}  // namespace qs::sched
