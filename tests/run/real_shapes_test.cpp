// Drivers that are shaped like those of the kit's samples, and use the same names: a registry
// reader, a filter with class headers, a serial port in C++, a bus with children that come and go,
// hardware that interrupts.
#include "tests/run/played_run.h"

using namespace qs;
using namespace qs::test;

#define CHECK_TELLS(story, part) CHECK_MESSAGE(has(story, part), story)

TEST_CASE(
    "O-16 O-17 a driver finds the registry that the program gives it, in every way there is") {
  const PlayedRun t = play(R"(
[program.registry.parameters]
Limit = 4096
Name = "left"
Names = ["one", "two"]
Bytes = [1, 2, 255]
Sub = { Depth = 3 }
[program.registry.device]
Limit = 8
[program.properties]
FriendlyName = "A reader"
Manufacturer = "Us"
)",
                           "registry");
  CHECK(t.rules.empty());
  const std::string story = t.story();
  CHECK_TELLS(story, "direct 0 4096, by default 7");
  CHECK_TELLS(story, "partial 0 16 bytes, 4096");
  CHECK_TELLS(story, "limit 0 4096");
  CHECK_TELLS(story, "missing c0000034");
  CHECK_TELLS(story, "small 80000005 10");
  CHECK_TELLS(story, "large 0 left");
  CHECK_TELLS(story, "string 0 left");
  CHECK_TELLS(story, "name 0 one");
  CHECK_TELLS(story, "name 1 two");
  CHECK_TELLS(story, "bytes 3 of type 3, the last 255");
  CHECK_TELLS(story, "depth 0 3");
  CHECK_TELLS(story, "then 0 4");
  CHECK_TELLS(story, "text as number c0000024");
  CHECK_TELLS(story, "removed c0000034");
  CHECK_TELLS(story, "of the device 0 8");
  CHECK_TELLS(story, "called A reader");
  CHECK_TELLS(story, "needs c0000023 6");
}

TEST_CASE(
    "O-16 without a registry every value is missing, and each run begins with what was given") {
  const PlayedRun empty = play("", "registry");
  CHECK_TELLS(empty.story(), "limit c0000034 0");
  const char* keys = "[program.registry.parameters]\nSub = { Depth = 3 }";
  CHECK_TELLS(play(keys, "registry").story(), "then 0 4");
  CHECK_TELLS(play(keys, "registry").story(), "then 0 4");  // not 5
}

TEST_CASE("what is wrong in a registry table is told with its line") {
  const auto told = [](const char* keys) {
    auto root = parse_toml(std::string("[program]\ndriver = \"run/registry\"\n") + keys, "p.toml");
    REQUIRE(root.ok());
    auto program =
        lesson::parse_program(*(*root)["program"].as_table(), "p", "p.toml", run::test_drivers());
    REQUIRE_FALSE(program.ok());
    return program.error().text();
  };
  CHECK(told("[program.registry.other]\nA = 1") ==
        "p.toml:3: registry: \"other\" is none of parameters, service, device, driver, devicemap");
  CHECK(has(told("[program.registry.device]\nA = 1.5"), "p.toml:4: registry: A is no number"));
  CHECK(has(told("[program.registry.device]\nA = [1, 256]"), "list of bytes from 0 to 255"));
  CHECK(has(told("registry = 3"), "registry: expected tables"));
  CHECK(has(told("properties = { Color = \"red\" }"), "\"Color\" is none of DeviceDescription"));
  CHECK(has(told("properties = { FriendlyName = 3 }"), "FriendlyName is a text"));
}

TEST_CASE("a keyboard's filter hooks the connection once and passes the rest on") {
  // 0xB0203: connect; 0xB0000: query attributes; 0xB0803: enable.
  const PlayedRun t = play(R"(lower = { delay_us = 100 }
script = ["0 send iioctl 16 code=0xB0203 data=0x0102030405060708090A0B0C0D0E0F10",
          "1ms send iioctl 16 code=0xB0203",
          "2ms send iioctl 0 out=32 code=0xB0000", "3ms send iioctl 0 code=0xB0803"])",
                           "keyboard_filter");
  CHECK(t.rules.empty());
  CHECK(t.outcome("I1") == "STATUS_SUCCESS 0");
  CHECK(t.outcome("I2") == "STATUS_SHARING_VIOLATION 0");
  CHECK_TELLS(t.story(), "attributes 0");
  CHECK(has(t.outcome("I3"), "STATUS_SUCCESS"));
  CHECK(has(t.outcome("I4"), "STATUS_SUCCESS"));
}

