/* For drivers that take orders: sandbox and be-the-driver programs.
 *
 *     QS_ORDER order;
 *     while (QsAsk(Queue, Request, &order)) {
 *         switch (order.Verb) {
 *         case QsOrderComplete:
 *             WdfRequestComplete(order.Request, order.Status);
 *             break;
 *         ...
 *         }
 *     }
 *
 * QsAsk waits until whoever watches the run decides what this driver does next, and returns FALSE
 * when the callback shall return. The driver then makes the call on a line of its own, so that it
 * is lit like any other. What a call returned is reported with QsAskResult. Not for real kits:
 * there it would be a driver that waits for user mode.
 */
#ifndef QSASK_H
#define QSASK_H

#include "qs/abi_order.h"
#include "qs/abi_setup.h"
#include "qs/call.h"

typedef qs_ORDER QS_ORDER, *PQS_ORDER;

/* BOOLEAN QsAsk(WDFQUEUE Queue, WDFREQUEST Request, PQS_ORDER Order): Queue and Request are those
 * of the asking callback, or NULL. With both NULL (a worker thread) any request that the driver
 * holds may be meant. A request still held when the callback returns is served by the driver's
 * worker. */
#define QsAsk QS_AT(qs_AskNext)

/* VOID QsAskResult(const QS_ORDER* Order, NTSTATUS Status, ULONG_PTR Value) */
#define QsAskResult QS_AT(qs_AskResult)

/* What each asks for is its own name; see qs/acts.inc for which fields it uses. */
enum {
#define QS_ORDER(id, ...) QsOrder##id = qs_Order##id,
#define QS_ACT(id, ...)
#include "qs/acts.inc"
#undef QS_ORDER
#undef QS_ACT
};

/* A driver may also ask what to create:
 *
 *     QsDeviceSetup(&deviceSetup);                     before WdfDeviceCreate
 *     while (QsNextQueue(Device, &setup)) { ... WdfIoQueueCreate ... }
 */
typedef qs_DEVICE_SETUP QS_DEVICE_SETUP, *PQS_DEVICE_SETUP;
typedef qs_QUEUE_SETUP QS_QUEUE_SETUP, *PQS_QUEUE_SETUP;

/* VOID QsDeviceSetup(PQS_DEVICE_SETUP Setup) */
#define QsDeviceSetup QS_AT(qs_DeviceSetup)
/* BOOLEAN QsNextQueue(WDFDEVICE Device, PQS_QUEUE_SETUP Setup): FALSE when all are created. */
#define QsNextQueue QS_AT(qs_NextQueue)

#define QsHandlerRead qs_HandlerRead
#define QsHandlerWrite qs_HandlerWrite
#define QsHandlerDeviceControl qs_HandlerDeviceControl
#define QsHandlerInternalDeviceControl qs_HandlerInternalDeviceControl
#define QsHandlerDefault qs_HandlerDefault
#define QsHandlerStop qs_HandlerStop
#define QsHandlerResume qs_HandlerResume
#define QsHandlerCanceledOnQueue qs_HandlerCanceledOnQueue
#define QsRouteCreate qs_RouteCreate
#define QsRouteRead qs_RouteRead
#define QsRouteWrite qs_RouteWrite
#define QsRouteDeviceControl qs_RouteDeviceControl
#define QsRouteDeviceControlInternal qs_RouteDeviceControlInternal
#endif
