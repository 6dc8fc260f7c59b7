/* See hidpi.h. */
#include "hidpi.h"
