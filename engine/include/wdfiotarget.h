/* I/O targets. Included by wdf.h. */
#ifndef QS_WDFIOTARGET_H
#define QS_WDFIOTARGET_H

#include "wdftypes.h"

QS_TYPE(WDF_IO_TARGET_STATE);
#define WdfIoTargetStateUndefined qs_WdfIoTargetStateUndefined
#define WdfIoTargetStarted qs_WdfIoTargetStarted
#define WdfIoTargetStopped qs_WdfIoTargetStopped
#define WdfIoTargetClosedForQueryRemove qs_WdfIoTargetClosedForQueryRemove
#define WdfIoTargetClosed qs_WdfIoTargetClosed
#define WdfIoTargetDeleted qs_WdfIoTargetDeleted
#define WdfIoTargetPurged qs_WdfIoTargetPurged

QS_TYPE(WDF_IO_TARGET_OPEN_TYPE);
#define WdfIoTargetOpenUndefined qs_WdfIoTargetOpenUndefined
#define WdfIoTargetOpenUseExistingDevice qs_WdfIoTargetOpenUseExistingDevice
#define WdfIoTargetOpenByName qs_WdfIoTargetOpenByName
#define WdfIoTargetOpenReopen qs_WdfIoTargetOpenReopen
#define WdfIoTargetOpenLocalTargetByFile qs_WdfIoTargetOpenLocalTargetByFile

QS_TYPE(WDF_IO_TARGET_SENT_IO_ACTION);
#define WdfIoTargetSentIoUndefined qs_WdfIoTargetSentIoUndefined
#define WdfIoTargetCancelSentIo qs_WdfIoTargetCancelSentIo
#define WdfIoTargetWaitForSentIoToComplete qs_WdfIoTargetWaitForSentIoToComplete
#define WdfIoTargetLeaveSentIoPending qs_WdfIoTargetLeaveSentIoPending

QS_TYPE(WDF_IO_TARGET_PURGE_IO_ACTION);
#define WdfIoTargetPurgeIoUndefined qs_WdfIoTargetPurgeIoUndefined
#define WdfIoTargetPurgeIoAndWait qs_WdfIoTargetPurgeIoAndWait
#define WdfIoTargetPurgeIo qs_WdfIoTargetPurgeIo

QS_TYPE(WDF_IO_TARGET_OPEN_PARAMS);

QS_CALLBACK(WDF_IO_TARGET_QUERY_REMOVE);
QS_CALLBACK(WDF_IO_TARGET_REMOVE_CANCELED);
QS_CALLBACK(WDF_IO_TARGET_REMOVE_COMPLETE);

#define WdfIoTargetCreate QS_AT(qs_WdfIoTargetCreate)
#define WdfIoTargetOpen QS_AT(qs_WdfIoTargetOpen)
#define WdfIoTargetCloseForQueryRemove QS_AT(qs_WdfIoTargetCloseForQueryRemove)
#define WdfIoTargetClose QS_AT(qs_WdfIoTargetClose)
#define WdfIoTargetStart QS_AT(qs_WdfIoTargetStart)
#define WdfIoTargetStop QS_AT(qs_WdfIoTargetStop)
#define WdfIoTargetPurge QS_AT(qs_WdfIoTargetPurge)
#define WdfIoTargetGetState QS_AT(qs_WdfIoTargetGetState)
#define WdfIoTargetGetDevice QS_AT(qs_WdfIoTargetGetDevice)
#define WdfIoTargetSendReadSynchronously QS_AT(qs_WdfIoTargetSendReadSynchronously)
#define WdfIoTargetFormatRequestForRead QS_AT(qs_WdfIoTargetFormatRequestForRead)
#define WdfIoTargetSendWriteSynchronously QS_AT(qs_WdfIoTargetSendWriteSynchronously)
#define WdfIoTargetFormatRequestForWrite QS_AT(qs_WdfIoTargetFormatRequestForWrite)
#define WdfIoTargetSendIoctlSynchronously QS_AT(qs_WdfIoTargetSendIoctlSynchronously)
#define WdfIoTargetFormatRequestForIoctl QS_AT(qs_WdfIoTargetFormatRequestForIoctl)
#define WdfIoTargetSendInternalIoctlSynchronously \
    QS_AT(qs_WdfIoTargetSendInternalIoctlSynchronously)
#define WdfIoTargetFormatRequestForInternalIoctl QS_AT(qs_WdfIoTargetFormatRequestForInternalIoctl)

QS_INLINE VOID WDF_IO_TARGET_OPEN_PARAMS_INIT_EXISTING_DEVICE(PWDF_IO_TARGET_OPEN_PARAMS Params,
        PDEVICE_OBJECT DeviceObject)
{
    QS_INIT(Params);
    Params->Type = WdfIoTargetOpenUseExistingDevice;
    Params->TargetDeviceObject = DeviceObject;
}

