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
  runner().device_callback(std::string("EvtDeviceD0Entry previous=") + power_name(previous));
  return QS_STATUS_SUCCESS;
}
int32_t d0_exit(WDFDEVICE, qs_WDF_POWER_DEVICE_STATE target) {
  runner().device_callback(std::string("EvtDeviceD0Exit target=") + power_name(target));
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
void client_file_cleanup(WDFFILEOBJECT) { runner().device_callback("EvtFileCleanup"); }
void client_file_close(WDFFILEOBJECT) { runner().device_callback("EvtFileClose"); }

void client_file_create(WDFDEVICE, WDFREQUEST request, WDFFILEOBJECT) {
  runner().request_callback(request, "oncreate", "EvtDeviceFileCreate");
}
void client_in_caller_context(WDFDEVICE, WDFREQUEST request) {
  runner().request_callback(request, "oncaller", "EvtIoInCallerContext");
}
qs_WDF_IO_FORWARD_PROGRESS_ACTION client_examine(WDFQUEUE, qs_IRP*) {
  return qs_WDF_IO_FORWARD_PROGRESS_ACTION(runner().examine());
}
void client_request_cleanup(WDFOBJECT request) {
  runner().device_callback("EvtCleanupCallback req=" + runner().name_of(request));
}
void client_request_destroy(WDFOBJECT request) {
  runner().device_callback("EvtDestroyCallback req=" + runner().name_of(request));
}

}  // namespace qs::conform
