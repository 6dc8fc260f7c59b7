/* What a generated .tmh file includes: software tracing turned into one engine event a line. Levels
 * and flags are not looked at (flags are not even C names in drivers). Drivers may have other names
 * for the trace function: cmake/driver_overlay.sh finds them and adds a macro for each.
 */
#ifndef QS_WPP_H
#define QS_WPP_H

#include "../evntrace.h"
#include "abi_nt.h"
#include "call.h"

#define WPP_INIT_TRACING(...) ((void)0)
#define WPP_CLEANUP(...) ((void)0)
#define WPP_RECORDER_INIT_TRACING(...) ((void)0)
/* Drivers define some of these themselves, before or after this file. */
#ifndef WPP_LEVEL_ENABLED
#define WPP_LEVEL_ENABLED(...) 1
#endif

/* The shapes of trace functions; cmake/driver_overlay.sh names more after the driver's own. */
#define QS_WPP_MESSAGE QS_AT(qs_WppTrace)
#define QS_WPP_LEVEL_MESSAGE(level, ...) qs_WppTrace(__FILE__, __LINE__, __VA_ARGS__)
#define QS_WPP_LEVEL_FLAGS_MESSAGE(level, flags, ...) qs_WppTrace(__FILE__, __LINE__, __VA_ARGS__)
#define QS_WPP_LEVEL_FLAGS_BRACKETS(level, flags, bracketed) QS_WPP_MESSAGE bracketed

#ifndef TraceEvents
#define TraceEvents QS_WPP_LEVEL_FLAGS_MESSAGE
#endif
#ifndef TraceMessage
#define TraceMessage QS_WPP_LEVEL_FLAGS_MESSAGE
#endif
/* Hexdump((level, flags, message, ...)): %!HEXDUMP! takes a struct of an address and a length. */
#ifndef Hexdump
#define QS_WPP_HEXDUMP(level, flags, ...) qs_WppTrace(__FILE__, __LINE__, __VA_ARGS__)
#define Hexdump(bracketed) QS_WPP_HEXDUMP bracketed
#endif

#endif
