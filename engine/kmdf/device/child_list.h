// Child lists: what a bus driver says is plugged in, and the devices that come of it. Owns:
// ChildList, a WDFCHILDLIST. Called by api/child_list.cpp, and by device/power.cpp when the bus has
// started. Children are reported on a PnP thread, as the PnP manager asks for them.
#pragma once
#include <memory>
#include <vector>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Device;

struct ChildList final : Object {
  enum class State : uint8_t { Pending, Present, Missing };
  struct Child {
    void* identification = nullptr;  // in the driver's memory; begins with its size
    void* address = nullptr;         // null: the list has none
    State state = State::Pending;
    bool seen = true;  // reported in the current scan
    Device* device = nullptr;
  };

  explicit ChildList(ObjectId i) : Object(i) {}
  Device* device = nullptr;
  qs_CHILD_LIST_CONFIG config{};
  std::vector<std::unique_ptr<Child>> children;
  int scans = 0;           // begun and not ended
  bool reporting = false;  // a PnP thread is reporting

  Child* find(void* identification);  // null: no such child that is not missing
};

ChildList* make_child_list(Device* device, const qs_CHILD_LIST_CONFIG& config);
// Creates the devices of children that are pending, and removes those of missing ones; on a thread
// of its own, once the bus has started.
void report_children(ChildList* list);
// The entry of a device that was created from a list; null: it was not.
ChildList::Child* child_of(Device* device);
ChildList* list_of(Device* device);

// Descriptions, as the driver wants them copied and compared.
void copy_identification(ChildList* list, void* from, void* to);
void copy_address(ChildList* list, void* from, void* to);

}  // namespace qs::kmdf
