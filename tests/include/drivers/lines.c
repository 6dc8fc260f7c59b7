/* Calls over several lines, nested calls, calls inside other macros: their lines are checked by
 * number, so do not move anything. */
#include <ntddk.h>
#include <wdf.h>

static NTSTATUS Nested(WDFQUEUE Queue)
{
    WdfObjectDelete(
        WdfIoQueueGetDevice(
            Queue));
    if (!NT_SUCCESS(WdfRequestRequeue(
            NULL))) {
        return STATUS_UNSUCCESSFUL;
    }
    KdPrint(("text %d\n",
             1));
    return STATUS_SUCCESS;
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;
    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    status = WdfDriverCreate(DriverObject,
                             RegistryPath,
                             WDF_NO_OBJECT_ATTRIBUTES,
                             &config,
                             WDF_NO_HANDLE);
    PAGED_CODE();
    ASSERT(config.Size ==
           0);
    if (NT_SUCCESS(status))
        status = Nested(NULL);
    WdfVerifierDbgBreakPoint();
    return status;
}
