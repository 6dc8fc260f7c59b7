/* Names of the NT kit that user-mode drivers use: the same as wdm.h here. */
#include "wdm.h"
