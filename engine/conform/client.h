// The generic client driver: callbacks that hand everything to the Runner. Owns nothing. Used by
// the Runner.
#pragma once
#include "conform/runner.h"

namespace qs::conform {

// The runner that is playing on this OS thread.
void set_runner(Runner* runner);
Runner& runner();

// Fills in the callbacks that a script names:
// "read,write,ioctl,iioctl,default,stop,resume,canceled".
void register_callbacks(qs_WDF_IO_QUEUE_CONFIG& config, const std::string& names);
int32_t client_device_add(WDFDRIVER driver, PWDFDEVICE_INIT init);
void client_request_cancel(WDFREQUEST request);
void client_ready(WDFQUEUE queue, void* context);
// The state callbacks; `context` is a constant string with the name of the operation.
void client_state(WDFQUEUE queue, void* context);
qs_WDF_PNPPOWER_EVENT_CALLBACKS client_power_callbacks();
void client_file_cleanup(WDFFILEOBJECT file);
void client_file_close(WDFFILEOBJECT file);
void client_file_create(WDFDEVICE device, WDFREQUEST request, WDFFILEOBJECT file);
void client_in_caller_context(WDFDEVICE device, WDFREQUEST request);
qs_WDF_IO_FORWARD_PROGRESS_ACTION client_examine(WDFQUEUE queue, qs_IRP* irp);
int32_t client_allocate_resources(WDFQUEUE queue, WDFREQUEST request);
// Cleanup and destroy callbacks, of requests and of everything else.
void client_cleanup(WDFOBJECT object);
void client_destroy(WDFOBJECT object);
void client_surprise_removal(WDFDEVICE device);
void client_timer(WDFTIMER timer);
void client_work_item(WDFWORKITEM item);
void client_dpc(WDFDPC dpc);
void client_back(WDFREQUEST request, WDFIOTARGET target, qs_WDF_REQUEST_COMPLETION_PARAMS* params,
                 void* context);

}  // namespace qs::conform
