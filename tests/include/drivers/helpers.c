/* The kit's helpers that need no engine: counted strings, lists,
        safe integers and strings. DriverEntry
 * returns the line of the first wrong result, or 0. */
#include <ntddk.h>
#include <wdf.h>
#include <ntintsafe.h>
#include <ntstrsafe.h>

#define EXPECT(e)                   \
    do {                            \
        if (!(e)) return __LINE__;  \
    } while (0)

static NTSTATUS Strings(VOID)
{
    WCHAR space[8];
    UNICODE_STRING text, other;
    DECLARE_CONST_UNICODE_STRING(constant, L"AbC");
    CHAR small[6];
    size_t length;

    RtlInitUnicodeString(&text, L"abc");
    EXPECT(text.Length == 6 && text.MaximumLength == 8);
    EXPECT(constant.Length == 6 && constant.MaximumLength == 8);
    EXPECT(RtlCompareUnicodeString(&text, &constant, FALSE) > 0);
    EXPECT(RtlEqualUnicodeString(&text, &constant, TRUE));
    RtlInitEmptyUnicodeString(&other, space, sizeof(space));
    EXPECT(RtlAppendUnicodeStringToString(&other, &text) == STATUS_SUCCESS && other.Length == 6);
    EXPECT(RtlAppendUnicodeToString(&other, L"12345") == STATUS_SUCCESS && other.Length == 16);
    EXPECT(RtlAppendUnicodeToString(&other, L"x") == STATUS_BUFFER_TOO_SMALL && other.Length == 16);
    RtlInitUnicodeString(&text, NULL);
    EXPECT(text.Length == 0 && text.Buffer == NULL);

    EXPECT(RtlStringCbPrintfA(small, sizeof(small), "%d", 12345) == STATUS_SUCCESS);
    EXPECT(RtlStringCbPrintfA(small, sizeof(small), "%d", 123456) == STATUS_BUFFER_OVERFLOW);
    EXPECT(strcmp(small, "12345") == 0);
    EXPECT(RtlStringCchCopyA(small, 3, "xyz") == STATUS_BUFFER_OVERFLOW && strcmp(small,
            "xy") == 0);
    EXPECT(RtlStringCchCatA(small, 6, "zzz") == STATUS_SUCCESS && strcmp(small, "xyzzz") == 0);
    EXPECT(RtlStringCbLengthW(L"four", 10, &length) == STATUS_SUCCESS && length == 8);
    EXPECT(RtlStringCbLengthW(L"four", 8, &length) == STATUS_INVALID_PARAMETER);
    EXPECT(wcslen(L"four") == 4 && wcscmp(L"a", L"b") < 0 && _wcsicmp(L"aB", L"Ab") == 0);
    return 0;
}

static NTSTATUS ListsAndIntegers(VOID)
{
    LIST_ENTRY head, a, b;
    ULONG sum;
    USHORT narrow;

    InitializeListHead(&head);
    EXPECT(IsListEmpty(&head));
    InsertTailList(&head, &a);
    InsertTailList(&head, &b);
    EXPECT(RemoveHeadList(&head) == &a && !IsListEmpty(&head));
    InsertHeadList(&head, &a);
    EXPECT(head.Flink == &a && RemoveTailList(&head) == &b && RemoveEntryList(&a));

    EXPECT(RtlULongAdd(0xffffffff, 1, &sum) == STATUS_INTEGER_OVERFLOW && sum == ULONG_ERROR);
    EXPECT(RtlULongAdd(2, 3, &sum) == STATUS_SUCCESS && sum == 5);
    EXPECT(RtlULongMult(0x10000, 0x10000, &sum) == STATUS_INTEGER_OVERFLOW);
    EXPECT(RtlULongToUShort(0x12345, &narrow) == STATUS_INTEGER_OVERFLOW);
    EXPECT(RtlULongToUShort(0x1234, &narrow) == STATUS_SUCCESS && narrow == 0x1234);
    EXPECT(NT_SUCCESS(STATUS_PENDING) && !NT_SUCCESS(STATUS_NO_MORE_ENTRIES));
    EXPECT(NT_WARNING(STATUS_DEVICE_BUSY) && NT_ERROR(STATUS_CANCELLED) &&
            !NT_ERROR(STATUS_SUCCESS));
    EXPECT(CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS) == 0x222000);
    return 0;
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS wrong = Strings();
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return wrong ? wrong : ListsAndIntegers();
}
