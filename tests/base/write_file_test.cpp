// The one way in which files are written: all or nothing, links and permissions kept, errors told.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <thread>

#include "base/write_file.h"
#include "tests/support/folder.h"
#include "tests/support/full_disk.h"
#include "tests/support/seed.h"

using namespace qs;
using qs::test::Folder;
namespace fs = std::filesystem;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat s {};
  REQUIRE(lstat(path.c_str(), &s) == 0);
  return s.st_mode & 07777;
}

bool has(const std::string& text, const char* part) { return text.find(part) != text.npos; }

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("write_file: new, replaced, empty and large; nothing else is left in the folder") {
  const Folder f("write");
  QS_TEST_SEED(seed, 1);
  test::Random random(seed);
  for (const size_t size : {size_t(0), size_t(1), size_t(65535), size_t(65536), size_t(65537),
                            size_t(3000000 + random.below(100000))}) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = char(random.below(256));
    auto written = write_file(f.file("a.bin"), bytes);
    REQUIRE_MESSAGE(written.ok(), written.error().text());
    CHECK(f.text("a.bin") == bytes);
  }
  CHECK(f.names() == Names{"a.bin"});
  const Give in_pieces = [](std::ostream& out) {
    for (int i = 0; i < 50000; ++i) out << i << std::endl;  // a flush a line changes nothing
  };
  REQUIRE(write_file(f.file("a.bin"), in_pieces).ok());
  CHECK(has(f.text("a.bin"), "\n49999\n"));
  CHECK(f.text("a.bin").size() == 288890);
}

TEST_CASE("write_file: permissions are those of the file that was there, or what umask leaves") {
  const Folder f("modes");
  const mode_t mask = umask(022);
  REQUIRE(write_file(f.file("new"), "1").ok());
  CHECK(mode_of(f.file("new")) == 0644);
  for (const mode_t mode : {mode_t(0600), mode_t(0640), mode_t(0755)}) {
    chmod(f.file("new").c_str(), mode);
    REQUIRE(write_file(f.file("new"), "2").ok());
    CHECK(mode_of(f.file("new")) == mode);
  }
  umask(mask);
  if (geteuid() == 0) return;  // root may write everything
  chmod(f.file("new").c_str(), 0444);
  auto kept = write_file(f.file("new"), "3");
  REQUIRE_FALSE(kept.ok());
  CHECK(has(kept.error().text(), "Permission denied; the file that is there stays as it was"));
  CHECK(f.text("new") == "2");
}

TEST_CASE("write_file: links stay and what they lead to is written, also when it is missing") {
  const Folder f("links");
  fs::create_directories(f.path / "deep");
  fs::create_symlink("deep/target", f.path / "link");
  fs::create_symlink("link", f.path / "link2");
  REQUIRE(write_file(f.file("link2"), "first").ok());
  CHECK(f.text("deep/target") == "first");
  REQUIRE(write_file(f.file("link2"), "second").ok());
  CHECK(f.text("deep/target") == "second");
  CHECK(fs::is_symlink(f.path / "link2"));
  CHECK(fs::is_symlink(f.path / "link"));
  CHECK(fs::read_symlink(f.path / "link") == "deep/target");
  CHECK(behind_links(f.file("link2")) == f.file("deep/target"));
  fs::create_symlink("circle", f.path / "circle");
  CHECK_FALSE(write_file(f.file("circle"), "x").ok());
}

TEST_CASE("write_file: a full disk leaves the old file as it was, and says so") {
  const Folder f("full");
  REQUIRE(write_file(f.file("a"), "the good one").ok());
  const int code = test::on_full_disk(100000, [&] {
    auto written = write_file(f.file("a"), std::string(300000, 'x'));
    if (written.ok()) return 1;
    return has(written.error().text(), "File too large; the file that is there stays") ? 0 : 2;
  });
  CHECK(code == 0);
  CHECK(f.text("a") == "the good one");
  CHECK(test::on_full_disk(100000, [&] {
          return write_file(f.file("new"), std::string(300000, 'x')).ok() ||
                 write_new_file(f.path.string(), "n", ".x", [](std::ostream& out) {
                   out << std::string(300000, 'x');
                 }).ok();
        }) == 0);
  CHECK(f.names() == Names{"a"});
}

TEST_CASE("write_file: folders, missing folders and empty names are refused in a sentence") {
  const Folder f("refused");
  fs::create_directories(f.path / "folder");
  for (const std::string& path :
       {f.file("folder"), f.file("folder/"), f.file("none/a"), f.file("none/"), std::string(),
        f.file(std::string(300, 'n')), std::string("/proc/no/such")}) {
    CAPTURE(path);
    auto written = write_file(path, "x", Target::Anything);
    REQUIRE_FALSE(written.ok());
    CHECK(!written.error().message.empty());
    CHECK(has(written.error().text(), path.c_str()));
  }
  CHECK(f.names() == Names{"folder"});
  CHECK(fs::is_empty(f.path / "folder"));
}

