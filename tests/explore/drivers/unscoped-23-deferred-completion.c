/* The driver of the lesson, except that its queue has no synchronization scope. */
#include <ntddk.h>
#include <wdf.h>

#undef WdfSynchronizationScopeQueue
#define WdfSynchronizationScopeQueue WdfSynchronizationScopeNone

#include "../../../lessons/23-deferred-completion/driver.c"
