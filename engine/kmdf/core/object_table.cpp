// Which objects exist: a handle is the object's id, and an id is never used twice, so what a handle
// stands for is always known.

#include "kmdf/core/framework.h"

namespace qs::kmdf {

struct Framework::Tables {
  struct Table {
    std::vector<Object*> objects;  // by serial
    uint32_t next = 1;
  };
  Table of[size_t(ObjectKind::Count)];
  std::vector<Request*> free_requests;
  std::vector<Irp*> free_irps;
  rt::Lock lock;
};

Framework::Framework(Options o) : options(o), tables_(new Tables) {}

Framework::~Framework() {
  // Objects live in the arena; what they own outside it is only their vectors and maps.
  for (auto& table : tables_->of)
    for (Object* o : table.objects)
      if (o && o->kind() != ObjectKind::Request) o->~Object();
  delete tables_;
  if (the_framework == this) set_fw(nullptr);
}

ObjectId Framework::next_id(ObjectKind kind) {
  tables_->lock.lock({});
  rt::sched().touch_other(sched::Footprint::kNumbers + uint64_t(kind));
  ObjectId id(kind, tables_->of[size_t(kind)].next++);
  tables_->lock.unlock();
  return id;
}

void Framework::remember(Object* o) {
  tables_->lock.lock({});
  auto& objects = tables_->of[size_t(o->kind())].objects;
  if (objects.size() <= o->id.serial()) objects.resize(o->id.serial() + 1);
  objects[o->id.serial()] = o;
  tables_->lock.unlock();
}

void Framework::forget(Object* o) {
  rt::sched().touch_other(sched::Footprint::kExists + o->id.raw);
  tables_->lock.lock({});
  auto& objects = tables_->of[size_t(o->kind())].objects;
  if (o->id.serial() < objects.size()) objects[o->id.serial()] = nullptr;
  tables_->lock.unlock();
}

Object* Framework::find(ObjectId id) const {
  if (id.kind() >= ObjectKind::Count) return nullptr;
  auto& objects = tables_->of[size_t(id.kind())].objects;
  return id.serial() < objects.size() ? objects[id.serial()] : nullptr;
}

Object* Framework::object_at(uintptr_t handle) const {
  ObjectId id(handle <= 0xFFFFFFFFu ? uint32_t(handle) : 0);
  return id ? find(id) : nullptr;
}

void* Framework::take_memory(size_t bytes) { return arena.allocate(bytes, 16); }

Request* Framework::new_request(ObjectId id) {
  tables_->lock.lock({});
  void* place;
  if (tables_->free_requests.empty()) {
    place = arena.allocate(sizeof(Request), alignof(Request));
  } else {
    place = tables_->free_requests.back();
    tables_->free_requests.pop_back();
  }
  tables_->lock.unlock();
  return new (place) Request(id);
}

void Framework::recycle(Request* r) {
  tables_->lock.lock({});
  r->~Request();
  tables_->free_requests.push_back(r);
  tables_->lock.unlock();
}

Irp* Framework::new_irp() {
  tables_->lock.lock({});
  void* place;
  if (tables_->free_irps.empty()) {
    place = arena.allocate(sizeof(Irp), alignof(Irp));
  } else {
    place = tables_->free_irps.back();
    tables_->free_irps.pop_back();
  }
  tables_->lock.unlock();
  return new (place) Irp;
}

void Framework::recycle(Irp* irp) {
  tables_->lock.lock({});
  tables_->free_irps.push_back(irp);
  tables_->lock.unlock();
}

Object* Framework::object_of_context(const void* context) {
  const MemoryBlock* block = driver_memory.block_at(context);
  const bool is_one = block && block->kind == MemoryBlock::Kind::Context && !block->gone;
  return is_one ? find(block->of) : nullptr;
}

std::vector<Object*> Framework::alive(ObjectKind kind) const {
  std::vector<Object*> out;
  for (Object* o : tables_->of[size_t(kind)].objects)
    if (o) out.push_back(o);
  return out;
}

}  // namespace qs::kmdf
