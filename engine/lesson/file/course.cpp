#include "lesson/file/course.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "lesson/file/program_file.h"

namespace qs::lesson {
namespace {

constexpr const char* kFile = "lessons/order.toml";

class CourseReader {
 public:
  CourseReader(std::string_view file, const WrittenLessons& written, size_t own)
      : file_(file), written_(written), own_(own) {}

  Result<Course> read(const toml::table& root) {
    for (auto&& [key, node] : root)
      if (key.str() != "tracks")
        return fail(node,
                    fmt::format("\"{}\" is not a key of a course; expected tracks", key.str()));
    const toml::array* tracks = root["tracks"].as_array();
    if (!tracks) return Error{file_, 0, "there is no [[tracks]]"};
    for (const toml::node& item : *tracks) {
      const toml::table* table = item.as_table();
      if (!table) return fail(item, "expected [[tracks]]");
      if (auto error = track(*table); !error.message.empty()) return error;
    }
    return std::move(course_);
  }

 private:
  Error fail(const toml::node& node, std::string message) const {
    return Error{file_, int(node.source().begin.line), std::move(message)};
  }

  // A, B, ... Z, AA, AB ...
  static std::string letters(size_t n) {
    std::string out;
    for (++n; n > 0; n = (n - 1) / 26) out.insert(out.begin(), char('A' + (n - 1) % 26));
    return out;
  }

  Error track(const toml::table& table) {
    CourseTrack& t = course_.tracks.emplace_back();
    const size_t place = course_.tracks.size() - 1;
    t.label = own_ == SIZE_MAX ? std::to_string(place + 1) : letters(own_ + place);
    for (auto&& [key, node] : table) {
      if (key.str() == "title")
        t.title = node.value_or(std::string());
      else if (key.str() == "subtitle")
        t.subtitle = node.value_or(std::string());
      else if (key.str() != "lessons" || !node.is_array())
        return fail(
            node,
            fmt::format("\"{}\" is not a key of a track; expected one of title, subtitle, lessons",
                        key.str()));
    }
    if (t.title.empty()) return fail(table, "a track has a title");
    if (const toml::array* lessons = table["lessons"].as_array())
      for (const toml::node& item : *lessons)
        if (auto error = lesson(t, item); !error.message.empty()) return error;
    return {};
  }

  Error lesson(CourseTrack& t, const toml::node& item) {
    const toml::table* table = item.as_table();
    if (!table) return fail(item, "expected { id = \"...\", title = \"...\", minutes = 10 }");
    CourseLesson l;
    l.number = fmt::format("{}.{}", t.label, t.lessons.size() + 1);
    for (auto&& [key, node] : *table) {
      const std::string_view k = key.str();
      if (k == "id")
        l.id = node.value_or(std::string());
      else if (k == "title")
        l.title = node.value_or(std::string());
      else if (k == "minutes")
        l.minutes = int(whole_number(node));
      else if (k == "needs" && node.is_array())
        for (const toml::node& n : *node.as_array()) l.needs.push_back(n.value_or(std::string()));
      else
        return fail(
            node,
            fmt::format(
                "\"{}\" is not a key of a lesson; expected one of id, title, minutes, needs", k));
    }
    if (l.id.empty() || l.title.empty() || l.minutes <= 0)
      return fail(item, "a lesson has an id, a title and minutes");
    l.folder = written_(l.id);
    l.line = int(item.source().begin.line);
    t.lessons.push_back(std::move(l));
    return {};
  }

  std::string file_;
  const WrittenLessons& written_;
  size_t own_;
  Course course_;
};

std::string compiled_folder(std::string_view id) {
  constexpr std::string_view begin = "lessons/", end = "/lesson.toml";
  for (const EmbeddedFile& file : all_assets()) {
    const std::string_view name = file.name;
    if (name.size() <= begin.size() + end.size() || name.substr(0, begin.size()) != begin ||
        name.substr(name.size() - end.size()) != end)
      continue;
    const std::string_view folder =
        name.substr(begin.size(), name.size() - begin.size() - end.size());
    const size_t dash = folder.find('-');
    if (dash != std::string_view::npos && folder.substr(dash + 1) == id) return std::string(folder);
  }
  return {};
}

}  // namespace

const CourseLesson* Course::lesson(std::string_view id) const {
  for (const CourseTrack& t : tracks)
    for (const CourseLesson& l : t.lessons)
      if (l.id == id || l.folder == id || l.number == id) return &l;
  return nullptr;
}

const CourseLesson* Course::after(std::string_view id) const {
  bool passed = false;
  for (const CourseTrack& t : tracks)
    for (const CourseLesson& l : t.lessons) {
      if (passed && l.written()) return &l;
      passed |= l.id == id;
    }
  return nullptr;
}

Result<Course> parse_course(std::string_view text, std::string_view file,
                            const WrittenLessons& written, size_t own) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  return CourseReader(file, written, own).read(*root);
}

namespace {

Course compiled_course() {
  const EmbeddedFile* file = find_asset(kFile);
  if (!file) return {};
  auto parsed = parse_course(file->text(), kFile, compiled_folder);
  return parsed ? *parsed : Course{};
}

Course& the_course() {
  static Course made = compiled_course();
  return made;
}

// The folder of the lesson "my-lesson" below `root`: with a number before it, or without.
std::string own_folder(const std::filesystem::path& root, std::string_view id) {
  std::error_code none;
  std::string found;
  for (const auto& entry : std::filesystem::directory_iterator(root, none)) {
    const std::string name = entry.path().filename().string();
    const size_t digits = name.find_first_not_of("0123456789");
    const bool numbered = digits != 0 && digits != name.npos && name[digits] == '-' &&
                          std::string_view(name).substr(digits + 1) == id;
    if ((name == id || numbered) &&
        std::filesystem::is_regular_file(entry.path() / "lesson.toml", none))
      found = std::max(found, entry.path().generic_string());
  }
  return found;
}

// Progress is kept by id, so no two lessons share one.
const CourseLesson* with_taken_id(const Course& whole, const Course& own) {
  for (const CourseTrack& t : own.tracks)
    for (const CourseLesson& l : t.lessons)
      for (const CourseTrack& other : whole.tracks)
        for (const CourseLesson& there : other.lessons)
          if (there.id == l.id) return &l;
  return nullptr;
}

}  // namespace

const Course& course() { return the_course(); }

std::vector<Error> use_lesson_folders(const std::vector<std::string>& folders) {
  std::vector<Error> errors;
  Course whole = compiled_course();
  const size_t compiled = whole.tracks.size();
  for (const std::string& folder : folders) {
    std::error_code none;
    const auto root = std::filesystem::absolute(folder, none);
    const std::string file = (root / "order.toml").generic_string();
    auto text = read_file(file, limits::kTextFile);
    auto own = text ? parse_course(
                          *text, file, [&](std::string_view id) { return own_folder(root, id); },
                          whole.tracks.size() - compiled)
                    : Result<Course>(text.error());
    if (!own) {
      errors.push_back(own.error());
      continue;
    }
    if (const CourseLesson* taken = with_taken_id(whole, *own)) {
      errors.push_back(
          {file, taken->line,
           fmt::format("there is a lesson \"{}\" already; give yours another id", taken->id)});
      continue;
    }
    for (CourseTrack& t : own->tracks) whole.tracks.push_back(std::move(t));
  }
  the_course() = std::move(whole);
  return errors;
}

}  // namespace qs::lesson
