/* The NT kit's header for drivers: see wdm.h. */
#include "wdm.h"
