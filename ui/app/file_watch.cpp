#include "ui/app/file_watch.h"

#ifdef __linux__
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace qs::ui {

// Watches the folders, not the files: a save may replace the file with a new one.
struct FileWatch::Watcher {
  explicit Watcher(std::function<void()> changed) : changed_(std::move(changed)) {
    if (inotify_ >= 0 && stop_ >= 0) thread_ = std::thread([this] { run(); });
  }
  ~Watcher() {
    const uint64_t one = 1;
    if (thread_.joinable() && write(stop_, &one, sizeof one) == sizeof one) thread_.join();
    if (inotify_ >= 0) close(inotify_);
    if (stop_ >= 0) close(stop_);
  }

  bool follow(const std::vector<std::filesystem::path>& files) {
    if (!thread_.joinable()) return false;
    const std::lock_guard hold(mutex_);
    for (const auto& [folder, name] : watched_) inotify_rm_watch(inotify_, folder);
    watched_.clear();
    bool all = !files.empty();
    for (const std::filesystem::path& file : files) {
      const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
      // The same number again for a folder that is watched already.
      const int number = inotify_add_watch(inotify_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
      all = all && number >= 0 && file.has_filename();
      if (number >= 0) watched_.emplace(number, file.filename().string());
    }
    return all;
  }

 private:
  void run() {
    pollfd both[] = {{inotify_, POLLIN, 0}, {stop_, POLLIN, 0}};
    for (;;) {
      if (poll(both, 2, -1) < 0 && errno != EINTR) return;
      if (both[1].revents) return;
      if (both[0].revents && read_events()) changed_();
    }
  }

  // True when one of the events is about one of the files.
  bool read_events() {
    alignas(inotify_event) char buffer[4096];
    const ssize_t size = read(inotify_, buffer, sizeof buffer);
    bool ours = false;
    const std::lock_guard hold(mutex_);
    for (ssize_t at = 0; at + ssize_t(sizeof(inotify_event)) <= size;) {
      const auto* e = reinterpret_cast<const inotify_event*>(buffer + at);
      ours |= e->len > 0 && watched_.count({e->wd, e->name}) > 0;
      at += ssize_t(sizeof(inotify_event) + e->len);
    }
    return ours;
  }

  std::function<void()> changed_;
  int inotify_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  int stop_ = eventfd(0, EFD_CLOEXEC);
  std::mutex mutex_;  // guards what is watched
  std::set<std::pair<int, std::string>> watched_;  // number of the folder, name of the file
  std::thread thread_;
};

}  // namespace qs::ui
#else

namespace qs::ui {

struct FileWatch::Watcher {
  explicit Watcher(std::function<void()>) {}
  bool follow(const std::vector<std::filesystem::path>&) { return false; }
};

}  // namespace qs::ui
#endif

namespace qs::ui {

FileWatch::FileWatch(std::function<void()> changed)
    : watcher_(std::make_unique<Watcher>(std::move(changed))) {}
FileWatch::~FileWatch() = default;

bool FileWatch::follow(const std::vector<std::filesystem::path>& files) {
  if (files == files_) return watched_;
  files_ = files;
  return watched_ = watcher_->follow(files);
}

}  // namespace qs::ui
