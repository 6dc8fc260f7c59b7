// Framework objects: identity, references, parents, contexts. Owns: Object, ContextBlock, object
// lists. Called by every other file of kmdf.
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/ids.h"
#include "base/must.h"
#include "include/qs/abi.h"
#include "kmdf/core/rt.h"

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
  int32_t refs = 1;
  // Of the driver, among them; below 0 when it gave back some that it never took.
  int32_t driver_refs = 0;
  Object* parent = nullptr;
  Object* first_child = nullptr;  // in order of creation
  Object* last_child = nullptr;
  Object* next_sibling = nullptr;
  Object* prev_sibling = nullptr;
  ContextBlock* contexts = nullptr;
  bool delete_called = false;    // disposal has begun
  bool linked = false;           // among its parent's children
  bool deletion_waits = false;   // its disposal begins, or goes on, at PASSIVE_LEVEL
  bool passive_level = false;    // its own callbacks want PASSIVE_LEVEL
  bool callbacks_wanted = true;  // cleanup/destroy callbacks reach the driver (O-05)

  explicit Object(ObjectId i) : id(i) {}
  virtual ~Object() = default;
  // Disposal, after the children's and before the cleanup callback: stops what would still call the
  // driver or hold a reference and, at PASSIVE_LEVEL, waits for what is running (O-12a).
  virtual void closing() {}
  // The same after the cleanup callback.
  virtual void closed() {}
  // It is destroyed: memory that the driver had with it is the driver's no more (U-16).
  virtual void destroyed() {}
  // Its disposal has to wait, so it needs PASSIVE_LEVEL.
  virtual bool disposal_waits() const { return false; }
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
    QS_MUST("I-02", n.item->id, n.linked() && count_ > 0);
    n.prev->next = n.next;
    n.next->prev = n.prev;
    n.prev = n.next = nullptr;
    --count_;
  }
  Node<T>* first() const { return empty() ? nullptr : head_.next; }
  Node<T>* after(const Node<T>* n) const { return n->next == &head_ ? nullptr : n->next; }

 private:
  void link(Node<T>& n, T* item, Node<T>* prev, Node<T>* next) {
    QS_MUST("I-02", item->id, !n.linked());
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

// The presentation lock of a queue or device (4.7): a spin lock, or a mutex at passive level. Not
// recursive (D-36). Threads that find it taken wait.
struct CallbackLock {
  ObjectId id, of;
  bool passive = false;
  rt::Thread* owner = nullptr;
  uint8_t old_irql = 0;
  sched::WaitList waiters;

  void acquire();
  void release();
  bool owned_by_me() const { return owner == rt::self(); }
};

// --- references and lifetime (R-06, K-05 step 8, V-40) ---
void add_ref(Object* o);
void release(Object* o);
// The same for references that the driver takes and gives back.
void add_driver_ref(Object* o);
void release_driver_ref(Object* o);
// Disposes of the object and everything below it (O-12a), then drops the creation references. At
// DISPATCH_LEVEL a work item of its device does it, or goes on with it, once something in the tree
// needs PASSIVE_LEVEL. Does nothing when the object's own disposal, or that of its parent, has
// begun.
void delete_object(Object* o);
// Something in the tree can be disposed of at PASSIVE_LEVEL only.
bool tree_needs_passive(const Object* o);
// The two halves of it, for objects that live on in between (completed requests).
void dispose(Object* o);
void drop_children(Object* o);
void link_child(Object* parent, Object* child);
// False: nothing can be created below it anymore (STATUS_DELETE_PENDING).
bool takes_children(const Object* parent);
// The object whose device chain this is; null when none (O-02).
Device* device_of(Object* o);

// --- contexts (O-04) ---
int32_t attach_context(Object* o, const qs_WDF_OBJECT_ATTRIBUTES* attributes, void** data,
                       bool fail_if_exists);
void free_contexts(Object* o);  // when the object is gone
void* find_context(Object* o, const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type);
// Validates size and combinations of an attributes structure; NTSTATUS (O-07 step 1). `may_set`:
// which of the two kinds of objects with callbacks may choose themselves.
inline constexpr uint32_t kMaySetLevel = 1, kMaySetScope = 2;
int32_t check_attributes(const qs_WDF_OBJECT_ATTRIBUTES* attributes, uint32_t may_set = 0);

}  // namespace qs::kmdf