TEST_CASE("write_file: devices and pipes are written as they are, where they may stand") {
  const Folder f("pipes");
  CHECK(write_file("/dev/null", "x", Target::Anything).ok());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK_FALSE(write_file("/dev/null", "x").ok());
  auto full = write_file("/dev/full", "x", Target::Anything);
  REQUIRE_FALSE(full.ok());
  CHECK(has(full.error().text(), "/dev/full: cannot be written: No space left on device"));

  const std::string pipe = f.file("pipe"), bytes(200000, 'p');
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  std::string seen;
  std::thread reader([&] {
    std::ifstream in(pipe, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    seen = all.str();
  });
  CHECK(write_file(pipe, bytes, Target::Anything).ok());
  reader.join();
  CHECK(seen == bytes);
  CHECK(fs::is_fifo(pipe));
  CHECK_FALSE(write_file(pipe, "x").ok());
}

TEST_CASE("write_file: a descriptor by its name goes on where it stands") {
  const Folder f("descriptors");
  f.put("log", "before\n");
  const int file = open(f.file("log").c_str(), O_WRONLY | O_APPEND);
  REQUIRE(file >= 0);
  for (const char* folder : {"/dev/fd/", "/proc/self/fd/"})
    CHECK(write_file(folder + std::to_string(file), "more\n", Target::Anything).ok());
  CHECK(write(file, "after\n", 6) == 6);
  close(file);
  CHECK(f.text("log") == "before\nmore\nmore\nafter\n");
  CHECK_FALSE(write_file("/dev/fd/" + std::to_string(file), "x", Target::Anything).ok());
}

TEST_CASE("write_file: what cannot be made is no file") {
  const Folder f("throws");
  f.put("a", "old");
  CHECK_FALSE(write_file(f.file("a"), [](std::ostream& out) {
                out << "half";
                out.setstate(std::ios::failbit);
              }).ok());
  CHECK_THROWS(write_file(f.file("a"), [](std::ostream&) { throw 1; }));
  CHECK(f.text("a") == "old");
  CHECK(f.names() == Names{"a"});
}

TEST_CASE("write_new_file: numbered, never over anything, whole paths, folders made") {
  const Folder f("numbered");
  const std::string folder = f.file("deep/er");
  const auto save = [&](const char* text) {
    auto path = write_new_file(folder, "run", ".qst", [&](std::ostream& out) { out << text; });
    return path ? *path : path.error().text();
  };
  CHECK(save("0") == folder + "/run.qst");
  CHECK(save("1") == folder + "/run-1.qst");
  fs::create_symlink("nowhere", folder + "/run-2.qst");  // a name that is taken all the same
  fs::create_directory(folder + "/run-3.qst");
  CHECK(save("4") == folder + "/run-4.qst");
  CHECK(f.text("deep/er/run.qst") == "0");
  CHECK(f.text("deep/er/run-1.qst") == "1");
  CHECK(f.text("deep/er/run-4.qst") == "4");

  // Two programs at once: each gets names of its own.
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 25; ++n)
        if (!write_new_file(f.file("both"), "x", ".t", [](std::ostream& out) { out << "t"; }))
          std::abort();
    });
  for (std::thread& t : threads) t.join();
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(f.path / "both"))
    files += fs::file_size(entry.path()) == 1;
  CHECK(files == 100);
}

TEST_CASE("set_aside: a second damaged file leaves the first alone; links stay") {
  const Folder f("aside");
  for (const char* text : {"one", "two", "three"}) {
    f.put("p.toml", text);
    REQUIRE(set_aside(f.file("p.toml"), ".damaged").ok());
  }
  CHECK(f.names() == Names{"p.toml.damaged", "p.toml.damaged-1", "p.toml.damaged-2"});
  CHECK(f.text("p.toml.damaged") == "one");
  CHECK(f.text("p.toml.damaged-2") == "three");
  CHECK_FALSE(set_aside(f.file("none"), ".damaged").ok());
  fs::create_directory(f.path / "dots");
  f.put("dots/real", "bad");
  fs::create_symlink("dots/real", f.path / "link");
  auto aside = set_aside(f.file("link"), ".damaged");
  REQUIRE(aside.ok());
  CHECK(*aside == f.file("dots/real.damaged"));
  REQUIRE(write_file(f.file("link"), "good").ok());
  CHECK(f.text("dots/real") == "good");
}

TEST_CASE("file_stem: any text becomes a part of a file's name") {
  CHECK(file_stem("first-request") == "first-request");
  CHECK(file_stem("a/b\\c d\n\te") == "a-b-c-d-e");
  CHECK(file_stem("../../etc/passwd") == "etc-passwd");
  CHECK(file_stem(".hidden") == "hidden");
  CHECK(file_stem("") == "unnamed");
  CHECK(file_stem("///") == "unnamed");
  CHECK(file_stem("R\xC3\xA9"
                  "sum\xC3\xA9 \x1B[31m") == "R\xC3\xA9sum\xC3\xA9-31m");
  std::string many;
  for (int i = 0; i < 80; ++i) many += "\xC3\xA9";
  CHECK(file_stem("x" + many).size() == 99);  // no character is cut in two
}