TEST_CASE("a serial port in C++ answers reads that waited, and keeps its settings") {
  // IOCTL_SERIAL_SET_BAUD_RATE is 0x1B0004, GET 0x1B0050.
  const PlayedRun t = play(R"(
script = ["0 send read 4 file=A", "1ms send write 3 file=A", "2ms send read 4 file=A",
          "3ms cancel R2", "4ms send ioctl 4 code=0x1B0004", "5ms send ioctl 0 out=4 code=0x1B0050"]
[program.registry.device]
PortName = "COM7"
)",
                           "serial_port");
  CHECK(t.rules.empty());
  CHECK_TELLS(t.story(), "the port is called COM7");
  CHECK(t.outcome("R1") == "STATUS_SUCCESS 3");
  CHECK(t.outcome("R2") == "STATUS_CANCELLED 0");
  CHECK(t.outcome("C1") == "STATUS_SUCCESS 0");
  CHECK(t.outcome("C2") == "STATUS_SUCCESS 4");
  // Its lines are lit like those of a driver in C.
  CHECK_TELLS(t.story(), "serial_port.cpp");
}

TEST_CASE(
    "O-18 O-20 the children of a bus start when it has started, come and go, and go with it") {
  const PlayedRun t = play(R"(
script = ["1ms send ioctl 3 code=4", "2ms send ioctl 3 code=4", "3ms send ioctl 1 code=8",
          "4ms send ioctl 9 code=8", "10ms pnp remove"]
[program.registry.device]
Sockets = 2
)",
                           "bus");
  CHECK(t.rules.empty());
  const std::string story = t.story();
  CHECK_TELLS(story, "WMI is there");
  CHECK_TELLS(story, "socket 1 has power");
  CHECK_TELLS(story, "socket 2 has power");
  CHECK_TELLS(story, "socket 3 has power");
  CHECK(t.outcome("C1") == "STATUS_SUCCESS 0");
  CHECK(t.outcome("C2") == "STATUS_OBJECT_NAME_EXISTS 0");
  CHECK(t.outcome("C3") == "STATUS_SUCCESS 0");
  CHECK(t.outcome("C4") == "STATUS_NO_SUCH_DEVICE 0");
  int removed = 0;
  for (size_t i = 0; i < t.run.trace->size(); ++i) {
    const trace::Event& e = (*t.run.trace)[i];
    removed +=
        e.code == trace::EventCode::DevicePnp && trace::DevicePnp(e.a) == trace::DevicePnp::Removed;
  }
  CHECK(removed == 4);
}

TEST_CASE("O-19 an interrupt: ISR at its IRQL, DPC after it, enabled and disabled with D0") {
  const PlayedRun t = play(R"(hardware = "button"
script = ["1ms send read 8 file=A", "2ms button 1", "3ms power down", "4ms power up",
          "5ms button 1", "6ms send read 8 file=A", "7ms button 2", "20ms pnp remove"])",
                           "interrupt");
  CHECK(t.rules.empty());
  const std::string story = t.story();
  CHECK_TELLS(story, "an interrupt of vector 81");
  CHECK_TELLS(story, "ISR at IRQL 5");
  CHECK_TELLS(story, "DPC at IRQL 2, 1 presses");
  CHECK(t.outcome("R1") == "STATUS_SUCCESS 1");
  CHECK(has(t.outcome("R2"), "STATUS_SUCCESS"));
  const auto count = [&story](std::string_view what) {
    int n = 0;
    for (size_t at = 0; (at = story.find(what, at)) != story.npos; ++at) ++n;
    return n;
  };
  CHECK(count("Debug text: enabled") == 2);
  CHECK(count("Debug text: disabled") == 2);
}

TEST_CASE(
    "T-26 T-27 the USB board: loop of its bulk pipes, switches read continuously, bar graph") {
  const PlayedRun t = play(R"(hardware = "fx2"
script = ["1ms send read 8 file=A", "2ms send write 3 file=A", "4ms send read 8 file=A",
          "5ms cancel R2", "6ms send ioctl 42 code=4", "7ms send ioctl 0 code=8", "8ms button 3",
          "9ms power down", "10ms button 2",
          "10500us button 2", "11ms power up", "12ms button 1", "20ms pnp remove"])",
                           "fx2");
  CHECK(t.rules.empty());
  const std::string story = t.story();
  CHECK_TELLS(story, "vendor 547 product 1002");
  CHECK(t.outcome("W1") == "STATUS_SUCCESS 3");
  CHECK(t.outcome("R1") == "STATUS_SUCCESS 3");
  CHECK(t.outcome("R2") == "STATUS_CANCELLED 0");
  CHECK(t.outcome("C1") == "STATUS_SUCCESS 1");
  CHECK(t.outcome("C2") == "STATUS_SUCCESS 4");  // switch 3 is bit 2
  CHECK_TELLS(story, "back with 0, 0, 3 bytes");
  CHECK_TELLS(story, "back with c0000120, c0010000, 0 bytes");
  CHECK_TELLS(story, "1 byte, switches 4, IRQL 2");
  CHECK_TELLS(story, "1 byte, switches 5, IRQL 2");
  CHECK_TELLS(story, "switches now read 0x06.");  // moved while the device sleeps: not reported
  CHECK(story.find("switches 6,") == story.npos);
}

TEST_CASE("T-26 without the board its driver gets an error, and the device does not start") {
  const PlayedRun t = play("", "fx2");
  CHECK(t.rules == "U-13");
}
