/* See hidport.h. */
#include "hidport.h"
