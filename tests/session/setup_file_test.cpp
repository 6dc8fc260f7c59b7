// Set-ups as files: whatever is in them, what was saved is opened again.
#include <doctest/doctest.h>

#include <cstdlib>

#include "lesson/file/program_file.h"
#include "session/setup_file.h"
#include "session/support.h"
#include "tests/support/folder.h"
#include "tests/support/full_disk.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using session::SetupFile;

namespace fs = std::filesystem;

namespace {

// Texts with all that is hard: controls, quotes, escapes, blanks, bytes that are no UTF-8.
struct Texts {
  Random& random;
  std::string any(uint32_t most) {
    static const std::vector<std::string> pieces = {"\"",
                                                    "\\",
                                                    "'",
                                                    "\"\"\"",
                                                    "'''",
                                                    "\n",
                                                    "\r",
                                                    "\r\n",
                                                    "\t",
                                                    " ",
                                                    "  ",
                                                    "%",
                                                    "%25",
                                                    "%FF",
                                                    "%80",
                                                    ";",
                                                    "@",
                                                    "!",
                                                    "#",
                                                    "=",
                                                    ":",
                                                    "~",
                                                    "+",
                                                    "*",
                                                    ",",
                                                    "[",
                                                    "]",
                                                    "{",
                                                    "}",
                                                    "\x7F",
                                                    "\x1B[8m",
                                                    "\xFF",
                                                    "\x80",
                                                    "\xC3",
                                                    "\xED\xA0\x80",
                                                    "\xF4\x90\x80\x80",
                                                    "\xC3\xA9",
                                                    "\xE2\x80\xAE",
                                                    "\xE2\x80\xA8",
                                                    "\xC2\x85",
                                                    "\xEF\xBB\xBF",
                                                    "\xEF\xBF\xBF",
                                                    "\xF0\x9F\x98\x80",
                                                    "R1",
                                                    "read 16",
                                                    "marked=5",
                                                    "file=A",
                                                    "send",
                                                    std::string(1, '\0')};
    std::string out;
    for (uint32_t n = random.below(most + 1); n > 0; --n) switch (random.below(4)) {
        case 0: out += char(random.below(256)); break;
        case 1: out += char('a' + random.below(26)); break;
        default: out += pieces[random.below(uint32_t(pieces.size()))];
      }
    return out;
  }
  uint32_t number() {
    static const uint32_t edges[] = {0, 1, 999, 1000, 4000, 4000000000u, 4294967294u, 4294967295u};
    return random.one_in(2) ? random.below(5000) : edges[random.below(8)];
  }
};

// Inputs as people give them, so that both ways of writing a set-up are taken.
sched::Input plain_input(Random& random) {
  static const char* lines[] = {"0 send read 16 file=A",
                                "4ms cancel R1",
                                "900us ~own(R1)+5us order R1 complete STATUS_SUCCESS 16",
                                "0 #41 power down",
                                "1ms timers",
                                "0 button 3",
                                "0 override default dispatch=par limit=2",
                                "0 setup writes dispatch=par handlers=write routes=write",
                                "0 setup * filter=on",
                                "0 memory nth=2",
                                "0 lower delay_us=500 deaf=on"};
  auto input = lesson::parse_script_line(lines[random.below(uint32_t(std::size(lines)))]);
  REQUIRE(input.ok());
  return *input;
}

sched::Input any_input(Texts& texts) {
  Random& random = texts.random;
  sched::Input input;
  input.kind = sched::InputKind(random.below(uint32_t(sched::InputKind::Option) + 1));
  if (!random.one_in(4)) input.subject = texts.any(3);
  if (!random.one_in(4)) input.text = texts.any(4);
  input.time = texts.number();
  if (random.one_in(3)) input.ordinal = texts.number();
  static const char* moments[] = {"own(R1)", "event(Settled)", "line(a/driver.c:41)",
                                  "enter(EvtIoRead,queue 3)", "send(*,\u00FC%;)"};
  if (random.one_in(3)) input.anchor = moments[random.below(5)];
  if (!input.anchor.empty() && random.one_in(3)) input.anchor_count = texts.number();
  if (!input.anchor.empty() && random.one_in(3)) input.anchor_delay = texts.number();
  if (!input.anchor.empty() && random.one_in(3)) input.at_once = true;
  return input;
}

session::Workload any_workload(Random& random) {
  session::Workload w;
  w.count = 1 + random.below(5);
  w.answers = random.one_in(2);
  if (w.answers) w.answer_us = random.below(4000);
  w.at_dispatch = random.one_in(2);
  w.sent_reads = random.below(3);
  return w;
}

SetupFile any_setup(Texts& texts) {
  Random& random = texts.random;
  SetupFile s;
  if (!random.one_in(4)) s.title = texts.any(6);
  if (!random.one_in(4)) s.note = texts.any(6);
  if (random.one_in(4)) s.program = "first-request";
  if (random.one_in(2)) s.schedule.seed = texts.number();
  const bool plain = random.one_in(2);
  for (uint32_t n = random.below(5); n > 0; --n)
    s.schedule.inputs.push_back(plain ? plain_input(random) : any_input(texts));
  for (uint32_t n = random.below(3); n > 0; --n)
    s.schedule.picks.push_back({texts.number(), texts.number()});
  if (random.one_in(3)) {
    s.workload = any_workload(random);
    if (random.one_in(2)) {
      const auto made = session::make_workload(*s.workload, program(s.program));
      const size_t at = random.below(uint32_t(s.schedule.inputs.size()) + 1);
      s.schedule.inputs.insert(s.schedule.inputs.begin() + long(at), made.begin(), made.end());
    }
  }
  return s;
}

SetupFile with(const char* schedule) {
  auto parsed = sched::Schedule::parse(schedule);
  REQUIRE(parsed.ok());
  SetupFile s;
  s.title = "ok";
  s.schedule = *parsed;
  return s;
}

}  // namespace

