/* Batteries: the class's controls, its structures and the class driver's library, of which nothing
 * is simulated but that a miniport is taken in and let go. */
#ifndef QS_BATCLASS_H
#define QS_BATCLASS_H

#include "wdm.h"

QS_GUID(GUID_DEVICE_BATTERY, 0x72631e54, 0x78a4, 0x11d0, 0xbc, 0xf7, 0x00, 0xaa, 0x00, 0xb7,
            0xb3, 0x2a);
#define IOCTL_BATTERY_QUERY_TAG \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x10, METHOD_BUFFERED, FILE_READ_ACCESS)
#define IOCTL_BATTERY_QUERY_INFORMATION \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x11, METHOD_BUFFERED, FILE_READ_ACCESS)
#define IOCTL_BATTERY_SET_INFORMATION \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x12, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_BATTERY_QUERY_STATUS \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x13, METHOD_BUFFERED, FILE_READ_ACCESS)

#define BATTERY_TAG_INVALID 0
#define BATTERY_UNKNOWN_CAPACITY 0xFFFFFFFF
#define BATTERY_UNKNOWN_VOLTAGE 0xFFFFFFFF
#define BATTERY_UNKNOWN_RATE 0x80000000
#define BATTERY_UNKNOWN_TIME 0xFFFFFFFF
#define UNKNOWN_CURRENT 0xFFFFFFFF
#define MAX_BATTERY_STRING_SIZE 128
#define BATTERY_SYSTEM_BATTERY 0x80000000
#define BATTERY_CAPACITY_RELATIVE 0x40000000
#define BATTERY_IS_SHORT_TERM 0x20000000
#define BATTERY_SEALED 0x10000000
#define BATTERY_SET_CHARGE_SUPPORTED 0x00000001
#define BATTERY_SET_DISCHARGE_SUPPORTED 0x00000002
#define BATTERY_POWER_ON_LINE 0x00000001
#define BATTERY_DISCHARGING 0x00000002
#define BATTERY_CHARGING 0x00000004
#define BATTERY_CRITICAL 0x00000008

typedef enum _BATTERY_QUERY_INFORMATION_LEVEL {
    BatteryInformation,
    BatteryGranularityInformation,
    BatteryTemperature,
    BatteryEstimatedTime,
    BatteryDeviceName,
    BatteryManufactureDate,
    BatteryManufactureName,
    BatteryUniqueID,
    BatterySerialNumber,
} BATTERY_QUERY_INFORMATION_LEVEL;
typedef enum _BATTERY_SET_INFORMATION_LEVEL {
    BatteryCriticalBias,
    BatteryCharge,
    BatteryDischarge,
    BatteryChargingSource,
    BatteryChargerId,
    BatteryChargerStatus,
} BATTERY_SET_INFORMATION_LEVEL;

typedef struct _BATTERY_QUERY_INFORMATION {
    ULONG BatteryTag;
    BATTERY_QUERY_INFORMATION_LEVEL InformationLevel;
    LONG AtRate;
} BATTERY_QUERY_INFORMATION, *PBATTERY_QUERY_INFORMATION;
typedef struct _BATTERY_SET_INFORMATION {
    ULONG BatteryTag;
    BATTERY_SET_INFORMATION_LEVEL InformationLevel;
    UCHAR Buffer[1];
} BATTERY_SET_INFORMATION, *PBATTERY_SET_INFORMATION;
typedef struct _BATTERY_INFORMATION {
    ULONG Capabilities;
    UCHAR Technology;
    UCHAR Reserved[3];
    UCHAR Chemistry[4];
    ULONG DesignedCapacity;
    ULONG FullChargedCapacity;
    ULONG DefaultAlert1;
    ULONG DefaultAlert2;
    ULONG CriticalBias;
    ULONG CycleCount;
} BATTERY_INFORMATION, *PBATTERY_INFORMATION;
typedef struct _BATTERY_REPORTING_SCALE {
    ULONG Granularity;
    ULONG Capacity;
} BATTERY_REPORTING_SCALE, *PBATTERY_REPORTING_SCALE;
typedef struct _BATTERY_MANUFACTURE_DATE {
    UCHAR Day;
    UCHAR Month;
    USHORT Year;
} BATTERY_MANUFACTURE_DATE, *PBATTERY_MANUFACTURE_DATE;
typedef struct _BATTERY_WAIT_STATUS {
    ULONG BatteryTag;
    ULONG Timeout;
    ULONG PowerState;
    ULONG LowCapacity;
    ULONG HighCapacity;
} BATTERY_WAIT_STATUS, *PBATTERY_WAIT_STATUS;
typedef struct _BATTERY_STATUS {
    ULONG PowerState;
    ULONG Capacity;
    ULONG Voltage;
    LONG Rate;
} BATTERY_STATUS, *PBATTERY_STATUS;
typedef enum _BATTERY_CHARGING_SOURCE_TYPE {
    BatteryChargingSourceType_AC = 1,
    BatteryChargingSourceType_USB,
    BatteryChargingSourceType_Wireless,
    BatteryChargingSourceType_Max,
} BATTERY_CHARGING_SOURCE_TYPE;
typedef struct _BATTERY_CHARGING_SOURCE {
    BATTERY_CHARGING_SOURCE_TYPE Type;
    ULONG MaxCurrent;
} BATTERY_CHARGING_SOURCE, *PBATTERY_CHARGING_SOURCE;
typedef struct _BATTERY_NOTIFY {
    ULONG PowerState;
    ULONG LowCapacity;
    ULONG HighCapacity;
} BATTERY_NOTIFY, *PBATTERY_NOTIFY;

