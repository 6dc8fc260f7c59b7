/* The user-mode names of ntstrsafe.h. */
#ifndef QS_STRSAFE_H
#define QS_STRSAFE_H

#include "ntstrsafe.h"

#define StringCchPrintfA RtlStringCchPrintfA
#define StringCchPrintfW RtlStringCchPrintfW
#define StringCchPrintf RtlStringCchPrintfW
#define StringCbPrintfA RtlStringCbPrintfA
#define StringCbPrintfW RtlStringCbPrintfW
#define StringCchVPrintfA RtlStringCchVPrintfA
#define StringCbVPrintfA RtlStringCbVPrintfA
#define StringCchCopyA RtlStringCchCopyA
#define StringCchCopyW RtlStringCchCopyW
#define StringCbCopyW RtlStringCbCopyW
#define StringCchCatW RtlStringCchCatW
#define StringCchLengthA RtlStringCchLengthA
#define StringCchLengthW RtlStringCchLengthW
#define StringCbLengthW RtlStringCbLengthW

#endif
