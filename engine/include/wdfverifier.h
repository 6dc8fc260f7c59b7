/* Breakpoints and bug checks of the verifier. Included by wdf.h. */
#ifndef QS_WDFVERIFIER_H
#define QS_WDFVERIFIER_H

#include "wdftypes.h"

#define WdfVerifierDbgBreakPoint QS_AT0(qs_WdfVerifierDbgBreakPoint)
#define WdfVerifierKeBugCheck QS_AT(qs_WdfVerifierKeBugCheck)

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED(PVOID, WdfGetTriageInfo)
#define WdfGetTriageInfo QS_AT0(qs_none_WdfGetTriageInfo)

#endif
