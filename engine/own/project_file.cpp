#include "own/project_file.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/limits.h"
#include "base/read_file.h"
#include "own/source.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

void add(std::vector<std::string>& list, std::string item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
}

// Calls `take` for each entry of a list such as "%(Inherited);..\inc; .", but for properties.
template <class Take>
void each_entry(std::string_view list, const Take& take) {
  while (!list.empty()) {
    std::string entry(list.substr(0, list.find(';')));
    list.remove_prefix(std::min(list.size(), entry.size() + 1));
    const size_t first = entry.find_first_not_of(" \t\r\n");
    if (first == entry.npos || entry.find_first_of("$%<>\"") != entry.npos) continue;
    take(entry.substr(first, entry.find_last_not_of(" \t\r\n") - first + 1));
  }
}

// Each text that stands between the two.
template <class Take>
void each_between(std::string_view text, std::string_view open, std::string_view close,
                  const Take& take) {
  for (size_t at = 0; (at = text.find(open, at)) != text.npos;) {
    at += open.size();
    const size_t end = text.find(close, at);
    if (end == text.npos) return;
    each_entry(text.substr(at, end - at), take);
    at = end;
  }
}

std::string with_slashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

// A path from the folder in the case that the file has here; "" when there is no such file.
std::string as_it_is(const fs::path& folder, const std::string& path) {
  std::error_code none;
  if (fs::is_regular_file(folder / path, none)) return path;
  const auto lower = [](std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return text;
  };
  const fs::path parent = fs::path(path).parent_path();
  const std::string wanted = lower(fs::path(path).filename().string());
  for (const auto& entry : fs::directory_iterator(folder / parent, none))
    if (lower(entry.path().filename().string()) == wanted)
      return (parent / entry.path().filename()).string();
  return {};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
}

// The way to the folder of the solution, as "../"; "" when there is none here or a little above.
std::string solution_above(const fs::path& folder) {
  std::error_code none;
  for (std::string up = "./"; up.size() < 12; up += "../")
    for (const auto& entry : fs::directory_iterator(folder / up, none))
      if (entry.path().extension() == ".sln") return up;
  return {};
}

// A name, perhaps with a value of letters and digits: nothing that an option could hide in.
bool is_definition(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::count(text.begin(), text.end(), '=') <= 1 && text[0] != '=' &&
         std::all_of(text.begin(), text.end(), [&](char c) { return plain(c) || c == '='; });
}

}  // namespace

namespace {

// What a project says, with paths from `folder` on; and the projects of the libraries that it is
// linked with, which are parts of the driver.
struct Reader {
  fs::path folder;
  ProjectFile out;
  std::vector<fs::path> seen;

  void read(const fs::path& project) {
    constexpr size_t kMostProjects = 8;
    if (seen.size() == kMostProjects || std::find(seen.begin(), seen.end(), project) != seen.end())
      return;
    seen.push_back(project);
    auto text = read_file(project.string(), limits::kTextFile);
    if (!text) return;
    const fs::path here = project.parent_path();
    std::error_code none;
    replace_all(*text, "$(ProjectDir)", "./");
    if (const std::string up = solution_above(here); !up.empty())
      replace_all(*text, "$(SolutionDir)", up);
    each_between(*text, "<ClCompile Include=\"", "\"", [&](const std::string& entry) {
      const std::string path = as_it_is(here, with_slashes(entry));
      if (is_source_name(path)) add(out.sources, from_folder(here / path));
    });
    each_between(*text, "<AdditionalIncludeDirectories>", "</", [&](const std::string& entry) {
      const fs::path path = (here / with_slashes(entry)).lexically_normal();
      if (fs::is_directory(path, none)) add(out.includes, path.string());
    });
    each_between(*text, "<PreprocessorDefinitions>", "</", [&](const std::string& entry) {
      if (is_definition(entry)) add(out.definitions, entry);
    });
    each_between(*text, "<ProjectReference Include=\"", "\"",
                 [&](const std::string& entry) { library(here / with_slashes(entry)); });
    for (const fs::path& path : libraries_in(*text)) library(here / path);
  }

 private:
  std::string from_folder(const fs::path& path) const {
    return path.lexically_normal().lexically_relative(folder).string();
  }

  void library(const fs::path& project) {
    std::error_code none;
    const fs::path path = project.lexically_normal();
    if (path.extension() == ".vcxproj" && fs::is_regular_file(path, none)) read(path);
  }

  // Of "..\lib\$(IntDir)\Name.lib" the project that makes it: "../lib/Name.vcxproj". Libraries of
  // the kit stand there without a folder of the sources, or with one of the kit's.
  static std::vector<fs::path> libraries_in(std::string_view text) {
    std::vector<fs::path> out;
    constexpr std::string_view kOpen = "<AdditionalDependencies>";
    for (size_t at = 0; (at = text.find(kOpen, at)) != text.npos;) {
      at += kOpen.size();
      std::string_view list = text.substr(at, text.find("</", at) - at);
      while (!list.empty()) {
        const std::string entry = with_slashes(std::string(list.substr(0, list.find(';'))));
        list.remove_prefix(std::min(list.size(), entry.size() + 1));
        fs::path project;
        for (const fs::path& part : fs::path(entry))
          if (part.string().find_first_of("$%") == std::string::npos) project /= part;
        if (project.extension() == ".lib" && project.has_parent_path() && project.is_relative())
          out.push_back(project.replace_extension(".vcxproj"));
      }
    }
    return out;
  }
};

}  // namespace

std::optional<ProjectFile> read_project(const std::string& folder) {
  fs::path project;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() != ".vcxproj") continue;
    if (!project.empty()) return {};
    project = entry.path();
  }
  if (project.empty()) return {};
  Reader reader{fs::path(folder), {}, {}};
  reader.read(project);
  return std::move(reader.out);
}

}  // namespace qs::own
