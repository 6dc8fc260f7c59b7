/* How a driver that takes orders asks what to do next. Called by driver code through qsask.h; the
 * engine parks the virtual thread until the student (or a recorded schedule) gives an order.
 */
#ifndef QS_ABI_ORDER_H
#define QS_ABI_ORDER_H

#include "abi_types.h"

QS_C_BEGIN

/* Each verb names the WDF call that the driver must now make, on a line of its own. */
typedef enum qs_ORDER_VERB {
  qs_OrderReturn = 0, /* leave the callback; a request still held goes to the driver's worker */
  qs_OrderComplete = 1,
  qs_OrderCompleteWithInformation = 2,
  qs_OrderForward = 3,
  qs_OrderRequeue = 4,
  qs_OrderMarkCancelable = 5,
  qs_OrderMarkCancelableEx = 6,
  qs_OrderUnmark = 7,
  qs_OrderIsCanceled = 8,
  qs_OrderSendToTarget = 9, /* with a completion routine */
  qs_OrderSendAndForget = 10,
  qs_OrderSendSynchronously = 11,
  qs_OrderCancelSent = 12,
  qs_OrderStopAcknowledge = 13,        /* Requeue = FALSE */
  qs_OrderStopAcknowledgeRequeue = 14, /* Requeue = TRUE */
  qs_OrderSetInformation = 15,
  qs_OrderForwardToParent = 16,
  qs_OrderEnqueue = 17, /* WdfDeviceEnqueueRequest */
  qs_OrderRequestDelete = 18,
  qs_OrderRetrieveNext = 32,
  qs_OrderRetrieveByFile = 33,
  qs_OrderFind = 34,
  qs_OrderRetrieveFound = 35,
  qs_OrderQueueStart = 48,
  qs_OrderQueueStop = 49,
  qs_OrderQueueStopSynchronously = 50,
  qs_OrderQueueStopAndPurge = 51,
  qs_OrderQueueStopAndPurgeSynchronously = 52,
  qs_OrderQueueDrain = 53,
  qs_OrderQueueDrainSynchronously = 54,
  qs_OrderQueuePurge = 55,
  qs_OrderQueuePurgeSynchronously = 56,
  qs_OrderQueueReadyNotify = 57,
  qs_OrderQueueReadyNotifyOff = 58,
  qs_OrderQueueGetState = 59,
  qs_OrderQueueDelete = 60,
  qs_OrderTargetStart = 64,
  qs_OrderTargetStop = 65,  /* Flags: WDF_IO_TARGET_SENT_IO_ACTION */
  qs_OrderTargetPurge = 66, /* Flags: WDF_IO_TARGET_PURGE_IO_ACTION */
} qs_ORDER_VERB;

typedef struct qs_ORDER {
  int32_t Verb;          /* qs_ORDER_VERB */
  int32_t Status;        /* for Complete* */
  uintptr_t Information; /* for CompleteWithInformation, SetInformation */
  WDFREQUEST Request;    /* the one to act on, or the found one; NULL where none is meant */
  WDFQUEUE Queue;        /* destination of Forward, or the queue to act on */
  WDFIOTARGET Target;    /* for Send*, Target*; NULL: the device's own */
  WDFFILEOBJECT FileObject;
  uint32_t Flags;
} qs_ORDER;

/* Waits for the next order. Queue and Request: what the asking callback was called with, NULL where
 * it was not (the worker asks with both NULL and serves any request that the driver holds).
 * Returns 1 with *Order filled, 0 when the verb is Return (also filled). */
int32_t qs_AskNext(QS_SITE, WDFQUEUE Queue, WDFREQUEST Request, qs_ORDER* Order);

/* Tells the one who gave the order what came of it (for calls that return something). */
void qs_AskResult(QS_SITE, const qs_ORDER* Order, int32_t Status, uintptr_t Value);

QS_C_END
#endif
