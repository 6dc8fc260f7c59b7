/* How a call in driver source gets its file and line. Included by every header that names a call.
 *
 *   #define WdfIoQueueStart QS_AT(qs_WdfIoQueueStart)
 *
 * makes WdfIoQueueStart(Queue) into qs_WdfIoQueueStart("driver.c", 12, Queue). The name is an
 * object-like macro on purpose: its __LINE__ is that of the name, where a function-like macro would
 * give the line of the closing bracket, and calls often run over several lines.
 * QS_ARGS then takes the bracketed arguments that follow in the source. QS_AT0: no arguments.
 */
#ifndef QS_CALL_H
#define QS_CALL_H

#define QS_OPEN (
#define QS_ARGS(...) __VA_ARGS__ )
#define QS_ARGS0() )
#define QS_AT(function) function QS_OPEN __FILE__, __LINE__, QS_ARGS
#define QS_AT0(function) function QS_OPEN __FILE__, __LINE__ QS_ARGS0

/* Code in these headers is not the driver's: no line of it is ever lit or stepped through. */
#if defined(__clang__)
#define QS_QUIET __attribute__((unused, no_instrument_function, no_sanitize("coverage")))
#else
#define QS_QUIET __attribute__((unused, no_instrument_function, no_sanitize_coverage))
#endif
#define QS_INLINE static inline QS_QUIET

/* The real names of what qs/abi_*.h declares with qs_. */
#define QS_TYPE(name) typedef qs_##name name, *P##name
#define QS_CALLBACK(name) typedef qs_EVT_##name EVT_##name, *PFN_##name

/* What the INIT functions of WDF structures begin with. */
#define QS_INIT(p) (__builtin_memset((p), 0, sizeof *(p)), (p)->Size = (ULONG)sizeof *(p))

#ifdef __cplusplus
#define QS_ZERO(type) type()
#else
#define QS_ZERO(type) (type){0}
#endif

/* Declared, compiles, does nothing: reports its own name where it is called and returns zero, or
 * STATUS_NOT_SUPPORTED. Each is followed by #define Name QS_AT(qs_none_Name). */
#define QS_NOT_SIMULATED(type, name, ...)                                              \
    QS_INLINE type qs_none_##name(QS_SITE, ##__VA_ARGS__)                              \
    {                                                                                  \
        qs_not_simulated(file, line, #name);                                           \
        return QS_ZERO(type);                                                              \
    }
#define QS_NOT_SIMULATED_STATUS(name, ...)                                             \
    QS_INLINE NTSTATUS qs_none_##name(QS_SITE, ##__VA_ARGS__)                          \
    {                                                                                  \
        qs_not_simulated(file, line, #name);                                           \
        return STATUS_NOT_SUPPORTED;                                                   \
    }
#define QS_NOT_SIMULATED_VOID(name, ...)                                               \
    QS_INLINE void qs_none_##name(QS_SITE, ##__VA_ARGS__)                              \
    {                                                                                  \
        qs_not_simulated(file, line, #name);                                           \
    }

/* Declared, succeeds, has no effect that could be seen here. */
#define QS_NOTED_STATUS(name, ...)                                                     \
    QS_INLINE NTSTATUS qs_none_##name(QS_SITE, ##__VA_ARGS__)                          \
    {                                                                                  \
        qs_noted(file, line, #name);                                                   \
        return STATUS_SUCCESS;                                                         \
    }
#define QS_NOTED_VOID(name, ...)                                                       \
    QS_INLINE void qs_none_##name(QS_SITE, ##__VA_ARGS__)                              \
    {                                                                                  \
        qs_noted(file, line, #name);                                                   \
    }

#endif
