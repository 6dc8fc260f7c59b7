/* Control devices. Included by wdf.h. */
#ifndef QS_WDFCONTROL_H
#define QS_WDFCONTROL_H

#include "wdftypes.h"

QS_TYPE(WDF_DEVICE_SHUTDOWN_FLAGS);
#define WdfDeviceShutdown qs_WdfDeviceShutdown
#define WdfDeviceLastChanceShutdown qs_WdfDeviceLastChanceShutdown

QS_CALLBACK(WDF_DEVICE_SHUTDOWN_NOTIFICATION);

#define WdfControlDeviceInitAllocate QS_AT(qs_WdfControlDeviceInitAllocate)
#define WdfControlDeviceInitSetShutdownNotification \
    QS_AT(qs_WdfControlDeviceInitSetShutdownNotification)
#define WdfControlFinishInitializing QS_AT(qs_WdfControlFinishInitializing)

#endif
