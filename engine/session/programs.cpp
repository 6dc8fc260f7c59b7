#include "session/programs.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "lesson/file/course.h"
#include "lesson/file/program_file.h"
#include "run/inputs.h"

namespace qs::session {
namespace {

namespace fs = std::filesystem;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// "01-first-request" of "lessons/01-first-request/lesson.toml".
std::string_view folder_of(std::string_view file) {
  std::string_view path = file.substr(0, file.rfind('/'));
  return path.substr(path.rfind('/') + 1);
}

// "first-request" of "01-first-request".
std::string_view without_number(std::string_view folder) {
  size_t digits = folder.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || folder[digits] != '-') return folder;
  return folder.substr(digits + 1);
}

Result<run::Program> program_of(std::string_view text, std::string_view folder,
                                const std::string& file) {
  auto varied = lesson::vary(text, folder, file, {});  // a lesson is run as it is written
  if (!varied) return varied.error();
  auto root = parse_toml(varied->text, file);
  if (!root) return root.error();
  const toml::node* node = root->get("program");
  if (!node || !node->is_table())
    return Error{file, 0, "the table [program] is missing; it says which driver to run"};
  auto program = lesson::parse_program(*node->as_table(), folder, file);
  if (!program) return program;
  const toml::node* title = root->get("title");
  if (title && title->is_string()) program->title = *title->value<std::string>();
  return program;
}

ProgramInfo info_of(const EmbeddedFile& file) {
  ProgramInfo info;
  info.file = file.name;
  info.name = folder_of(file.name);
  info.title = info.name;
  auto root = parse_toml(file.text(), file.name);
  if (!root) return info;
  const toml::table& top = *root;
  if (auto number = top["number"].value<std::string>()) info.number = *number;
  if (auto title = top["program"]["title"].value<std::string>()) info.title = *title;
  if (auto title = top["title"].value<std::string>()) info.title = *title;
  return info;
}

// --- names that are nearly right ---

int lower(char c) { return std::tolower(static_cast<unsigned char>(c)); }

size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t same = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, same});
    }
  }
  return row[b.size()];
}

std::string closest_names(std::string_view what, const std::vector<ProgramInfo>& programs) {
  what = what.substr(0, limits::kQuote);  // no real name is longer
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const ProgramInfo& p : programs) {
    std::string_view short_name = without_number(p.name);
    size_t d = std::min(distance(what, p.name), distance(what, short_name));
    if (short_name.find(what) != std::string_view::npos) d = 0;
    ranked.emplace_back(d, short_name);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (size_t i = 0; i < ranked.size() && i < 3; ++i)
    if (i == 0 || ranked[i].first <= what.size() / 2)
      out += (out.empty() ? "" : ", ") + ranked[i].second;
  return out;
}

// A folder on disk that an author works in.
std::string toml_in(const fs::path& folder) {
  std::error_code ignored;
  for (const char* name : {"lesson.toml", "program.toml"})
    if (fs::is_regular_file(folder / name, ignored)) return (folder / name).generic_string();
  return {};
}

}  // namespace

namespace {

// Programs first, then lessons.
std::vector<const EmbeddedFile*> program_files() {
  std::vector<const EmbeddedFile*> programs, lessons;
  for (const EmbeddedFile& file : all_assets()) {
    std::string_view name = file.name;
    if (name.substr(0, 16) == "assets/programs/" && ends_with(name, "/program.toml"))
      programs.push_back(&file);
    if (name.substr(0, 8) == "lessons/" && ends_with(name, "/lesson.toml"))
      lessons.push_back(&file);
  }
  programs.insert(programs.end(), lessons.begin(), lessons.end());
  return programs;
}

std::vector<ProgramInfo> read_programs() {
  std::vector<ProgramInfo> all;
  for (const EmbeddedFile* file : program_files()) all.push_back(info_of(*file));
  return all;
}

}  // namespace

const std::vector<ProgramInfo>& list_programs() {
  static const std::vector<ProgramInfo> all = read_programs();
  return all;
}

