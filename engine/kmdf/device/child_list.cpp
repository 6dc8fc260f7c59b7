#include "kmdf/device/child_list.h"

#include <cstring>

#include "kmdf/core/framework.h"
#include "kmdf/core/limits.h"

namespace qs::kmdf {

namespace {

uint32_t size_of(const void* description) {
  uint32_t size;
  std::memcpy(&size, description, sizeof size);
  return size;
}

// One child becomes a device: the driver creates it.
void create_device(ChildList* list, ChildList::Child* child) {
  DeviceInit* init = make_device_init();
  init->parent = list->device;
  const size_t before = fw().devices.size();
  int32_t status;
  {
    DriverCall call(trace::CallbackKind::EvtChildListCreateDevice, list->device->id, list->id);
    status = list->config.EvtChildListCreateDevice(
        handle<WDFCHILDLIST>(list), child->identification, reinterpret_cast<PWDFDEVICE_INIT>(init));
  }
  child->state = ChildList::State::Present;
  if (!NT_OK(status) || fw().devices.size() == before) return;
  child->device = fw().devices.back();
  list->device->static_children.push_back(child->device);
  child->device->pnp_start();
}

void remove_device(ChildList::Child* child) {
  Device* d = child->device;
  if (!d || d->removed) return;
  d->pnp_surprise_removal();
  d->pnp_remove();
}

}  // namespace

ChildList::Child* ChildList::find(void* identification) {
  for (const auto& child : children) {
    if (child->state == State::Missing) continue;
    const bool same =
        config.EvtIdentificationCompare
            ? config.EvtIdentificationCompare(handle<WDFCHILDLIST>(this), child->identification,
                                              identification)
            : !std::memcmp(child->identification, identification, size_of(identification));
    if (same) return child.get();
  }
  return nullptr;
}

ChildList* make_child_list(Device* device, const qs_CHILD_LIST_CONFIG& config) {
  auto* list = fw().make<ChildList>(ObjectKind::Generic);
  list->device = device;
  list->config = config;
  rt::sched().trace().set_name(list->id, "child list");
  rt::emit(trace::EventCode::Create, list->id, device->id);
  link_child(device, list);
  device->child_lists.push_back(list);
  return list;
}

void report_children(ChildList* list) {
  if (!list->device->started || list->scans > 0 || list->reporting) return;
  bool any = false;
  for (const auto& child : list->children)
    any |= child->state == ChildList::State::Pending ||
           (child->state == ChildList::State::Missing && child->device && !child->device->removed);
  if (!any) return;
  list->reporting = true;
  rt::spawn(trace::ThreadKind::Pnp, "enumeration", list->device->id, [list] {
    for (size_t i = 0; i < list->children.size() && !list->device->removed; ++i) {
      ChildList::Child* child = list->children[i].get();
      if (child->state == ChildList::State::Pending) create_device(list, child);
      if (child->state == ChildList::State::Missing) remove_device(child);
      check_limits();
    }
    list->reporting = false;
  });
}

ChildList* list_of(Device* device) {
  if (!device->init.parent) return nullptr;
  for (ChildList* list : device->init.parent->child_lists)
    for (const auto& child : list->children)
      if (child->device == device) return list;
  return nullptr;
}

ChildList::Child* child_of(Device* device) {
  if (ChildList* list = list_of(device))
    for (const auto& child : list->children)
      if (child->device == device) return child.get();
  return nullptr;
}

void copy_identification(ChildList* list, void* from, void* to) {
  if (list->config.EvtIdentificationCopy)
    list->config.EvtIdentificationCopy(handle<WDFCHILDLIST>(list), from, to);
  else
    std::memcpy(to, from, size_of(from));
}

void copy_address(ChildList* list, void* from, void* to) {
  if (list->config.EvtAddressCopy)
    list->config.EvtAddressCopy(handle<WDFCHILDLIST>(list), from, to);
  else
    std::memcpy(to, from, size_of(from));
}

}  // namespace qs::kmdf
