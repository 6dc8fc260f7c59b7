// WDFTIMER, WDFDPC and WDFWORKITEM at the C surface: the checks of O-11, then timers.cpp.
#include "kmdf/api/common.h"
#include "kmdf/async/timers.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

// Checks shared by the three create functions, the second half after those of the configuration.
template <class Config>
int32_t check_config(const Config* config, const qs_WDF_OBJECT_ATTRIBUTES* attributes,
                     bool has_callback) {
  const int32_t status = check_parent_required(attributes);
  if (!NT_OK(status)) return status;
  if (config->Size != sizeof(*config)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  return has_callback ? QS_STATUS_SUCCESS : QS_STATUS_INVALID_PARAMETER;
}
// The parent and the lock when they pass.
int32_t check_parent(const qs_WDF_OBJECT_ATTRIBUTES* attributes, bool serialized, bool passive,
                     Object** parent, CallbackLock** lock, Called what) {
  *parent = parent_from(attributes, nullptr, what);
  const int32_t status = effective_lock(*parent, serialized, passive, lock);
  if (NT_OK(status) && !takes_children(*parent)) return QS_STATUS_DELETE_PENDING;
  return status;
}
// Work items and DPCs.
template <class Config>
int32_t check_create(const Config* config, const qs_WDF_OBJECT_ATTRIBUTES* attributes, bool passive,
                     bool has_callback, Object** parent, CallbackLock** lock, Called what) {
  int32_t status = check_config(config, attributes, has_callback);
  if (NT_OK(status)) status = check_attributes(attributes);
  if (!NT_OK(status)) return status;
  return check_parent(attributes, config->AutomaticSerialization, passive, parent, lock, what);
}

}  // namespace

int32_t qs_WdfTimerCreate(QS_SITE, qs_WDF_TIMER_CONFIG* config,
                          qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFTIMER* timer) {
  ApiCall call(ApiFn::WdfTimerCreate, file, line);
  require(config);
  require(timer);
  *timer = nullptr;
  bool passive = attributes && attributes->ExecutionLevel == qs_WdfExecutionLevelPassive;
  Object* parent = nullptr;
  CallbackLock* lock = nullptr;
  int32_t status = check_config(config, attributes, config->EvtTimerFunc != nullptr);
  if (NT_OK(status) && config->Period > 0x7FFFFFFFu) status = QS_STATUS_INVALID_PARAMETER;
  if (NT_OK(status)) status = check_attributes(attributes, kMaySetLevel);
  if (NT_OK(status) && passive && config->Period) status = QS_STATUS_NOT_SUPPORTED;
  if (NT_OK(status))
    status = check_parent(attributes, config->AutomaticSerialization, passive, &parent, &lock,
                          {"WdfTimerCreate", file, line});
  if (!NT_OK(status)) return call.status(status);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* t = fw().make<Timer>(ObjectKind::Timer);
  t->config = *config;
  t->lock = lock;
  t->passive = t->passive_level = passive;
  settle_new_object(t, parent, attributes);
  *timer = handle<WDFTIMER>(t);
  return call.status(QS_STATUS_SUCCESS);
}

// Due time: 100 ns units; negative relative, positive absolute.
uint8_t qs_WdfTimerStart(QS_SITE, WDFTIMER timer, int64_t due) {
  auto* t = checked<Timer>(timer, ObjectKind::Timer, {"WdfTimerStart", file, line});
  ApiCall call(ApiFn::WdfTimerStart, file, line, t->id, {}, due_of(due));
  irql_allows(sched::kDispatchLevel, t->id);
  return call.value(uint8_t(start_timer(t, due_of(due))));
}

uint8_t qs_WdfTimerStop(QS_SITE, WDFTIMER timer, uint8_t wait) {
  auto* t = checked<Timer>(timer, ObjectKind::Timer, {"WdfTimerStop", file, line});
  ApiCall call(ApiFn::WdfTimerStop, file, line, t->id, {}, wait);
  bool own = t->running == rt::self();  // V-48 says more than the IRQL does
  if (wait && !own && !irql_allows(sched::kPassiveLevel, t->id)) return call.value(uint8_t(0));
  return call.value(uint8_t(stop_timer(t, wait)));
}

