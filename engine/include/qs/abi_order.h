/* How a driver that takes orders asks what to do next. Called by driver code through qsask.h; the
 * engine parks the virtual thread until the student (or a recorded schedule) gives an order.
 */
#ifndef QS_ABI_ORDER_H
#define QS_ABI_ORDER_H

#include "abi_types.h"

QS_C_BEGIN

/* Each verb names the WDF call that the driver must now make, on a line of its own. Return: leave
 * the callback; a request still held goes to the driver's worker. */
typedef enum qs_ORDER_VERB {
#define QS_ORDER(id, ...) qs_Order##id,
#define QS_ACT(id, ...)
#include "acts.inc"
#undef QS_ORDER
#undef QS_ACT
} qs_ORDER_VERB;

typedef struct qs_ORDER {
  int32_t Verb;          /* qs_ORDER_VERB */
  int32_t Status;        /* for Complete* */
  uintptr_t Information; /* for CompleteWithInformation, SetInformation */
  WDFREQUEST Request;    /* the one to act on, or the found one; NULL where none is meant */
  WDFQUEUE Queue;        /* destination of Forward, or the queue to act on */
  WDFIOTARGET Target;    /* for Send*; NULL: the device's own */
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
