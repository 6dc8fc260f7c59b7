// WDFCHILDLIST and walks through static children.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/nt.h"
#include "kmdf/device/child_list.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

using Child = ChildList::Child;

ChildList* list_arg(WDFCHILDLIST handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* list = dynamic_cast<ChildList*>(o);
  if (!list) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return list;
}

const qs_CHILD_LIST_CONFIG* config_arg(void* config) {
  require(config);
  return static_cast<const qs_CHILD_LIST_CONFIG*>(config);
}

// A description that the list keeps.
void* kept(ChildList* list, void* from, uint32_t size,
           int32_t (*duplicate)(WDFCHILDLIST, void*, void*)) {
  if (!may_take(size) || fw().allocation_fails()) return nullptr;
  void* copy = fw().driver_memory.allocate(size);
  if (!duplicate) {
    std::memcpy(copy, from, size);
    return copy;
  }
  std::memset(copy, 0, size);
  std::memcpy(copy, from, sizeof(uint32_t));  // its size
  return NT_OK(duplicate(handle<WDFCHILDLIST>(list), from, copy)) ? copy : nullptr;
}

bool wanted(const Child& child, uint32_t flags) {
  switch (child.state) {
    case ChildList::State::Present: return flags & 1;
    case ChildList::State::Missing: return flags & 2;
    case ChildList::State::Pending: return flags & 4;
  }
  return false;
}

}  // namespace

void qs_WdfFdoInitSetDefaultChildListConfig(QS_SITE, PWDFDEVICE_INIT init, void* config,
                                            qs_WDF_OBJECT_ATTRIBUTES*) {
  SiteScope site(file, line);
  require(init);
  auto* copy = static_cast<qs_CHILD_LIST_CONFIG*>(
      fw().arena.allocate(sizeof(qs_CHILD_LIST_CONFIG), alignof(qs_CHILD_LIST_CONFIG)));
  *copy = *config_arg(config);
  reinterpret_cast<DeviceInit*>(init)->child_list = copy;
}

WDFCHILDLIST qs_WdfFdoGetDefaultChildList(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfFdoGetDefaultChildList", file, line});
  if (!d->init.child_list || d->child_lists.empty()) return nullptr;
  return handle<WDFCHILDLIST>(d->child_lists.front());
}

int32_t qs_WdfChildListCreate(QS_SITE, WDFDEVICE device, void* config,
                              qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFCHILDLIST* out) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfChildListCreate", file, line});
  require(out, d->id);
  *out = nullptr;
  const int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return status;
  ChildList* list = make_child_list(d, *config_arg(config));
  attach_context(list, attributes, nullptr, false);
  *out = handle<WDFCHILDLIST>(list);
  return QS_STATUS_SUCCESS;
}

WDFDEVICE qs_WdfChildListGetDevice(QS_SITE, WDFCHILDLIST list) {
  SiteScope site(file, line);
  return h(list_arg(list, {"WdfChildListGetDevice", file, line})->device);
}

WDFDEVICE qs_WdfChildListRetrievePdo(QS_SITE, WDFCHILDLIST list, void* info) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListRetrievePdo", file, line});
  require(info, l->id);
  auto* i = static_cast<qs_CHILD_RETRIEVE_INFO*>(info);
  Child* child = l->find(i->IdentificationDescription);
  i->Status = !child ? 3 : child->device ? 1 : 2;
  if (child && i->AddressDescription && child->address)
    copy_address(l, child->address, i->AddressDescription);
  return child ? h(child->device) : nullptr;
}

int32_t qs_WdfChildListRetrieveAddressDescription(QS_SITE, WDFCHILDLIST list, void* identification,
                                                  void* address) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListRetrieveAddressDescription", file, line});
  Child* child = l->find(identification);
  if (!child || !child->address) return QS_STATUS_NO_SUCH_DEVICE;
  copy_address(l, child->address, address);
  return QS_STATUS_SUCCESS;
}

void qs_WdfChildListBeginScan(QS_SITE, WDFCHILDLIST list) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListBeginScan", file, line});
  ++l->scans;
  for (auto& child : l->children) child->seen = false;
}

void qs_WdfChildListEndScan(QS_SITE, WDFCHILDLIST list) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListEndScan", file, line});
  if (l->scans > 0 && --l->scans > 0) return;
  for (auto& child : l->children)
    if (!child->seen) child->state = ChildList::State::Missing;
  report_children(l);
}

void qs_WdfChildListUpdateAllChildDescriptionsAsPresent(QS_SITE, WDFCHILDLIST list) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListUpdateAllChildDescriptionsAsPresent", file, line});
  for (auto& child : l->children) child->seen = true;
}

void qs_WdfChildListBeginIteration(QS_SITE, WDFCHILDLIST list, void* iterator) {
  SiteScope site(file, line);
  list_arg(list, {"WdfChildListBeginIteration", file, line});
  require(iterator);
  static_cast<qs_CHILD_LIST_ITERATOR*>(iterator)->Reserved[0] = nullptr;
}

