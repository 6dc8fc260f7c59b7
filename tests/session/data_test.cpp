// Bytes that writes and device controls bring along, and what the sender gets back.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.h"
#include "lesson/file/program_file.h"
#include "model/dump.h"
#include "run/inputs.h"
#include "run/registry.h"
#include "session/setup_file.h"
#include "tests/session/support.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;

namespace {

std::string data_of(std::string_view word) {
  auto bytes = run::parse_data(word);
  return bytes.ok() ? *bytes : bytes.error().message;
}

std::string why_no_data(std::string_view words) {
  auto input = lesson::parse_script_line(words);
  return input.ok() ? "accepted" : input.error().message;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

run::Program modem(std::vector<std::string> lines) {
  run::Program p;
  p.name = "modem";
  p.driver = run::find_driver(run::test_drivers(), "session/modem");
  REQUIRE(p.driver);
  for (const std::string& line : lines) {
    auto input = lesson::parse_script_line(line);
    REQUIRE_MESSAGE(input.ok(), input.error().message);
    p.script.push_back(*input);
  }
  return p;
}

// The sentences about bytes, in order.
std::vector<std::string> told(const trace::Trace& t) {
  std::vector<std::string> out;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::Data) out.push_back(trace::narrate(t, i));
  return out;
}

using Lines = std::vector<std::string>;

// Random bytes, and a random way to write them after data=.
std::string random_bytes(Random& random) {
  std::string out;
  const bool text = random.one_in(2);
  for (uint32_t n = 1 + random.below(24); n; --n)
    out += text ? char(0x20 + random.below(0x5F)) : char(random.below(256));
  return out;
}

std::string written(Random& random, const std::string& bytes) {
  static const char digits[] = "0123456789abcdefABCDEF";
  const auto hex = [&](char c, int shift) {
    const uint32_t n = uint8_t(c) >> shift & 15;
    return n >= 10 && random.one_in(2) ? digits[n + 6] : digits[n];
  };
  std::string out = random.one_in(2) ? "0x" : "\"";
  for (char c : bytes) {
    if (out[0] == '0')
      out += {hex(c, 4), hex(c, 0)};
    else if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (c == '\r')
      out += "\\r";
    else if (uint8_t(c) >= 0x20 && uint8_t(c) < 0x7F)
      out += c;
    else
      out += {'\\', 'x', hex(c, 4), hex(c, 0)};
  }
  return out[0] == '0' ? out : out + '"';
}

}  // namespace

TEST_CASE("data= is text in quotes with the usual escapes, or pairs of hexadecimal digits") {
  CHECK(data_of(R"("AT\r")") == "AT\r");
  CHECK(data_of(R"("a\n\t\0\a\b\f\v\"\\\x41z")") == std::string("a\n\t\0\a\b\f\v\"\\Az", 12));
  CHECK(data_of("\"a b, c=d; %e\"") == "a b, c=d; %e");
  CHECK(data_of("\"caf\xC3\xA9\"") == "caf\xC3\xA9");
  CHECK(data_of("0x41540d") == "AT\r");
  CHECK(data_of("0x41540D") == "AT\r");
}

TEST_CASE("data= that is wrong is refused with what was expected") {
  CHECK(data_of("AT") ==
        "data=: found \"AT\", expected bytes such as \"AT\\r\" in quotes, or "
        "0x41540D");
  CHECK(data_of("\"AT") == "data=: the closing quote is missing");
  CHECK(data_of("\"A\"T") == "data=: \"T\" stands after the closing quote");
  CHECK(has(data_of("\"\\q\""), "data=: found \"\\q\", expected one of \\r \\n"));
  CHECK(has(data_of("\"\\"), "expected one of"));
  CHECK(data_of("\"\\x4\"") == "data=: \\x must be followed by two hexadecimal digits");
  CHECK(data_of("\"\\01\"") == "data=: \\0 before a digit could be an octal number; write \\x00");
  CHECK(has(data_of("0x414"), "expected pairs of hexadecimal digits"));
  CHECK(has(data_of("0xZZ"), "found \"ZZ\""));
  CHECK(has(data_of("\"\""), "there are no bytes"));
  CHECK(has(data_of("0x"), "there are no bytes"));
  CHECK(has(data_of("0x" + std::string(2 * limits::kDataBytes + 2, '4')),
            "4097 bytes are more than the limit, 4096"));
  CHECK(data_of("0x" + std::string(2 * limits::kDataBytes, '4')).size() == limits::kDataBytes);
}

TEST_CASE("a send with bytes has their length, or a larger one that zeros fill") {
  auto write = run::parse_send("write data=\"AT\\r\" file=A");
  REQUIRE(write.ok());
  CHECK(write->length == 3);
  CHECK(write->data == "AT\r");
  CHECK(write->file == "A");
  auto control = run::parse_send("ioctl 16 out=4 data=0x4154 code=0x222000");
  REQUIRE(control.ok());
  CHECK(control->length == 16);
  CHECK(control->data == "AT");
  CHECK(control->out_length == 4);
}

