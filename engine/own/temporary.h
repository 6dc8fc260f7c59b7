// A folder for what is needed for a moment. Owns: Temporary. Called by compile, kit
// and the handouts of cli; any thread.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

namespace qs::own {

class Temporary {
 public:
  Temporary() {
    std::error_code none;
    std::filesystem::path base = std::filesystem::temp_directory_path(none);
    if (base.empty()) base = "/tmp";
    std::string name = (base / "queuescope-XXXXXX").string();
    if (mkdtemp(name.data())) folder_ = name;
  }
  ~Temporary() {
    std::error_code none;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, none);
  }
  Temporary(const Temporary&) = delete;

  // "" where none could be made.
  const std::string& folder() const { return folder_; }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

}  // namespace qs::own
