/* The in-flight trace recorder, which keeps nothing here: what is printed goes into the trace. */
#ifndef QS_WPPRECORDER_H
#define QS_WPPRECORDER_H

#include "wdm.h"
#include "qs/wpp.h"

typedef struct RECORDER_LOG__* RECORDER_LOG;
typedef struct _RECORDER_CONFIGURE_PARAMS {
    ULONG Size;
    BOOLEAN CreateDefaultLog;
} RECORDER_CONFIGURE_PARAMS, *PRECORDER_CONFIGURE_PARAMS;
#define RECORDER_LOG_IDENTIFIER_MAX_CHARS 16
typedef struct _RECORDER_LOG_CREATE_PARAMS {
    ULONG Size;
    ULONG TotalBufferSize;
    ULONG ErrorPartitionSize;
    CHAR LogIdentifier[RECORDER_LOG_IDENTIFIER_MAX_CHARS];
    BOOLEAN LargeLogBuffer;
} RECORDER_LOG_CREATE_PARAMS, *PRECORDER_LOG_CREATE_PARAMS;

QS_INLINE VOID RECORDER_CONFIGURE_PARAMS_INIT(PRECORDER_CONFIGURE_PARAMS Params)
{
    QS_INIT(Params);
    Params->CreateDefaultLog = TRUE;
}
QS_INLINE VOID RECORDER_LOG_CREATE_PARAMS_INIT(PRECORDER_LOG_CREATE_PARAMS Params, PCSTR Identifier)
{
    QS_INIT(Params);
    if (Identifier != NULL)
        strncpy(Params->LogIdentifier, Identifier, RECORDER_LOG_IDENTIFIER_MAX_CHARS - 1);
}
QS_INLINE VOID RECORDER_LOG_CREATE_PARAMS_INIT_APPEND_POINTER(PRECORDER_LOG_CREATE_PARAMS Params,
        PCSTR Identifier, PVOID Pointer)
{
    (void)Pointer;
    RECORDER_LOG_CREATE_PARAMS_INIT(Params, Identifier);
}
QS_INLINE RECORDER_LOG WppRecorderLogGetDefault(VOID) { return NULL; }
QS_INLINE BOOLEAN WppRecorderIsDefaultLogAvailable(VOID) { return FALSE; }
QS_NOTED_VOID(WppRecorderConfigure, PRECORDER_CONFIGURE_PARAMS Params)
#define WppRecorderConfigure QS_AT(qs_none_WppRecorderConfigure)
QS_NOTED_VOID(WppRecorderLogDelete, RECORDER_LOG RecorderLog)
#define WppRecorderLogDelete QS_AT(qs_none_WppRecorderLogDelete)
QS_INLINE NTSTATUS qs_recorder_log(QS_SITE, PRECORDER_LOG_CREATE_PARAMS Params, RECORDER_LOG* Log)
{
    (void)Params;
    qs_noted(file, line, "WppRecorderLogCreate");
    *Log = NULL; /* what prints there prints to the default log */
    return STATUS_SUCCESS;
}
#define WppRecorderLogCreate QS_AT(qs_recorder_log)

#endif
