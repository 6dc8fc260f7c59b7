/* Driver-defined interfaces. Declared only. Included by wdf.h. */
#ifndef QS_WDFQUERYINTERFACE_H
#define QS_WDFQUERYINTERFACE_H

#include "wdftypes.h"

typedef NTSTATUS EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST(WDFDEVICE Device,
        LPGUID InterfaceType, PINTERFACE ExposedInterface, PVOID ExposedInterfaceSpecificData);
typedef EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST*
    PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST;

typedef struct _WDF_QUERY_INTERFACE_CONFIG {
    ULONG Size;
    PINTERFACE Interface;
    const GUID* InterfaceType;
    BOOLEAN SendQueryToParentStack;
    PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST EvtDeviceProcessQueryInterfaceRequest;
    BOOLEAN ImportInterface;
} WDF_QUERY_INTERFACE_CONFIG, *PWDF_QUERY_INTERFACE_CONFIG;

/* Their addresses are taken, so these are functions. */
QS_INLINE VOID WdfDeviceInterfaceReferenceNoOp(PVOID Context) { (void)Context; }
QS_INLINE VOID WdfDeviceInterfaceDereferenceNoOp(PVOID Context) { (void)Context; }

QS_INLINE VOID WDF_QUERY_INTERFACE_CONFIG_INIT(PWDF_QUERY_INTERFACE_CONFIG InterfaceConfig,
        PINTERFACE Interface, const GUID* InterfaceType,
        PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST EvtDeviceProcessQueryInterfaceRequest)
{
    QS_INIT(InterfaceConfig);
    InterfaceConfig->Interface = Interface;
    InterfaceConfig->InterfaceType = InterfaceType;
    InterfaceConfig->EvtDeviceProcessQueryInterfaceRequest =
            EvtDeviceProcessQueryInterfaceRequest;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOTED_STATUS(WdfDeviceAddQueryInterface, WDFDEVICE Device,
        PWDF_QUERY_INTERFACE_CONFIG InterfaceConfig)
#define WdfDeviceAddQueryInterface QS_AT(qs_none_WdfDeviceAddQueryInterface)

#endif
