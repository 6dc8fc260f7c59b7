#pragma once
#include <ntddk.h>
#include <wdf.h>
#include <initguid.h>

DEFINE_GUID(GUID_DEVINTERFACE_TWO_FILES, 0x4f1c1b2a, 0x7d11, 0x4b7e, 0x9a, 0x10, 0x55, 0x0d, 0x6c,
        0x2e,
            0x31, 0x77);

typedef struct _QUEUE_CONTEXT {
    ULONG Count;
} QUEUE_CONTEXT, *PQUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueGetContext)

typedef struct _DEVICE_CONTEXT {
    ULONG Value;
} DEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(DEVICE_CONTEXT)

EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
const WDF_OBJECT_CONTEXT_TYPE_INFO* QueueTypeOfOtherFile(void);