bool is_trace_file(std::string_view what) { return ends_with(what, ".qst"); }

namespace {

// A program's file, found by what a person calls it.
struct ProgramText {
  std::string text, folder, file;
};

Result<ProgramText> find_program(std::string_view what) {
  if (what.empty())
    return Error{"", 0, "The name of a program is empty. `queuescope list` shows all."};
  std::string_view name = what;
  while (name.size() > 1 && name.back() == '/') name.remove_suffix(1);
  bool path = name.find('/') != std::string_view::npos;
  if (path) {
    std::string file = toml_in(fs::path(name));
    if (!file.empty()) {
      auto text = read_file(file, limits::kTextFile);
      if (!text) return text.error();
      return ProgramText{*text, std::string(folder_of(file)), file};
    }
    name = name.substr(name.rfind('/') + 1);
  }
  if (const lesson::CourseLesson* own = lesson::course().lesson(name); !path && own && own->own()) {
    const std::string file = toml_in(own->folder);
    auto text = read_file(file.empty() ? own->folder + "/lesson.toml" : file, limits::kTextFile);
    if (!text) return text.error();
    return ProgramText{*text, std::string(folder_of(file)), file};
  }
  for (const EmbeddedFile* file : program_files()) {
    const std::string_view folder = folder_of(file->name);
    if (name == folder || name == without_number(folder))
      return ProgramText{std::string(file->text()), std::string(folder), file->name};
  }
  // Numbers and titles are in the files, and reading them all takes a good part of the start-up.
  const std::vector<ProgramInfo>& known = list_programs();
  for (const ProgramInfo& p : known)
    if (!path && name == p.number)
      return ProgramText{std::string(find_asset(p.file)->text()), p.name, p.file};
  std::error_code ignored;
  if (path && fs::is_directory(fs::path(what), ignored))
    return Error{std::string(what), 0, "this folder has neither a lesson.toml nor a program.toml"};
  if (fs::exists(fs::path(what), ignored))
    return Error{std::string(what), 0,
                 "this file cannot be run; expected one of drivers (.c, .cpp), set-ups (.toml), "
                 "traces (.qst), scenarios (.scn), and folders with a lesson.toml or a driver"};
  std::string close = closest_names(name, known);
  if (close.empty())
    return Error{"", 0, fmt::format("There is no program \"{}\", and none is compiled in.", what)};
  return Error{"", 0,
               fmt::format("There is no program \"{}\". Did you mean {}? `queuescope list` shows "
                           "all.",
                           what, close)};
}

}  // namespace

Result<run::Program> load_program(std::string_view what) {
  auto found = find_program(what);
  if (!found) return found.error();
  return program_of(found->text, found->folder, found->file);
}

Result<std::shared_ptr<const lesson::Lesson>> load_lesson(std::string_view what,
                                                          const lesson::Variant& variant) {
  auto found = find_program(what);
  if (!found) return found.error();
  auto root = parse_toml(found->text, found->file);
  if (!root) return root.error();
  if (!root->contains("beats"))
    return Error{found->file, 0, "this is not a lesson: it has no [[beats]]"};
  auto lesson = lesson::parse_lesson(found->text, found->folder, found->file,
                                     run::compiled_drivers(), variant);
  if (!lesson) return lesson.error();
  return std::shared_ptr<const lesson::Lesson>(
      std::make_shared<lesson::Lesson>(std::move(*lesson)));
}

Result<std::shared_ptr<const lesson::Lesson>> lesson_for(std::string_view what,
                                                         const std::string& student) {
  auto plain = load_lesson(what);
  const bool varies = plain && !student.empty() && (*plain)->may_vary();
  return varies ? load_lesson(what, {student, {}}) : plain;
}

namespace {

// "~/my-lessons" as people write it.
std::string from_home(const std::string& path) {
  const char* home = std::getenv("HOME");
  return home && path.starts_with("~/") ? home + path.substr(1) : path;
}

}  // namespace

