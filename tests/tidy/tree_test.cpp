// Asks the questions of tidy.h of every file of the clone.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tidy/tidy.h"

namespace fs = std::filesystem;
using namespace qs::tidy;

namespace {

// What is made, not written. In a worktree .git is a file.
bool is_made(const std::string& name) {
  return name == ".git" || name == "out" || name == ".cache" || name.rfind("build", 0) == 0;
}

std::vector<std::string> files_below(const fs::path& root) {
  std::vector<std::string> found;
  if (!fs::exists(root)) return found;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
    const fs::path path = it->path().lexically_normal();
    if (it.depth() == 0 && root == "." && is_made(path.filename().string())) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (it->is_regular_file()) found.push_back(path.generic_string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string extension(const std::string& path) { return fs::path(path).extension().string(); }

bool is_cpp(const std::string& path) {
  static const std::set<std::string> ours = {".cpp", ".h", ".inc", ".c"};
  return ours.count(extension(path)) != 0;
}

bool is_text(const std::string& path) {
  static const std::set<std::string> binary = {".png", ".ttf", ".otf", ".zst", ".qst", ".gif"};
  return binary.count(extension(path)) == 0;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

using Check = Complaints (*)(std::string_view path, std::string_view text);

// Reports every complaint as one failed check.
void ask(Check check, const std::string& path) {
  for (const std::string& complaint : check(path, read(path))) FAIL_CHECK(complaint);
}

}  // namespace

TEST_CASE("tidy: includes follow the table of the design") {
  int asked = 0;
  for (const std::string& path : files_below(".")) {
    if (!is_cpp(path) || module_of(path).empty()) continue;
    ask(check_includes, path);
    ++asked;
  }
  CHECK(asked > 10);
}

TEST_CASE("tidy: engine and ui use only what every compiler we want has") {
  for (const char* root : {"engine", "ui"})
    for (const std::string& path : files_below(root))
      if (is_cpp(path)) ask(check_language, path);
}

TEST_CASE("tidy: the window is drawn by our own shapes") {
  for (const std::string& path : files_below("ui"))
    if (is_cpp(path)) ask(check_drawing, path);
}

TEST_CASE("tidy: engine and ui write files in one way only") {
  for (const char* root : {"engine", "ui"})
    for (const std::string& path : files_below(root))
      if (is_cpp(path)) ask(check_writing, path);
}

TEST_CASE("tidy: at most 100 columns, no tabs, no blanks at line ends") {
  for (const char* root : {"engine", "ui", "tests", "lessons", "assets"})
    for (const std::string& path : files_below(root))
      if (is_cpp(path)) ask(check_layout, path);
}

TEST_CASE("tidy: a file fits in 500 lines") {
  for (const char* root : {"engine", "ui"})
    for (const std::string& path : files_below(root))
      if (is_cpp(path)) ask(check_file_length, path);
}

TEST_CASE("tidy: a function fits in 70") {
  for (const char* root : {"engine", "ui"})
    for (const std::string& path : files_below(root))
      if (is_cpp(path)) ask(check_function_length, path);
}

TEST_CASE("tidy: no file names a path of somebody's machine") {
  for (const std::string& path : files_below(".")) {
    if (!is_text(path) || path.rfind("cmake/", 0) == 0) continue;
    ask(check_machine_paths, path);
  }
}

TEST_CASE("tidy: every folder of the engine and the window says in a README what it owns") {
  for (const char* root : {"engine", "ui"}) {
    if (!fs::exists(root)) continue;
    for (const fs::directory_entry& folder : fs::directory_iterator(root)) {
      if (!folder.is_directory() || fs::is_empty(folder.path())) continue;
      const std::string readme = folder.path().generic_string() + "/README.md";
      CHECK_MESSAGE(fs::exists(readme), readme, " is missing");
    }
  }
}
