// In a browser nobody else writes the page's files.
#include "ui/app/file_watch.h"

namespace qs::ui {

struct FileWatch::Watcher {};

FileWatch::FileWatch(std::function<void()>) {}
FileWatch::~FileWatch() = default;
bool FileWatch::follow(const std::vector<std::filesystem::path>&) { return false; }

}  // namespace qs::ui
