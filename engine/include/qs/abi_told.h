/* Lines told by calls: what a driver's code calls where no line table says which line an address
 * belongs to. The build puts the calls in (cmake/driver_web.awk).
 */
#ifndef QS_ABI_TOLD_H
#define QS_ABI_TOLD_H

#include "abi_base.h"

QS_C_BEGIN

void qs_driver_line(const char* file, uint32_t line);   /* the next instruction is of that line */
void qs_driver_block(void);                             /* a basic block is entered */
void qs_driver_access(const char* file, uint32_t line); /* the next __tsan_ call is of that line */

QS_C_END
#endif
