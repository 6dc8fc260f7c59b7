/* What a driver that asks is to create: its device and its queues. Called by driver code through
 * qsask.h before WdfDeviceCreate and WdfIoQueueCreate, so that the calls themselves stand in the
 * driver; the engine hands out what the schedule (or the program) says, on the calling thread.
 */
#ifndef QS_ABI_SETUP_H
#define QS_ABI_SETUP_H

#include "abi_types.h"

QS_C_BEGIN

/* Bits of qs_QUEUE_SETUP.Handlers: which callbacks the queue shall have. */
typedef enum qs_SETUP_HANDLER {
    qs_HandlerRead = 1,
    qs_HandlerWrite = 2,
    qs_HandlerDeviceControl = 4,
    qs_HandlerInternalDeviceControl = 8,
    qs_HandlerDefault = 16,
    qs_HandlerStop = 32,
    qs_HandlerResume = 64,
    qs_HandlerCanceledOnQueue = 128,
} qs_SETUP_HANDLER;

/* Bits of qs_QUEUE_SETUP.Routes: which request types the queue shall be configured for. */
typedef enum qs_SETUP_ROUTE {
    qs_RouteCreate = 1,
    qs_RouteRead = 2,
    qs_RouteWrite = 4,
    qs_RouteDeviceControl = 8,
    qs_RouteDeviceControlInternal = 16,
} qs_SETUP_ROUTE;

typedef struct qs_DEVICE_SETUP {
    uint8_t Filter;          /* WdfFdoInitSetFilter */
    uint8_t InCallerContext; /* WdfDeviceInitSetIoInCallerContextCallback */
    int32_t SynchronizationScope, ExecutionLevel; /* values of the kit's enumerations */
} qs_DEVICE_SETUP;

typedef struct qs_QUEUE_SETUP {
    int32_t DispatchType; /* WDF_IO_QUEUE_DISPATCH_TYPE */
    uint8_t DefaultQueue, AllowZeroLengthRequests;
    uint32_t Handlers, Routes;
    uint32_t NumberOfPresentedRequests;
    int32_t PowerManaged; /* WDF_TRI_STATE */
    int32_t SynchronizationScope, ExecutionLevel;
} qs_QUEUE_SETUP;

/* The device to create. */
void qs_DeviceSetup(QS_SITE, qs_DEVICE_SETUP* Setup);
/* The next queue to create; 0 when there is none left. */
int32_t qs_NextQueue(QS_SITE, WDFDEVICE Device, qs_QUEUE_SETUP* Setup);

QS_C_END
#endif
