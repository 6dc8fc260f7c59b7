/* Ready-made security descriptors for control devices. Names only: access is not checked. */
#ifndef QS_WDMSEC_H
#define QS_WDMSEC_H

#include "wdm.h"

#define QS_SDDL(name, text)                                                    \
    static const WCHAR name##_text[] __attribute__((unused)) = text;           \
    static const UNICODE_STRING name __attribute__((unused)) = {               \
        sizeof(text) - sizeof(WCHAR), sizeof(text), (PWCH)name##_text};

QS_SDDL(SDDL_DEVOBJ_KERNEL_ONLY, L"D:P")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL, L"D:P(A;;GA;;;SY)")
QS_SDDL(SDDL_DEVOBJ_INF_SUPPLIED, L"D:P(A;;GA;;;SY)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_ALL, L"D:P(A;;GA;;;SY)(A;;GA;;;BA)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_RX, L"D:P(A;;GA;;;SY)(A;;GRGX;;;BA)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R, L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R_RES_R,
        L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)(A;;GR;;;RC)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R,
        L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGW;;;WD)(A;;GR;;;RC)")
QS_SDDL(SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX,
        L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGWGX;;;WD)(A;;GRGWGX;;;RC)")

#endif