QS_INLINE VOID WDF_IO_TARGET_OPEN_PARAMS_INIT_CREATE_BY_NAME(PWDF_IO_TARGET_OPEN_PARAMS Params,
        PCUNICODE_STRING TargetDeviceName, ACCESS_MASK DesiredAccess)
{
    QS_INIT(Params);
    Params->Type = WdfIoTargetOpenByName;
    Params->TargetDeviceName = *TargetDeviceName;
    Params->DesiredAccess = DesiredAccess;
    Params->CreateOptions = FILE_NON_DIRECTORY_FILE;
}

QS_INLINE VOID WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(PWDF_IO_TARGET_OPEN_PARAMS Params,
        PCUNICODE_STRING TargetDeviceName, ACCESS_MASK DesiredAccess)
{
    WDF_IO_TARGET_OPEN_PARAMS_INIT_CREATE_BY_NAME(Params, TargetDeviceName, DesiredAccess);
    Params->CreateDisposition = FILE_OPEN;
}

QS_INLINE VOID WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(PWDF_IO_TARGET_OPEN_PARAMS Params)
{
    QS_INIT(Params);
    Params->Type = WdfIoTargetOpenReopen;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfIoTargetQueryTargetProperty, WDFIOTARGET IoTarget,
        DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
        PULONG ResultLength)
#define WdfIoTargetQueryTargetProperty QS_AT(qs_none_WdfIoTargetQueryTargetProperty)
QS_NOT_SIMULATED_STATUS(WdfIoTargetAllocAndQueryTargetProperty, WDFIOTARGET IoTarget,
        DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
        PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY* PropertyMemory)
#define WdfIoTargetAllocAndQueryTargetProperty QS_AT(qs_none_WdfIoTargetAllocAndQueryTargetProperty)
QS_NOT_SIMULATED_STATUS(WdfIoTargetQueryForInterface, WDFIOTARGET IoTarget, LPCGUID InterfaceType,
        PINTERFACE Interface, USHORT Size, USHORT Version, PVOID InterfaceSpecificData)
#define WdfIoTargetQueryForInterface QS_AT(qs_none_WdfIoTargetQueryForInterface)
QS_NOT_SIMULATED(PDEVICE_OBJECT, WdfIoTargetWdmGetTargetDeviceObject, WDFIOTARGET IoTarget)
#define WdfIoTargetWdmGetTargetDeviceObject QS_AT(qs_none_WdfIoTargetWdmGetTargetDeviceObject)
QS_NOT_SIMULATED(PDEVICE_OBJECT, WdfIoTargetWdmGetTargetPhysicalDevice, WDFIOTARGET IoTarget)
#define WdfIoTargetWdmGetTargetPhysicalDevice QS_AT(qs_none_WdfIoTargetWdmGetTargetPhysicalDevice)
QS_NOT_SIMULATED(PFILE_OBJECT, WdfIoTargetWdmGetTargetFileObject, WDFIOTARGET IoTarget)
#define WdfIoTargetWdmGetTargetFileObject QS_AT(qs_none_WdfIoTargetWdmGetTargetFileObject)
QS_NOT_SIMULATED(HANDLE, WdfIoTargetWdmGetTargetFileHandle, WDFIOTARGET IoTarget)
#define WdfIoTargetWdmGetTargetFileHandle QS_AT(qs_none_WdfIoTargetWdmGetTargetFileHandle)
QS_NOT_SIMULATED_STATUS(WdfIoTargetSendInternalIoctlOthersSynchronously, WDFIOTARGET IoTarget,
        WDFREQUEST Request, ULONG IoctlCode, PWDF_MEMORY_DESCRIPTOR OtherArg1,
        PWDF_MEMORY_DESCRIPTOR OtherArg2, PWDF_MEMORY_DESCRIPTOR OtherArg4,
        PWDF_REQUEST_SEND_OPTIONS RequestOptions, PULONG_PTR BytesReturned)
#define WdfIoTargetSendInternalIoctlOthersSynchronously \
    QS_AT(qs_none_WdfIoTargetSendInternalIoctlOthersSynchronously)
QS_NOT_SIMULATED_STATUS(WdfIoTargetFormatRequestForInternalIoctlOthers, WDFIOTARGET IoTarget,
        WDFREQUEST Request, ULONG IoctlCode, WDFMEMORY OtherArg1, PWDFMEMORY_OFFSET OtherArg1Offset,
        WDFMEMORY OtherArg2, PWDFMEMORY_OFFSET OtherArg2Offset, WDFMEMORY OtherArg4,
        PWDFMEMORY_OFFSET OtherArg4Offset)
#define WdfIoTargetFormatRequestForInternalIoctlOthers \
    QS_AT(qs_none_WdfIoTargetFormatRequestForInternalIoctlOthers)

#endif
