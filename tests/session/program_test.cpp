// Finding programs, reading their files, presets.
#include <algorithm>

#include "base/toml.h"
#include "lesson/file/program_file.h"
#include "session/presets.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;

namespace {

std::string why_no_program(std::string_view toml) {
  auto root = parse_toml(toml, "lesson.toml");
  if (!root) return root.error().text();
  auto program = lesson::parse_program(*root, "01-first-request", "lesson.toml");
  return program.ok() ? "accepted" : program.error().text();
}

std::string why_not_input(std::string_view words) {
  auto input = lesson::parse_script_line(words);
  return input.ok() ? "accepted" : input.error().message;
}

}  // namespace

TEST_CASE("a lesson is found by folder, name and number") {
  for (const char* name : {"lessons/01-first-request", "lessons/01-first-request/",
                           "01-first-request", "first-request", "1.1"}) {
    INFO(name);
    run::Program p = program(name);
    CHECK(p.name == "01-first-request");
    CHECK(p.title == "One request, one journey");
    CHECK(p.queue_names == std::vector<std::string>{"default"});
    REQUIRE(p.script.size() == 1);
    CHECK(sched::input_text(p.script[0]) == "send read 16 file=A");
    REQUIRE(p.driver);
    CHECK(std::string(p.driver->name) == "01-first-request/driver");
    CHECK_FALSE(p.takes_orders);
  }
}

TEST_CASE("the sandbox has three apps, three queues and a driver that takes orders") {
  run::Program p = program("sandbox");
  CHECK(p.takes_orders);
  CHECK(p.queue_names == std::vector<std::string>{"default", "writes", "waiting"});
  REQUIRE(p.apps.size() == 3);
  CHECK(p.apps[2].name == "monitor");
  CHECK(p.apps[2].files == std::vector<std::string>{"B"});
  CHECK(p.script.empty());
}

TEST_CASE("an unknown program is answered with the closest names") {
  for (auto [wrong, right] : {std::pair("sandbax", "sandbox"),
                              {"first-reqest", "first-request"},
                              {"lessons/1-first-request", "first-request"}}) {
    auto loaded = session::load_program(wrong);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().message.find(wrong) != std::string::npos);
    CHECK(loaded.error().message.find(std::string("Did you mean ") + right) != std::string::npos);
  }
}

TEST_CASE("every program there is can be loaded by its name") {
  auto programs = session::list_programs();
  CHECK(programs.size() >= 2);
  CHECK(std::any_of(programs.begin(), programs.end(), [](auto& p) { return p.name == "sandbox"; }));
  for (const session::ProgramInfo& p : programs) {
    auto loaded = session::load_program(p.name);
    CHECK_MESSAGE(loaded.ok(), p.name, loaded.ok() ? "" : loaded.error().text());
  }
}

TEST_CASE("a file that is wrong is refused with its line and what was expected") {
  CHECK(why_no_program("apps = [").find("lesson.toml:1: this is not valid TOML") == 0);
  CHECK(why_no_program("\nqueus = []").find("lesson.toml:2: \"queus\" is not a key") == 0);
  CHECK(why_no_program("title = 4").find("lesson.toml:1: expected a text") == 0);
  CHECK(why_no_program("hardware_us = -4")
            .find("lesson.toml:1: hardware_us: -4 is beyond the limits") == 0);
  CHECK(why_no_program("takes_orders = \"yes\"").find("lesson.toml:1: expected true or false") ==
        0);
  CHECK(why_no_program("\n\nqueues = [1]").find("lesson.toml:3: expected a text") == 0);
  CHECK(why_no_program("apps = [{ files = [\"A\"] }]").find("has no name") != std::string::npos);
  CHECK(why_no_program("apps = [{ name = \"a\", age = 3 }]").find("\"age\" is not a key") !=
        std::string::npos);
  CHECK(why_no_program("lower = { speed = 3 }").find("\"speed\" is not a key") !=
        std::string::npos);
  CHECK(why_no_program("lower = { status = \"STATUS_BLUE\" }").find("is not a status") !=
        std::string::npos);
  CHECK(why_no_program("script = [\"cancel R1\"]").find("is not a time") != std::string::npos);
  CHECK(why_no_program("options = [\"verifier=maybe\"]").find("is not an option") !=
        std::string::npos);
  CHECK(why_no_program("\ndriver = \"nobody/driver\"").find("lesson.toml:2: the driver") == 0);
  CHECK(why_no_program("options = [\"verifier=off\", \"minor=9\"]") == "accepted");
}

