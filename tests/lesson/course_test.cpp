// The questions of the course taken together: neither its place nor its length gives an answer
// away.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "lesson/file/course.h"
#include "lesson/tutor/judge.h"
#include "session/programs.h"

using namespace qs;

namespace {

// Over one lesson or over the whole course.
struct RightOptions {
  size_t questions = 0, longest = 0;
  std::map<int, size_t> places;  // from 0: how many right options are there

  void add(const lesson::Beat& beat, int right) {
    size_t length = 0;
    for (const lesson::BeatOption& o : beat.options) length = std::max(length, o.text.size());
    ++questions;
    longest += beat.options[size_t(right)].text.size() == length;
    ++places[right];
  }
  size_t most_in_one_place() const {
    size_t most = 0;
    for (const auto& [place, count] : places) most = std::max(most, count);
    return most;
  }
};

}  // namespace

TEST_CASE("course: the right option has no favorite place, and is not known by its length") {
  RightOptions course;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& place : t.lessons) {
      if (!place.written()) continue;
      CAPTURE(place.id);
      const auto l = session::load_lesson(place.folder);
      REQUIRE_MESSAGE(l.ok(), l.error().text());
      lesson::Judge judge(**l);
      RightOptions here;
      for (const lesson::Beat& b : (*l)->beats) {
        if (b.mode != lesson::BeatMode::Predict) continue;
        const int right = judge.right_option(b);
        REQUIRE(right >= 0);
        here.add(b, right);
        course.add(b, right);
      }
      if (here.questions >= 4) CHECK(here.most_in_one_place() < here.questions);
    }
  CHECK(course.questions >= 100);
  CHECK(2 * course.most_in_one_place() <= course.questions);
  CHECK(2 * course.longest <= course.questions);
}
