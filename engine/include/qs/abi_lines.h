/* Which source lines the machine code of one driver belongs to, as cmake/driver_link.sh writes it
 * when the driver is built. A constructor in the driver's object hands the table over before
 * main().
 */
#ifndef QS_ABI_LINES_H
#define QS_ABI_LINES_H

#include "abi_base.h"

QS_C_BEGIN

typedef struct qs_LINE_ROW {
    int64_t offset; /* of the first instruction, from the driver's entry symbol */
    uint32_t file;  /* index into files */
    uint32_t line;
} qs_LINE_ROW;

typedef struct qs_DRIVER_LINES {
    const void* entry;         /* address of the entry symbol */
    const char* const* files;  /* ends with NULL */
    const qs_LINE_ROW* rows;   /* by offset; one per change of line */
    uint32_t row_count;
    const int64_t* blocks;     /* offsets of the coverage calls' return addresses, ascending */
    uint32_t block_count;
    const int64_t* ends;       /* offsets of the ends of functions, ascending */
    uint32_t end_count;
} qs_DRIVER_LINES;

void qs_add_driver_lines(const qs_DRIVER_LINES* lines);

QS_C_END
#endif
