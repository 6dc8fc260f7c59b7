// Memory objects, buffers of requests, strings and collections (1.4, V-10, V-26, U-09).
#include <doctest/doctest.h>

#include <cstring>

#include "kmdf/core/accesses.h"
#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {
using Rules = std::vector<std::string>;
constexpr uint32_t kBuffered = 0x222000, kOutDirect = 0x222002, kNeither = 0x222003;
}  // namespace

TEST_CASE("1.4 a read has an output buffer only, a write an input buffer only") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    size_t n = 9;
    CHECK(qs_WdfRequestRetrieveInputBuffer(AT, r, 0, &p, &n) == QS_STATUS_INVALID_DEVICE_REQUEST);
    CHECK(p == nullptr);
    CHECK(n == 0);
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 4, &p, &n) == 0);
    CHECK(n == 4);
    std::memcpy(p, "data", 4);
    qs_WdfRequestCompleteWithInformation(AT, r, 0, 4);
  };
  b.on_write = [](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    size_t n = 0;
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 0, &p, &n) == QS_STATUS_INVALID_DEVICE_REQUEST);
    CHECK(qs_WdfRequestRetrieveInputBuffer(AT, r, 0, &p, &n) == 0);
    CHECK(std::string(static_cast<char*>(p), n) == "hello");
    qs_WdfRequestCompleteWithInformation(AT, r, 0, n);
  };
  b.start();
  CHECK(b.read(4)->data == "data");
  CHECK(b.write("hello")->status == 0);
  CHECK(b.rules().empty());
}

TEST_CASE("1.4 a buffer that is empty or shorter than required is too small") {
  Bench b;
  b.on_control = [](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
    void* p = nullptr;
    CHECK(qs_WdfRequestRetrieveInputBuffer(AT, r, 4, &p, nullptr) == QS_STATUS_BUFFER_TOO_SMALL);
    CHECK(qs_WdfRequestRetrieveInputBuffer(AT, r, 3, &p, nullptr) == 0);
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 0, &p, nullptr) == QS_STATUS_BUFFER_TOO_SMALL);
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.start();
  b.control(kBuffered, "abc", 0);
}

TEST_CASE("1.4 buffered controls share one buffer, direct ones have two, METHOD_NEITHER none") {
  for (uint32_t code : {kBuffered, kOutDirect, kNeither}) {
    Bench b;
    b.on_control = [&](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
      void *in = nullptr, *out = nullptr;
      int32_t one = qs_WdfRequestRetrieveInputBuffer(AT, r, 0, &in, nullptr);
      int32_t two = qs_WdfRequestRetrieveOutputBuffer(AT, r, 0, &out, nullptr);
      CHECK(one == (code == kNeither ? QS_STATUS_INVALID_DEVICE_REQUEST : 0));
      CHECK(two == one);
      if (code != kNeither) CHECK((in == out) == (code == kBuffered));
      qs_WdfRequestComplete(AT, r, 0);
    };
    b.start();
    b.control(code, "abcd", 4);
  }
}

TEST_CASE("1.4 V-26 METHOD_NEITHER of an internal control has buffers: they come from the kernel") {
  Bench b;
  b.on_control = [&](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
    void *in = nullptr, *out = nullptr;
    WDFMEMORY memory = nullptr;
    size_t n = 0;
    CHECK(qs_WdfRequestRetrieveInputBuffer(AT, r, 4, &in, &n) == 0);
    CHECK(n == 4);
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 8, &out, &n) == 0);
    CHECK(n == 8);
    CHECK(in != out);
    CHECK(qs_WdfRequestRetrieveInputMemory(AT, r, &memory) == 0);
    CHECK(qs_WdfRequestRetrieveOutputMemory(AT, r, &memory) == 0);
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.start();
  CHECK(b.control(kNeither, "abcd", 8, trace::RequestType::InternalControl)->status == 0);
  CHECK(b.rules().empty());
}

