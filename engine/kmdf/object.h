// Framework objects: identity, references, parents, contexts. Owns: Object, ContextBlock, object
// lists. Called by every other file of kmdf.
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/ids.h"
#include "include/qs/abi.h"
#include "kmdf/rt.h"

namespace qs::kmdf {

struct Device;
struct Object;

// One typed context of an object (O-04). The memory is zero-filled and lives as long as the object.
struct ContextBlock {
  const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type = nullptr;
  void* data = nullptr;
  void (*cleanup)(WDFOBJECT) = nullptr;
  void (*destroy)(WDFOBJECT) = nullptr;
  ContextBlock* next = nullptr;
};

struct CallbackLock;

struct Object {
  ObjectId id;
  rt::Atomic<int32_t> refs{1};
#ifdef QS_REAL_THREADS
  uintptr_t known_as = 0;  // its handle
#endif
  Object* parent = nullptr;
  Object* first_child = nullptr;
  Object* next_sibling = nullptr;
  ContextBlock* contexts = nullptr;
  rt::Atomic<bool> delete_called{false};  // cleanup has begun
  bool callbacks_wanted = true;           // cleanup/destroy callbacks reach the driver (O-05)

  explicit Object(ObjectId i) : id(i) {}
  virtual ~Object() = default;
  // Cleanup begins: stops what would still call the driver or hold a reference.
  virtual void closing() {}
  ObjectKind kind() const { return id.kind(); }
};

// --- intrusive lists: a node knows its object, a list knows its count ---
template <class T>
struct Node {
  Node* prev = nullptr;
  Node* next = nullptr;
  T* item = nullptr;
  bool linked() const { return next != nullptr; }
};

template <class T>
class List {
 public:
  List() { head_.prev = head_.next = &head_; }
  List(const List&) = delete;
  bool empty() const { return head_.next == &head_; }
  uint32_t count() const { return count_; }
  T* front() const { return empty() ? nullptr : head_.next->item; }
  void push_back(Node<T>& n, T* item) { link(n, item, head_.prev, &head_); }
  void push_front(Node<T>& n, T* item) { link(n, item, &head_, head_.next); }
  void remove(Node<T>& n) {
    n.prev->next = n.next;
    n.next->prev = n.prev;
    n.prev = n.next = nullptr;
    --count_;
  }
  Node<T>* first() const { return empty() ? nullptr : head_.next; }
  Node<T>* after(const Node<T>* n) const { return n->next == &head_ ? nullptr : n->next; }

 private:
  void link(Node<T>& n, T* item, Node<T>* prev, Node<T>* next) {
    n.item = item;
    n.prev = prev;
    n.next = next;
    prev->next = &n;
    next->prev = &n;
    ++count_;
  }
  mutable Node<T> head_;
  uint32_t count_ = 0;
};

// The presentation lock of a queue or device (4.4): a spin lock, or a mutex at passive level. Not
// recursive (D-36). Threads that find it taken wait.
struct CallbackLock {
  ObjectId id, of;
  bool passive = false;
  rt::Atomic<rt::Thread*> owner{nullptr};
  uint8_t old_irql = 0;
#ifndef QS_REAL_THREADS
  WaitList waiters;
#else
  std::mutex mutex;
#endif

  void acquire();
  void release();
  bool owned_by_me() const { return owner.load() == rt::self(); }
};

// --- references and lifetime (R-06, K-05 step 8, V-40) ---
void add_ref(Object* o);
void release(Object* o);
// Runs cleanup callbacks of the object and its children, then drops the creation reference.
void delete_object(Object* o);
void link_child(Object* parent, Object* child);
void run_cleanup(Object* o, bool children_only = false);
// The object whose device chain this is; null when none (O-02).
Device* device_of(Object* o);

// --- contexts (O-04) ---
int32_t attach_context(Object* o, const qs_WDF_OBJECT_ATTRIBUTES* attributes, void** data,
                       bool fail_if_exists);
void free_contexts(Object* o);  // when the object is gone
void* find_context(Object* o, const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type);
// Validates size and combinations of an attributes structure; NTSTATUS (O-07 #1).
int32_t check_attributes(const qs_WDF_OBJECT_ATTRIBUTES* attributes);

}  // namespace qs::kmdf
