// Pool, debug texts, interlocked operations, files, and what is not simulated.
#include <doctest/doctest.h>

#include <cstring>

#include "kmdf/core/format.h"
#include "kmdf/core/nt.h"
#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

using Rules = std::vector<std::string>;
constexpr uint32_t kTag = 0x64636261;

struct Plain : Bench {
  Plain() {
    on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
    start();
  }
};

std::string text(const char* format, ...) {
  va_list list;
  va_start(list, format);
  std::string out = format_text(format, list, true);
  va_end(list);
  return out;
}

size_t wide(uint16_t* buffer, size_t capacity, const uint16_t* format, ...) {
  va_list list;
  va_start(list, format);
  size_t n = qs_FormatW(buffer, capacity, format, list);
  va_end(list);
  return n;
}

}  // namespace

TEST_CASE("DbgPrint knows C's conversions in the kit's sizes") {
  CHECK(text("%d %u %x %X %#x", -5, 7u, 255, 255, 255) == "-5 7 ff FF 0xff");
  CHECK(text("%5d|%-5d|%05d|%+d", 42, 42, 42, 42) == "   42|42   |00042|+42");
  CHECK(text("%ld %lu %hd %hhu", -1, 4000000000u, 70000, 300) == "-1 4000000000 4464 44");
  CHECK(text("%I64d %I64x %lld", int64_t(-1) << 40, uint64_t(1) << 40, int64_t(5)) ==
        "-1099511627776 10000000000 5");
  CHECK(text("%Iu %zu %Id", size_t(9), size_t(8), intptr_t(-7)) == "9 8 -7");
  CHECK(text("%s|%10s|%-6s|%.2s|%*s", "abc", "abc", "abc", "abc", 4, "x") ==
        "abc|       abc|abc   |ab|   x");
  CHECK(text("%c%%%c", 'a', 'b') == "a%b");
  CHECK(text("%s", static_cast<char*>(nullptr)) == "(null)");
  CHECK(text("%.3f", 1.5) == "1.500");
  CHECK(text("%p", reinterpret_cast<void*>(0x1234)) ==
        (sizeof(void*) == 8 ? "0000000000001234" : "00001234"));
}

TEST_CASE("DbgPrint knows the kernel's strings") {
  uint16_t w[] = {'h', 0xE9, 0x20AC, 0};
  qs_UNICODE_STRING u{4, 8, w};
  char a[] = "ansi text";
  qs_STRING s{4, 9, a};
  CHECK(text("%ws %S %ls %hs", w, w, w, "n") ==
        "h\xC3\xA9\xE2\x82\xAC h\xC3\xA9\xE2\x82\xAC h\xC3\xA9\xE2\x82\xAC n");
  CHECK(text("%wZ|%Z", &u, &s) == "h\xC3\xA9|ansi");
  CHECK(text("%!FUNC!%!STATUS! %!bool!", QS_STATUS_CANCELLED, 1) == "STATUS_CANCELLED TRUE");
}

TEST_CASE("wide formats take wide strings for %s, and store what fits with a terminator") {
  uint16_t format[] = {'%', 's', '-', '%', 'S', '-', '%', 'd', 0};
  uint16_t w[] = {'a', 'b', 0};
  uint16_t out[5] = {9, 9, 9, 9, 9};
  CHECK(wide(out, 5, format, w, "cd", 12) == 8);
  CHECK(out[4] == 0);
  CHECK(to_utf8(out, 4) == "ab-c");
}

TEST_CASE("DbgPrint's text goes into the trace without its line end") {
  Plain b;
  b.run([&] { qs_DbgPrint(AT, "request %d\n", 3); });
  REQUIRE(b.first(trace::EventCode::DebugText));
  CHECK(b.trace->string(b.first(trace::EventCode::DebugText)->a) == "request 3");
  CHECK(b.debug == std::vector<std::string>{"request 3"});
}

TEST_CASE("pool: zeroed, NULL when memory is short, filled with 0xDD when given back") {
  Plain b;
  b.run([&] {
    auto* p = static_cast<uint8_t*>(qs_ExAllocatePool2(AT, 0x40, 32, kTag));
    REQUIRE(p);
    CHECK(p[0] == 0);
    CHECK(p[31] == 0);
    qs_ExFreePoolWithTag(AT, p, kTag);
    CHECK(p[0] == 0xDD);
    auto* q = static_cast<uint8_t*>(qs_ExAllocatePoolWithTag(AT, 0x200, 8, 'x'));
    CHECK(q[0] == 0xCD);
    qs_ExFreePool(AT, q);
    b.framework->memory = trace::MemoryMode::NoneLeft;
    CHECK(qs_ExAllocatePool2(AT, 0x40, 32, kTag) == nullptr);
  });
  report_pool_leaks();
  CHECK(b.rules().empty());
}

TEST_CASE("U-12 giving pool back twice ends the run") {
  Bench b;
  b.stop_at_undefined = true;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  b.start();
  b.run([&] {
    void* p = qs_ExAllocatePool2(AT, 0x40, 32, kTag);
    qs_ExFreePool(AT, p);
    qs_ExFreePool(AT, p);
    FAIL("the run has ended");
  });
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"U-12"});
}

