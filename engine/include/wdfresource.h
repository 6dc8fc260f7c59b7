/* Resource lists. Declared only. Included by wdf.h. */
#ifndef QS_WDFRESOURCE_H
#define QS_WDFRESOURCE_H

#include "wdftypes.h"

#define WDF_INSERT_AT_END ((ULONG)-1)

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_VOID(WdfIoResourceRequirementsListSetSlotNumber, WDFIORESREQLIST RequirementsList,
        ULONG SlotNumber)
#define WdfIoResourceRequirementsListSetSlotNumber \
    QS_AT(qs_none_WdfIoResourceRequirementsListSetSlotNumber)
QS_NOT_SIMULATED_VOID(WdfIoResourceRequirementsListSetInterfaceType,
        WDFIORESREQLIST RequirementsList, INTERFACE_TYPE InterfaceType)
#define WdfIoResourceRequirementsListSetInterfaceType \
    QS_AT(qs_none_WdfIoResourceRequirementsListSetInterfaceType)
QS_NOT_SIMULATED_STATUS(WdfIoResourceRequirementsListAppendIoResList,
        WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList)
#define WdfIoResourceRequirementsListAppendIoResList \
    QS_AT(qs_none_WdfIoResourceRequirementsListAppendIoResList)
QS_NOT_SIMULATED_STATUS(WdfIoResourceRequirementsListInsertIoResList,
        WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList, ULONG Index)
#define WdfIoResourceRequirementsListInsertIoResList \
    QS_AT(qs_none_WdfIoResourceRequirementsListInsertIoResList)
QS_NOT_SIMULATED(ULONG, WdfIoResourceRequirementsListGetCount, WDFIORESREQLIST RequirementsList)
#define WdfIoResourceRequirementsListGetCount QS_AT(qs_none_WdfIoResourceRequirementsListGetCount)
QS_NOT_SIMULATED(WDFIORESLIST, WdfIoResourceRequirementsListGetIoResList,
        WDFIORESREQLIST RequirementsList, ULONG Index)
#define WdfIoResourceRequirementsListGetIoResList \
    QS_AT(qs_none_WdfIoResourceRequirementsListGetIoResList)
QS_NOT_SIMULATED_VOID(WdfIoResourceRequirementsListRemove, WDFIORESREQLIST RequirementsList,
        ULONG Index)
#define WdfIoResourceRequirementsListRemove QS_AT(qs_none_WdfIoResourceRequirementsListRemove)
QS_NOT_SIMULATED_VOID(WdfIoResourceRequirementsListRemoveByIoResList,
        WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList)
#define WdfIoResourceRequirementsListRemoveByIoResList \
    QS_AT(qs_none_WdfIoResourceRequirementsListRemoveByIoResList)
QS_NOT_SIMULATED_STATUS(WdfIoResourceListCreate, WDFIORESREQLIST RequirementsList,
        PWDF_OBJECT_ATTRIBUTES Attributes, WDFIORESLIST* ResourceList)
#define WdfIoResourceListCreate QS_AT(qs_none_WdfIoResourceListCreate)
QS_NOT_SIMULATED_STATUS(WdfIoResourceListAppendDescriptor, WDFIORESLIST ResourceList,
        PIO_RESOURCE_DESCRIPTOR Descriptor)
#define WdfIoResourceListAppendDescriptor QS_AT(qs_none_WdfIoResourceListAppendDescriptor)
QS_NOT_SIMULATED_STATUS(WdfIoResourceListInsertDescriptor, WDFIORESLIST ResourceList,
        PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
#define WdfIoResourceListInsertDescriptor QS_AT(qs_none_WdfIoResourceListInsertDescriptor)
QS_NOT_SIMULATED_VOID(WdfIoResourceListUpdateDescriptor, WDFIORESLIST ResourceList,
        PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
#define WdfIoResourceListUpdateDescriptor QS_AT(qs_none_WdfIoResourceListUpdateDescriptor)
QS_NOT_SIMULATED(ULONG, WdfIoResourceListGetCount, WDFIORESLIST ResourceList)
#define WdfIoResourceListGetCount QS_AT(qs_none_WdfIoResourceListGetCount)
QS_NOT_SIMULATED(PIO_RESOURCE_DESCRIPTOR, WdfIoResourceListGetDescriptor, WDFIORESLIST ResourceList,
        ULONG Index)
#define WdfIoResourceListGetDescriptor QS_AT(qs_none_WdfIoResourceListGetDescriptor)
QS_NOT_SIMULATED_VOID(WdfIoResourceListRemove, WDFIORESLIST ResourceList, ULONG Index)
#define WdfIoResourceListRemove QS_AT(qs_none_WdfIoResourceListRemove)
QS_NOT_SIMULATED_VOID(WdfIoResourceListRemoveByDescriptor, WDFIORESLIST ResourceList,
        PIO_RESOURCE_DESCRIPTOR Descriptor)
#define WdfIoResourceListRemoveByDescriptor QS_AT(qs_none_WdfIoResourceListRemoveByDescriptor)
QS_NOT_SIMULATED_STATUS(WdfCmResourceListAppendDescriptor, WDFCMRESLIST List,
        PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
#define WdfCmResourceListAppendDescriptor QS_AT(qs_none_WdfCmResourceListAppendDescriptor)
QS_NOT_SIMULATED_STATUS(WdfCmResourceListInsertDescriptor, WDFCMRESLIST List,
        PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
#define WdfCmResourceListInsertDescriptor QS_AT(qs_none_WdfCmResourceListInsertDescriptor)
#define WdfCmResourceListGetCount QS_AT(qs_WdfCmResourceListGetCount)
#define WdfCmResourceListGetDescriptor QS_AT(qs_WdfCmResourceListGetDescriptor)
QS_NOT_SIMULATED_VOID(WdfCmResourceListRemove, WDFCMRESLIST List, ULONG Index)
#define WdfCmResourceListRemove QS_AT(qs_none_WdfCmResourceListRemove)
QS_NOT_SIMULATED_VOID(WdfCmResourceListRemoveByDescriptor, WDFCMRESLIST List,
        PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
#define WdfCmResourceListRemoveByDescriptor QS_AT(qs_none_WdfCmResourceListRemoveByDescriptor)

#endif
