/* The in-flight trace recorder, which records nothing here. */
#include "qs/wpp.h"