TEST_CASE("1.4 the memory object of a request is one and the same, and an MDL describes it") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    WDFMEMORY one = nullptr, two = nullptr;
    CHECK(qs_WdfRequestRetrieveOutputMemory(AT, r, &one) == 0);
    CHECK(qs_WdfRequestRetrieveOutputMemory(AT, r, &two) == 0);
    CHECK(one == two);
    size_t n = 0;
    void* p = qs_WdfMemoryGetBuffer(AT, one, &n);
    CHECK(n == 6);
    qs_MDL* mdl = nullptr;
    CHECK(qs_WdfRequestRetrieveOutputWdmMdl(AT, r, &mdl) == 0);
    CHECK(mdl->MappedSystemVa == p);
    CHECK(mdl->ByteCount == 6);
    CHECK(qs_WdfRequestRetrieveInputMemory(AT, r, &two) == QS_STATUS_INVALID_DEVICE_REQUEST);
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.start();
  b.read(6);
  CHECK(b.rules().empty());
}

TEST_CASE("1.4 the input memory of a write is read-only") {
  Bench b;
  b.on_write = [](WDFQUEUE, WDFREQUEST r, size_t) {
    WDFMEMORY m = nullptr;
    char text[3] = {};
    CHECK(qs_WdfRequestRetrieveInputMemory(AT, r, &m) == 0);
    CHECK(qs_WdfMemoryCopyToBuffer(AT, m, 1, text, 3) == 0);
    CHECK(std::string(text, 3) == "ell");
    CHECK(qs_WdfMemoryCopyFromBuffer(AT, m, 0, text, 1) == QS_STATUS_ACCESS_VIOLATION);
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.start();
  b.write("hello");
}

TEST_CASE("V-10 a referenced memory of a completed request is bug check 0x3, verifier or not") {
  for (bool verifier : {false, true}) {
    Bench b;
    b.verifier = verifier;
    b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
      WDFMEMORY m = nullptr;
      qs_WdfRequestRetrieveOutputMemory(AT, r, &m);
      qs_WdfObjectReference(AT, m, nullptr);
      qs_WdfRequestComplete(AT, r, 0);
    };
    b.start();
    b.read(4);
    CHECK(b.rules() == Rules{"V-10"});
    CHECK(b.ended());
  }
}

TEST_CASE("V-26 user addresses: only in EvtIoInCallerContext, and only for METHOD_NEITHER") {
  Bench b;
  static int32_t inside = -1, outside = -1, buffered = -1;
  b.on_init = [](PWDFDEVICE_INIT init) {
    qs_WdfDeviceInitSetIoInCallerContextCallback(AT, init, [](WDFDEVICE d, WDFREQUEST r) {
      void* p = nullptr;
      qs_WDF_REQUEST_PARAMETERS params{};
      params.Size = sizeof params;
      qs_WdfRequestGetParameters(AT, r, &params);
      bool neither = params.Parameters.DeviceIoControl.IoControlCode == kNeither;
      int32_t status = qs_WdfRequestRetrieveUnsafeUserInputBuffer(AT, r, 2, &p, nullptr);
      (neither ? inside : buffered) = status;
      if (neither) {
        WDFMEMORY m = nullptr;
        CHECK(qs_WdfRequestProbeAndLockUserBufferForRead(AT, r, p, 2, &m) == 0);
        CHECK(qs_WdfMemoryGetBuffer(AT, m, nullptr) == p);
      }
      qs_WdfDeviceEnqueueRequest(AT, d, r);
    });
  };
  b.on_control = [](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
    void* p = nullptr;
    outside = qs_WdfRequestRetrieveUnsafeUserInputBuffer(AT, r, 2, &p, nullptr);
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.start();
  b.control(kNeither, "abcd", 0);
  CHECK(inside == 0);
  CHECK(outside == QS_STATUS_INVALID_DEVICE_REQUEST);
  CHECK(b.rules() == Rules{"V-26"});
  b.control(kBuffered, "abcd", 0);
  CHECK(buffered == QS_STATUS_INVALID_DEVICE_REQUEST);
}

TEST_CASE(
    "V-26a a user buffer is locked by its owner, on the sender's own thread, at passive level") {
  Bench b;
  static WDFREQUEST kept = nullptr;
  static char text[4] = {};
  b.on_control = [](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
    WDFMEMORY m = nullptr;
    CHECK(qs_WdfRequestProbeAndLockUserBufferForRead(AT, r, text, 2, &m) == 0);
    kept = r;
  };
  b.start();
  b.control(kNeither, "abcd", 0);
  CHECK(b.rules().empty());
  b.run_now([&] {
    WDFMEMORY m = nullptr;
    CHECK(qs_WdfRequestProbeAndLockUserBufferForWrite(AT, kept, text, 2, &m) ==
          QS_STATUS_ACCESS_VIOLATION);
    CHECK(m == nullptr);
    qs_WdfRequestComplete(AT, kept, 0);
  });
  CHECK(b.rules() == Rules{"V-26a"});
}

TEST_CASE("U-09 writing to the buffer of a completed request is found") {
  Bench b;
  static char* kept = nullptr;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    qs_WdfRequestRetrieveOutputBuffer(AT, r, 4, &p, nullptr);
    kept = static_cast<char*>(p);
    std::memcpy(p, "good", 4);
    qs_WdfRequestCompleteWithInformation(AT, r, 0, 4);
    CHECK(uint8_t(kept[0]) == 0xDD);
    kept[1] = 'x';
  };
  b.start();
  auto* s = b.read(4);
  CHECK(s->data == "good");  // what the sender got is not touched
  CHECK(b.rules() == Rules{"U-09"});
  CHECK(b.first(trace::EventCode::Finding)->s == s->id);
  CHECK_FALSE(b.ended());
}

