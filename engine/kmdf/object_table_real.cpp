// Which objects exist, with real threads: a handle is the number of a slot and the slot's age. A
// slot is looked up without a lock; when its object goes its age changes, so an old handle is
// recognised (until the age has gone round 32 bits). Slots and the memory of objects stay until
// the run ends: looking at an old one is never a crash.
//
// Requests and IRPs come from lists that each thread keeps for itself; what a thread has too much
// of goes to a list for all of them, and comes from there.
#ifdef QS_REAL_THREADS

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "kmdf/framework.h"

namespace qs::kmdf {

namespace {

constexpr uint32_t kPage = 4096, kPages = 16384;

struct Place {
  std::atomic<Object*> object{nullptr};
  std::atomic<uint32_t> age{0};  // odd: alive
  bool request = false;          // its memory is used again, so a dead one must not be touched
};

// Memory of one Request or Irp between two uses.
struct Free {
  Free* next;
};

struct Stock {
  Free* first = nullptr;
  uint32_t count = 0;
  void push(Free* f) {
    f->next = first;
    first = f;
    ++count;
  }
  Free* pop() {
    Free* f = first;
    first = f->next;
    --count;
    return f;
  }
};

// What is put in front of each Request and Irp.
struct alignas(64) Cell {
  uint64_t number = 0;  // a request's slot; an IRP's id, for good: it is never two at once
  void* item() { return this + 1; }
  static Cell* of(void* item) { return static_cast<Cell*>(item) - 1; }
};
static_assert(sizeof(Cell) == 64);

constexpr uint32_t kMost = 256, kMove = 128;

struct ThreadStock {
  uint64_t run = 0;  // the stock of an earlier run went with its arena
  Stock requests, irps;
};
constinit thread_local ThreadStock tls_stock;
std::atomic<uint64_t> runs{0};

}  // namespace

struct Framework::Tables {
  uint64_t run = ++runs;
  std::atomic<Place*> pages[kPages] = {};
  std::atomic<uint32_t> slots{0};
  std::atomic<uint32_t> next[size_t(ObjectKind::Count)] = {};
  rt::Lock lock;  // of pages, and of the stocks for all threads
  Stock requests, irps;

  ThreadStock& mine() {
    if (tls_stock.run != run) {
      tls_stock = {};
      tls_stock.run = run;
    }
    return tls_stock;
  }
  Place& slot(uint32_t n) { return pages[n / kPage].load(std::memory_order_acquire)[n % kPage]; }
  uint32_t new_slot(Object* o) {
    uint32_t n = slots.fetch_add(1, std::memory_order_relaxed);
    if (n >= kPage * kPages) std::abort();  // 67 million objects that are not requests
    auto& page = pages[n / kPage];
    if (!page.load(std::memory_order_acquire)) {
      lock.lock();
      if (!page.load(std::memory_order_relaxed))
        page.store(new Place[kPage], std::memory_order_release);
      lock.unlock();
    }
    slot(n).request = o->kind() == ObjectKind::Request;
    slot(n).object.store(o, std::memory_order_release);
    return n;
  }
  // The object in a slot comes into being; its handle.
  uintptr_t open(uint32_t n) {
    Place& s = slot(n);
    uint32_t age = s.age.load(std::memory_order_relaxed) + 1;
    s.age.store(age, std::memory_order_release);
    return uintptr_t(age) << 32 | (uintptr_t(n) + 1);
  }

  // One from this thread's stock, or null when there is none anywhere.
  Cell* take(Stock& own, Stock& all) {
    if (own.count == 0) {
      lock.lock();
      for (uint32_t i = 0; i < kMove && all.count; ++i) own.push(all.pop());
      lock.unlock();
      if (own.count == 0) return nullptr;
    }
    return Cell::of(own.pop());
  }
  void give(Stock& own, Stock& all, void* item) {
    own.push(static_cast<Free*>(item));
    if (own.count <= kMost) return;
    lock.lock();
    for (uint32_t i = 0; i < kMove; ++i) all.push(own.pop());
    lock.unlock();
  }
};

Framework::Framework(Options o) : options(o), tables_(new Tables) {}

Framework::~Framework() {
  for (uint32_t n = 0; n < tables_->slots; ++n) {
    Place& s = tables_->slot(n);
    Object* o = s.object;
    if (!o) continue;
    if (!s.request || (s.age & 1)) {
      free_contexts(o);
      o->~Object();
    }
  }
  for (auto& page : tables_->pages) delete[] page.load();
  delete tables_;
}

ObjectId Framework::next_id(ObjectKind kind) {
  return ObjectId(kind, ++tables_->next[size_t(kind)]);
}

void Framework::remember(Object* o) {
  if (!o->known_as) o->known_as = tables_->open(tables_->new_slot(o));
}

void Framework::forget(Object* o) {
  auto& age = tables_->slot(uint32_t(o->known_as) - 1).age;
  age.store(age.load(std::memory_order_relaxed) + 1, std::memory_order_release);  // nobody else's
}

Object* Framework::find(ObjectId) const { return nullptr; }

Object* Framework::object_at(uintptr_t handle) const {
  uint32_t n = uint32_t(handle) - 1;
  if (n >= tables_->slots.load(std::memory_order_acquire)) return nullptr;
  Place* page = tables_->pages[n / kPage].load(std::memory_order_acquire);
  if (!page || page[n % kPage].age.load(std::memory_order_acquire) != uint32_t(handle >> 32))
    return nullptr;
  return page[n % kPage].object.load(std::memory_order_relaxed);
}

void* Framework::take_memory(size_t bytes) { return std::calloc(1, bytes); }
void Framework::give_memory(void* block) { std::free(block); }

Request* Framework::new_request(ObjectId id) {
  Cell* cell = tables_->take(tables_->mine().requests, tables_->requests);
  bool fresh = !cell;
  if (fresh) cell = new (arena.allocate(sizeof(Cell) + sizeof(Request), alignof(Cell))) Cell;
  auto* r = new (cell->item()) Request(id);
  if (fresh) cell->number = tables_->new_slot(r);
  r->known_as = tables_->open(uint32_t(cell->number));
  return r;
}

void Framework::recycle(Request* r) {
  if (r->params) give_memory(r->params);
  r->~Request();
  tables_->give(tables_->mine().requests, tables_->requests, r);
}

Irp* Framework::new_irp() {
  Cell* cell = tables_->take(tables_->mine().irps, tables_->irps);
  if (!cell) {
    cell = new (arena.allocate(sizeof(Cell) + sizeof(Irp), alignof(Cell))) Cell;
    cell->number = next_id(ObjectKind::Request).raw;
  }
  Irp* irp = new (cell->item()) Irp;
  irp->id = ObjectId(uint32_t(cell->number));
  return irp;
}

void Framework::recycle(Irp* irp) { tables_->give(tables_->mine().irps, tables_->irps, irp); }

// Contexts know their object (attach_context).
Object* Framework::object_of_context(const void* context) const {
  return context ? static_cast<Object* const*>(context)[-1] : nullptr;
}

std::vector<Object*> Framework::alive(ObjectKind kind) const {
  std::vector<Object*> out;
  for (uint32_t n = 0; n < tables_->slots; ++n) {
    Place& s = tables_->slot(n);
    if ((s.age & 1) && s.object.load()->kind() == kind) out.push_back(s.object);
  }
  return out;
}

}  // namespace qs::kmdf

#endif