WDFOBJECT qs_WdfTimerGetParentObject(QS_SITE, WDFTIMER timer) {
  auto* t = checked<Timer>(timer, ObjectKind::Timer, {"WdfTimerGetParentObject", file, line});
  ApiCall call(ApiFn::WdfTimerGetParentObject, file, line, t->id);
  return handle<WDFOBJECT>(t->parent);
}

int32_t qs_WdfDpcCreate(QS_SITE, qs_WDF_DPC_CONFIG* config, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                        WDFDPC* dpc) {
  ApiCall call(ApiFn::WdfDpcCreate, file, line);
  require(config);
  require(dpc);
  *dpc = nullptr;
  Object* parent = nullptr;
  CallbackLock* lock = nullptr;
  int32_t status = check_create(config, attributes, false, config->EvtDpcFunc != nullptr, &parent,
                                &lock, {"WdfDpcCreate", file, line});
  if (!NT_OK(status)) return call.status(status);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* d = fw().make<Dpc>(ObjectKind::Dpc);
  d->config = *config;
  d->lock = lock;
  settle_new_object(d, parent, attributes);
  *dpc = handle<WDFDPC>(d);
  return call.status(QS_STATUS_SUCCESS);
}

uint8_t qs_WdfDpcEnqueue(QS_SITE, WDFDPC dpc) {
  auto* d = checked<Dpc>(dpc, ObjectKind::Dpc, {"WdfDpcEnqueue", file, line});
  ApiCall call(ApiFn::WdfDpcEnqueue, file, line, d->id);
  return call.value(uint8_t(enqueue_dpc(d)));
}

uint8_t qs_WdfDpcCancel(QS_SITE, WDFDPC dpc, uint8_t wait) {
  auto* d = checked<Dpc>(dpc, ObjectKind::Dpc, {"WdfDpcCancel", file, line});
  ApiCall call(ApiFn::WdfDpcCancel, file, line, d->id, {}, wait);
  if (wait && !irql_allows(sched::kPassiveLevel, d->id)) return call.value(uint8_t(0));
  return call.value(uint8_t(cancel_dpc(d, wait)));
}

WDFOBJECT qs_WdfDpcGetParentObject(QS_SITE, WDFDPC dpc) {
  auto* d = checked<Dpc>(dpc, ObjectKind::Dpc, {"WdfDpcGetParentObject", file, line});
  ApiCall call(ApiFn::WdfDpcGetParentObject, file, line, d->id);
  return handle<WDFOBJECT>(d->parent);
}

int32_t qs_WdfWorkItemCreate(QS_SITE, qs_WDF_WORKITEM_CONFIG* config,
                             qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFWORKITEM* item) {
  ApiCall call(ApiFn::WdfWorkItemCreate, file, line);
  require(config);
  require(item);
  *item = nullptr;
  Object* parent = nullptr;
  CallbackLock* lock = nullptr;
  int32_t status = check_create(config, attributes, true, config->EvtWorkItemFunc != nullptr,
                                &parent, &lock, {"WdfWorkItemCreate", file, line});
  if (!NT_OK(status)) return call.status(status);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  auto* w = fw().make<WorkItem>(ObjectKind::WorkItem);
  w->config = *config;
  w->lock = lock;
  w->passive_level = true;
  settle_new_object(w, parent, attributes);
  *item = handle<WDFWORKITEM>(w);
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfWorkItemEnqueue(QS_SITE, WDFWORKITEM item) {
  auto* w = checked<WorkItem>(item, ObjectKind::WorkItem, {"WdfWorkItemEnqueue", file, line});
  ApiCall call(ApiFn::WdfWorkItemEnqueue, file, line, w->id);
  irql_allows(sched::kDispatchLevel, w->id);
  enqueue_work_item(w);
}

void qs_WdfWorkItemFlush(QS_SITE, WDFWORKITEM item) {
  auto* w = checked<WorkItem>(item, ObjectKind::WorkItem, {"WdfWorkItemFlush", file, line});
  ApiCall call(ApiFn::WdfWorkItemFlush, file, line, w->id);
  if (irql_allows(sched::kPassiveLevel, w->id)) flush_work_item(w);
}

WDFOBJECT qs_WdfWorkItemGetParentObject(QS_SITE, WDFWORKITEM item) {
  auto* w =
      checked<WorkItem>(item, ObjectKind::WorkItem, {"WdfWorkItemGetParentObject", file, line});
  ApiCall call(ApiFn::WdfWorkItemGetParentObject, file, line, w->id);
  return handle<WDFOBJECT>(w->parent);
}