TEST_CASE("U-09 what the driver's code reads in the buffer of a completed request is found, once") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    qs_WdfRequestRetrieveOutputBuffer(AT, r, 4, &p, nullptr);
    check_access(p, 4, true);
    qs_WdfRequestCompleteWithInformation(AT, r, 0, 4);
    check_access(p, 1, false);
    check_access(p, 1, true);
    static_cast<char*>(p)[0] = 'x';
  };
  b.start();
  auto* s = b.read(4);
  CHECK(b.rules() == Rules{"U-09"});
  CHECK(b.first(trace::EventCode::Finding)->s == s->id);
  CHECK_FALSE(b.ended());
}

TEST_CASE("U-16 memory beyond a block, in front of it, or of a block that is gone ends the run") {
  constexpr uint32_t kTag = 0x6B6E614C;
  const auto rules_of = [](auto uses) {
    Bench b;
    b.stop_at_undefined = true;
    b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
    b.start();
    b.run([&] { uses(static_cast<char*>(qs_ExAllocatePool2(AT, 0x40, 20, kTag))); });
    return b.rules();
  };
  CHECK(rules_of([](char* p) {
          check_access(p, 20, true);
          check_access(p + 19, 1, false);
        }).empty());
  CHECK(rules_of([](char* p) { check_access(p + 20, 1, true); }) == Rules{"U-16"});
  CHECK(rules_of([](char* p) { check_access(p + 16, 8, false); }) == Rules{"U-16"});
  CHECK(rules_of([](char* p) { check_access(p - 1, 1, false); }) == Rules{"U-16"});
  CHECK(rules_of([](char* p) {
          qs_ExFreePool(AT, p);
          check_access(p + 3, 1, false);
        }) == Rules{"U-16"});
  CHECK(rules_of([](char* p) {
          WDFMEMORY m = nullptr;
          qs_WdfMemoryCreate(AT, nullptr, 0, 0, 64, &m, nullptr);
          qs_WdfMemoryCopyToBuffer(AT, m, 0, p, 64);
        }) == Rules{"U-16"});
  CHECK(rules_of([](char*) {
          WDFMEMORY m = nullptr;
          void* at = nullptr;
          qs_WdfMemoryCreate(AT, nullptr, 0, 0, 200'000, &m, &at);  // a block of its own
          check_access(static_cast<char*>(at) + 199'999, 1, true);
          check_access(static_cast<char*>(at) + 200'000, 1, true);
        }) == Rules{"U-16"});
  int local = 0;
  CHECK(rules_of([&](char*) { check_access(&local, 64, true); }).empty());  // not ours to judge
}

TEST_CASE("R-07 asking for a buffer after completion is refused") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    qs_WdfObjectReference(AT, r, nullptr);
    qs_WdfRequestComplete(AT, r, 0);
    void* p = nullptr;
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 0, &p, nullptr) ==
          QS_STATUS_INVALID_DEVICE_REQUEST);
    qs_WdfObjectDereference(AT, r, nullptr);
  };
  b.start();
  b.read(4);
  CHECK(b.rules() == Rules{"R-07"});
}