TEST_CASE("U-10 pool that was never given back is reported with its tag") {
  Plain b;
  b.run([&] {
    qs_ExAllocatePool2(AT, 0x40, 24, 0x6B6E614Cu /* Lank */);
    report_pool_leaks();
  });
  CHECK(b.rules() == Rules{"U-10"});
  REQUIRE(b.debug.size() == 1);
  CHECK(b.debug[0].find("24 bytes") != std::string::npos);
  CHECK(b.debug[0].find("'Lank'") != std::string::npos);
}

TEST_CASE("U-05 paged pool is not for DISPATCH_LEVEL") {
  Plain b;
  b.run([&] { qs_ExAllocatePool2(AT, 0x100, 8, 'x'); }, sched::kDispatchLevel);
  CHECK(b.rules() == Rules{"U-05"});
}

TEST_CASE("Interlocked functions return what the kit's return") {
  Plain b;
  b.run([&] {
    int32_t v = 5;
    CHECK(qs_InterlockedIncrement(AT, &v) == 6);
    CHECK(qs_InterlockedDecrement(AT, &v) == 5);
    CHECK(qs_InterlockedExchange(AT, &v, 9) == 5);
    CHECK(qs_InterlockedCompareExchange(AT, &v, 1, 8) == 9);
    CHECK(v == 9);
    CHECK(qs_InterlockedCompareExchange(AT, &v, 1, 9) == 9);
    CHECK(v == 1);
    CHECK(qs_InterlockedOr(AT, &v, 6) == 1);
    CHECK(qs_InterlockedAnd(AT, &v, 3) == 7);
    CHECK(qs_InterlockedExchangeAdd(AT, &v, 10) == 3);
    CHECK(v == 13);
    CHECK(qs_InterlockedBitTestAndSet(AT, &v, 1) == 0);
    CHECK(qs_InterlockedBitTestAndReset(AT, &v, 0) == 1);
    CHECK(v == 14);
    int64_t w = 1;
    CHECK(qs_InterlockedIncrement64(AT, &w) == 2);
    void* p = &v;
    CHECK(qs_InterlockedCompareExchangePointer(AT, &p, nullptr, &v) == &v);
    CHECK(p == nullptr);
  });
}

TEST_CASE("files: what is written can be read, positions move, the end is the end") {
  Plain b;
  b.run([&] {
    uint16_t name[] = {'\\', 'f'};
    qs_UNICODE_STRING u{4, 4, name};
    qs_OBJECT_ATTRIBUTES a{};
    a.ObjectName = &u;
    qs_IO_STATUS_BLOCK io{};
    void* f = nullptr;
    CHECK(qs_ZwCreateFile(AT, &f, 0, &a, &io, nullptr, 0, 0, 1, 0, nullptr, 0) ==
          QS_STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(qs_ZwCreateFile(AT, &f, 0, &a, &io, nullptr, 0, 0, 3, 0, nullptr, 0) == 0);
    CHECK(io.Information == 2);  // created
    char data[] = "abcdef", back[8] = {};
    CHECK(qs_ZwWriteFile(AT, f, nullptr, nullptr, nullptr, &io, data, 6, nullptr, nullptr) == 0);
    CHECK(qs_ZwReadFile(AT, f, nullptr, nullptr, nullptr, &io, back, 4, nullptr, nullptr) ==
          QS_STATUS_END_OF_FILE);
    qs_LARGE_INTEGER two;
    two.QuadPart = 2;
    CHECK(qs_ZwReadFile(AT, f, nullptr, nullptr, nullptr, &io, back, 8, &two, nullptr) == 0);
    CHECK(io.Information == 4);
    CHECK(std::string(back) == "cdef");
    int64_t standard[3] = {};
    CHECK(qs_ZwQueryInformationFile(AT, f, &io, standard, sizeof standard, 5) == 0);
    CHECK(standard[1] == 6);
    CHECK(qs_ZwClose(AT, f) == 0);
    CHECK(qs_ZwClose(AT, f) == QS_STATUS_INVALID_HANDLE);
    CHECK(qs_ZwCreateFile(AT, &f, 0, &a, &io, nullptr, 0, 0, 2, 0, nullptr, 0) ==
          QS_STATUS_OBJECT_NAME_COLLISION);
  });
}

TEST_CASE("U-13 a function without anything behind it reports itself; a noted one only tells") {
  Plain b;
  b.run([&] {
    qs_noted(AT, "WdfDeviceSetPnpCapabilities");
    CHECK(b.rules().empty());
    qs_not_simulated(AT, "WdfUsbTargetDeviceCreate");
  });
  CHECK(b.rules() == Rules{"U-13"});
  REQUIRE(b.first(trace::EventCode::NotSimulated));
  CHECK(b.trace->string(b.first(trace::EventCode::NotSimulated)->a) == "WdfUsbTargetDeviceCreate");
  CHECK(b.trace->site_text(b.first(trace::EventCode::NotSimulated)->site).find("nt_test.cpp") !=
        std::string::npos);
}