TEST_CASE("set-ups and schedules with any text: printed, then parsed, they are the same") {
  QS_TEST_SEED(seed, 5);
  Random random(seed);
  Texts texts{random};
  int whole = 0, parts = 0;
  for (int round = 0; round < 400; ++round) {
    const SetupFile s = any_setup(texts);
    const std::string text = session::print_setup(s);
    CAPTURE(text);
    auto back = session::parse_setup(text, "again.toml");
    REQUIRE_MESSAGE(back.ok(), back.error().text());
    REQUIRE(back->title == s.title);
    REQUIRE(back->note == s.note);
    REQUIRE(back->schedule == s.schedule);
    REQUIRE(*back == s);
    auto line = sched::Schedule::parse(s.schedule.print());
    REQUIRE(line.ok());
    REQUIRE(*line == s.schedule);
    (text.find("\nschedule = ") == text.npos ? parts : whole) += 1;
  }
  CHECK(whole > 50);
  CHECK(parts > 50);
}

TEST_CASE("set-ups that were saved and could not be opened again") {
  for (const char* schedule :
       {"qs1:7;@0 send=read 16 file=%FF", "qs1:7;@0 send=read 16 file=%01", "qs1:7;@0 cancel %22x",
        "qs1:7;@0 order R1=complete%0ASUCCESS", "qs1:7;@0 open a%22b c",
        "qs1:7;@4294967295 power=up", "qs1:7;@0 button=3", "qs1:7;@0 option=verifier=maybe",
        "qs1:7;@0 setup a%0Ab=dispatch=par", "qs1:7;@0 memory", "qs1:7;@0 cancel",
        "qs1:7;@0 send x=read 1", "qs1:7;@0 power down=up", "qs1:7;@0~Own:R1:0 cancel R1",
        "qs1:7;@0 send=%20"}) {
    CAPTURE(schedule);
    const SetupFile s = with(schedule);
    auto back = session::parse_setup(session::print_setup(s), "again.toml");
    REQUIRE_MESSAGE(back.ok(), back.error().text());
    CHECK(*back == s);
  }
  for (const char* title : {"a\x01"
                            "b",
                            "a\rb", "\xFF", "100%25", "%FF", "%%FF", "%", "\"", "\\", "\n"}) {
    SetupFile s;
    s.title = s.note = title;
    auto back = session::parse_setup(session::print_setup(s), "again.toml");
    REQUIRE_MESSAGE(back.ok(), back.error().text());
    CHECK(*back == s);
  }
}

