/* The bottom of the C surface: handles, and the NT structures that drivers and engine both touch.
 * Included by the other qs/abi_*.h files only. Field names and order are those of the real kit;
 * of a structure marked "part" only the fields that simulated code can meet are there.
 */
#ifndef QS_ABI_BASE_H
#define QS_ABI_BASE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define QS_C_BEGIN extern "C" {
#define QS_C_END }
#else
#define QS_C_BEGIN
#define QS_C_END
#endif

/* The two hidden arguments of every call: where in the driver's source the call stands. */
#define QS_SITE const char *file, int line

/* Some fields of the real kit are spaced as if they were pointers (POINTER_ALIGNMENT). */
#define QS_ALIGNED_8 __attribute__((aligned(8)))
#define QS_POINTER_ALIGNED __attribute__((aligned(__SIZEOF_POINTER__)))

/* Text of drivers: 16 bits a letter. A driver in C++ has a type of its own for it. */
#if defined(__cplusplus) && defined(QS_DRIVER)
typedef wchar_t qs_WCHAR;
#else
typedef uint16_t qs_WCHAR;
#endif

QS_C_BEGIN

/* ---- Handles. The value is an object id, never an address: it must not be dereferenced. ---- */

typedef void* WDFOBJECT;
#ifdef QS_LOOSE_HANDLES /* a driver that takes one for another, as Microsoft's compiler lets it */
#define QS_HANDLE(name) typedef void* name
#else
#define QS_HANDLE(name) typedef struct name##__* name
#endif
QS_HANDLE(WDFDRIVER);
QS_HANDLE(WDFDEVICE);
QS_HANDLE(WDFQUEUE);
QS_HANDLE(WDFREQUEST);
QS_HANDLE(WDFFILEOBJECT);
QS_HANDLE(WDFIOTARGET);
QS_HANDLE(WDFTIMER);
QS_HANDLE(WDFDPC);
QS_HANDLE(WDFWORKITEM);
QS_HANDLE(WDFSPINLOCK);
QS_HANDLE(WDFWAITLOCK);
QS_HANDLE(WDFMEMORY);
QS_HANDLE(WDFLOOKASIDE);
QS_HANDLE(WDFSTRING);
QS_HANDLE(WDFCOLLECTION);
QS_HANDLE(WDFKEY);
QS_HANDLE(WDFCMRESLIST);
QS_HANDLE(WDFIORESREQLIST);
QS_HANDLE(WDFCHILDLIST);
typedef struct WDFDEVICE_INIT* PWDFDEVICE_INIT;

/* ---- NT structures ---- */

typedef struct qs_GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} qs_GUID;

typedef struct qs_UNICODE_STRING {
    uint16_t Length;        /* bytes */
    uint16_t MaximumLength; /* bytes */
    qs_WCHAR* Buffer;       /* UTF-16, not necessarily terminated */
} qs_UNICODE_STRING;

typedef struct qs_STRING {
    uint16_t Length;
    uint16_t MaximumLength;
    char* Buffer;
} qs_STRING;

typedef union qs_LARGE_INTEGER {
    struct {
        uint32_t LowPart;
        int32_t HighPart;
    };
    struct {
        uint32_t LowPart;
        int32_t HighPart;
    } u;
    int64_t QuadPart;
} qs_LARGE_INTEGER;

typedef struct qs_LIST_ENTRY {
    struct qs_LIST_ENTRY* Flink;
    struct qs_LIST_ENTRY* Blink;
} qs_LIST_ENTRY;

typedef struct qs_IO_STATUS_BLOCK {
    union {
        int32_t Status;
        void* Pointer;
    };
    uintptr_t Information;
} qs_IO_STATUS_BLOCK;

typedef struct qs_OBJECT_ATTRIBUTES {
    uint32_t Length;
    void* RootDirectory;
    qs_UNICODE_STRING* ObjectName;
    uint32_t Attributes;
    void* SecurityDescriptor;
    void* SecurityQualityOfService;
} qs_OBJECT_ATTRIBUTES;

/* What *PsThreadType is: object types are only compared. */
#define QS_THREAD_TYPE 1

/* The engine keeps what it knows of an event by its address, and mirrors SignalState here. */
typedef struct qs_KEVENT {
    uint8_t Type; /* 0 notification, 1 synchronization */
    uint8_t Reserved[3];
    int32_t SignalState;
    qs_LIST_ENTRY WaitListHead;
} qs_KEVENT;

typedef struct qs_DEVICE_OBJECT qs_DEVICE_OBJECT;
typedef struct qs_DRIVER_OBJECT qs_DRIVER_OBJECT;
typedef struct qs_FILE_OBJECT qs_FILE_OBJECT;
typedef struct qs_MDL qs_MDL;
typedef struct qs_IRP qs_IRP;
typedef struct qs_IO_STACK_LOCATION qs_IO_STACK_LOCATION;
struct qs_IO_SECURITY_CONTEXT;

struct qs_MDL {
    qs_MDL* Next;
    int16_t Size;
    int16_t MdlFlags;
    void* Process;
    void* MappedSystemVa;
    void* StartVa;
    uint32_t ByteCount;
    uint32_t ByteOffset;
};

