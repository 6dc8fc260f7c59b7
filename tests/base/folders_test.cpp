// Where a user's files are kept, and locks that two programs share.
#include <doctest/doctest.h>

#include <sys/wait.h>

#include <map>

#include "base/file_lock.h"
#include "base/user_folders.h"
#include "tests/support/folder.h"

using namespace qs;
using qs::test::Folder;
namespace fs = std::filesystem;

namespace {

// The variables that say where files are, put back at the end.
struct Variables {
  std::map<std::string, std::string> old;
  Variables() {
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR"}) {
      if (const char* value = std::getenv(name)) old[name] = value;
      unsetenv(name);
    }
  }
  ~Variables() {
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR"})
      unsetenv(name);
    for (const auto& [name, value] : old) setenv(name.c_str(), value.c_str(), 1);
  }
};

std::string of(const Result<std::string>& folder) { return folder ? *folder : "?"; }

}  // namespace

TEST_CASE("folders: without a home there is a sentence, and never the current folder") {
  const Variables none;
  for (const char* home : {"", ".", "relative/home"}) {
    setenv("HOME", home, 1);
    setenv("XDG_DATA_HOME", "also/relative", 1);
    for (auto folder : {data_folder(), config_folder(), documents_folder()}) {
      REQUIRE_FALSE(folder.ok());
      CHECK(folder.error().text() ==
            "There is no home folder to keep it in: HOME names no absolute path.");
    }
  }
}

TEST_CASE("folders: as the specification lays them down") {
  const Variables none;
  const Folder f("home");
  const std::string home = f.path.string();
  setenv("HOME", home.c_str(), 1);
  CHECK(of(data_folder()) == home + "/.local/share/queuescope");
  CHECK(of(config_folder()) == home + "/.config/queuescope");
  CHECK(of(documents_folder()) == home + "/.local/share/queuescope");
  setenv("XDG_DATA_HOME", "/data", 1);
  CHECK(of(data_folder()) == "/data/queuescope");
  CHECK(of(documents_folder()) == "/data/queuescope");
  fs::create_directories(f.path / "Documents");
  CHECK(of(documents_folder()) == home + "/Documents");
  fs::create_directories(f.path / ".config");
  f.put(".config/user-dirs.dirs",
        "# XDG_DOCUMENTS_DIR=\"$HOME/no\"\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\n"
        "  XDG_DOCUMENTS_DIR=\"$HOME/Meine \\\"Dokumente\\\"/\"\n");
  CHECK(of(documents_folder()) == home + "/Meine \"Dokumente\"");
  f.put(".config/user-dirs.dirs", "XDG_DOCUMENTS_DIR=\"/mnt/papers\"\n");
  CHECK(of(documents_folder()) == "/mnt/papers");
  f.put(".config/user-dirs.dirs", "XDG_DOCUMENTS_DIR=\"$HOME/\"\n");  // says: none of its own
  CHECK(of(documents_folder()) == home + "/Documents");
  f.put(".config/user-dirs.dirs", "XDG_DOCUMENTS_DIR=\"relative\"\n");
  CHECK(of(documents_folder()) == home + "/Documents");
  setenv("XDG_DOCUMENTS_DIR", "/named", 1);
  CHECK(of(documents_folder()) == "/named");
}

TEST_CASE("file lock: one at a time, in every process, and free again when its holder is killed") {
  const Folder f("lock");
  const std::string file = f.file("progress.toml");
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t holder = fork();
  if (holder == 0) {
    auto lock = FileLock::take(file);
    (void)!write(ready[1], lock.ok() ? "y" : "n", 1);
    pause();
    _exit(0);
  }
  char said = 0;
  REQUIRE(read(ready[0], &said, 1) == 1);
  CHECK(said == 'y');
  auto refused = FileLock::take(file);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().file == file);
  kill(holder, SIGKILL);
  waitpid(holder, nullptr, 0);
  CHECK(FileLock::take(file).ok());
  {
    auto first = FileLock::take(file);
    REQUIRE(first.ok());
  }
  CHECK(FileLock::take(file).ok());
  close(ready[0]), close(ready[1]);
  CHECK_FALSE(FileLock::take(f.file("none/x")).ok());
}
