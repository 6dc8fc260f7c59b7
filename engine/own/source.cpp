#include "own/source.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "own/project_file.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostSources = 64;

bool is_source(const fs::path& path) {
  static const std::array<std::string, 4> kinds = {".c", ".cpp", ".cc", ".cxx"};
  std::string kind = path.extension().string();
  std::transform(kind.begin(), kind.end(), kind.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The sources of a folder, sorted; empty when it is none.
std::vector<std::string> sources_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (is_source(entry.path()) && entry.is_regular_file(none))
      out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

fs::path without_slash(std::string_view what) {
  while (what.size() > 1 && what.back() == '/') what.remove_suffix(1);
  return fs::path(what);
}

// The program.toml that is meant: the file itself, or the one in the folder.
fs::path program_file_of(const fs::path& path) {
  std::error_code none;
  if (path.filename() == "program.toml" && fs::is_regular_file(path, none)) return path;
  if (fs::is_regular_file(path / "program.toml", none)) return path / "program.toml";
  return {};
}

// What its key `driver` says, and where; "" when it says nothing.
struct NamedDriver {
  std::string text;
  int line = 0;
};
Result<NamedDriver> driver_named_in(std::string_view text, const std::string& file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  const auto node = (*root)["program"]["driver"];
  if (!node) return NamedDriver{};
  const auto value = node.value_exact<std::string>();
  const int line = int(node.node()->source().begin.line);
  if (!value) return Error{file, line, "driver: expected a text in quotes, as in \"driver.c\""};
  return NamedDriver{*value, line};
}

// The file's text when it names sources beside it (or nothing, and there are some).
bool names_sources(const fs::path& file) {
  auto text = read_file(file.string(), limits::kTextFile);
  if (!text) return false;
  auto named = driver_named_in(*text, file.string());
  if (!named) return !sources_in(file.parent_path()).empty();  // to be told what is wrong with it
  if (named->text.empty()) return !sources_in(file.parent_path()).empty();
  std::error_code none;
  return is_source(named->text) || fs::is_directory(file.parent_path() / named->text, none);
}

Result<std::vector<std::string>> sources_named(const fs::path& file, const NamedDriver& named) {
  const fs::path folder = file.parent_path();
  std::error_code none;
  if (named.text.empty()) return sources_in(folder);
  if (fs::is_regular_file(folder / named.text, none)) return std::vector{named.text};
  if (!fs::is_directory(folder / named.text, none))
    return Error{file.string(), named.line,
                 fmt::format("there is no \"{}\" beside this file; expected a C file, or a folder "
                             "of them",
                             named.text)};
  std::vector<std::string> out;
  for (const std::string& name : sources_in(folder / named.text))
    out.push_back((fs::path(named.text) / name).string());
  return out;
}

}  // namespace

bool is_source_name(std::string_view name) { return is_source(fs::path(name)); }

std::string_view usual_inputs() {
  return "[program]\n"
         "apps = [{ name = \"notepad\", files = [\"A\"] }]\n"
         "script = [\n"
         "  \"0 send read 16 file=A\",\n"
         "  \"20ms send write 16 file=A\",\n"
         "  \"40ms send ioctl 16 out=16 file=A\",\n"
         "  \"60ms send read 16 file=A\",\n"
         "  \"61ms cancel R2\",\n"
         "]\n";
}

bool is_own_source(std::string_view what) {
  const fs::path path = without_slash(what);
  std::error_code none;
  if (is_source(path)) return true;  // also one that is not there: nothing else is called so
  if (const fs::path file = program_file_of(path); !file.empty()) return names_sources(file);
  return fs::is_directory(path, none) && !fs::exists(path / "lesson.toml", none) &&
         !sources_in(path).empty();
}

Result<OwnSource> find_own_source(std::string_view what) {
  OwnSource out;
  out.what = what;
  out.program_text = usual_inputs();
  std::optional<ProjectFile> project;
  std::error_code none;
  const fs::path path = fs::absolute(without_slash(what), none).lexically_normal();
  fs::path folder = path;
  if (const fs::path file = program_file_of(path); !file.empty()) {
    auto text = read_file(file.string(), limits::kTextFile);
    if (!text) return text.error();
    out.program_file = file.string();
    out.program_text = *text;
    auto named = driver_named_in(*text, out.program_file);
    if (!named) return named.error();
    auto sources = sources_named(file, *named);
    if (!sources) return sources.error();
    out.sources = std::move(*sources);
    folder = file.parent_path();
    project = read_project(folder.string());
    if (project && named->text.empty() && !project->sources.empty()) out.sources = project->sources;
  } else if (is_source(path)) {
    if (!fs::is_regular_file(path, none))
      return Error{std::string(what), 0, "there is no such file"};
    out.sources = {path.filename().string()};
    folder = path.parent_path();
    project = read_project(folder.string());
  } else {
    project = read_project(folder.string());
    out.sources = project && !project->sources.empty() ? project->sources : sources_in(path);
  }
  if (project) {
    out.includes = project->includes;
    out.definitions = project->definitions;
  }
  if (out.sources.empty())
    return Error{std::string(what), 0,
                 "there is no C file here; expected a driver, such as driver.c"};
  if (out.sources.size() > kMostSources)
    return Error{std::string(what), 0,
                 fmt::format("there are {} C files here, expected at most {}", out.sources.size(),
                             kMostSources)};
  out.folder = folder.string();
  out.name = is_source(path) ? path.stem().string() : folder.filename().string();
  out.title = is_source(path) ? path.filename().string() : out.name;
  return out;
}

}  // namespace qs::own
