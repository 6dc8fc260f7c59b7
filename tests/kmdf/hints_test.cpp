// What is legal and cannot have been meant (rules H), and what is not hinted at.
#include <doctest/doctest.h>

#include <cstring>

#include "tests/kmdf/bench_driver.h"
#include "trace/rules/verdict.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

constexpr uint32_t kHintBuffered = 0x222000, kHintOutDirect = 0x222002;

// "H-01: what was written ends at byte 4", one for each hint.
std::vector<std::string> hints(const Bench& b) {
  std::vector<std::string> out;
  for (size_t i = 0; i < b.trace->size(); ++i) {
    const trace::Event& e = (*b.trace)[i];
    if (e.code != trace::EventCode::Hint) continue;
    out.push_back(std::string(b.trace->string(e.a)) + ": " + trace::reason_of(*b.trace, i));
  }
  return out;
}

using Hints = std::vector<std::string>;

struct Answer {
  const char* written;  // into the output buffer; nullptr: it is not asked for
  int32_t status = 0;
  uint64_t information = 0;
};

void answer(WDFREQUEST r, const Answer& a) {
  if (a.written) {
    void* p = nullptr;
    REQUIRE(qs_WdfRequestRetrieveOutputBuffer(AT, r, 1, &p, nullptr) == 0);
    std::memcpy(p, a.written, std::strlen(a.written));
  }
  qs_WdfRequestCompleteWithInformation(AT, r, a.status, a.information);
}

Hints of_read(const Answer& a) {
  Bench b;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) { answer(r, a); };
  b.start();
  b.read(16);
  CHECK(b.rules().empty());
  return hints(b);
}

Hints of_control(uint32_t code, const std::string& in, const Answer& a) {
  Bench b;
  b.on_control = [&](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) { answer(r, a); };
  b.start();
  b.control(code, in, 16);
  CHECK(b.rules().empty());
  return hints(b);
}

Hints of_write(bool asks, int32_t status, uint64_t information) {
  Bench b;
  b.on_write = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    if (asks) REQUIRE(qs_WdfRequestRetrieveInputBuffer(AT, r, 1, &p, nullptr) == 0);
    qs_WdfRequestCompleteWithInformation(AT, r, status, information);
  };
  b.start();
  b.write("hello");
  CHECK(b.rules().empty());
  return hints(b);
}

constexpr int32_t kError = QS_STATUS_UNSUCCESSFUL, kWarning = QS_STATUS_BUFFER_OVERFLOW;

}  // namespace

TEST_CASE("H-01 what is written and not counted is hinted at") {
  const Hints expected = {"H-01: what was written ends at byte 4"};
  CHECK(of_read({"data"}) == expected);
  CHECK(of_control(kHintBuffered, "", {"data"}) == expected);
  CHECK(of_control(kHintBuffered, "in", {"data"}) == expected);
  CHECK(of_control(kHintOutDirect, "in", {"data"}) == expected);
}

TEST_CASE("H-01 nothing written, or a failure, is no hint") {
  CHECK(of_read({""}).empty());
  CHECK(of_read({nullptr}).empty());
  CHECK(of_read({"data", kError}).empty());
  CHECK(of_control(kHintBuffered, "data", {"data"}).empty());  // the input, as it was
}

TEST_CASE("H-02 more counted than written is hinted at") {
  CHECK(of_read({"data", 0, 16}) == Hints{"H-02: Information is 16, but there are 4 bytes"});
  CHECK(of_read({"", 0, 1}) == Hints{"H-02: Information is 1, but there are 0 bytes"});
  CHECK(of_control(kHintOutDirect, "input", {"data", 0, 5}) ==
        Hints{"H-02: Information is 5, but there are 4 bytes"});
}

TEST_CASE("H-02 what is there is written, or was the input of a buffered control") {
  CHECK(of_read({"data", 0, 4}).empty());
  CHECK(of_read({nullptr, 0, 16}).empty());  // data is left out of the picture
  CHECK(of_control(kHintBuffered, "input", {"data", 0, 5}).empty());
  CHECK(of_control(kHintBuffered, "input", {"", 0, 5}).empty());
  CHECK(of_control(kHintBuffered, "input", {"", 0, 6}).size() == 1);
}

TEST_CASE("H-03 a write whose input was read and that takes nothing is hinted at") {
  CHECK(of_write(true, 0, 0) == Hints{"H-03: 5 bytes were sent"});
  CHECK(of_write(true, 0, 5).empty());
  CHECK(of_write(true, kError, 0).empty());
  CHECK(of_write(false, 0, 0).empty());
}

TEST_CASE("H-04 an answer that is counted and not copied back is hinted at") {
  CHECK(of_read({"data", kError, 4}) == Hints{"H-04: Information is 4"});
  CHECK(of_read({"data", kWarning, 4}).empty());
  CHECK(of_read({"data", kError, 0}).empty());
  CHECK(
      of_control(kHintOutDirect, "", {"data", kError, 4}).empty());  // it is in the sender's memory
}

TEST_CASE("H-02 an answer of the lower driver is not the driver's to write") {
  Bench b;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    void* p = nullptr;
    CHECK(qs_WdfRequestRetrieveOutputBuffer(AT, r, 1, &p, nullptr) == 0);
    qs_WdfRequestFormatRequestUsingCurrentType(AT, r);
    auto options = send_options(qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS);
    CHECK(qs_WdfRequestSend(AT, r, b.local_target(), &options));
    qs_WdfRequestCompleteWithInformation(AT, r, 0, 16);
  };
  b.start();
  b.read(16);
  CHECK(hints(b).empty());
}
