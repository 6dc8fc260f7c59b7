/* The WMI library for drivers. Not simulated. */
#ifndef QS_WMILIB_H
#define QS_WMILIB_H

#include "wdm.h"
#include "wmistr.h"

typedef enum { IrpProcessed, IrpNotCompleted, IrpNotWmi, IrpForward } SYSCTL_IRP_DISPOSITION,
    *PSYSCTL_IRP_DISPOSITION;
typedef struct _WMIGUIDREGINFO {
    LPCGUID Guid;
    ULONG InstanceCount;
    ULONG Flags;
} WMIGUIDREGINFO, *PWMIGUIDREGINFO;

#endif
