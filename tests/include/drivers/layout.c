/* The structures as drivers see them have the kit's layout; also those that only drivers see. Fails
 * to compile otherwise. */
#include <ntddk.h>
#include <wdf.h>

#define LAYOUT(type, size) C_ASSERT(sizeof(type) == (size));
#define FIELD(type, field, at) C_ASSERT(offsetof(type, field) == (at));
#include "layout.h"

LAYOUT(LONG, 4)
LAYOUT(ULONG, 4)
LAYOUT(NTSTATUS, 4)
LAYOUT(LONGLONG, 8)
LAYOUT(WCHAR, 2)
LAYOUT(BOOLEAN, 1)
LAYOUT(KIRQL, 1)
LAYOUT(ULONG_PTR, 8)
LAYOUT(HANDLE, 8)
LAYOUT(WDF_TRI_STATE, 4)
LAYOUT(WDF_IO_QUEUE_DISPATCH_TYPE, 4)
LAYOUT(CM_PARTIAL_RESOURCE_DESCRIPTOR, 20)
LAYOUT(WDF_INTERRUPT_CONFIG, 104)
LAYOUT(WDF_CHILD_LIST_CONFIG, 96)
LAYOUT(WDF_QUERY_INTERFACE_CONFIG, 48)

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return STATUS_SUCCESS;
}
