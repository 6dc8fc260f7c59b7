#include "conform/client.h"

#include <sstream>

namespace qs::conform {

namespace {

Runner* the_runner = nullptr;

void io_default(WDFQUEUE q, WDFREQUEST r) { runner().handler(q, r, "EvtIoDefault", ""); }
void io_read(WDFQUEUE q, WDFREQUEST r, size_t length) {
  runner().handler(q, r, "EvtIoRead", " length=" + std::to_string(length));
}
void io_write(WDFQUEUE q, WDFREQUEST r, size_t length) {
  runner().handler(q, r, "EvtIoWrite", " length=" + std::to_string(length));
}
std::string lengths(size_t out, size_t in) {
  return " in=" + std::to_string(in) + " out=" + std::to_string(out);
}
void io_control(WDFQUEUE q, WDFREQUEST r, size_t out, size_t in, uint32_t) {
  runner().handler(q, r, "EvtIoDeviceControl", lengths(out, in));
}
void io_internal(WDFQUEUE q, WDFREQUEST r, size_t out, size_t in, uint32_t) {
  runner().handler(q, r, "EvtIoInternalDeviceControl", lengths(out, in));
}
void io_stop(WDFQUEUE q, WDFREQUEST r, uint32_t flags) { runner().io_stop(q, r, flags); }
void io_resume(WDFQUEUE q, WDFREQUEST r) { runner().io_resume(q, r); }
void io_canceled(WDFQUEUE q, WDFREQUEST r) { runner().canceled_on_queue(q, r); }

const char* power_name(qs_WDF_POWER_DEVICE_STATE s) {
  static const char* const names[] = {"Invalid", "D0", "D1", "D2", "D3", "D3Final"};
  return int(s) >= 0 && int(s) <= 5 ? names[int(s)] : "?";
}
int32_t d0_entry(WDFDEVICE, qs_WDF_POWER_DEVICE_STATE previous) {
  runner().device_callback(std::string("EvtDeviceD0Entry previous=") + power_name(previous),
                           "ond0entry");
  return QS_STATUS_SUCCESS;
}
int32_t d0_exit(WDFDEVICE, qs_WDF_POWER_DEVICE_STATE target) {
  runner().device_callback(std::string("EvtDeviceD0Exit target=") + power_name(target), "ond0exit");
  return QS_STATUS_SUCCESS;
}

}  // namespace

void set_runner(Runner* r) { the_runner = r; }
Runner& runner() { return *the_runner; }

void register_callbacks(qs_WDF_IO_QUEUE_CONFIG& config, const std::string& names) {
  std::stringstream in(names);
  for (std::string name; std::getline(in, name, ',');) {
    if (name == "read") config.EvtIoRead = io_read;
    if (name == "write") config.EvtIoWrite = io_write;
    if (name == "ioctl") config.EvtIoDeviceControl = io_control;
    if (name == "iioctl") config.EvtIoInternalDeviceControl = io_internal;
    if (name == "default") config.EvtIoDefault = io_default;
    if (name == "stop") config.EvtIoStop = io_stop;
    if (name == "resume") config.EvtIoResume = io_resume;
    if (name == "canceled") config.EvtIoCanceledOnQueue = io_canceled;
  }
}

int32_t client_device_add(WDFDRIVER driver, PWDFDEVICE_INIT init) {
  return runner().device_add(driver, init);
}
void client_request_cancel(WDFREQUEST request) { runner().request_cancelled(request); }
void client_ready(WDFQUEUE queue, void*) { runner().queue_callback(queue, "EvtQueueReady", true); }
void client_state(WDFQUEUE queue, void* context) {
  runner().queue_callback(
      queue, "EvtQueueState(" + std::string(static_cast<const char*>(context)) + ")", false);
}
qs_WDF_PNPPOWER_EVENT_CALLBACKS client_power_callbacks() {
  qs_WDF_PNPPOWER_EVENT_CALLBACKS c{};
  c.Size = sizeof(c);
  c.EvtDeviceD0Entry = d0_entry;
  c.EvtDeviceD0Exit = d0_exit;
  return c;
}
void client_file_cleanup(WDFFILEOBJECT file) {
  runner().file_callback(file, "onfcleanup", "EvtFileCleanup");
}
void client_file_close(WDFFILEOBJECT file) {
  runner().file_callback(file, "onfclose", "EvtFileClose");
}

void client_file_create(WDFDEVICE, WDFREQUEST request, WDFFILEOBJECT) {
  runner().request_callback(request, "oncreate", "EvtDeviceFileCreate");
}
void client_in_caller_context(WDFDEVICE, WDFREQUEST request) {
  runner().request_callback(request, "oncaller", "EvtIoInCallerContext");
}
qs_WDF_IO_FORWARD_PROGRESS_ACTION client_examine(WDFQUEUE, qs_IRP*) {
  return qs_WDF_IO_FORWARD_PROGRESS_ACTION(runner().examine());
}
int32_t client_allocate_resources(WDFQUEUE, WDFREQUEST) {
  runner().device_callback("EvtIoAllocateResourcesForReservedRequest");
  return QS_STATUS_SUCCESS;
}
void client_cleanup(WDFOBJECT object) { runner().object_gone(object, false); }
void client_destroy(WDFOBJECT object) { runner().object_gone(object, true); }
void client_surprise_removal(WDFDEVICE) {
  runner().device_callback("EvtDeviceSurpriseRemoval", "onsurprise");
}
void client_timer(WDFTIMER timer) {
  runner().object_callback(timer, "ontimer", "EvtTimerFunc timer=");
}
void client_work_item(WDFWORKITEM item) {
  runner().object_callback(item, "onwork", "EvtWorkItem workitem=");
}
void client_dpc(WDFDPC dpc) { runner().object_callback(dpc, "ondpc", "EvtDpcFunc dpc="); }
void client_back(WDFREQUEST request, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS* params, void*) {
  runner().request_returned(request, params->IoStatus.Status);
}

}  // namespace qs::conform
