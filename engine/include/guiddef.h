/* GUID and DEFINE_GUID. As in the real kit this part has no include guard around DEFINE_GUID:
 * initguid.h includes it again to turn declarations into definitions. */
#ifndef QS_GUIDDEF_H
#define QS_GUIDDEF_H

#include "qs/memory.h"

/* What engine and drivers both include looks at it. */
#define QS_DRIVER 1
#include "qs/abi_base.h"

#define GUID_DEFINED
typedef qs_GUID GUID, *LPGUID, *PGUID, IID, *LPIID, CLSID;
typedef const qs_GUID *LPCGUID, *PCGUID, *LPCIID;
#define REFGUID const GUID*
#define REFIID const IID*
#define GUID_NULL ((GUID){0, 0, 0, {0}})
#define IsEqualGUID(a, b) (memcmp((a), (b), sizeof(GUID)) == 0)
#define InlineIsEqualGUID(a, b) IsEqualGUID(a, b)
#define IsEqualIID(a, b) IsEqualGUID(a, b)

/* A GUID of these headers: there with or without initguid.h, as a library of the kit has it. */
#define QS_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)         \
    QS_GUID_C const GUID name __attribute__((weak));              \
    const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#ifdef __cplusplus
#define QS_GUID_C extern "C"
#else
#define QS_GUID_C extern
#endif

#endif

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)     \
    QS_GUID_C const GUID name __attribute__((weak));              \
    const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    QS_GUID_C const GUID name
#endif
