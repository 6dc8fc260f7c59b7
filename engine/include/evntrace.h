/* Trace levels. */
#include "qs/wpp.h"
