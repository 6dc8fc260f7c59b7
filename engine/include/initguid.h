/* From here on DEFINE_GUID defines (weakly, so that several files of a driver may do it). */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
