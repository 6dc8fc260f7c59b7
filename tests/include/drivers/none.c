/* Calls with nothing behind them compile, report themselves and return zero or
 * STATUS_NOT_SUPPORTED; settings without effect succeed. */
#include <ntddk.h>
#include <wdf.h>
#include <wdfusb.h>

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_INTERRUPT_CONFIG interrupt;
    WDF_DEVICE_PNP_CAPABILITIES caps;
    PHYSICAL_ADDRESS nowhere = {.QuadPart = 0};
    UNREFERENCED_PARAMETER(DriverObject);

    if (WdfDeviceWdmDispatchPreprocessedIrp(NULL, NULL) != STATUS_NOT_SUPPORTED) return 1;
    if (WdfIoResourceListGetCount(NULL) != 0) return 2;
    WDF_INTERRUPT_CONFIG_INIT(&interrupt, NULL, NULL);
    if (interrupt.Size != sizeof interrupt || interrupt.ShareVector != WdfUseDefault) return 3;
    WdfDeviceClearRemovalRelationsDevices(NULL);
    if (MmMapIoSpace(nowhere, PAGE_SIZE, MmNonCached) != NULL) return 4;
    if (IoCallDriver(NULL, NULL) != STATUS_NOT_SUPPORTED) return 5;
    if (WdfDmaTransactionGetBytesTransferred(NULL) != 0) return 6;

    WDF_DEVICE_PNP_CAPABILITIES_INIT(&caps);
    if (caps.Address != (ULONG)-1 || caps.Removable != WdfUseDefault) return 7;
    WdfDeviceSetPnpCapabilities(NULL, &caps);
    if (WdfPdoInitAssignDeviceID(NULL, RegistryPath) != STATUS_SUCCESS) return 8;
    return STATUS_SUCCESS;
}
