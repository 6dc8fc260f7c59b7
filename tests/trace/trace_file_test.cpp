// Trace files: what is written comes back; everything else is refused politely.
#include "trace/events/trace_file.h"

#include <doctest/doctest.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "tests/model/story.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using trace::decode_trace;
using trace::encode_trace;
using trace::Event;
using trace::Trace;

namespace {

auto sorted_names(const Trace& trace) {
  auto names = trace.names();
  std::sort(names.begin(), names.end());
  return names;
}

bool same(const Trace& a, const Trace& b) {
  if (a.size() != b.size() || a.string_count() != b.string_count() || a.files() != b.files() ||
      sorted_names(a) != sorted_names(b))
    return false;
  for (uint32_t i = 0; i < a.string_count(); ++i)
    if (a.string(i) != b.string(i)) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (std::memcmp(&a[i], &b[i], sizeof(Event)) != 0) return false;
  return true;
}

Trace small() {
  Story s;
  s.set_up().send(1).arrive(1).insert(1).take(1).deliver(1).at_line(41).complete(1);
  return std::move(s.trace);
}

std::string why(const std::string& bytes) {
  auto read = decode_trace(bytes, "run.qstrace");
  return read.ok() ? "accepted" : read.error().text();
}

// A file whose payload is `payload`, with a right header.
std::string file_of(const std::string& payload) {
  std::string good = encode_trace(Trace(), "", "");
  std::string packed(ZSTD_compressBound(payload.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), 1));
  const uint64_t sum = trace::trace_checksum(payload), size = payload.size(), body = packed.size();
  std::memcpy(&good[16], &size, 8);
  std::memcpy(&good[24], &body, 8);
  std::memcpy(&good[32], &sum, 8);
  return good.substr(0, 40) + packed;
}

std::string payload_of(const std::string& file) {
  uint64_t size = 0;
  std::memcpy(&size, &file[16], 8);
  std::string out(size, '\0');
  ZSTD_decompress(out.data(), out.size(), file.data() + 40, file.size() - 40);
  return out;
}

}  // namespace

TEST_CASE("a trace comes back from its file event for event") {
  Trace t = small();
  auto back = decode_trace(encode_trace(t, "echo", "qs1:7;@0 send=read 16", false), "x");
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(back->program == "echo");
  CHECK(back->schedule == "qs1:7;@0 send=read 16");
  CHECK_FALSE(back->replayable);
  CHECK(same(t, *back->trace));
  Trace none;
  auto empty = decode_trace(encode_trace(none, "", ""), "x");
  REQUIRE(empty.ok());
  CHECK(empty->trace->empty());
  CHECK(empty->replayable);
}

TEST_CASE("long random traces come back, well packed") {
  QS_TEST_SEED(seed, 31);
  Trace t = random_run(seed, 50000);
  std::string bytes = encode_trace(t, "random", "");
  CHECK(bytes.size() < t.size() * 8);
  auto back = decode_trace(bytes, "x");
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(same(t, *back->trace));
  Trace noise = random_noise(seed, 5000);
  back = decode_trace(encode_trace(noise, "noise", ""), "x");
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(same(noise, *back->trace));
}

TEST_CASE("a payload that somebody else packed is read") {
  Trace t = small();
  const std::string file = file_of(payload_of(encode_trace(t, "echo", "qs1:7")));
  auto back = decode_trace(file, "x");
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(back->schedule == "qs1:7");
  CHECK(same(t, *back->trace));
  std::string old = file;
  old[8] = 1;
  CHECK(why(old) == "run.qstrace: version 1, this program reads version 2");
}

TEST_CASE("every changed byte of a file is seen") {
  const std::string good = encode_trace(small(), "echo", "qs1:7");
  std::string payload = payload_of(good);
  auto repacked = [&] {  // as whoever changes a payload would, with the checksum it had
    std::string packed(ZSTD_compressBound(payload.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), 1));
    const uint64_t body = packed.size();
    std::string file = good.substr(0, 40) + packed;
    std::memcpy(&file[24], &body, 8);
    return file;
  };
  REQUIRE(why(repacked()) == "accepted");
  for (char& byte : payload)
    for (char bit : {char(1), char(-128)}) {
      byte = char(byte ^ bit);
      REQUIRE(why(repacked()) == "run.qstrace: the content was changed: its checksum is wrong");
      byte = char(byte ^ bit);
    }
}

TEST_CASE("every truncation of a file is refused with its name") {
  std::string bytes = encode_trace(small(), "echo", "qs1:7");
  for (size_t n = 0; n < bytes.size(); ++n) {
    std::string told = why(bytes.substr(0, n));
    REQUIRE(told != "accepted");
    REQUIRE(told.substr(0, 13) == "run.qstrace: ");
  }
  CHECK(why(bytes) == "accepted");
}

