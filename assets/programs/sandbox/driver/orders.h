/* What the callbacks and the worker share: asking, and carrying out what was ordered. */
#ifndef ORDERS_H
#define ORDERS_H

typedef struct _DEVICE_CONTEXT {
  WDFWORKITEM Worker;
  PVOID Found; /* the WDFREQUEST that was found last, with a reference, or NULL */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

/* Asks and obeys until the request is given away or the order is to return. */
VOID AskAbout(_In_opt_ WDFQUEUE Queue, _In_opt_ WDFREQUEST Request);

/* Makes the one call that was ordered. TRUE: the callback need not ask about the request again,
 * because it is no longer the driver's or its stop is acknowledged. */
BOOLEAN CarryOut(_In_ PQS_ORDER Order);

/* The same for requests that may be in no queue: the device must be known. */
BOOLEAN CarryOutFor(_In_ WDFDEVICE Device, _Inout_ PQS_ORDER Order);

#endif
