/* Work items. Included by wdf.h. */
#ifndef QS_WDFWORKITEM_H
#define QS_WDFWORKITEM_H

#include "wdftypes.h"

QS_TYPE(WDF_WORKITEM_CONFIG);

QS_CALLBACK(WDF_WORKITEM);

#define WdfWorkItemCreate QS_AT(qs_WdfWorkItemCreate)
#define WdfWorkItemEnqueue QS_AT(qs_WdfWorkItemEnqueue)
#define WdfWorkItemGetParentObject QS_AT(qs_WdfWorkItemGetParentObject)
#define WdfWorkItemFlush QS_AT(qs_WdfWorkItemFlush)

QS_INLINE VOID WDF_WORKITEM_CONFIG_INIT(PWDF_WORKITEM_CONFIG Config,
        PFN_WDF_WORKITEM EvtWorkItemFunc)
{
    QS_INIT(Config);
    Config->EvtWorkItemFunc = EvtWorkItemFunc;
    Config->AutomaticSerialization = TRUE;
}

#endif
