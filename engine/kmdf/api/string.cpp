// WDFSTRING and WDFCOLLECTION.
#include <algorithm>
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

Collection* collection_of(WDFCOLLECTION c, Called what) {
  return checked<Collection>(c, ObjectKind::Collection, what);
}

WDFOBJECT item_at(Collection* c, size_t index) {
  return index < c->items.size() ? handle<WDFOBJECT>(c->items[index]) : nullptr;
}

}  // namespace

// --- strings ---

int32_t qs_WdfStringCreate(QS_SITE, const qs_UNICODE_STRING* text,
                           qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFSTRING* out) {
  ApiCall call(ApiFn::WdfStringCreate, file, line);
  require(out);
  *out = nullptr;
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  if (text && (text->Length % 2 || (text->Length && !text->Buffer)))
    return call.status(QS_STATUS_INVALID_PARAMETER);
  Object* parent = parent_from(attributes, fw().driver, {"WdfStringCreate", file, line});
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* s = fw().make<String>(ObjectKind::String);
  s->length = text ? text->Length : 0;
  s->buffer = static_cast<uint16_t*>(fw().driver_memory.allocate(size_t(s->length) + 2));
  if (s->length) std::memcpy(s->buffer, text->Buffer, s->length);
  settle_new_object(s, parent, attributes);
  *out = handle<WDFSTRING>(s);
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfStringGetUnicodeString(QS_SITE, WDFSTRING string, qs_UNICODE_STRING* out) {
  auto* s = checked<String>(string, ObjectKind::String, {"WdfStringGetUnicodeString", file, line});
  ApiCall call(ApiFn::WdfStringGetUnicodeString, file, line, s->id);
  require(out, s->id);
  *out = {s->length, uint16_t(s->length + 2), s->buffer};
}

// --- collections: each item is kept alive by a reference ---

int32_t qs_WdfCollectionCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFCOLLECTION* out) {
  ApiCall call(ApiFn::WdfCollectionCreate, file, line);
  require(out);
  *out = nullptr;
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  Object* parent = parent_from(attributes, fw().driver, {"WdfCollectionCreate", file, line});
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* c = fw().make<Collection>(ObjectKind::Collection);
  settle_new_object(c, parent, attributes);
  *out = handle<WDFCOLLECTION>(c);
  return call.status(QS_STATUS_SUCCESS);
}

uint32_t qs_WdfCollectionGetCount(QS_SITE, WDFCOLLECTION collection) {
  auto* c = collection_of(collection, {"WdfCollectionGetCount", file, line});
  ApiCall call(ApiFn::WdfCollectionGetCount, file, line, c->id);
  return call.value(uint32_t(c->items.size()));
}

int32_t qs_WdfCollectionAdd(QS_SITE, WDFCOLLECTION collection, WDFOBJECT object) {
  auto* c = collection_of(collection, {"WdfCollectionAdd", file, line});
  Object* o = object_of(object, {"WdfCollectionAdd", file, line});
  ApiCall call(ApiFn::WdfCollectionAdd, file, line, c->id, o->id);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  add_ref(o);
  c->items.push_back(o);
  return call.status(QS_STATUS_SUCCESS);
}

// The first entry of that object; another one may follow.
void qs_WdfCollectionRemove(QS_SITE, WDFCOLLECTION collection, WDFOBJECT object) {
  auto* c = collection_of(collection, {"WdfCollectionRemove", file, line});
  Object* o = object_of(object, {"WdfCollectionRemove", file, line});
  ApiCall call(ApiFn::WdfCollectionRemove, file, line, c->id, o->id);
  auto it = std::find(c->items.begin(), c->items.end(), o);
  if (it == c->items.end()) return;
  c->items.erase(it);
  release(o);
}

void qs_WdfCollectionRemoveItem(QS_SITE, WDFCOLLECTION collection, uint32_t index) {
  auto* c = collection_of(collection, {"WdfCollectionRemoveItem", file, line});
  ApiCall call(ApiFn::WdfCollectionRemoveItem, file, line, c->id, {}, index);
  if (index >= c->items.size()) return;
  Object* o = c->items[index];
  c->items.erase(c->items.begin() + index);
  release(o);
}

WDFOBJECT qs_WdfCollectionGetItem(QS_SITE, WDFCOLLECTION collection, uint32_t index) {
  auto* c = collection_of(collection, {"WdfCollectionGetItem", file, line});
  ApiCall call(ApiFn::WdfCollectionGetItem, file, line, c->id, {}, index);
  return item_at(c, index);
}

WDFOBJECT qs_WdfCollectionGetFirstItem(QS_SITE, WDFCOLLECTION collection) {
  auto* c = collection_of(collection, {"WdfCollectionGetFirstItem", file, line});
  ApiCall call(ApiFn::WdfCollectionGetFirstItem, file, line, c->id);
  return item_at(c, 0);
}

WDFOBJECT qs_WdfCollectionGetLastItem(QS_SITE, WDFCOLLECTION collection) {
  auto* c = collection_of(collection, {"WdfCollectionGetLastItem", file, line});
  ApiCall call(ApiFn::WdfCollectionGetLastItem, file, line, c->id);
  return c->items.empty() ? nullptr : item_at(c, c->items.size() - 1);
}
