/* Power and thermal classes: cooling devices, thermal zones and power limits as drivers offer them
 * through interfaces. */
#ifndef QS_POCLASS_H
#define QS_POCLASS_H

#include "wdm.h"

QS_GUID(GUID_DEVICE_THERMAL_ZONE, 0x4afa3d51, 0x74a7, 0x11d0, 0xbe, 0x5e, 0x00, 0xa0, 0xc9,
            0x06, 0x28, 0x57);
#define IOCTL_THERMAL_QUERY_INFORMATION \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x20, METHOD_BUFFERED, FILE_READ_ACCESS)
#define IOCTL_THERMAL_READ_TEMPERATURE \
    CTL_CODE(FILE_DEVICE_BATTERY, 0x24, METHOD_BUFFERED, FILE_READ_ACCESS)

typedef struct _THERMAL_WAIT_READ {
    ULONG Timeout;
    ULONG LowTemperature;
    ULONG HighTemperature;
} THERMAL_WAIT_READ, *PTHERMAL_WAIT_READ;

/* ---- Cooling devices ---- */

QS_GUID(GUID_THERMAL_COOLING_INTERFACE, 0xecbe47a8, 0xc498, 0x4bb9, 0xbd, 0x70, 0xe8, 0x67,
            0xe0, 0x94, 0x0d, 0x22);
QS_GUID(GUID_DEVINTERFACE_THERMAL_COOLING, 0xdbe4373d, 0x3c81, 0x40cb, 0xac, 0xe4, 0xe0, 0xe5,
            0xd0, 0x5f, 0x0c, 0x9f);
QS_GUID(GUID_DEVINTERFACE_THERMAL_MANAGER, 0x927ec093, 0x69a4, 0x4bc0, 0xbd, 0x02, 0x71, 0x16,
            0x64, 0x71, 0x44, 0x63);
typedef VOID DEVICE_ACTIVE_COOLING(PVOID Context, BOOLEAN Engaged);
typedef DEVICE_ACTIVE_COOLING* PDEVICE_ACTIVE_COOLING;
typedef VOID DEVICE_PASSIVE_COOLING(PVOID Context, ULONG Percentage);
typedef DEVICE_PASSIVE_COOLING* PDEVICE_PASSIVE_COOLING;
enum { ThermalDeviceFlagActiveCooling = 1, ThermalDeviceFlagPassiveCooling = 2 };
#define THERMAL_DEVICE_INTERFACE_VERSION 1
typedef struct _THERMAL_DEVICE_INTERFACE {
    USHORT Size;
    USHORT Version;
    PVOID Context;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    ULONG Flags;
    PDEVICE_ACTIVE_COOLING ActiveCooling;
    PDEVICE_PASSIVE_COOLING PassiveCooling;
} THERMAL_DEVICE_INTERFACE, *PTHERMAL_DEVICE_INTERFACE;

/* ---- Power limits. Their two GUIDs are stand-ins: only compared here. ---- */

QS_GUID(GUID_POWER_LIMIT_INTERFACE, 0x4fd5f5c4, 0x2c3f, 0x4e0b, 0x9a, 0x5e, 0x21, 0x07, 0x3c,
            0x66, 0x80, 0x1d);
QS_GUID(GUID_DEVINTERFACE_POWER_LIMIT, 0x9c0d8a0d, 0x63d8, 0x4f6a, 0xa0, 0x26, 0x54, 0x0d,
            0x39, 0x84, 0x0b, 0x6e);
typedef enum _POWER_LIMIT_TYPES {
    PowerLimitContinuous,
    PowerLimitBurst,
    PowerLimitRapid,
    PowerLimitPreemptive,
    PowerLimitPreemptiveOffset,
    PowerLimitTypeMax,
} POWER_LIMIT_TYPES, *PPOWER_LIMIT_TYPES;
#define POWER_LIMIT_VALUE_NO_CONTROL ((ULONG)-1)
typedef struct _POWER_LIMIT_ATTRIBUTES {
    POWER_LIMIT_TYPES Type;
    ULONG DomainId;
    ULONG MaxValue;
    ULONG MinValue;
    ULONG MinTimeParameter;
    ULONG MaxTimeParameter;
    ULONG DefaultACValue;
    ULONG DefaultDCValue;
    union {
        struct {
            ULONG SupportTimeParameter : 1;
            ULONG Reserved : 31;
        };
        ULONG AsUlong;
    } Flags;
} POWER_LIMIT_ATTRIBUTES, *PPOWER_LIMIT_ATTRIBUTES;
typedef struct _POWER_LIMIT_VALUE {
    POWER_LIMIT_TYPES Type;
    ULONG DomainId;
    ULONG TargetValue;
    ULONG TimeParameter;
} POWER_LIMIT_VALUE, *PPOWER_LIMIT_VALUE;
typedef NTSTATUS QUERY_POWER_LIMIT_ATTRIBUTES(PVOID Context, ULONG BufferCount, PVOID Buffer,
        PULONG AttributeCount);
typedef QUERY_POWER_LIMIT_ATTRIBUTES* PQUERY_POWER_LIMIT_ATTRIBUTES;
typedef NTSTATUS SET_POWER_LIMIT(PVOID Context, ULONG ValueCount, PVOID Values);
typedef SET_POWER_LIMIT* PSET_POWER_LIMIT;
typedef NTSTATUS QUERY_POWER_LIMIT(PVOID Context, ULONG ValueCount, PVOID Values);
typedef QUERY_POWER_LIMIT* PQUERY_POWER_LIMIT;
typedef struct _POWER_LIMIT_INTERFACE {
    USHORT Size;
    USHORT Version;
    PVOID Context;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    ULONG DomainCount;
    PQUERY_POWER_LIMIT_ATTRIBUTES QueryAttributes;
    PSET_POWER_LIMIT SetPowerLimit;
    PQUERY_POWER_LIMIT QueryPowerLimit;
} POWER_LIMIT_INTERFACE, *PPOWER_LIMIT_INTERFACE;

#endif
