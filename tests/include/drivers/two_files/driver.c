/* A driver of two files: one context type declared in both, one GUID defined in both. */
#include "shared.h"

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    if (attributes.ContextTypeInfo != QueueTypeOfOtherFile()) return STATUS_OBJECT_TYPE_MISMATCH;
    if (strcmp(attributes.ContextTypeInfo->ContextName, "QUEUE_CONTEXT") != 0)
            return STATUS_OBJECT_NAME_INVALID;
    if (attributes.ContextTypeInfo->ContextSize != sizeof(QUEUE_CONTEXT))
            return STATUS_INVALID_BUFFER_SIZE;
    EvtIoRead(NULL, NULL, 0);
    return WdfObjectGet_DEVICE_CONTEXT(NULL) == WdfObjectGetTypedContext(NULL, DEVICE_CONTEXT)
                   ? STATUS_SUCCESS
                   : STATUS_UNSUCCESSFUL;
}