TEST_CASE("scripts, set-ups and schedules refuse wrong bytes and name the place") {
  CHECK(why_no_data("0 send write data=\"AT\\q\"").find("data=: found") == 0);
  CHECK(why_no_data("0 send read data=\"AT\"") ==
        "a read brings no bytes along: data= is for write, ioctl and iioctl");
  CHECK(why_no_data("0 send write 2 data=\"ATZ\"") == "data= has 3 bytes, more than the length, 2");
  CHECK(why_no_data("0 send write data=0x4154 file=A") == "accepted");
  auto schedule = run::read_schedule("qs1:7;@0 send=write data=\"AT");
  REQUIRE_FALSE(schedule.ok());
  CHECK(schedule.error().text() ==
        "schedule: input 1, \"send write data=\"AT\": data=: the closing quote is missing");
  auto setup = session::parse_setup(
      "program = \"sandbox\"\ninputs = [\n  '0 send write data=0x4',\n]\n", "mine.toml");
  REQUIRE_FALSE(setup.ok());
  CHECK(has(setup.error().text(), "mine.toml:3: data=: found \"4\", expected pairs"));
}

TEST_CASE("bytes come back from schedules and set-ups as they were, whatever they are") {
  QS_TEST_SEED(seed, 4242);
  Random random(seed);
  for (int round = 0; round < 400; ++round) {
    const std::string bytes = random_bytes(random);
    const std::string word = written(random, bytes);
    INFO(word);
    REQUIRE(data_of(word) == bytes);
    session::SetupFile setup;
    setup.program = "sandbox";
    setup.title = "t";
    sched::Input send = input(sched::InputKind::Send, "notepad", "write data=" + word + " file=A");
    send.time = 1000 * uint32_t(round);
    setup.schedule.inputs = {send};
    auto schedule = run::read_schedule(setup.schedule.print());
    REQUIRE_MESSAGE(schedule.ok(), schedule.error().text());
    CHECK(*schedule == setup.schedule);
    const std::string text = session::print_setup(setup);
    auto again = session::parse_setup(text, "again.toml");
    REQUIRE_MESSAGE(again.ok(), again.error().text());
    CHECK(*again == setup);
    auto line = lesson::parse_script_line(lesson::script_line(send));
    REQUIRE_MESSAGE(line.ok(), line.error().message);
    CHECK(*line == send);
    auto sent = run::parse_send(again->schedule.inputs[0].text);
    REQUIRE(sent.ok());
    CHECK(sent->data == bytes);
  }
}

TEST_CASE("the driver reads the bytes, and its answer can be read") {
  const run::Execution run =
      run::execute(modem({"0 send ioctl data=\"AT\\r\" out=16 file=A",
                          "1ms send write 6 data=0x010203 file=A", "2ms send read 16 file=A"}),
                   {});
  CHECK(told(*run.trace) == Lines{"The bytes sent with C1: \"AT\\r\" (41 54 0D).",
                                  "The answer to C1: \"OK\\r\\n\" (4F 4B 0D 0A).",
                                  "The bytes sent with W1: 01 02 03.",
                                  "The answer to R1: 01 02 03 00 00 00."});
  session::Session s(modem({"0 send ioctl data=\"AT\\r\" out=16 file=A"}));
  s.apply(session::cmd::End{});
  const session::Moment m = s.moment();
  const model::RequestView& c1 = request(s, "C1");
  CHECK(m.trace->string(c1.input) == "AT\r");
  CHECK(c1.input_bytes == 3);
  CHECK(m.trace->string(c1.answer) == "OK\r\n");
  CHECK(c1.answer_bytes == 4);
  const std::string dump = model::request_dump(*m.after, *m.trace, c1.id);
  CHECK(has(dump, "    Sent with it, 3 bytes\n        0000  41 54 0D "));
  CHECK(has(dump, "    Answer, 4 bytes\n        0000  4F 4B 0D 0A "));
  CHECK(has(dump, "OK.."));
}

TEST_CASE("a trace file keeps the bytes") {
  const run::Execution run = run::execute(modem({"0 send write data=0x00FF0D80 file=A"}), {});
  const std::string file = trace::encode_trace(*run.trace, "modem", "");
  auto again = trace::decode_trace(file, "modem.qst");
  REQUIRE_MESSAGE(again.ok(), again.error().text());
  CHECK(told(*again->trace) == Lines{"The bytes sent with W1: 00 FF 0D 80."});
  CHECK(trace::encode_trace(*again->trace, "modem", "") == file);
}

TEST_CASE("what is kept of bytes is limited, and it says where it is cut") {
  const std::string many(400, 'x');
  session::Session s(modem({"0 send write data=\"" + many + "\" file=A"}));
  s.apply(session::cmd::End{});
  const model::RequestView& w1 = request(s, "W1");
  const session::Moment m = s.moment();
  CHECK(w1.input_bytes == 400);
  CHECK(m.trace->string(w1.input).size() == limits::kKeptBytes);
  CHECK(has(told(*m.trace)[0], "The bytes sent with W1: \"xxxxxxxxxxxxxxxx\" (78 78 78 "));
  CHECK(has(told(*m.trace)[0], "and 384 more bytes."));
  CHECK(has(model::request_dump(*m.after, *m.trace, w1.id), "144 more bytes, cut off here\n"));
}
