/* The virtual hardware of lessons, small enough to be made again on a real kit.
 *
 * A device has channels and event sources; how many, and how fast, the program's set-up says.
 *
 * Channels do one operation at a time: start one, and when it is done the device "interrupts": it
 * enqueues the WDFDPC that was given with the operation. In that DPC the driver takes the finished
 * operations, one after another, because two interrupts may become one DPC:
 *
 *     ULONG channel; PVOID context;
 *     while (QsChannelTakeFinished(hardware, &channel, &context)) ... complete the request ...
 *
 * Event sources report on their own: a button that was pressed, bytes that came in.
 *
 * No call waits. All may be made at any IRQL up to DISPATCH_LEVEL. None takes a lock of the
 * driver's; that an operation can finish at any moment between two calls is the point of many
 * lessons.
 */
#ifndef QSDEVICE_H
#define QSDEVICE_H

#include "qs/abi_device.h"
#include "qs/call.h"

/* Sources for QsEvent*. What Value means stands beside each. */
#define QS_EVENT_BUTTON 0   /* times pressed since the last event */
#define QS_EVENT_RECEIVED 1 /* the byte that came in */
#define QS_EVENT_STATUS 2   /* the new line status, bits as the program says */

/* Channels of the uart. */
#define QS_UART_READ 0
#define QS_UART_WRITE 1

/* QSDEVICE QsDeviceOpen(WDFDEVICE Device)
 * The hardware under Device, or NULL if the program gives it none. Valid as long as Device. */
#define QsDeviceOpen QS_AT(qs_QsDeviceOpen)

/* ULONG QsDeviceChannelCount(QSDEVICE Hardware)
 * Channels are numbered from 0. */
#define QsDeviceChannelCount QS_AT(qs_QsDeviceChannelCount)

/* VOID QsDeviceReset(QSDEVICE Hardware) Stops every channel and forgets what finished and what
 * happened, without DPCs. Leaving D0 does the same. DPCs that are queued already still run, and
 * find nothing. */
#define QsDeviceReset QS_AT(qs_QsDeviceReset)

/* NTSTATUS QsChannelStart(QSDEVICE Hardware, ULONG Channel, PVOID Context,
 *                         ULONG DurationMicroseconds, WDFDPC Dpc)
 * Begins an operation; 0 microseconds is the device's own duration. Context comes back with the
 * finished operation (often the WDFREQUEST). Dpc may be NULL: then nobody is told.
 * STATUS_SUCCESS; STATUS_DEVICE_BUSY, and a finding, if the channel works already;
 * STATUS_INVALID_PARAMETER without such a channel; STATUS_DEVICE_NOT_READY outside D0. */
#define QsChannelStart QS_AT(qs_QsChannelStart)

/* BOOLEAN QsChannelCancel(QSDEVICE Hardware, ULONG Channel) TRUE: the operation was stopped, and
 * nothing more will be heard of it. FALSE: there was none, or it is finished, and then the DPC is
 * on its way and will take it. */
#define QsChannelCancel QS_AT(qs_QsChannelCancel)

/* BOOLEAN QsChannelIsFree(QSDEVICE Hardware, ULONG Channel) */
#define QsChannelIsFree QS_AT(qs_QsChannelIsFree)

/* PVOID QsChannelBusyContext(QSDEVICE Hardware, ULONG Channel)
 * Context of the running operation, NULL if there is none. */
#define QsChannelBusyContext QS_AT(qs_QsChannelBusyContext)

/* BOOLEAN QsChannelTakeFinished(QSDEVICE Hardware, PULONG Channel, PVOID* Context)
 * Takes the oldest finished operation that nobody has taken. FALSE: none. */
#define QsChannelTakeFinished QS_AT(qs_QsChannelTakeFinished)

/* NTSTATUS QsEventConnect(QSDEVICE Hardware, ULONG Source, WDFDPC Dpc)
 * From now on the device enqueues Dpc when Source has something; NULL disconnects. Events that came
 * before are kept, and enqueue it at once. STATUS_INVALID_PARAMETER without such a source. */
#define QsEventConnect QS_AT(qs_QsEventConnect)

/* ULONG QsEventCount(QSDEVICE Hardware, ULONG Source)
 * Events that wait to be taken. */
#define QsEventCount QS_AT(qs_QsEventCount)

/* BOOLEAN QsEventTake(QSDEVICE Hardware, ULONG Source, PULONG Value)
 * Takes the oldest event. FALSE: none. */
#define QsEventTake QS_AT(qs_QsEventTake)

#endif
