/* DPC objects. Included by wdf.h. */
#ifndef QS_WDFDPC_H
#define QS_WDFDPC_H

#include "wdftypes.h"

QS_TYPE(WDF_DPC_CONFIG);

QS_CALLBACK(WDF_DPC);

#define WdfDpcCreate QS_AT(qs_WdfDpcCreate)
#define WdfDpcEnqueue QS_AT(qs_WdfDpcEnqueue)
#define WdfDpcCancel QS_AT(qs_WdfDpcCancel)
#define WdfDpcGetParentObject QS_AT(qs_WdfDpcGetParentObject)

QS_INLINE VOID WDF_DPC_CONFIG_INIT(PWDF_DPC_CONFIG Config, PFN_WDF_DPC EvtDpcFunc)
{
    QS_INIT(Config);
    Config->EvtDpcFunc = EvtDpcFunc;
    Config->AutomaticSerialization = TRUE;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED(PKDPC, WdfDpcWdmGetDpc, WDFDPC Dpc)
#define WdfDpcWdmGetDpc QS_AT(qs_none_WdfDpcWdmGetDpc)

#endif
