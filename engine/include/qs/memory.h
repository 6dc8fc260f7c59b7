/* The C library's functions on memory, with each use of memory told to the engine before it
 * happens, as the compiler tells those of the driver's own code. Included by ntdef.h and
 * guiddef.h. */
#ifndef QS_MEMORY_H
#define QS_MEMORY_H

#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif
extern __typeof__(memcpy) memcpy __asm__("__tsan_memcpy");
extern __typeof__(memmove) memmove __asm__("__tsan_memmove");
extern __typeof__(memset) memset __asm__("__tsan_memset");
extern __typeof__(memcmp) memcmp __asm__("__tsan_memcmp");
#ifdef __cplusplus
}
#endif

#endif