int32_t qs_WdfChildListRetrieveNextDevice(QS_SITE, WDFCHILDLIST list, void* iterator,
                                          WDFDEVICE* device, void* info) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListRetrieveNextDevice", file, line});
  require(iterator, l->id);
  auto* it = static_cast<qs_CHILD_LIST_ITERATOR*>(iterator);
  auto at = reinterpret_cast<uintptr_t>(it->Reserved[0]);
  while (at < l->children.size() && !wanted(*l->children[at], it->Flags)) ++at;
  it->Reserved[0] = reinterpret_cast<void*>(at + 1);
  if (at >= l->children.size()) return QS_STATUS_NO_MORE_ENTRIES;
  Child* child = l->children[at].get();
  if (device) *device = h(child->device);
  if (auto* i = static_cast<qs_CHILD_RETRIEVE_INFO*>(info)) {
    i->Status = child->device ? 1 : 2;
    if (i->IdentificationDescription)
      copy_identification(l, child->identification, i->IdentificationDescription);
    if (i->AddressDescription && child->address)
      copy_address(l, child->address, i->AddressDescription);
  }
  return QS_STATUS_SUCCESS;
}

void qs_WdfChildListEndIteration(QS_SITE, WDFCHILDLIST list, void*) {
  SiteScope site(file, line);
  list_arg(list, {"WdfChildListEndIteration", file, line});
}

int32_t qs_WdfChildListAddOrUpdateChildDescriptionAsPresent(QS_SITE, WDFCHILDLIST list,
                                                            void* identification, void* address) {
  ChildList* l = list_arg(list, {"WdfChildListAddOrUpdateChildDescriptionAsPresent", file, line});
  ApiCall call(ApiFn::WdfChildListAddOrUpdateChildDescriptionAsPresent, file, line, l->id);
  require(identification, l->id);
  if (Child* there = l->find(identification)) {
    there->seen = true;
    if (address && there->address) copy_address(l, address, there->address);
    return call.status(QS_STATUS_OBJECT_NAME_EXISTS);
  }
  auto child = std::make_unique<Child>();
  child->identification = kept(l, identification, l->config.IdentificationDescriptionSize,
                               l->config.EvtIdentificationDuplicate);
  if (!child->identification) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  if (address && l->config.AddressDescriptionSize) {
    child->address =
        kept(l, address, l->config.AddressDescriptionSize, l->config.EvtAddressDuplicate);
    if (!child->address) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  }
  l->children.push_back(std::move(child));
  report_children(l);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfChildListUpdateChildDescriptionAsMissing(QS_SITE, WDFCHILDLIST list,
                                                       void* identification) {
  ChildList* l = list_arg(list, {"WdfChildListUpdateChildDescriptionAsMissing", file, line});
  ApiCall call(ApiFn::WdfChildListUpdateChildDescriptionAsMissing, file, line, l->id);
  require(identification, l->id);
  Child* child = l->find(identification);
  if (!child) return call.status(QS_STATUS_NO_SUCH_DEVICE);
  child->state = ChildList::State::Missing;
  report_children(l);
  return call.status(QS_STATUS_SUCCESS);
}

// The user's wish to unplug it: it goes as one that is missing does.
uint8_t qs_WdfChildListRequestChildEject(QS_SITE, WDFCHILDLIST list, void* identification) {
  SiteScope site(file, line);
  ChildList* l = list_arg(list, {"WdfChildListRequestChildEject", file, line});
  Child* child = l->find(identification);
  if (!child || !child->device) return 0;
  child->state = ChildList::State::Missing;
  report_children(l);
  return 1;
}

int32_t qs_WdfPdoRetrieveIdentificationDescription(QS_SITE, WDFDEVICE device, void* out) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfPdoRetrieveIdentificationDescription", file, line});
  Child* child = child_of(d);
  if (!child) return QS_STATUS_INVALID_PARAMETER;
  copy_identification(list_of(d), child->identification, out);
  return QS_STATUS_SUCCESS;
}

int32_t qs_WdfPdoRetrieveAddressDescription(QS_SITE, WDFDEVICE device, void* out) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfPdoRetrieveAddressDescription", file, line});
  Child* child = child_of(d);
  if (!child || !child->address) return QS_STATUS_INVALID_PARAMETER;
  copy_address(list_of(d), child->address, out);
  return QS_STATUS_SUCCESS;
}

void qs_WdfPdoRequestEject(QS_SITE, WDFDEVICE device) { qs_WdfPdoMarkMissing(file, line, device); }

void qs_WdfFdoLockStaticChildListForIteration(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  device_arg(device, {"WdfFdoLockStaticChildListForIteration", file, line});
}

WDFDEVICE qs_WdfFdoRetrieveNextStaticChild(QS_SITE, WDFDEVICE device, WDFDEVICE previous,
                                           uint32_t flags) {
  SiteScope site(file, line);
  const Called what("WdfFdoRetrieveNextStaticChild", file, line);
  Device* d = device_arg(device, what);
  bool found = !previous;
  for (Device* child : d->static_children) {
    const bool missing = child->removed || child->pnp == trace::DevicePnp::SurpriseRemoved;
    if (found && flags & (missing ? 2u : 5u)) return h(child);
    if (handle<WDFDEVICE>(child) == previous) found = true;
  }
  return nullptr;
}

void qs_WdfFdoUnlockStaticChildListFromIteration(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  device_arg(device, {"WdfFdoUnlockStaticChildListFromIteration", file, line});
}
