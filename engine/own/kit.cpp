#include "own/kit.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "own/process.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

bool in_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string_view left = path ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!left.empty()) {
    const size_t end = std::min(left.find(':'), left.size());
    const std::string at = std::string(left.substr(0, end)) + "/" + program;
    if (access(at.c_str(), X_OK) == 0) return true;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return false;
}

// gcc first: it is what the drivers of the lessons are built with.
std::string first_of(const char* variable, std::initializer_list<const char*> names) {
  if (const char* wanted = std::getenv(variable); wanted && in_path(wanted)) return wanted;
  for (const char* name : names)
    if (in_path(name)) return name;
  return {};
}

bool says_clang(const std::string& compiler) {
  Process process({compiler, "--version"}, "/", "");
  return process.finish().empty() && process.printed().find("clang") != std::string::npos;
}

// One flag a line.
std::vector<std::string> flags_in(const std::string& file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

void read_flags(Kit& kit) {
  const std::string folder = kit.include + "/qs/driver.";
  kit.c_flags = flags_in(folder + "flags");
  for (const std::string& flag : kit.c_flags)
    if (!flag.starts_with("-std=")) kit.cpp_flags.push_back(flag);
  std::vector<std::string> more = flags_in(folder + "cxx.flags");
  if (more.empty()) more = {"-std=gnu++20", "-fno-exceptions", "-fno-rtti"};
  kit.cpp_flags.insert(kit.cpp_flags.end(), more.begin(), more.end());
  if (kit.clang) {
    more = flags_in(folder + "clang.flags");
    kit.c_flags.insert(kit.c_flags.end(), more.begin(), more.end());
    kit.cpp_flags.insert(kit.cpp_flags.end(), more.begin(), more.end());
  }
}

Result<Kit> look_for_kit() {
  Kit kit;
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none).parent_path();
  // Installed; in a build folder; in a folder of one.
  const std::pair<fs::path, fs::path> places[] = {
      {program / "../share/queuescope/include", program / "../share/queuescope/driver"},
      {program / "../engine/include", program / "../cmake"},
      {program / "../../engine/include", program / "../../cmake"}};
  for (const auto& [include, scripts] : places) {
    if (!fs::is_regular_file(include / "qs/driver.flags", none)) continue;
    kit.include = include.lexically_normal().string();
    if (fs::is_regular_file(scripts / "driver_overlay.sh", none))
      kit.overlay = (scripts / "driver_overlay.sh").lexically_normal().string();
    if (fs::is_regular_file(scripts / "driver_dialect.awk", none))
      kit.dialect = (scripts / "driver_dialect.awk").lexically_normal().string();
    break;
  }
  if (kit.include.empty())
    return Error{"", 0,
                 "the kit headers are missing; expected them beside this program, in "
                 "../share/queuescope/include. Install the package again"};
  kit.c = first_of("CC", {"gcc", "cc", "clang"});
  kit.cpp = first_of("CXX", {"g++", "c++", "clang++"});
  if (kit.c.empty() || !in_path("ld"))
    return Error{"", 0,
                 "a driver of your own needs a C compiler, and there is none here. Install one: "
                 "apt install gcc"};
  kit.clang = says_clang(kit.c);
  read_flags(kit);
  return kit;
}

}  // namespace

const Result<Kit>& find_kit() {
  static const Result<Kit> kit = look_for_kit();
  return kit;
}

}  // namespace qs::own
