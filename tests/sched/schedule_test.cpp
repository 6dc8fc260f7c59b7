// The printed schedule: readable, one line, and exactly what was meant.
#include <doctest/doctest.h>

#include "sched/schedule.h"
#include "tests/support/random.h"
#include "tests/support/seed.h"

using namespace qs;
using sched::InputKind;
using sched::Schedule;

namespace {

sched::Input make(InputKind kind, std::string subject, std::string text, uint32_t time) {
  sched::Input in;
  in.kind = kind;
  in.subject = std::move(subject);
  in.text = std::move(text);
  in.time = time;
  return in;
}

std::string why(std::string_view text) {
  auto parsed = Schedule::parse(text);
  return parsed.ok() ? "accepted" : parsed.error().message;
}

std::string random_text(qs::test::Random& r) {
  std::string out;
  for (uint32_t n = r.below(12); n > 0; --n)
    out += r.one_in(3) ? char(r.below(256)) : " ;%=:~@!#R1"[r.below(11)];
  return out;
}

}  // namespace

TEST_CASE("a schedule prints as one readable line") {
  Schedule s;
  s.inputs.push_back(make(InputKind::Send, "", "read 16 file=A", 0));
  sched::Input cancel = make(InputKind::Cancel, "R1", "", 900);
  cancel.ordinal = 41;
  cancel.anchor = "own(R1)";
  cancel.anchor_count = 2;
  s.inputs.push_back(cancel);
  s.inputs.push_back(make(InputKind::Order, "R2", "complete 0", 1500));
  s.picks = {{12, 3}, {40, 1}};
  CHECK(s.print() ==
        "qs1:7;@0 send=read 16 file=A;@900#41~own(R1):2 cancel R1;@1500 order R2=complete "
        "0;!12=3;!40=1");
  auto back = Schedule::parse(s.print());
  REQUIRE(back.ok());
  CHECK(*back == s);
}

TEST_CASE("a schedule keeps separators, spaces and line ends inside names and texts") {
  Schedule s;
  s.inputs.push_back(
      make(InputKind::Override, "my queue; 100%=x", " limit=2;scope=queue\n ", 4294967295u));
  CHECK(s.print().find('\n') == std::string::npos);
  auto back = Schedule::parse("  " + s.print() + "\r\n");
  REQUIRE(back.ok());
  CHECK(*back == s);
}

TEST_CASE("every kind of input has a word of its own and comes back") {
  for (int k = 0; k <= int(InputKind::Option); ++k) {
    Schedule s;
    s.inputs.push_back(make(InputKind(k), "x", "y", 5));
    auto back = Schedule::parse(s.print());
    REQUIRE(back.ok());
    CHECK(back->inputs[0].kind == InputKind(k));
  }
}

TEST_CASE("input_text is what the log shows") {
  CHECK(sched::input_text(make(InputKind::Send, "", "read 16", 0)) == "send read 16");
  CHECK(sched::input_text(make(InputKind::Cancel, "R1", "", 0)) == "cancel R1");
}

TEST_CASE("a bad schedule is refused with the column and what was expected") {
  CHECK(why("") == "column 1: there is nothing here; a schedule begins with \"qs1:\"");
  CHECK(why("hello") == "column 1: a schedule begins with \"qs1:\"");
  CHECK(why("qs2:7") == "column 1: this schedule has another version; this program reads \"qs1:\"");
  CHECK(why("qs1:") == "column 5: found the end, expected the seed, a number");
  CHECK(why("qs1:7x") == "column 6: found 'x', expected ';' between items");
  CHECK(why("qs1:7;") ==
        "column 7: found the end, expected '@TIME' of an input or '!ORDINAL' of a pick");
  CHECK(why("qs1:7;!4") == "column 9: found the end, expected '=' and a thread number");
  CHECK(why("qs1:7;!4=") == "column 10: found the end, expected a thread number");
  CHECK(why("qs1:99999999999") ==
        "column 5: the number is too large, expected the seed, a number up to 4294967295");
  CHECK(why("qs1:7;@5 jump R1").substr(0, 50) ==
        "column 10: \"jump\" is not a kind of input; expected");
  CHECK(why("qs1:7;@5 cancel R%2") == "column 18: '%' must be followed by two hexadecimal digits");
  CHECK(why("qs1:7;@5~own(R1 cancel R1") ==
        "column 16: found ' ', expected ')' after what the event is about");
  CHECK(why("qs1:7;@5~ cancel R1") == "column 10: found ' ', expected an event, such as own(R1)");
  CHECK(why("qs1:7;@5 cancel =x") == "column 17: expected the name of what the input is about");
}

TEST_CASE(
    "the moment of an input is written as short as it can be, and earlier schedules still load") {
  for (auto [old, now] : {std::pair("~Own:R1:1", "~event(Own,R1)"),
                          {"~Own:R1:2+900", "~event(Own,R1):2+900"},
                          {"~Settled::1", "~event(Settled)"},
                          {"~own(R1):1+0", "~own(R1)"},
                          {"@line(driver.c:97)", "@line(driver.c:97)"},
                          {"@enter(EvtTimer,timer%201):2", "@enter(EvtTimer,timer%201):2"}}) {
    auto s = Schedule::parse(std::string("qs1:7;@5") + old + " cancel R1");
    REQUIRE_MESSAGE(s.ok(), old);
    CHECK(s->print() == std::string("qs1:7;@5") + now + " cancel R1");
  }
}

TEST_CASE("random schedules come back exactly; damaged ones never crash") {
  QS_TEST_SEED(seed, 20240607);
  qs::test::Random r(seed);
  for (int round = 0; round < 3000; ++round) {
    Schedule s;
    s.seed = r.engine();
    for (uint32_t n = r.below(5); n > 0; --n) {
      sched::Input in = make(InputKind(r.below(15)), random_text(r), random_text(r), r.engine());
      if (r.one_in(2)) in.ordinal = r.engine();
      if (r.one_in(3)) in.anchor = random_text(r);
      if (r.one_in(9)) in.anchor = "line(" + random_text(r) + ":7)";
      if (!in.anchor.empty() && r.one_in(3)) in.anchor_count = r.engine();
      if (!in.anchor.empty() && r.one_in(3)) in.anchor_delay = r.engine();
      if (!in.anchor.empty() && r.one_in(3)) in.at_once = true;
      s.inputs.push_back(in);
    }
    for (uint32_t n = r.below(4); n > 0; --n)
      s.picks.push_back({uint32_t(r.engine()), uint32_t(r.engine())});
    std::string text = s.print();
    for (char c : text) REQUIRE(static_cast<unsigned char>(c) >= 0x20);
    auto back = Schedule::parse(text);
    REQUIRE_MESSAGE(back.ok(), text, " -> ", back.ok() ? "" : back.error().message);
    REQUIRE(*back == s);
    if (text.size() > 1) {
      std::string damaged = text.substr(0, r.below(uint32_t(text.size())));
      if (!damaged.empty()) damaged[r.below(uint32_t(damaged.size()))] = char(r.below(256));
      auto parsed = Schedule::parse(damaged);
      if (parsed.ok()) REQUIRE(Schedule::parse(parsed->print()).ok());
    }
  }
}
