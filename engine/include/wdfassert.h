/* WDFVERIFY: see wdfcore.h. */
#include "wdfcore.h"
