#include "shared.h"
#include "queue.tmh"

/* begin_wpp config
 * FUNC TraceQueue(FLAGS, MSG, ...);
 * end_wpp */

const WDF_OBJECT_CONTEXT_TYPE_INFO* QueueTypeOfOtherFile(void)
{
    return WDF_GET_CONTEXT_TYPE_INFO(QUEUE_CONTEXT);
}

VOID EvtIoRead(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    QueueGetContext(Queue);
    TraceEvents(TRACE_LEVEL_INFORMATION, DBG_QUEUE, "%!FUNC! %d", 1);
    TraceQueue(DBG_QUEUE, "own name");
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
