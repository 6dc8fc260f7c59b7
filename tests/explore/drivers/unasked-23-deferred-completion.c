/* The driver of the lesson, except that it does not look at what the unmark says. */
#include <ntddk.h>
#include <wdf.h>

#undef WdfRequestUnmarkCancelable
#define WdfRequestUnmarkCancelable(Request) \
    (QS_AT(qs_WdfRequestUnmarkCancelable)(Request), STATUS_SUCCESS)

#include "../../../lessons/23-deferred-completion/driver.c"
