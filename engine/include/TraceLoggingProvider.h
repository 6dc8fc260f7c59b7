/* Event tracing, which is not simulated. */
#include "ntdef.h"
#define TRACELOGGING_DECLARE_PROVIDER(name) extern const int name
#define TRACELOGGING_DEFINE_PROVIDER(name, ...) const int name = 0
#define TraceLoggingRegister(...) ((void)0)
#define TraceLoggingUnregister(...) ((void)0)
#define TraceLoggingWrite(...) ((void)0)
