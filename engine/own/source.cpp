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
  std::vector<std::string> files;  // or folders
  int line = 0;
};
Result<NamedDriver> driver_named_in(std::string_view text, const std::string& file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  const auto node = (*root)["program"]["driver"];
  if (!node) return NamedDriver{};
  NamedDriver out;
  out.line = int(node.node()->source().begin.line);
  const auto take = [&](const toml::node& item) {
    const auto value = item.value_exact<std::string>();
    if (value && !value->empty()) out.files.push_back(*value);
    return value && !value->empty();
  };
  bool good = true;
  if (const toml::array* list = node.as_array())
    for (const toml::node& item : *list) good = good && take(item);
  else
    good = take(*node.node());
  if (good && !out.files.empty()) return out;
  return Error{file, out.line,
               "driver: expected a text in quotes, as in \"driver.c\", or a list of them"};
}

// The file's text when it names sources beside it (or nothing, and there are some).
bool names_sources(const fs::path& file) {
  auto text = read_file(file.string(), limits::kTextFile);
  if (!text) return false;
  auto named = driver_named_in(*text, file.string());
  if (!named) return !sources_in(file.parent_path()).empty();  // to be told what is wrong with it
  if (named->files.empty()) return !sources_in(file.parent_path()).empty();
  std::error_code none;
  const std::string& first = named->files[0];
  return is_source(first) || fs::is_directory(file.parent_path() / first, none);
}

Result<std::vector<std::string>> sources_named(const fs::path& file, const NamedDriver& named) {
  const fs::path folder = file.parent_path();
  std::error_code none;
  if (named.files.empty()) return sources_in(folder);
  std::vector<std::string> out;
  for (const std::string& part : named.files) {
    if (fs::is_regular_file(folder / part, none)) {
      out.push_back(part);
      continue;
    }
    if (!fs::is_directory(folder / part, none))
      return Error{file.string(), named.line,
                   fmt::format("there is no \"{}\" beside this file; expected a C file, or a "
                               "folder of them",
                               part)};
    for (const std::string& name : sources_in(folder / part))
      out.push_back((fs::path(part) / name).string());
  }
  return out;
}

}  // namespace

Result<bool> add_included_folders(OwnSource& source) {
  const std::string file = source.program_file.empty() ? source.what : source.program_file;
  auto root = parse_toml(source.program_text, file);
  if (!root) return root.error();
  const auto node = (*root)["program"]["include"];
  if (!node) return true;
  const auto fail = [&](const toml::node& at, std::string message) {
    return Error{file, int(at.source().begin.line), std::move(message)};
  };
  const toml::array* list = node.as_array();
  if (!list) return fail(*node.node(), "include: expected a list of folders, as in [\"../inc\"]");
  for (const toml::node& item : *list) {
    const auto name = item.value_exact<std::string>();
    if (!name || name->empty()) return fail(item, "include: expected a folder in quotes");
    const fs::path folder = (fs::path(source.folder) / *name).lexically_normal();
    std::error_code none;
    if (!fs::is_directory(folder, none))
      return fail(item, fmt::format("include: there is no folder \"{}\"", *name));
    source.includes.push_back(*name);
  }
  return true;
}

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
  if (!fs::is_directory(path, none) || fs::exists(path / "lesson.toml", none)) return false;
  if (!sources_in(path).empty()) return true;
  const auto project = read_project(path.string());  // its sources may lie in other folders
  return project && !project->sources.empty();
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
    if (project && named->files.empty() && !project->sources.empty())
      out.sources = project->sources;
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
  if (auto included = add_included_folders(out); !included) return included.error();
  out.name = is_source(path) ? path.stem().string() : folder.filename().string();
  out.title = is_source(path) ? path.filename().string() : out.name;
  return out;
}

}  // namespace qs::own
