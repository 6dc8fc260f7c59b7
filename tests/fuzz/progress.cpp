// Any text is set aside as damaged or is a record of progress within the limits. What a goal was
// reached with is read from any text.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "lesson/tutor/progress.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path =
      (std::filesystem::temp_directory_path() /
       ("queuescope-fuzz-progress-" + std::to_string(getpid()) + ".toml"))
          .string();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  std::string note;
  const qs::lesson::Progress progress(path, &note);
  const qs::lesson::LessonProgress& p = progress.of("first-request");
  if (p.beat > qs::limits::kBeats || p.beats > qs::limits::kBeats) std::abort();
  for (const auto& [beat, goal] : p.runs)
    if (beat >= qs::limits::kBeats) std::abort();
  qs::lesson::ReachedGoal::parse(std::string(text)).print();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  std::filesystem::remove(path + ".damaged", ignored);
  std::filesystem::remove(path + ".lock", ignored);
  return 0;
}
