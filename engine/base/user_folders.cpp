#include "base/user_folders.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace qs {
namespace {

namespace fs = std::filesystem;

// "" when it is not set to an absolute path.
std::string folder_in(const char* variable) {
  const char* text = std::getenv(variable);
  return text && text[0] == '/' ? text : "";
}

Result<std::string> own_folder(const char* variable, const char* below_home) {
  std::string base = folder_in(variable);
  if (base.empty()) {
    const std::string home = folder_in("HOME");
    if (home.empty())
      return Error{"", 0, "There is no home folder to keep it in: HOME names no absolute path."};
    base = home + below_home;
  }
  return base + "/queuescope";
}

// XDG_DOCUMENTS_DIR="$HOME/Dokumente", as xdg-user-dirs writes it; "" where nothing is said. The
// home folder itself stands for "no folder of its own".
std::string documents_of(const std::string& file, const std::string& home) {
  constexpr std::string_view key = "XDG_DOCUMENTS_DIR=\"";
  std::error_code none;
  if (!fs::is_regular_file(file, none)) return {};
  std::ifstream in(file);
  std::string found;
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(" \t"));
    if (line.rfind(key, 0) != 0) continue;
    std::string value;
    for (size_t i = key.size(); i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\' && i + 1 < line.size()) ++i;
      value += line[i];
    }
    if (value.rfind("$HOME/", 0) == 0) value = home.empty() ? "" : home + value.substr(5);
    while (value.size() > 1 && value.back() == '/') value.pop_back();
    found = !value.empty() && value[0] == '/' && value != home ? value : "";
  }
  return found;
}

}  // namespace

Result<std::string> data_folder() { return own_folder("XDG_DATA_HOME", "/.local/share"); }
Result<std::string> config_folder() { return own_folder("XDG_CONFIG_HOME", "/.config"); }

Result<std::string> documents_folder() {
  if (const std::string named = folder_in("XDG_DOCUMENTS_DIR"); !named.empty()) return named;
  const std::string home = folder_in("HOME");
  std::string config = folder_in("XDG_CONFIG_HOME");
  if (config.empty() && !home.empty()) config = home + "/.config";
  if (!config.empty())
    if (const std::string said = documents_of(config + "/user-dirs.dirs", home); !said.empty())
      return said;
  std::error_code none;
  if (!home.empty() && fs::is_directory(home + "/Documents", none)) return home + "/Documents";
  return data_folder();
}

}  // namespace qs
