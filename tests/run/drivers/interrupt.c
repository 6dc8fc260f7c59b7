/* Hardware that interrupts: the ISR takes what the button says, the DPC (or the work item, with
 * passive handling) hands it to whoever waits. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _PRESSES {
    QSDEVICE Hardware;
    WDFINTERRUPT Interrupt;
    WDFQUEUE Waiting;
    ULONG Count;
} PRESSES, *PPRESSES;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(PRESSES, GetPresses)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD PressDeviceAdd;
EVT_WDF_DEVICE_PREPARE_HARDWARE PressPrepare;
EVT_WDF_INTERRUPT_ISR PressIsr;
EVT_WDF_INTERRUPT_DPC PressDpc;
EVT_WDF_INTERRUPT_ENABLE PressEnable;
EVT_WDF_INTERRUPT_DISABLE PressDisable;
EVT_WDF_INTERRUPT_SYNCHRONIZE PressTakeCount;

BOOLEAN PressIsr(WDFINTERRUPT Interrupt, ULONG MessageID)
{
    PPRESSES presses = GetPresses(WdfInterruptGetDevice(Interrupt));
    ULONG value;

    UNREFERENCED_PARAMETER(MessageID);
    if (!QsEventTake(presses->Hardware, QS_EVENT_BUTTON, &value)) return FALSE;
    DbgPrint("ISR at IRQL %u", KeGetCurrentIrql());
    presses->Count += value;
    WdfInterruptQueueDpcForIsr(Interrupt);
    return TRUE;
}

BOOLEAN PressTakeCount(WDFINTERRUPT Interrupt, WDFCONTEXT Context)
{
    PPRESSES presses = GetPresses(WdfInterruptGetDevice(Interrupt));

    *(PULONG)Context = presses->Count;
    presses->Count = 0;
    return TRUE;
}

VOID PressDpc(WDFINTERRUPT Interrupt, WDFOBJECT Device)
{
    WDFREQUEST request;
    ULONG count = 0;

    WdfInterruptSynchronize(Interrupt, PressTakeCount, &count);
    DbgPrint("DPC at IRQL %u, %u presses", KeGetCurrentIrql(), count);
    if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(GetPresses((WDFDEVICE)Device)->Waiting, &request)))
        WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, count);
}

NTSTATUS PressEnable(WDFINTERRUPT Interrupt, WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Interrupt);
    UNREFERENCED_PARAMETER(Device);
    DbgPrint("enabled");
    return STATUS_SUCCESS;
}

NTSTATUS PressDisable(WDFINTERRUPT Interrupt, WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Interrupt);
    UNREFERENCED_PARAMETER(Device);
    DbgPrint("disabled");
    return STATUS_SUCCESS;
}

NTSTATUS PressPrepare(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor;
    ULONG i;

    UNREFERENCED_PARAMETER(Raw);
    for (i = 0; i < WdfCmResourceListGetCount(Translated); i++) {
        descriptor = WdfCmResourceListGetDescriptor(Translated, i);
        if (descriptor->Type == CmResourceTypeInterrupt)
            DbgPrint("an interrupt of vector %u", descriptor->u.Interrupt.Vector);
    }
    GetPresses(Device)->Hardware = QsDeviceOpen(Device);
    return STATUS_SUCCESS;
}

NTSTATUS PressDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS power;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_INTERRUPT_CONFIG interrupt;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&power);
    power.EvtDevicePrepareHardware = PressPrepare;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &power);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, PRESSES);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) return status;
    WDF_INTERRUPT_CONFIG_INIT(&interrupt, PressIsr, PressDpc);
    interrupt.EvtInterruptEnable = PressEnable;
    interrupt.EvtInterruptDisable = PressDisable;
    status = WdfInterruptCreate(device, &interrupt, WDF_NO_OBJECT_ATTRIBUTES,
                                &GetPresses(device)->Interrupt);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES,
                            &GetPresses(device)->Waiting);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, PressDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
}
