// What a variant does to a lesson that is read already, and what tells one text of it from another.
#include <set>

#include "lesson/file/lesson.h"

namespace qs::lesson {

void shuffle_options(Lesson& lesson) {
  constexpr size_t kPlaces = 1000;  // of one beat
  for (size_t i = 0; i < lesson.beats.size(); ++i) {
    std::vector<BeatOption>& options = lesson.beats[i].options;
    for (size_t n = options.size(); n > 1; --n)
      std::swap(options[n - 1],
                options[variant_number(lesson.variant.id, lesson.id, kPlaces * (i + 1) + n) % n]);
  }
}

std::string lesson_hash(std::string_view text, const Lesson& lesson) {
  std::string all(text);
  std::set<std::string_view> seen;
  for (const LessonRun& r : lesson.runs)
    for (const EmbeddedFile& file : r.program.driver->sources())
      if (seen.insert(file.name).second) all += file.text();
  return text_hash(all);
}

}  // namespace qs::lesson
