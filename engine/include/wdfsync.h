/* Wait locks, spin locks and the presentation lock of objects. Included by wdf.h. */
#ifndef QS_WDFSYNC_H
#define QS_WDFSYNC_H

#include "wdftypes.h"

#define WdfObjectAcquireLock QS_AT(qs_WdfObjectAcquireLock)
#define WdfObjectReleaseLock QS_AT(qs_WdfObjectReleaseLock)
#define WdfWaitLockCreate QS_AT(qs_WdfWaitLockCreate)
#define WdfWaitLockAcquire QS_AT(qs_WdfWaitLockAcquire)
#define WdfWaitLockRelease QS_AT(qs_WdfWaitLockRelease)
#define WdfSpinLockCreate QS_AT(qs_WdfSpinLockCreate)
#define WdfSpinLockAcquire QS_AT(qs_WdfSpinLockAcquire)
#define WdfSpinLockRelease QS_AT(qs_WdfSpinLockRelease)

#endif
