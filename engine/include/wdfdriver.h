/* The driver object. Included by wdf.h. */
#ifndef QS_WDFDRIVER_H
#define QS_WDFDRIVER_H

#include "wdftypes.h"

QS_TYPE(WDF_DRIVER_INIT_FLAGS);
#define WdfDriverInitNonPnpDriver qs_WdfDriverInitNonPnpDriver
#define WdfDriverInitNoDispatchOverride qs_WdfDriverInitNoDispatchOverride
#define WdfVerifyOn qs_WdfVerifyOn
#define WdfVerifierOn qs_WdfVerifierOn
#define WdfDriverInitCompanion qs_WdfDriverInitCompanion

QS_TYPE(WDF_DRIVER_CONFIG);
QS_TYPE(WDF_DRIVER_VERSION_AVAILABLE_PARAMS);

QS_CALLBACK(WDF_DRIVER_DEVICE_ADD);
QS_CALLBACK(WDF_DRIVER_UNLOAD);

typedef NTSTATUS EVT_WDF_TRACE_CALLBACK(UCHAR minorFunction, PVOID dataPath, ULONG bufferLength,
        PVOID buffer, PVOID context, PULONG size);
typedef EVT_WDF_TRACE_CALLBACK* PFN_WDF_TRACE_CALLBACK;

/* A driver that includes windows.h instead of ntddk.h is a UMDF driver. */
#if defined(QS_WINDOWS_H) || defined(UMDF_VERSION_MAJOR)
QS_INLINE NTSTATUS qs_user_mode_WdfDriverCreate(QS_SITE, PDRIVER_OBJECT DriverObject,
        PCUNICODE_STRING RegistryPath, PWDF_OBJECT_ATTRIBUTES DriverAttributes,
        PWDF_DRIVER_CONFIG DriverConfig, WDFDRIVER* Driver)
{
    qs_DriverIsUserMode(file, line);
    return qs_WdfDriverCreate(file, line, DriverObject, RegistryPath, DriverAttributes,
                              DriverConfig, Driver);
}
#define WdfDriverCreate QS_AT(qs_user_mode_WdfDriverCreate)
#else
#define WdfDriverCreate QS_AT(qs_WdfDriverCreate)
#endif
#define WdfDriverGetRegistryPath QS_AT(qs_WdfDriverGetRegistryPath)
#define WdfDriverWdmGetDriverObject QS_AT(qs_WdfDriverWdmGetDriverObject)
#define WdfDriverRetrieveVersionString QS_AT(qs_WdfDriverRetrieveVersionString)
#define WdfDriverIsVersionAvailable QS_AT(qs_WdfDriverIsVersionAvailable)
#define WdfGetDriver QS_AT0(qs_WdfGetDriver)

QS_INLINE VOID WDF_DRIVER_CONFIG_INIT(PWDF_DRIVER_CONFIG Config,
        PFN_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd)
{
    QS_INIT(Config);
    Config->EvtDriverDeviceAdd = EvtDriverDeviceAdd;
}

QS_INLINE VOID WDF_DRIVER_VERSION_AVAILABLE_PARAMS_INIT(PWDF_DRIVER_VERSION_AVAILABLE_PARAMS Params,
        ULONG MajorVersion, ULONG MinorVersion)
{
    QS_INIT(Params);
    Params->MajorVersion = MajorVersion;
    Params->MinorVersion = MinorVersion;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

#define WdfDriverOpenParametersRegistryKey QS_AT(qs_WdfDriverOpenParametersRegistryKey)
QS_NOT_SIMULATED(WDFDRIVER, WdfWdmDriverGetWdfDriverHandle, PDRIVER_OBJECT DriverObject)
#define WdfWdmDriverGetWdfDriverHandle QS_AT(qs_none_WdfWdmDriverGetWdfDriverHandle)
QS_NOT_SIMULATED_STATUS(WdfDriverRegisterTraceInfo, PDRIVER_OBJECT DriverObject,
        PFN_WDF_TRACE_CALLBACK EvtTraceCallback, PVOID ControlBlock)
#define WdfDriverRegisterTraceInfo QS_AT(qs_none_WdfDriverRegisterTraceInfo)
QS_NOT_SIMULATED_STATUS(WdfDriverErrorReportApiMissing, WDFDRIVER Driver,
        PCWSTR FrameworkExtensionName, ULONG ApiIndex, BOOLEAN DoesApiReturnNtstatus)
#define WdfDriverErrorReportApiMissing QS_AT(qs_none_WdfDriverErrorReportApiMissing)
QS_NOT_SIMULATED_STATUS(WdfDriverOpenPersistentStateRegistryKey, WDFDRIVER Driver,
        ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY* Key)
#define WdfDriverOpenPersistentStateRegistryKey \
    QS_AT(qs_none_WdfDriverOpenPersistentStateRegistryKey)

#endif
