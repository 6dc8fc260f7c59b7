/* Reports of human input devices, taken apart. Declared only. */
#ifndef QS_HIDPI_H
#define QS_HIDPI_H

#include "wdm.h"
#include "hidusage.h"

typedef struct _HIDP_PREPARSED_DATA* PHIDP_PREPARSED_DATA;
typedef enum _HIDP_REPORT_TYPE { HidP_Input, HidP_Output, HidP_Feature } HIDP_REPORT_TYPE;

typedef struct _HIDP_CAPS {
    USAGE Usage;
    USAGE UsagePage;
    USHORT InputReportByteLength;
    USHORT OutputReportByteLength;
    USHORT FeatureReportByteLength;
    USHORT Reserved[17];
    USHORT NumberLinkCollectionNodes;
    USHORT NumberInputButtonCaps;
    USHORT NumberInputValueCaps;
    USHORT NumberInputDataIndices;
    USHORT NumberOutputButtonCaps;
    USHORT NumberOutputValueCaps;
    USHORT NumberOutputDataIndices;
    USHORT NumberFeatureButtonCaps;
    USHORT NumberFeatureValueCaps;
    USHORT NumberFeatureDataIndices;
} HIDP_CAPS, *PHIDP_CAPS;

#define HIDP_STATUS_SUCCESS ((NTSTATUS)0x00110000)
#define HIDP_STATUS_NULL ((NTSTATUS)0x80110001)
#define HIDP_STATUS_INVALID_PREPARSED_DATA ((NTSTATUS)0xC0110001)
#define HIDP_STATUS_INVALID_REPORT_TYPE ((NTSTATUS)0xC0110002)
#define HIDP_STATUS_INVALID_REPORT_LENGTH ((NTSTATUS)0xC0110003)
#define HIDP_STATUS_USAGE_NOT_FOUND ((NTSTATUS)0xC0110004)
#define HIDP_LINK_COLLECTION_UNSPECIFIED ((USHORT)0)

QS_NOT_SIMULATED_STATUS(HidP_GetCaps, PHIDP_PREPARSED_DATA PreparsedData, PHIDP_CAPS Capabilities)
#define HidP_GetCaps QS_AT(qs_none_HidP_GetCaps)
QS_NOT_SIMULATED_STATUS(HidP_SetUsages, HIDP_REPORT_TYPE ReportType, USAGE UsagePage,
        USHORT LinkCollection, PUSAGE UsageList, PULONG UsageLength,
        PHIDP_PREPARSED_DATA PreparsedData, PCHAR Report, ULONG ReportLength)
#define HidP_SetUsages QS_AT(qs_none_HidP_SetUsages)
QS_NOT_SIMULATED_STATUS(HidP_UnsetUsages, HIDP_REPORT_TYPE ReportType, USAGE UsagePage,
        USHORT LinkCollection, PUSAGE UsageList, PULONG UsageLength,
        PHIDP_PREPARSED_DATA PreparsedData, PCHAR Report, ULONG ReportLength)
#define HidP_UnsetUsages QS_AT(qs_none_HidP_UnsetUsages)
QS_NOT_SIMULATED_STATUS(HidP_GetUsages, HIDP_REPORT_TYPE ReportType, USAGE UsagePage,
        USHORT LinkCollection, PUSAGE UsageList, PULONG UsageLength,
        PHIDP_PREPARSED_DATA PreparsedData, PCHAR Report, ULONG ReportLength)
#define HidP_GetUsages QS_AT(qs_none_HidP_GetUsages)

#endif
