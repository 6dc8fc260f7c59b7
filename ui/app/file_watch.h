// Tells when a file has been saved, so that nobody has to poll it: an idle window sleeps. Owns:
// FileWatch and its thread, which sleeps too. Made by window.cpp.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace qs::ui {

class FileWatch {
 public:
  // `changed` is called from the watch's own thread.
  explicit FileWatch(std::function<void()> changed);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  // Watches these files from now on, whether they are written in place or replaced, as many editors
  // do. False where the system cannot, or there is none or no such folder: then poll the files.
  bool follow(const std::vector<std::filesystem::path>& files);

 private:
  struct Watcher;
  std::unique_ptr<Watcher> watcher_;
  std::vector<std::filesystem::path> files_;
  bool watched_ = false;
};

}  // namespace qs::ui
