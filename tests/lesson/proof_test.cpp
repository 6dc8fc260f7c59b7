// Beats in which a student is the scheduler, and those in which a driver is proved.
#include <doctest/doctest.h>

#include "lesson/tutor/judge.h"
#include "lesson/tutor/proof.h"
#include "lesson/tutor/receipt.h"
#include "lesson/tutor/tutor.h"
#include "session/programs.h"

using namespace qs;
using lesson::Truth;

namespace {

std::shared_ptr<const lesson::Lesson> races() { return *session::load_lesson("cancel-races"); }

size_t beat_of(const lesson::Lesson& l, lesson::BeatMode mode) {
  size_t i = 0;
  while (i < l.beats.size() && l.beats[i].mode != mode) ++i;
  REQUIRE(i < l.beats.size());
  return i;
}

std::string refused_beat(const std::string& keys) {
  const std::string text =
      "title = \"T\"\n[program]\ndriver = \"01-first-request/driver\"\n[[cards]]\nid = \"a\"\n"
      "[[runs]]\nid = \"solved\"\n" +
      keys;
  auto lesson = lesson::parse_lesson(text, "01-first-request", "lesson.toml");
  return lesson.ok() ? std::string() : lesson.error().text();
}

}  // namespace

TEST_CASE("prove: cards that a schedule breaks are told from those that hold") {
  const auto l = races();
  const auto searched = [&](const char* card) {
    lesson::Proof proof(l->run(card)->program);
    CHECK(proof.truth() == Truth::Open);
    CHECK(proof.sentence().find("The search goes on") == 0);
    while (proof.step(64)) {}
    CHECK(proof.over());
    return proof;
  };
  const lesson::Proof holds = searched("e"), breaks = searched("b");
  CHECK(holds.truth() == Truth::Holds);
  CHECK(holds.wrong() == nullptr);
  CHECK(holds.sentence().find("none goes wrong. That is complete within these inputs") !=
        std::string::npos);
  CHECK(breaks.truth() == Truth::Broken);
  REQUIRE(breaks.wrong());
  CHECK(breaks.sentence().find("The shortest takes") != std::string::npos);
}

TEST_CASE(
    "prove: the tutor searches the card that was chosen, and ticks the goal when it is over") {
  lesson::Tutor tutor(races());
  tutor.start_beat(beat_of(tutor.lesson(), lesson::BeatMode::Prove));
  lesson::Judge judge(tutor.lesson());
  const auto look = [&](const std::string& card) {
    const auto& trace = judge.story(card).trace();
    tutor.observe(std::shared_ptr<const trace::Trace>(std::shared_ptr<void>(), &trace),
                  trace.size(), true);
  };
  CHECK(tutor.proof() == nullptr);
  CHECK_FALSE(tutor.prove(10));
  tutor.pick_card("c");
  REQUIRE(tutor.proof());
  while (tutor.prove(64)) {}
  look("c");
  CHECK(tutor.ticks()[0].truth == Truth::Broken);
  CHECK_FALSE(tutor.lost());  // another card begins anew
  CHECK_FALSE(tutor.state().done);
  tutor.pick_card("d");
  look("d");
  CHECK(tutor.ticks()[0].truth == Truth::Open);
  CHECK_FALSE(tutor.state().done);
  while (tutor.prove(64)) {}
  look("d");
  CHECK(tutor.state().done);
}

TEST_CASE("prove: a receipt is proved again") {
  const auto l = races();
  lesson::Receipt receipt;
  receipt.lesson = l->id;
  const size_t beat = beat_of(*l, lesson::BeatMode::Prove);
  const auto with = [&](const char* card) {
    receipt.beats = {{beat, -1, card, "qs1:7", "", lesson::Story::kNone, false}};
    return lesson::grade(*l, receipt);
  };
  const lesson::Grade good = with("d"), bad = with("c");
  CHECK(good.reached == 1);
  CHECK(good.remarks.empty());
  CHECK(bad.reached == 0);
  CHECK(bad.reasons().find("\"proved\" does not hold") != std::string::npos);
}

TEST_CASE("race: a receipt has who went on, and without it the goal is not reached") {
  const auto l = races();
  const size_t beat = beat_of(*l, lesson::BeatMode::Race);
  const lesson::Beat& b = l->beats[beat];
  lesson::Receipt receipt;
  receipt.lesson = l->id;
  receipt.beats = {{beat, -1, b.run, l->run(b.goal->solution)->schedule().print(), "",
                    lesson::Story::kNone, false}};
  CHECK(lesson::grade(*l, receipt).reached == 1);
  receipt.beats[0].schedule = "qs1:7";
  CHECK(lesson::grade(*l, receipt).reached == 0);
}

TEST_CASE("lessons: what a race and a prove beat must have, and picks that are none") {
  const std::string goal = "goal = \"G\"\nsolution = \"solved\"\n";
  CHECK(refused_beat("[[beats]]\nmode = \"race\"\n").find("a race beat has goal, check and") !=
        std::string::npos);
  CHECK(refused_beat("[[beats]]\nmode = \"prove\"\ncheck = \"proved\"\n" + goal)
            .find("a prove beat has cards") != std::string::npos);
  for (const char* wrong : {"mode = \"prove\"\ncards = [\"a\"]\ncheck = \"clean\"\n",
                            "mode = \"do\"\ncheck = \"proved\"\n"})
    CHECK(refused_beat("[[beats]]\n" + std::string(wrong) + goal)
              .find("a prove beat, and no other, has the condition proved") != std::string::npos);
  CHECK(refused_beat("picks = [\"twelve\"]\n[[beats]]\nmode = \"watch\"\n").find("picks: ") !=
        std::string::npos);
}
