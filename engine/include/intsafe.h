/* The user-mode names of ntintsafe.h. */
#ifndef QS_INTSAFE_H
#define QS_INTSAFE_H

#include "ntintsafe.h"

#define ULongAdd RtlULongAdd
#define ULongSub RtlULongSub
#define ULongMult RtlULongMult
#define SizeTAdd RtlSizeTAdd
#define SizeTMult RtlSizeTMult
#define SizeTToULong RtlSizeTToULong
#define ULongLongToULong RtlULongLongToULong
#define ULongToUShort RtlULongToUShort

#endif
