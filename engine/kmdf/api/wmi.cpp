// WMI providers and instances: they exist, have contexts and go with their device. Nobody consumes
// WMI in a run, so their callbacks are not called.
#include "kmdf/api/common.h"
#include "kmdf/core/nt.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

struct WmiProvider final : Object {
  explicit WmiProvider(ObjectId i) : Object(i) {}
  Device* device = nullptr;
};
struct WmiInstance final : Object {
  explicit WmiInstance(ObjectId i) : Object(i) {}
  WmiProvider* provider = nullptr;
  bool registered = false;
};

template <class T>
T* wmi_arg(void* handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* found = dynamic_cast<T*>(o);
  if (!found) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return found;
}

// `out`: a WDFWMIPROVIDER or WDFWMIINSTANCE, which drivers alone know as types.
void give(void* out, const Object* o) { *static_cast<void**>(out) = handle<void*>(o); }

WmiProvider* make_provider(Device* d, qs_WDF_OBJECT_ATTRIBUTES* attributes) {
  auto* p = fw().make<WmiProvider>(ObjectKind::Generic);
  p->device = d;
  settle_new_object(p, d, attributes);
  return p;
}

}  // namespace

int32_t qs_WdfWmiProviderCreate(QS_SITE, WDFDEVICE device, void* config,
                                qs_WDF_OBJECT_ATTRIBUTES* attributes, void* out) {
  Device* d = device_arg(device, {"WdfWmiProviderCreate", file, line});
  ApiCall call(ApiFn::WdfWmiInstanceCreate, file, line, d->id);
  require(config, d->id);
  require(out, d->id);
  const int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  give(out, make_provider(d, attributes));
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_wmi_instance(QS_SITE, WDFDEVICE device, WDFOBJECT provider, void* provider_config,
                        uint8_t do_register, qs_WDF_OBJECT_ATTRIBUTES* attributes, void* out) {
  const Called what("WdfWmiInstanceCreate", file, line);
  Device* d = device_arg(device, what);
  ApiCall call(ApiFn::WdfWmiInstanceCreate, file, line, d->id);
  const int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  if (!provider == !provider_config)  // one of the two says what it is an instance of
    return call.status(QS_STATUS_INVALID_PARAMETER);
  WmiProvider* of = provider ? wmi_arg<WmiProvider>(provider, what) : make_provider(d, nullptr);
  auto* i = fw().make<WmiInstance>(ObjectKind::Generic);
  i->provider = of;
  i->registered = do_register;
  settle_new_object(i, of, attributes);
  if (out) give(out, i);
  return call.status(QS_STATUS_SUCCESS);
}

WDFDEVICE qs_WdfWmiProviderGetDevice(QS_SITE, void* provider) {
  SiteScope site(file, line);
  return h(wmi_arg<WmiProvider>(provider, {"WdfWmiProviderGetDevice", file, line})->device);
}

uint8_t qs_WdfWmiProviderIsEnabled(QS_SITE, void* provider, int32_t) {
  SiteScope site(file, line);
  wmi_arg<WmiProvider>(provider, {"WdfWmiProviderIsEnabled", file, line});
  return 0;  // nobody listens
}

uint64_t qs_WdfWmiProviderGetTracingHandle(QS_SITE, void* provider) {
  SiteScope site(file, line);
  wmi_arg<WmiProvider>(provider, {"WdfWmiProviderGetTracingHandle", file, line});
  return 0;
}

int32_t qs_WdfWmiInstanceRegister(QS_SITE, void* instance) {
  SiteScope site(file, line);
  wmi_arg<WmiInstance>(instance, {"WdfWmiInstanceRegister", file, line})->registered = true;
  return QS_STATUS_SUCCESS;
}

void qs_WdfWmiInstanceDeregister(QS_SITE, void* instance) {
  SiteScope site(file, line);
  wmi_arg<WmiInstance>(instance, {"WdfWmiInstanceDeregister", file, line})->registered = false;
}

WDFDEVICE qs_WdfWmiInstanceGetDevice(QS_SITE, void* instance) {
  SiteScope site(file, line);
  return h(
      wmi_arg<WmiInstance>(instance, {"WdfWmiInstanceGetDevice", file, line})->provider->device);
}

void* qs_WdfWmiInstanceGetProvider(QS_SITE, void* instance) {
  SiteScope site(file, line);
  return handle<void*>(
      wmi_arg<WmiInstance>(instance, {"WdfWmiInstanceGetProvider", file, line})->provider);
}

int32_t qs_WdfWmiInstanceFireEvent(QS_SITE, void* instance, uint32_t, void*) {
  auto* i = wmi_arg<WmiInstance>(instance, {"WdfWmiInstanceFireEvent", file, line});
  ApiCall call(ApiFn::WdfWmiInstanceFireEvent, file, line, i->id);
  return call.status(QS_STATUS_SUCCESS);
}