TEST_CASE("every truncation of the content is refused too") {
  std::string payload = payload_of(encode_trace(small(), "echo", "qs1:7"));
  CHECK(why(file_of(payload)) == "accepted");
  for (size_t n = 0; n < payload.size(); ++n)
    REQUIRE_MESSAGE(why(file_of(payload.substr(0, n))) != "accepted", n);
}

TEST_CASE("what is wrong with a file is said") {
  std::string good = encode_trace(small(), "echo", "qs1:7");
  auto with = [&](size_t at, char byte) {
    std::string bad = good;
    bad[at] = byte;
    return bad;
  };
  CHECK(why("") == "run.qstrace: 0 bytes, expected a header of 40");
  CHECK(why("hello, this is no trace file, is it? No, it is not.") ==
        "run.qstrace: not a QueueScope trace: it should begin with \"QSTRACE\"");
  CHECK(why(with(8, 9)) == "run.qstrace: version 9, this program reads version 2");
  CHECK(why(with(12, 4)) == "run.qstrace: unknown flags 0x4, expected 0 to 3");
  CHECK(why(good + "x") == "run.qstrace: 1 bytes too many at the end");
  CHECK(why(with(32, char(good[32] + 1))) ==
        "run.qstrace: the content was changed: its checksum is wrong");
  CHECK(why(with(19, 0x20)).find("too many for") != std::string::npos);
  CHECK(why(with(16, char(good[16] + 1))).find("expected") != std::string::npos);
  std::string payload = payload_of(good);
  CHECK(why(file_of(payload + "zz")) == "run.qstrace: 2 bytes too many after the events");
  CHECK(decode_trace(good, "x", 10).error().message.find("the limit is 10") != std::string::npos);
}

TEST_CASE("events that cannot be are refused with their number") {
  auto with = [](auto change) {
    Trace t;
    t.intern("one");
    Event e;
    e.code = trace::EventCode::Note;
    e.a = 1;
    t.push(e);
    change(e);
    t.push(e);
    return why(encode_trace(t, "", ""));
  };
  CHECK(with([](Event&) {}) == "accepted");
  CHECK(with([](Event& e) { e.code = trace::EventCode(250); }) ==
        "run.qstrace: event 1: event code 250, expected 0 to " +
            std::to_string(int(trace::EventCode::Count) - 1));
  CHECK(with([](Event& e) { e.a = 7; }) ==
        "run.qstrace: event 1: Note uses text 7, but there are 2");
  CHECK(with([](Event& e) { e.s = ObjectId(0xFF000001u); }) ==
        "run.qstrace: event 1: Note names object 0xFF000001, which has no kind");
  CHECK(with([](Event& e) { e.site = trace::Site(3, 1); }) ==
        "run.qstrace: event 1: Note stands in file 3, but there are 0");
  CHECK(with([](Event& e) {
          e.code = trace::EventCode::Own;
          e.a = 8;
        }) == "run.qstrace: event 1: Own with a=8, expected 0 to 7");
  CHECK(with([](Event& e) {
          e.code = trace::EventCode::Send;
          e.a = 9;
        }) == "run.qstrace: event 1: Send with a=9, expected a request type");
  CHECK(with([](Event& e) {
          e.code = trace::EventCode::QueueConfig;
          e.a = 0;
        }) == "run.qstrace: event 1: QueueConfig without a dispatch type");
}

TEST_CASE("damaged files never crash the reader") {
  QS_TEST_SEED(seed, 32);
  Random r(seed);
  std::string file = encode_trace(small(), "echo", "qs1:7");
  std::string payload = payload_of(file);
  int accepted = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string bad = r.one_in(2) ? file : payload;
    bool inside = bad.size() == payload.size();
    for (uint32_t n = 1 + r.below(3); n > 0; --n)
      bad[r.below(uint32_t(bad.size()))] = char(uint32_t(r.engine()));
    auto read = decode_trace(inside ? file_of(bad) : bad, "x");
    accepted += read.ok();
    if (!read.ok()) REQUIRE_FALSE(read.error().message.empty());
  }
  CHECK(accepted > 0);  // a changed time or argument is still a trace
}

TEST_CASE("files on disk: written, read, and missing ones named") {
  const char* home = std::getenv("HOME");
  std::string path = std::string(home ? home : "/tmp") + "/trace_file_test.qstrace";
  Trace t = small();
  auto written = trace::write_trace_file(path, t, "echo", "qs1:7");
  REQUIRE_MESSAGE(written.ok(), written.error().text());
  auto back = trace::read_trace_file(path);
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(same(t, *back->trace));
  std::ofstream(path, std::ios::trunc).close();
  CHECK(trace::read_trace_file(path).error().message == "this file is empty");
  std::remove(path.c_str());
  auto gone = trace::read_trace_file(path);
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().file == path);
  CHECK(gone.error().message == "there is no such file");
  CHECK_FALSE(trace::write_trace_file("/no/such/folder/x", t, "", "").ok());
  CHECK_FALSE(trace::read_trace_file("/tmp").ok());
}
