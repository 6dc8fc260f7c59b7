/* Timers. Included by wdf.h. */
#ifndef QS_WDFTIMER_H
#define QS_WDFTIMER_H

#include "wdftypes.h"

QS_TYPE(WDF_TIMER_CONFIG);

QS_CALLBACK(WDF_TIMER);

#define WdfTimerCreate QS_AT(qs_WdfTimerCreate)
#define WdfTimerStart QS_AT(qs_WdfTimerStart)
#define WdfTimerStop QS_AT(qs_WdfTimerStop)
#define WdfTimerGetParentObject QS_AT(qs_WdfTimerGetParentObject)

QS_INLINE VOID WDF_TIMER_CONFIG_INIT(PWDF_TIMER_CONFIG Config, PFN_WDF_TIMER EvtTimerFunc)
{
    QS_INIT(Config);
    Config->EvtTimerFunc = EvtTimerFunc;
    Config->AutomaticSerialization = TRUE;
}

QS_INLINE VOID WDF_TIMER_CONFIG_INIT_PERIODIC(PWDF_TIMER_CONFIG Config, PFN_WDF_TIMER EvtTimerFunc,
        LONG Period)
{
    QS_INIT(Config);
    Config->EvtTimerFunc = EvtTimerFunc;
    Config->Period = Period;
    Config->AutomaticSerialization = TRUE;
}

#endif