TEST_CASE("a set-up is written as people write it wherever that says the same") {
  const std::string text =
      session::print_setup(with("qs1:9;@0 send=read 16 file=A;@4000 cancel R1;!12=3"));
  CHECK(text.find("\"0 send read 16 file=A\"") != text.npos);
  CHECK(text.find("picks = [") != text.npos);
  CHECK(text.find("schedule") == text.npos);
}

TEST_CASE("a whole schedule in a set-up: what may not stand beside it, and what is wrong in it") {
  const auto why = [](const std::string& text) {
    auto setup = session::parse_setup(text, "my.toml");
    return setup ? "" : setup.error().text();
  };
  CHECK(why("schedule = \"qs1:7;@0 send=read 16 file=A\"") == "");
  CHECK(why("seed = 3\nschedule = \"qs1:7\"") ==
        "my.toml:2: schedule says all of the run: there can be no seed beside it");
  CHECK(why("schedule = \"qs1:7\"\n[[queue]]\nname = \"a\"").find("no queue beside it") !=
        std::string::npos);
  CHECK(why("schedule = \"qs1:7\"\n[workload]\nafter = 1").find("no after beside it") !=
        std::string::npos);
  CHECK(why("\nschedule = \"qs1:7;@0 dance\"").find("my.toml:2: schedule: column 10") == 0);
  CHECK(why("schedule = 7") == "my.toml:1: expected a text in quotes");
}

TEST_CASE("saving: into the open file, or a new one; what could not be opened again is not saved") {
  const Folder f("setups");
  SetupFile s = with("qs1:7;@0 send=read 16 file=A");
  REQUIRE(session::save_setup(s, f.file("deep/a.toml")).ok());
  SetupFile other = s;
  other.title = "other";
  auto fresh = session::save_new_setup(other, f.file("deep/a.toml"));
  REQUIRE_MESSAGE(fresh.ok(), fresh.error().text());
  CHECK(*fresh == f.file("deep/a-1.toml"));
  CHECK(*session::load_setup(f.file("deep/a.toml")) == s);
  CHECK(*session::load_setup(*fresh) == other);
  const std::string old = f.text("deep/a.toml");
  other.program = "no-such-program";
  auto refused = session::save_setup(other, f.file("deep/a.toml"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("could not be opened again") != std::string::npos);
  CHECK_FALSE(session::save_new_setup(other, f.file("deep/b.toml")).ok());
  CHECK(test::on_full_disk(
            20, [&] { return session::save_setup(s, f.file("deep/a.toml")).ok() ? 1 : 0; }) == 0);
  CHECK(f.text("deep/a.toml") == old);
  CHECK_FALSE(fs::exists(f.path / "deep/b.toml"));
}

TEST_CASE("without a home there is a sentence instead of a folder for set-ups") {
  const std::string home = std::getenv("HOME"), data = std::getenv("XDG_DATA_HOME");
  unsetenv("HOME"), unsetenv("XDG_DATA_HOME");
  const auto path = session::setup_path("two queues");
  const bool by_path = session::setup_path("/tmp/two").ok();
  const bool none = session::list_setups().empty();
  setenv("HOME", home.c_str(), 1), setenv("XDG_DATA_HOME", data.c_str(), 1);
  REQUIRE_FALSE(path.ok());
  CHECK(path.error().text().find("There is no home folder") == 0);
  CHECK(by_path);
  CHECK(none);
}
