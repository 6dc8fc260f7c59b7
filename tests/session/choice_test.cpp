// The student as the scheduler: where there is a choice, and what happens then.
#include <doctest/doctest.h>

#include "lesson/tutor/judge.h"
#include "session/choice.h"
#include "session/programs.h"

using namespace qs;

namespace {

session::Session together() {
  const auto lesson = session::load_lesson("dispatch-is-not-a-lock");
  REQUIRE(lesson.ok());
  return session::Session((*lesson)->run("together")->program);
}

bool has_lost(const session::Session& s) {
  const lesson::Story story(s.branch().execution.trace);
  return story.find(*lesson::parse_pattern("done(C2, STATUS_SUCCESS, 16)")) != lesson::Story::kNone;
}

// The way of that application.
size_t way_to(const session::Choice& choice, std::string_view name) {
  size_t i = 0;
  while (i < choice.ways.size() && choice.ways[i].name != name) ++i;
  REQUIRE(i < choice.ways.size());
  return i;
}

}  // namespace

TEST_CASE("choice: one for each line of the driver at which somebody else could go on") {
  session::Session s = together();
  auto choice = session::choice_from(s, s.ready());
  REQUIRE(choice);
  CHECK(choice->event >= s.ready());
  REQUIRE(choice->ways.size() == 2);
  CHECK(choice->ways[0].name == "backup");  // it has just come
  CHECK(choice->ways[1].name == "notepad");
  size_t choices = 0, event = 0;
  std::string last;
  for (; choice; choice = session::choice_from(s, choice->event + 1)) {
    CHECK(choice->event >= event);
    event = choice->event + 1;
    const std::string now = choice->ways[0].name + choice->ways[0].where;
    CHECK(now != last);
    last = now;
    ++choices;
  }
  CHECK(choices > 2);
  CHECK(choices < 12);
}

TEST_CASE("choice: the way that is taken makes a branch, and the playhead comes to the next one") {
  session::Session s = together();
  CHECK_FALSE(has_lost(s));
  // notepad goes on until it is about to call the function after it has read the end of the log.
  auto choice = session::choice_from(s, s.ready());
  REQUIRE(choice);
  CHECK(session::choose(s, *choice, way_to(*choice, "notepad")) == "");
  CHECK(s.branches().size() == 2);
  for (int i = 0; i < 20; ++i) {
    choice = session::choice_from(s, s.moment().event);
    REQUIRE(choice);
    CHECK(s.moment().event == choice->event);
    CHECK(choice->ways[0].name == "notepad");
    const trace::Event& call = (*s.moment().trace)[choice->event - 1];
    if (call.code == trace::EventCode::CallEnter &&
        trace::ApiFn(call.a) == trace::ApiFn::WdfRequestRetrieveInputBuffer)
      break;
    CHECK(session::choose(s, *choice, 0) == "");
    CHECK(s.branches().size() == 2);  // nothing was changed
  }
  CHECK(session::choose(s, *choice, way_to(*choice, "backup")) == "");
  CHECK(has_lost(s));
  CHECK_FALSE(session::choose(s, *choice, 7).empty());
}
