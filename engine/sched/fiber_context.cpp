// Fibers on Boost.Context: pooled stacks or those of a region, about 5 ns a switch.
#include <boost/context/detail/fcontext.hpp>
#include <boost/context/fixedsize_stack.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <new>
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
  size_t number = 0;
  ctx::fcontext_t self = nullptr;
  std::function<void()> body;
};

namespace {

// Where stacks come from, and who is told how far down one is in use when its fiber stands.
class PooledStacks {
 public:
  void allocate(Fiber& f) { f.stack = allocator_.allocate(); }
  void release(Fiber& f) { allocator_.deallocate(f.stack); }
  void stands(const Fiber&) {}
  void is_free(const Fiber&) {}

 private:
  boost::context::protected_fixedsize_stack allocator_{kStackBytes};
};

class RegionStacks {
 public:
  explicit RegionStacks(Region& region) : region_(region) {}
  void allocate(Fiber& f) {
    f.number = made_++;
    f.stack.sp = region_.stack(f.number);
    f.stack.size = kStackBytes;
    if (!f.stack.sp) throw std::bad_alloc();
  }
  void release(Fiber&) {}
  void stands(const Fiber& f) {
    region_.stack_in_use(f.number, size_t(static_cast<char*>(f.stack.sp) -
                                          static_cast<char*>(static_cast<void*>(f.self))));
  }
  void is_free(const Fiber& f) { region_.stack_in_use(f.number, 0); }

 private:
  Region& region_;
  size_t made_ = 0;
};
static_assert(kStackBytes == Region::kStackBytes);

template <class Stacks>
class ContextBackend final : public FiberBackend {
 public:
  template <class... Args>
  explicit ContextBackend(Args&... args) : stacks_(args...) {}
  ~ContextBackend() override {
    for (Fiber* f : pool_) release(f);
  }

  Fiber* create(std::function<void()> body) override {
    Fiber* f;
    if (pool_.empty()) {
      f = new Fiber;
      stacks_.allocate(*f);
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
    stacks_.stands(*f);
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
    if (!ended_) {
      stacks_.stands(*fiber);
      return false;
    }
    stacks_.is_free(*fiber);
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
    stacks_.is_free(*fiber);
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
    stacks_.release(*f);
    delete f;
  }

  Stacks stacks_;
  std::vector<Fiber*> pool_;
  Fiber* current_ = nullptr;
  ctx::fcontext_t resumer_ = nullptr;
  bool ended_ = false;
};

}  // namespace

FiberBackend& context_fibers() {
  static thread_local ContextBackend<PooledStacks> backend;
  return backend;
}

std::unique_ptr<FiberBackend> make_region_fibers(Region& region) {
  return std::make_unique<ContextBackend<RegionStacks>>(region);
}

}  // namespace qs::sched
