/* Collections of objects. Included by wdf.h. */
#ifndef QS_WDFCOLLECTION_H
#define QS_WDFCOLLECTION_H

#include "wdftypes.h"

#define WdfCollectionCreate QS_AT(qs_WdfCollectionCreate)
#define WdfCollectionGetCount QS_AT(qs_WdfCollectionGetCount)
#define WdfCollectionAdd QS_AT(qs_WdfCollectionAdd)
#define WdfCollectionRemove QS_AT(qs_WdfCollectionRemove)
#define WdfCollectionRemoveItem QS_AT(qs_WdfCollectionRemoveItem)
#define WdfCollectionGetItem QS_AT(qs_WdfCollectionGetItem)
#define WdfCollectionGetFirstItem QS_AT(qs_WdfCollectionGetFirstItem)
#define WdfCollectionGetLastItem QS_AT(qs_WdfCollectionGetLastItem)

#endif
