// Any text is refused with a sentence or is a course whose lessons have names, titles and minutes.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lesson/file/course.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto course = qs::lesson::parse_course(text, "order.toml", [](std::string_view id) {
    return id.size() % 2 ? std::string() : "01-" + std::string(id);
  });
  if (!course.ok()) {
    if (course.error().message.empty()) std::abort();
    return 0;
  }
  for (const qs::lesson::CourseTrack& track : course->tracks)
    for (const qs::lesson::CourseLesson& l : track.lessons) {
      if (l.id.empty() || l.title.empty() || l.minutes <= 0) std::abort();
      course->after(l.id);
    }
  return 0;
}
