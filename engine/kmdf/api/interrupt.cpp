// WDFINTERRUPT.
#include "kmdf/async/interrupt.h"
#include "kmdf/api/common.h"
#include "kmdf/async/timers.h"
#include "kmdf/core/nt.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

Interrupt* interrupt_arg(WDFINTERRUPT handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* i = dynamic_cast<Interrupt*>(o);
  if (!i) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return i;
}

}  // namespace

int32_t qs_WdfInterruptCreate(QS_SITE, WDFDEVICE device, qs_INTERRUPT_CONFIG* config,
                              qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFINTERRUPT* out) {
  const Called what("WdfInterruptCreate", file, line);
  Device* d = device_arg(device, what);
  ApiCall call(ApiFn::WdfInterruptCreate, file, line, d->id);
  require(config, d->id);
  require(out, d->id);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  Object* parent = parent_from(attributes, d, what);
  if (device_of(parent) != d) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  // From EvtDriverDeviceAdd or EvtDevicePrepareHardware only, and with one way to go on from the
  // ISR: its DPC or its work item.
  if (d->started) return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  if (!config->EvtInterruptIsr || (config->EvtInterruptDpc && config->EvtInterruptWorkItem))
    return call.status(QS_STATUS_INVALID_PARAMETER);
  CallbackLock* lock = nullptr;
  const bool passive = config->PassiveHandling || config->EvtInterruptWorkItem;
  status = effective_lock(parent, config->AutomaticSerialization, passive, &lock);
  if (!NT_OK(status)) return call.status(status);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* i = fw().make<Interrupt>(ObjectKind::Generic);
  i->device = d;
  i->config = *config;
  i->serialization = lock;
  rt::sched().trace().set_name(i->id, "interrupt " + std::to_string(d->interrupts.size() + 1));
  settle_new_object(i, parent, attributes);
  d->interrupts.push_back(i);
  *out = handle<WDFINTERRUPT>(i);
  return call.status(QS_STATUS_SUCCESS);
}

uint8_t qs_WdfInterruptQueueDpcForIsr(QS_SITE, WDFINTERRUPT interrupt) {
  Interrupt* i = interrupt_arg(interrupt, {"WdfInterruptQueueDpcForIsr", file, line});
  ApiCall call(ApiFn::WdfInterruptQueueDpcForIsr, file, line, i->id);
  return call.value(uint8_t(queue_interrupt_dpc(i)));
}

uint8_t qs_WdfInterruptQueueWorkItemForIsr(QS_SITE, WDFINTERRUPT interrupt) {
  Interrupt* i = interrupt_arg(interrupt, {"WdfInterruptQueueWorkItemForIsr", file, line});
  ApiCall call(ApiFn::WdfInterruptQueueWorkItemForIsr, file, line, i->id);
  return call.value(uint8_t(queue_interrupt_work(i)));
}

uint8_t qs_WdfInterruptSynchronize(QS_SITE, WDFINTERRUPT interrupt,
                                   uint8_t (*callback)(WDFINTERRUPT, void*), void* context) {
  Interrupt* i = interrupt_arg(interrupt, {"WdfInterruptSynchronize", file, line});
  ApiCall call(ApiFn::WdfInterruptSynchronize, file, line, i->id);
  require(reinterpret_cast<const void*>(callback), i->id);
  if (i->passive() && !may_wait(i->id)) return call.value(uint8_t(0));
  i->acquire();
  uint8_t result;
  {
    DriverCall inside(trace::CallbackKind::EvtInterruptSynchronize, i->id, i->device->id);
    result = callback(interrupt, context);
  }
  i->release();
  return call.value(result);
}

void qs_WdfInterruptAcquireLock(QS_SITE, WDFINTERRUPT interrupt) {
  Interrupt* i = interrupt_arg(interrupt, {"WdfInterruptAcquireLock", file, line});
  ApiCall call(ApiFn::WdfInterruptAcquireLock, file, line, i->id);
  if (i->passive() && !may_wait(i->id)) return;
  i->acquire();
}

void qs_WdfInterruptReleaseLock(QS_SITE, WDFINTERRUPT interrupt) {
  Interrupt* i = interrupt_arg(interrupt, {"WdfInterruptReleaseLock", file, line});
  ApiCall call(ApiFn::WdfInterruptReleaseLock, file, line, i->id);
  if (i->owner != rt::self()) {
    because(i->owner ? "another thread holds it" : "nobody holds it");
    undefined_misuse("V-42", i->id);
    return;
  }
  i->release();
}

void qs_WdfInterruptEnable(QS_SITE, WDFINTERRUPT interrupt) {
  SiteScope site(file, line);
  interrupt_arg(interrupt, {"WdfInterruptEnable", file, line})->enabled = true;
}

void qs_WdfInterruptDisable(QS_SITE, WDFINTERRUPT interrupt) {
  SiteScope site(file, line);
  interrupt_arg(interrupt, {"WdfInterruptDisable", file, line})->enabled = false;
}

WDFDEVICE qs_WdfInterruptGetDevice(QS_SITE, WDFINTERRUPT interrupt) {
  SiteScope site(file, line);
  return h(interrupt_arg(interrupt, {"WdfInterruptGetDevice", file, line})->device);
}
