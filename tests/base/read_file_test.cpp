// Files are read whole, up to a limit, and nothing but a file is ever read or waited for.
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/read_file.h"

namespace fs = std::filesystem;
using namespace qs;

namespace {

// A folder of its own that goes away with the test.
struct SizedFolder {
  fs::path path = fs::temp_directory_path() / ("queuescope-read-" + std::to_string(getpid()));
  SizedFolder() { fs::create_directories(path); }
  ~SizedFolder() { fs::remove_all(path); }
  std::string at(const char* name) const { return (path / name).string(); }
  std::string with(const char* name, const std::string& text) const {
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name);
  }
};

std::string why_unread(const std::string& path, uint64_t most = 100) {
  auto read = read_file(path, most);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().file == path);
  return read.error().message;
}

}  // namespace

TEST_CASE("a file is read as it is, whatever its bytes") {
  const SizedFolder folder;
  const std::string bytes("\xEF\xBB\xBF a\r\n\0b\xFF", 10);
  CHECK(*read_file(folder.with("bytes", bytes), 100) == bytes);
  CHECK(*read_file(folder.with("full", std::string(100, 'x')), 100) == std::string(100, 'x'));
  fs::create_symlink(folder.at("full"), folder.at("link"));
  CHECK(read_file(folder.at("link"), 100)->size() == 100);
}

TEST_CASE("what is no file, too large or empty is refused in a sentence") {
  const SizedFolder folder;
  CHECK(why_unread(folder.at("none")) == "there is no such file");
  CHECK(why_unread(folder.with("file", "x") + "/below") == "there is no such file");
  CHECK(why_unread("") == "the name of the file is empty");
  CHECK(why_unread(std::string("a\0b", 3)) == "no file has a NUL in its name");
  CHECK(why_unread(folder.path.string()) == "this is a folder, not a file");
  CHECK(why_unread(folder.with("empty", "")) == "this file is empty");
  CHECK(read_file(folder.at("empty"), 100, EmptyFile::Allowed)->empty());
  CHECK(why_unread(folder.with("large", std::string(101, 'x'))) ==
        "this file has 101 bytes or more; the limit is 100");
  CHECK(why_unread("/dev/zero") == "this is a device, not an ordinary file");
  CHECK(why_unread("/dev/null") == "this is a device, not an ordinary file");
  REQUIRE(mkfifo(folder.at("pipe").c_str(), 0600) == 0);
  CHECK(why_unread(folder.at("pipe")) == "this is a pipe, not an ordinary file");
  fs::create_symlink("loop", folder.at("loop"));
  CHECK(why_unread(folder.at("loop")).find("this file cannot be read: ") == 0);
  CHECK(why_unread(std::string(5000, 'x')).find("this file cannot be read: ") == 0);
  if (geteuid() != 0) {  // root may read everything
    fs::permissions(folder.with("secret", "x"), fs::perms::none);
    CHECK(why_unread(folder.at("secret")) == "this file cannot be read: Permission denied");
  }
}

TEST_CASE("a file of which the system does not know the size is read to its end, or to the limit") {
  const auto maps = read_file("/proc/self/maps", 1 << 20);
  REQUIRE(maps.ok());
  CHECK(maps->size() > 100);
  CHECK(why_unread("/proc/self/maps", 10).find("the limit is 10") != std::string::npos);
}

TEST_CASE("a file that need not be there is told from one that cannot be read") {
  const SizedFolder folder;
  CHECK_FALSE(read_file_if_there(folder.at("none"), 100)->has_value());
  CHECK(read_file_if_there(folder.with("empty", ""), 100)->value().empty());
  CHECK(read_file_if_there(folder.path.string(), 100).error().message ==
        "this is a folder, not a file");
}
