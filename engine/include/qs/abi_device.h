/* Virtual hardware as the engine provides it; qsdevice.h documents it for driver writers. */
#ifndef QS_ABI_DEVICE_H
#define QS_ABI_DEVICE_H

#include "abi_base.h"

QS_C_BEGIN

QS_HANDLE(QSDEVICE);

QSDEVICE qs_QsDeviceOpen(QS_SITE, WDFDEVICE Device);
void qs_QsDeviceReset(QS_SITE, QSDEVICE Hardware);
uint32_t qs_QsDeviceChannelCount(QS_SITE, QSDEVICE Hardware);

int32_t qs_QsChannelStart(QS_SITE, QSDEVICE Hardware, uint32_t Channel, void* Context,
        uint32_t DurationMicroseconds, WDFDPC Dpc);
uint8_t qs_QsChannelCancel(QS_SITE, QSDEVICE Hardware, uint32_t Channel);
uint8_t qs_QsChannelIsFree(QS_SITE, QSDEVICE Hardware, uint32_t Channel);
void* qs_QsChannelBusyContext(QS_SITE, QSDEVICE Hardware, uint32_t Channel);
uint8_t qs_QsChannelTakeFinished(QS_SITE, QSDEVICE Hardware, uint32_t* Channel, void** Context);

int32_t qs_QsEventConnect(QS_SITE, QSDEVICE Hardware, uint32_t Source, WDFDPC Dpc);
uint32_t qs_QsEventCount(QS_SITE, QSDEVICE Hardware, uint32_t Source);
uint8_t qs_QsEventTake(QS_SITE, QSDEVICE Hardware, uint32_t Source, uint32_t* Value);

QS_C_END
#endif