typedef NTSTATUS BCLASS_QUERY_TAG_CALLBACK(PVOID Context, PULONG BatteryTag);
typedef BCLASS_QUERY_TAG_CALLBACK* PBCLASS_QUERY_TAG_CALLBACK;
typedef NTSTATUS BCLASS_QUERY_INFORMATION_CALLBACK(PVOID Context, ULONG BatteryTag,
        BATTERY_QUERY_INFORMATION_LEVEL Level, LONG AtRate, PVOID Buffer, ULONG BufferLength,
        PULONG ReturnedLength);
typedef BCLASS_QUERY_INFORMATION_CALLBACK* PBCLASS_QUERY_INFORMATION_CALLBACK;
typedef NTSTATUS BCLASS_QUERY_STATUS_CALLBACK(PVOID Context, ULONG BatteryTag,
        PBATTERY_STATUS BatteryStatus);
typedef BCLASS_QUERY_STATUS_CALLBACK* PBCLASS_QUERY_STATUS_CALLBACK;
typedef NTSTATUS BCLASS_SET_STATUS_NOTIFY_CALLBACK(PVOID Context, ULONG BatteryTag,
        PBATTERY_NOTIFY BatteryNotify);
typedef BCLASS_SET_STATUS_NOTIFY_CALLBACK* PBCLASS_SET_STATUS_NOTIFY_CALLBACK;
typedef NTSTATUS BCLASS_SET_INFORMATION_CALLBACK(PVOID Context, ULONG BatteryTag,
        BATTERY_SET_INFORMATION_LEVEL Level, PVOID Buffer);
typedef BCLASS_SET_INFORMATION_CALLBACK* PBCLASS_SET_INFORMATION_CALLBACK;
typedef NTSTATUS BCLASS_DISABLE_STATUS_NOTIFY_CALLBACK(PVOID Context);
typedef BCLASS_DISABLE_STATUS_NOTIFY_CALLBACK* PBCLASS_DISABLE_STATUS_NOTIFY_CALLBACK;

#define BATTERY_CLASS_MAJOR_VERSION 1
#define BATTERY_CLASS_MINOR_VERSION 0
#define BATTERY_CLASS_MINOR_VERSION_1 1
typedef struct _BATTERY_MINIPORT_INFO {
    USHORT MajorVersion;
    USHORT MinorVersion;
    PVOID Context;
    PBCLASS_QUERY_TAG_CALLBACK QueryTag;
    PBCLASS_QUERY_INFORMATION_CALLBACK QueryInformation;
    PBCLASS_SET_INFORMATION_CALLBACK SetInformation;
    PBCLASS_QUERY_STATUS_CALLBACK QueryStatus;
    PBCLASS_SET_STATUS_NOTIFY_CALLBACK SetStatusNotify;
    PBCLASS_DISABLE_STATUS_NOTIFY_CALLBACK DisableStatusNotify;
    PDEVICE_OBJECT Pdo;
    PUNICODE_STRING DeviceName;
} BATTERY_MINIPORT_INFO, *PBATTERY_MINIPORT_INFO;
typedef struct _BATTERY_MINIPORT_INFO_V1_1 {
    USHORT MajorVersion;
    USHORT MinorVersion;
    PVOID Context;
    PBCLASS_QUERY_TAG_CALLBACK QueryTag;
    PBCLASS_QUERY_INFORMATION_CALLBACK QueryInformation;
    PBCLASS_SET_INFORMATION_CALLBACK SetInformation;
    PBCLASS_QUERY_STATUS_CALLBACK QueryStatus;
    PBCLASS_SET_STATUS_NOTIFY_CALLBACK SetStatusNotify;
    PBCLASS_DISABLE_STATUS_NOTIFY_CALLBACK DisableStatusNotify;
    PDEVICE_OBJECT Pdo;
    PUNICODE_STRING DeviceName;
    PDEVICE_OBJECT Fdo;
} BATTERY_MINIPORT_INFO_V1_1, *PBATTERY_MINIPORT_INFO_V1_1;

QS_INLINE NTSTATUS qs_battery_taken_in(QS_SITE, PBATTERY_MINIPORT_INFO MiniportInfo,
        PVOID* ClassData)
{
    qs_noted(file, line, "BatteryClassInitializeDevice");
    *ClassData = MiniportInfo->Context; /* only handed back to the class driver */
    return STATUS_SUCCESS;
}
#define BatteryClassInitializeDevice QS_AT(qs_battery_taken_in)
QS_NOTED_STATUS(BatteryClassUnload, PVOID ClassData)
#define BatteryClassUnload QS_AT(qs_none_BatteryClassUnload)
QS_NOTED_STATUS(BatteryClassStatusNotify, PVOID ClassData)
#define BatteryClassStatusNotify QS_AT(qs_none_BatteryClassStatusNotify)
QS_NOT_SIMULATED_STATUS(BatteryClassIoctl, PVOID ClassData, PIRP Irp)
#define BatteryClassIoctl QS_AT(qs_none_BatteryClassIoctl)
/* WMILIB_CONTEXT and SYSCTL_IRP_DISPOSITION of wmilib.h, which need not be included. */
QS_NOT_SIMULATED_STATUS(BatteryClassSystemControl, PVOID ClassData, PVOID WmiLibContext,
        PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Disposition)
#define BatteryClassSystemControl QS_AT(qs_none_BatteryClassSystemControl)
QS_NOT_SIMULATED_STATUS(BatteryClassQueryWmiDataBlock, PVOID ClassData, PDEVICE_OBJECT DeviceObject,
        PIRP Irp, ULONG GuidIndex, PULONG InstanceLengthArray, ULONG OutBufferSize, PUCHAR Buffer)
#define BatteryClassQueryWmiDataBlock QS_AT(qs_none_BatteryClassQueryWmiDataBlock)

#endif
