/* WMI: providers and instances exist, nobody asks them. Included by wdf.h. */
#ifndef QS_WDFWMI_H
#define QS_WDFWMI_H

#include "wdftypes.h"

typedef enum _WDF_WMI_PROVIDER_CONTROL {
    WdfWmiControlInvalid = 0, WdfWmiEventControl, WdfWmiInstanceControl,
} WDF_WMI_PROVIDER_CONTROL;

typedef enum _WDF_WMI_PROVIDER_FLAGS {
    WdfWmiProviderEventOnly = 0x0001, WdfWmiProviderExpensive = 0x0002,
    WdfWmiProviderTracing = 0x0004,
    WdfWmiProviderValidFlags = WdfWmiProviderEventOnly | WdfWmiProviderExpensive |
        WdfWmiProviderTracing,
} WDF_WMI_PROVIDER_FLAGS;

typedef NTSTATUS EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE(WDFWMIINSTANCE WmiInstance,
        ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed);
typedef EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE* PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE;
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_SET_INSTANCE(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize,
        PVOID InBuffer);
typedef EVT_WDF_WMI_INSTANCE_SET_INSTANCE* PFN_WDF_WMI_INSTANCE_SET_INSTANCE;
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_SET_ITEM(WDFWMIINSTANCE WmiInstance, ULONG DataItemId,
        ULONG InBufferSize, PVOID InBuffer);
typedef EVT_WDF_WMI_INSTANCE_SET_ITEM* PFN_WDF_WMI_INSTANCE_SET_ITEM;
typedef NTSTATUS EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD(WDFWMIINSTANCE WmiInstance, ULONG MethodId,
        ULONG InBufferSize, ULONG OutBufferSize, PVOID Buffer, PULONG BufferUsed);
typedef EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD* PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD;
typedef NTSTATUS EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL(WDFWMIPROVIDER WmiProvider,
        WDF_WMI_PROVIDER_CONTROL Control, BOOLEAN Enable);
typedef EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL* PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL;

typedef struct _WDF_WMI_PROVIDER_CONFIG {
    ULONG Size;
    GUID Guid;
    ULONG Flags;
    ULONG MinInstanceBufferSize;
    PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL EvtWmiProviderFunctionControl;
} WDF_WMI_PROVIDER_CONFIG, *PWDF_WMI_PROVIDER_CONFIG;

typedef struct _WDF_WMI_INSTANCE_CONFIG {
    ULONG Size;
    WDFWMIPROVIDER Provider;
    PWDF_WMI_PROVIDER_CONFIG ProviderConfig;
    BOOLEAN UseContextForQuery;
    BOOLEAN Register;
    PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE EvtWmiInstanceQueryInstance;
    PFN_WDF_WMI_INSTANCE_SET_INSTANCE EvtWmiInstanceSetInstance;
    PFN_WDF_WMI_INSTANCE_SET_ITEM EvtWmiInstanceSetItem;
    PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD EvtWmiInstanceExecuteMethod;
} WDF_WMI_INSTANCE_CONFIG, *PWDF_WMI_INSTANCE_CONFIG;

QS_INLINE VOID WDF_WMI_PROVIDER_CONFIG_INIT(PWDF_WMI_PROVIDER_CONFIG Config, const GUID* Guid)
{
    QS_INIT(Config);
    Config->Guid = *Guid;
}

QS_INLINE VOID WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(PWDF_WMI_INSTANCE_CONFIG Config,
        WDFWMIPROVIDER Provider)
{
    QS_INIT(Config);
    Config->Provider = Provider;
}

QS_INLINE VOID WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(PWDF_WMI_INSTANCE_CONFIG Config,
        PWDF_WMI_PROVIDER_CONFIG ProviderConfig)
{
    QS_INIT(Config);
    Config->ProviderConfig = ProviderConfig;
}

QS_INLINE NTSTATUS WDF_WMI_BUFFER_APPEND_STRING(PVOID Buffer, ULONG BufferLength,
        PCUNICODE_STRING String, PULONG RequiredSize)
{
    *RequiredSize = String->Length + sizeof(USHORT);
    if (BufferLength < *RequiredSize) return STATUS_BUFFER_TOO_SMALL;
    *(USHORT*)Buffer = String->Length;
    memcpy((PUCHAR)Buffer + sizeof(USHORT), String->Buffer, String->Length);
    return STATUS_SUCCESS;
}

#define WdfWmiProviderCreate QS_AT(qs_WdfWmiProviderCreate)
#define WdfWmiProviderGetDevice QS_AT(qs_WdfWmiProviderGetDevice)
#define WdfWmiProviderIsEnabled QS_AT(qs_WdfWmiProviderIsEnabled)
#define WdfWmiProviderGetTracingHandle QS_AT(qs_WdfWmiProviderGetTracingHandle)
QS_INLINE NTSTATUS qs_wmi_instance_of(QS_SITE, WDFDEVICE Device,
        PWDF_WMI_INSTANCE_CONFIG InstanceConfig, PWDF_OBJECT_ATTRIBUTES InstanceAttributes,
        WDFWMIINSTANCE* Instance)
{
    return qs_wmi_instance(file, line, Device, InstanceConfig->Provider,
            InstanceConfig->ProviderConfig, InstanceConfig->Register, InstanceAttributes, Instance);
}
#define WdfWmiInstanceCreate QS_AT(qs_wmi_instance_of)
#define WdfWmiInstanceRegister QS_AT(qs_WdfWmiInstanceRegister)
#define WdfWmiInstanceDeregister QS_AT(qs_WdfWmiInstanceDeregister)
#define WdfWmiInstanceGetDevice QS_AT(qs_WdfWmiInstanceGetDevice)
#define WdfWmiInstanceGetProvider QS_AT(qs_WdfWmiInstanceGetProvider)
#define WdfWmiInstanceFireEvent QS_AT(qs_WdfWmiInstanceFireEvent)

#endif