TEST_CASE("WdfMemoryCreate: sizes, failures, offsets") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  b.start();
  b.run([&] {
    WDFMEMORY m = nullptr;
    void* p = nullptr;
    CHECK(qs_WdfMemoryCreate(AT, nullptr, 0, 0, 0, &m, &p) == QS_STATUS_INVALID_PARAMETER);
    CHECK(qs_WdfMemoryCreate(AT, nullptr, 0, 0, 16, &m, &p) == 0);
    char text[] = "0123456789";
    CHECK(qs_WdfMemoryCopyFromBuffer(AT, m, 10, text, 6) == 0);
    CHECK(qs_WdfMemoryCopyFromBuffer(AT, m, 11, text, 6) == QS_STATUS_BUFFER_TOO_SMALL);
    CHECK(qs_WdfMemoryAssignBuffer(AT, m, text, 5) == QS_STATUS_INVALID_DEVICE_REQUEST);
    WDFMEMORY pre = nullptr;
    CHECK(qs_WdfMemoryCreatePreallocated(AT, nullptr, text, 4, &pre) == 0);
    CHECK(qs_WdfMemoryAssignBuffer(AT, pre, text + 1, 3) == 0);
    CHECK(qs_WdfMemoryGetBuffer(AT, pre, nullptr) == text + 1);
    WDFLOOKASIDE list = nullptr;
    CHECK(qs_WdfLookasideListCreate(AT, nullptr, 24, 0, nullptr, 0, &list) == 0);
    size_t n = 0;
    CHECK(qs_WdfMemoryCreateFromLookaside(AT, list, &m) == 0);
    qs_WdfMemoryGetBuffer(AT, m, &n);
    CHECK(n == 24);
    b.framework->memory = trace::MemoryMode::NoneLeft;
    CHECK(qs_WdfMemoryCreate(AT, nullptr, 0, 0, 16, &m, &p) == QS_STATUS_INSUFFICIENT_RESOURCES);
    CHECK(m == nullptr);
  });
  CHECK(b.rules().empty());
}

TEST_CASE("a string keeps its own copy; a collection keeps its items alive") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  b.start();
  b.run([&] {
    uint16_t text[] = {'a', 'b', 'c'};
    qs_UNICODE_STRING u{6, 6, text}, back{};
    WDFSTRING s = nullptr;
    REQUIRE(qs_WdfStringCreate(AT, &u, nullptr, &s) == 0);
    text[0] = 'x';
    qs_WdfStringGetUnicodeString(AT, s, &back);
    CHECK(back.Length == 6);
    CHECK(back.Buffer[0] == 'a');
    CHECK(back.Buffer[3] == 0);

    WDFCOLLECTION c = nullptr;
    REQUIRE(qs_WdfCollectionCreate(AT, nullptr, &c) == 0);
    CHECK(qs_WdfCollectionGetFirstItem(AT, c) == nullptr);
    WDFOBJECT one = nullptr, two = nullptr;
    qs_WdfObjectCreate(AT, nullptr, &one);
    qs_WdfObjectCreate(AT, nullptr, &two);
    qs_WdfCollectionAdd(AT, c, one);
    qs_WdfCollectionAdd(AT, c, two);
    CHECK(qs_WdfCollectionGetCount(AT, c) == 2);
    CHECK(qs_WdfCollectionGetLastItem(AT, c) == two);
    qs_WdfObjectDelete(AT, one);
    CHECK(b.framework->find(ObjectId(uint32_t(reinterpret_cast<uintptr_t>(one)))) != nullptr);
    qs_WdfCollectionRemove(AT, c, one);
    CHECK(b.framework->find(ObjectId(uint32_t(reinterpret_cast<uintptr_t>(one)))) == nullptr);
    CHECK(qs_WdfCollectionGetItem(AT, c, 0) == two);
    CHECK(qs_WdfCollectionGetItem(AT, c, 1) == nullptr);
    qs_WdfCollectionRemoveItem(AT, c, 0);
    CHECK(qs_WdfCollectionGetCount(AT, c) == 0);
  });
}