std::vector<Error> use_own_lessons(const std::vector<std::string>& folders) {
  std::vector<std::string> all;
  std::error_code none;
  if (auto data = data_folder(); data && fs::is_regular_file(*data + "/lessons/order.toml", none))
    all.push_back(*data + "/lessons");
  if (auto config = config_folder();
      config && fs::is_regular_file(*config + "/settings.toml", none))
    if (auto text = read_file(*config + "/settings.toml", limits::kTextFile))
      if (auto settings = parse_toml(*text, *config + "/settings.toml"))
        if (const toml::array* list = (*settings)["lessons"].as_array())
          for (const toml::node& folder : *list)
            if (auto name = folder.value<std::string>()) all.push_back(from_home(*name));
  all.insert(all.end(), folders.begin(), folders.end());
  return lesson::use_lesson_folders(all);
}

std::string setup_file_named(std::string_view what) {
  if (!ends_with(what, ".toml") || ends_with(what, "lesson.toml") ||
      ends_with(what, "program.toml"))
    return {};
  std::string path(what);
  std::error_code ignored;
  if (what.find('/') != what.npos || fs::exists(path, ignored)) return path;
  auto kept = setup_path(what);
  return kept ? *kept : path;
}

namespace {

// The driver that a trace file carries, where there is a compiler.
Result<run::Program> carried_program(const Opened& opened) {
  auto made = own::make_own_program(opened.recording.sources, opened.recording.program);
  if (!made) return made.error();
  if (!made->program) return Error{"", 0, "its driver does not compile here"};
  return std::move(*made->program);
}

}  // namespace

bool is_own_driver(std::string_view what) {
  if (!own::is_own_source(what)) return false;
  std::error_code none;
  return what.find('/') != what.npos || fs::is_regular_file(fs::path(what), none) ||
         !find_program(what);
}

Result<Opened> opened_own(own::OwnProgram made) {
  if (!made.program) {
    for (const own::Diagnostic& said : made.said)
      if (said.severity == own::Diagnostic::Severity::Error)
        return Error{said.file, said.line, said.text};
    return Error{made.source.what, 0, "this driver does not compile"};
  }
  Opened opened;
  opened.program = *made.program;
  opened.folder = made.source.what;
  opened.own = std::make_shared<const own::OwnProgram>(std::move(made));
  return opened;
}

Result<Opened> open_run(std::string_view what) {
  if (is_own_driver(what)) {
    auto made = own::make_own_program(what);
    if (!made) return made.error();
    return opened_own(std::move(*made));
  }
  Opened opened;
  if (const std::string path = setup_file_named(what); !path.empty()) {
    auto setup = load_setup(path);
    if (!setup) return setup.error();
    auto program = load_program(setup->program);
    if (!program) return program.error();
    opened.program = std::move(*program);
    opened.schedule = setup->schedule;
    opened.setup = std::move(*setup);
    opened.folder = path;
    return opened;
  }
  if (!is_trace_file(what)) {
    auto program = load_program(what);
    if (!program) return program.error();
    opened.program = std::move(*program);
    const lesson::CourseLesson* place = lesson::course().lesson(what);
    if (what.find('/') != what.npos && !toml_in(fs::path(what)).empty())
      opened.folder = what;
    else if (place && place->own())
      opened.folder = place->folder;
    return opened;
  }
  auto file = trace::read_trace_file(std::string(what));
  if (!file) return file.error();
  opened.recording = std::move(*file);
  opened.program.name = opened.program.title = opened.recording.program;
  opened.program.apps.clear();
  auto schedule = run::read_schedule(opened.recording.schedule);
  const trace::TraceSources& sources = opened.recording.sources;
  Result<run::Program> program = Error{};
  if (!sources.empty()) opened.program = own::program_to_look_at(sources, opened.recording.program);
  if (opened.recording.replayable && schedule.ok())
    program = sources.empty() ? load_program(opened.recording.program) : carried_program(opened);
  if (program) {
    opened.program = std::move(*program);
    opened.schedule = std::move(*schedule);
  }
  return opened;
}

}  // namespace qs::session
