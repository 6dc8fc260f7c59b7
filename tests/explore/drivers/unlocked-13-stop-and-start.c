/* The driver of the lesson, except that it takes no lock. */
#include <ntddk.h>
#include <wdf.h>

#undef WdfSpinLockAcquire
#undef WdfSpinLockRelease
#define WdfSpinLockAcquire(Lock) ((void)(Lock))
#define WdfSpinLockRelease(Lock) ((void)(Lock))

#include "../../../lessons/13-stop-and-start/driver.c"