struct qs_IRP {
    int16_t Type;
    uint16_t Size;
    qs_MDL* MdlAddress;
    uint32_t Flags;
    union {
        qs_IRP* MasterIrp;
        int32_t IrpCount;
        void* SystemBuffer;
    } AssociatedIrp;
    qs_LIST_ENTRY ThreadListEntry;
    qs_IO_STATUS_BLOCK IoStatus;
    char RequestorMode;
    uint8_t PendingReturned;
    char StackCount;
    char CurrentLocation;
    uint8_t Cancel;
    uint8_t CancelIrql;
    char ApcEnvironment;
    uint8_t AllocationFlags;
    qs_IO_STATUS_BLOCK* UserIosb;
    qs_KEVENT* UserEvent;
    union {
        struct {
            void* UserApcRoutine;
            void* UserApcContext;
        } AsynchronousParameters;
        qs_LARGE_INTEGER AllocationSize;
    } Overlay;
    void (*CancelRoutine)(qs_DEVICE_OBJECT* DeviceObject, qs_IRP* Irp);
    void* UserBuffer;
    union {
        struct {
            void* DriverContext[4];
            void* Thread;
            char* AuxiliaryBuffer;
            qs_LIST_ENTRY ListEntry;
            qs_IO_STACK_LOCATION* CurrentStackLocation;
            qs_FILE_OBJECT* OriginalFileObject;
        } Overlay;
        void* CompletionKey;
        uint64_t Reserved[11];
    } Tail;
};

struct qs_IO_STACK_LOCATION {
    uint8_t MajorFunction;
    uint8_t MinorFunction;
    uint8_t Flags;
    uint8_t Control;
    union {
        struct {
            struct qs_IO_SECURITY_CONTEXT* SecurityContext;
            uint32_t Options;
            QS_POINTER_ALIGNED uint16_t FileAttributes;
            uint16_t ShareAccess;
            QS_POINTER_ALIGNED uint32_t EaLength;
        } Create;
        struct {
            uint32_t Length;
            QS_POINTER_ALIGNED uint32_t Key;
            qs_LARGE_INTEGER ByteOffset;
        } Read;
        struct {
            uint32_t Length;
            QS_POINTER_ALIGNED uint32_t Key;
            qs_LARGE_INTEGER ByteOffset;
        } Write;
        struct {
            uint32_t OutputBufferLength;
            QS_POINTER_ALIGNED uint32_t InputBufferLength;
            QS_POINTER_ALIGNED uint32_t IoControlCode;
            void* Type3InputBuffer;
        } DeviceIoControl;
        struct {
            uint32_t Length;
            QS_POINTER_ALIGNED int32_t FileInformationClass;
        } QueryFile;
        struct {
            uint32_t Length;
            QS_POINTER_ALIGNED int32_t FileInformationClass;
            qs_FILE_OBJECT* FileObject;
        } SetFile;
        struct {
            uint32_t SystemContext;
            QS_POINTER_ALIGNED int32_t Type; /* POWER_STATE_TYPE */
            QS_POINTER_ALIGNED union {
                int32_t SystemState;
                int32_t DeviceState;
            } State;
            QS_POINTER_ALIGNED int32_t ShutdownType; /* POWER_ACTION */
        } Power;
        struct {
            void* Argument1;
            void* Argument2;
            void* Argument3;
            void* Argument4;
        } Others;
    } Parameters;
    qs_DEVICE_OBJECT* DeviceObject;
    qs_FILE_OBJECT* FileObject;
    void* CompletionRoutine;
    void* Context;
};

struct qs_DEVICE_OBJECT { /* part */
    int16_t Type;
    uint16_t Size;
    int32_t ReferenceCount;
    qs_DRIVER_OBJECT* DriverObject;
    qs_DEVICE_OBJECT* NextDevice;
    qs_DEVICE_OBJECT* AttachedDevice;
    qs_IRP* CurrentIrp;
    uint32_t Flags;
    uint32_t Characteristics;
    void* DeviceExtension;
    uint32_t DeviceType;
    char StackSize;
    uint32_t AlignmentRequirement;
};

struct qs_FILE_OBJECT { /* part */
    int16_t Type;
    int16_t Size;
    qs_DEVICE_OBJECT* DeviceObject;
    void* FsContext;
    void* FsContext2;
    uint32_t Flags;
    qs_UNICODE_STRING FileName;
    qs_LARGE_INTEGER CurrentByteOffset;
};

struct qs_DRIVER_OBJECT { /* part */
    int16_t Type;
    int16_t Size;
    qs_DEVICE_OBJECT* DeviceObject;
    uint32_t Flags;
    void* DriverExtension;
    qs_UNICODE_STRING DriverName;
    qs_UNICODE_STRING* HardwareDatabase;
    void (*DriverUnload)(qs_DRIVER_OBJECT* DriverObject);
    int32_t (*MajorFunction[28])(qs_DEVICE_OBJECT* DeviceObject, qs_IRP* Irp);
};

QS_C_END
#endif