TEST_CASE("a line of a script is read back as it was meant") {
  auto input = lesson::parse_script_line("4ms ~own(R1):2 order R1 forward waiting");
  REQUIRE(input.ok());
  CHECK(input->time == 4000);
  CHECK(input->kind == sched::InputKind::Order);
  CHECK(input->subject == "R1");
  CHECK(input->text == "forward waiting");
  CHECK(input->anchor == "own(R1)");
  CHECK(input->anchor_count == 2);
  CHECK_FALSE(input->at_once);
  CHECK(input->ordinal == sched::Input::kNoOrdinal);
  CHECK(lesson::parse_script_line("0 queue \"queue 3\" retrieve")->subject == "queue 3");
  CHECK(lesson::parse_script_line("1.5s timers")->time == 1500000);
  CHECK(lesson::parse_script_line("0 send backup read 16")->subject == "backup");
  CHECK(lesson::parse_script_line("0 send backup read 16")->text == "read 16");
  CHECK(lesson::parse_script_line("900us send read 16 file=A")->text == "read 16 file=A");
}

TEST_CASE("the moment of an input is read back, and that of earlier scripts, too") {
  for (auto [line, written] :
       {std::pair("4ms ~own(R1):2+900us cancel R1", "4ms ~own(R1):2+900us cancel R1"),
        {"0 @line(driver.c:97) cancel R1", "0 @line(driver.c:97) cancel R1"},
        {"0 \"@enter(evttimerfunc, timer 1)\" cancel R1",
         "0 \"@enter(EvtTimerFunc,timer 1)\" cancel R1"},
        {"0 ~Own:R1:2+5us cancel R1", "0 ~event(Own,R1):2+5us cancel R1"}}) {
    auto input = lesson::parse_script_line(line);
    REQUIRE_MESSAGE(input.ok(), line);
    CHECK(lesson::script_line(*input) == written);
    CHECK(*lesson::parse_script_line(written) == *input);
  }
}

TEST_CASE("a line of a script that is wrong says what was expected") {
  for (auto [line, part] : {std::pair("", "is not a time"),
                            {"5 cancel R1", "is not a time"},
                            {"-1ms cancel R1", "is not a time"},
                            {"1ms", "no input here"},
                            {"1ms dance R1", "expected one of send, cancel"},
                            {"1ms cancel", "does not say what it is about"},
                            {"1ms cancel R1 now", "is too much"},
                            {"1ms order R1", "does not say what to do"},
                            {"1ms ~own cancel R1", "is not a moment"},
                            {"1ms ~own(R1):0 cancel R1", "is not a moment"},
                            {"1ms ~own(R1)+x cancel R1", "is not a moment"},
                            {"1ms @own(R1)+1ms cancel R1", "is not a moment"},
                            {"1ms ~owned(R1) cancel R1", "is not an event"},
                            {"1ms @line(driver.c) cancel R1", "is not a line"}}) {
    INFO(line);
    CHECK(why_not_input(line).find(part) != std::string::npos);
  }
}

TEST_CASE("the words of every kind of input are read back") {
  for (const char* words :
       {"send read 16 file=A", "cancel R1", "open A", "close A", "closefile A", "exit notepad",
        "power down", "pnp remove", "timers", "order R1 complete SUCCESS", "queue waiting retrieve",
        "button 1", "memory none", "override default dispatch=par", "option verifier=off"}) {
    auto input = lesson::parse_input(words);
    REQUIRE_MESSAGE(input.ok(), words);
    CHECK(sched::input_text(*input) == words);
  }
}

TEST_CASE("every preset can be shown, and every one of its inputs is possible") {
  auto presets = session::load_presets();
  REQUIRE_MESSAGE(presets.ok(), presets.error().text());
  CHECK(presets->size() == 10);
  for (const session::Preset& p : *presets) {
    INFO(p.title);
    CHECK_FALSE(p.note.empty());
    session::Session s(program(p.program));
    std::string why = s.apply(session::cmd::LoadSchedule{p.schedule.print()});
    REQUIRE_MESSAGE(why.empty(), why);
    for (const run::InputOutcome& o : s.impossible()) CHECK_MESSAGE(o.applied, o.index, o.problem);
    s.apply(session::cmd::End{});
    CHECK(s.moment().after->sent_total > 0);
    CHECK(s.moment().after->verdicts.empty());
  }
}

TEST_CASE("presets that are wrong are refused with their line") {
  auto why = [](std::string_view text) {
    auto presets = session::parse_presets(text, "presets.toml");
    return presets.ok() ? "accepted" : presets.error().text();
  };
  CHECK(why("").find("presets.toml: there is no [[preset]]") == 0);
  CHECK(why("[[preset]]\nkey = 11").find("presets.toml:2: a key is a digit") == 0);
  CHECK(why("[[preset]]\nkey = 1").find("no title") != std::string::npos);
  CHECK(why("[[preset]]\ntitle = \"a\"\ninputs = [\"later\"]").find("presets.toml:3:") == 0);
  CHECK(why("[[preset]]\nkey=1\ntitle=\"a\"\n[[preset]]\nkey=1\ntitle=\"b\"").find("already") !=
        std::string::npos);
}
