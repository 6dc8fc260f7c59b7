#include "base/write_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>
#include <streambuf>
#include <utility>

#include <fmt/format.h>

namespace qs {
namespace {

namespace fs = std::filesystem;

constexpr int kMostNumbers = 100'000;  // names that are tried before giving up

Error failed(const std::string& path, int error, bool old_one = false) {
  return Error{path, 0,
               fmt::format("cannot be written: {}{}", std::strerror(error),
                           old_one ? "; the file that is there stays as it was" : "")};
}

struct Descriptor {
  int number = -1;
  explicit Descriptor(int n = -1) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { (void)finish(); }
  // Closes it; 0 or what the system said: some file systems tell only then that a disk is full.
  int finish() {
    if (number < 0) return 0;
    const int n = std::exchange(number, -1);
    return close(n) == 0 || errno == EINTR ? 0 : errno;
  }
};

int write_all(int file, const char* data, size_t size) {
  while (size > 0) {
    const ssize_t done = write(file, data, size);
    if (done >= 0) {
      data += done;
      size -= size_t(done);
    } else if (errno == EAGAIN) {  // somebody else's pipe that does not wait
      pollfd p{file, POLLOUT, 0};
      if (poll(&p, 1, -1) < 0 && errno != EINTR) return errno;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// --- what is written ---

constexpr size_t kBlock = 1 << 16;

// Told apart by chance once in 2^64: enough for a disk that reads back something else.
struct Checksum {
  uint64_t value = 0, size = 0;
  void add(std::string_view block) {
    value = value * 0x9E3779B97F4A7C15u + std::hash<std::string_view>()(block);
    size += block.size();
  }
  bool operator==(const Checksum&) const = default;
};

// Collects blocks of one size, so that what is read back can be summed up in the same ones.
class BlockBuffer : public std::streambuf {
 public:
  explicit BlockBuffer(int file) : file_(file), block_(kBlock, '\0') { begin_block(); }
  // Writes what is left; 0 or the first thing that went wrong.
  int finish() {
    put_block();
    return error_;
  }
  const Checksum& sum() const { return sum_; }

 protected:
  int_type overflow(int_type c) override {
    put_block();
    if (error_) return traits_type::eof();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
    return c;
  }
  int sync() override { return error_ ? -1 : 0; }  // nobody sees it before it is whole

 private:
  void begin_block() { setp(block_.data(), block_.data() + kBlock); }
  void put_block() {
    const std::string_view block(pbase(), size_t(pptr() - pbase()));
    begin_block();
    if (error_ || block.empty()) return;
    sum_.add(block);
    error_ = write_all(file_, block.data(), block.size());
  }

  int file_, error_ = 0;
  Checksum sum_;
  std::string block_;
};

// --- where it goes ---

struct Place {
  std::string path;       // links followed
  bool exists = false;    // a file, or a device
  bool direct = false;    // is written to as it is
  int descriptor = -1;    // one of our own that the path names: /dev/stdout
  struct stat status {};  // when it exists
};

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string real(const std::string& path) {
  char* found = realpath(path.c_str(), nullptr);
  std::string out = found ? found : "";
  std::free(found);
  return out;
}

// "/proc/self/fd/1" is a link of a special kind: what it says it leads to may not be there at all,
// and opening that again would begin at its start. So a copy of the descriptor is written to.
bool is_descriptor(Place& place) {
  const std::string folder = real(folder_of(place.path));
  if (folder.rfind("/proc/", 0) != 0) return false;
  place.direct = place.exists = true;
  if (folder == real("/proc/self/fd"))
    place.descriptor = std::atoi(place.path.c_str() + place.path.rfind('/') + 1);
  return true;
}

Result<Place> place_of(const std::string& path) {
  if (path.empty()) return Error{"", 0, "the name of the file is empty"};
  Place place;
  place.path = path;
  for (int links = 0; links < 40; ++links) {
    if (lstat(place.path.c_str(), &place.status) != 0) {
      if (errno != ENOENT) return failed(path, errno);
      if (place.path.back() == '/') return failed(path, EISDIR);
      return place;
    }
    if (!S_ISLNK(place.status.st_mode)) {
      place.exists = true;
      if (S_ISDIR(place.status.st_mode))
        return Error{path, 0, "cannot be written: this is a folder"};
      place.direct = !S_ISREG(place.status.st_mode);
      return place;
    }
    if (is_descriptor(place)) return place;
    char to[PATH_MAX];
    const ssize_t size = readlink(place.path.c_str(), to, sizeof(to));
    if (size < 0) return failed(path, errno);
    const std::string next(to, size_t(size));
    place.path = next[0] == '/' ? next : folder_of(place.path) + "/" + next;
  }
  return failed(path, ELOOP);
}

// --- temporary files ---

std::string temporary_name(const std::string& folder) {
  std::random_device random;
  return fmt::format("{}/.queuescope-{:08x}{:08x}", folder, random(), random());
}

// Goes away by itself unless it is kept.
class Temporary {
 public:
  ~Temporary() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  int open_in(const std::string& folder, mode_t mode) {
    folder_ = folder;
#ifdef O_TMPFILE
    // Without a name nothing is left over when the program is killed. Some file systems cannot.
    if (access("/proc/self/fd", X_OK) == 0)
      file.number = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    if (file.number >= 0) return 0;
#endif
    for (int tries = 0; tries < 100; ++tries) {
      const std::string name = temporary_name(folder);
      file.number = open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, mode);
      if (file.number >= 0) return path_ = name, 0;
      if (errno != EEXIST) return errno;
    }
    return EEXIST;
  }
  // Takes the place of what is called so.
  int keep_as(const std::string& name) {
    for (int tries = 0; path_.empty(); ++tries) {
      const std::string own = temporary_name(folder_);
      if (const int error = link_as(own); error == 0)
        path_ = own;
      else if (error != EEXIST || tries == 100)
        return error;
    }
    if (rename(path_.c_str(), name.c_str()) != 0) return errno;
    path_.clear();
    return 0;
  }
  // EEXIST when something is called so.
  int keep_as_new(const std::string& name);

  Descriptor file;

 private:
  int link_as(const std::string& name) {
    const std::string self = fmt::format("/proc/self/fd/{}", file.number);
    const bool done =
        linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    return done ? 0 : errno;
  }

  std::string folder_, path_;
};

// Another name for a file, unless that is taken: EEXIST.
int rename_to_new(const std::string& from, const std::string& to) {
#ifdef RENAME_NOREPLACE
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
#endif
  if (link(from.c_str(), to.c_str()) != 0) return errno;
  return unlink(from.c_str()) == 0 ? 0 : errno;
}

int Temporary::keep_as_new(const std::string& name) {
  const int error = path_.empty() ? link_as(name) : rename_to_new(path_, name);
  if (error == 0) path_.clear();
  return error;
}

// --- onto the disk ---

// Some file systems have nothing to do here and say that they cannot.
int put_onto_disk(int file) {
  if (fsync(file) == 0) return 0;
  return errno == EINVAL || errno == ENOTSUP || errno == ENOSYS || errno == EROFS ? 0 : errno;
}

int put_folder_onto_disk(const std::string& folder) {
  const Descriptor d(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return d.number < 0 ? 0 : put_onto_disk(d.number);  // one that cannot be listed
}

int read_back(int file, Checksum& sum) {
  // What has just been written is still in memory; it is the disk that is asked.
  (void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  std::string block(kBlock, '\0');
  for (;;) {
    size_t used = 0;
    while (used < kBlock) {
      const ssize_t got = pread(file, block.data() + used, kBlock - used, off_t(sum.size + used));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno;
      if (got == 0) break;
      used += size_t(got);
    }
    if (used) sum.add({block.data(), used});
    if (used < kBlock) return 0;
  }
}

// All of it, on the disk, and the same when it is read again; "" or why not.
std::string fill(int file, const Give& give) {
  BlockBuffer buffer(file);
  std::ostream out(&buffer);
  give(out);
  if (const int error = buffer.finish()) return std::strerror(error);
  if (!out) return "what was to be in it could not be made";
  if (const int error = put_onto_disk(file)) return std::strerror(error);
  Checksum seen;
  if (const int error = read_back(file, seen)) return std::strerror(error);
  return seen == buffer.sum() ? "" : "what was written reads back as something else";
}

void take_over(int file, const struct stat& old) {
  if (old.st_uid != geteuid() || old.st_gid != getegid())
    if (fchown(file, old.st_uid, old.st_gid) != 0) (void)!fchown(file, uid_t(-1), old.st_gid);
  (void)fchmod(file, old.st_mode & 07777);
}

Result<bool> write_through(const std::string& path, const Place& place, const Give& give) {
  Descriptor to(place.descriptor >= 0 ? fcntl(place.descriptor, F_DUPFD_CLOEXEC, 3)
                                      : open(place.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (to.number < 0) return failed(path, errno);
  BlockBuffer buffer(to.number);
  std::ostream out(&buffer);
  give(out);
  int error = buffer.finish();
  if (const int last = to.finish(); !error) error = last;
  if (error) return failed(path, error);
  if (!out) return Error{path, 0, "what was to be written could not be made"};
  return true;
}

std::string numbered(std::string_view stem, int number) {
  return number ? fmt::format("{}-{}", stem, number) : std::string(stem);
}

}  // namespace

Result<bool> write_file(const std::string& path, const Give& give, Target target) {
  auto place = place_of(path);
  if (!place) return place.error();
  if (place->direct && target == Target::Anything) return write_through(path, *place, give);
  if (place->direct)
    return Error{path, 0, "cannot be written: this is a device or a pipe, not an ordinary file"};
  const bool exists = place->exists;
  // To be replaced it need not be writable; whoever made it so wants to keep it.
  if (exists && faccessat(AT_FDCWD, place->path.c_str(), W_OK, AT_EACCESS) != 0)
    return failed(path, errno, true);
  Temporary temporary;
  const std::string folder = folder_of(place->path);
  if (const int error = temporary.open_in(folder, exists ? 0600 : 0666))
    return failed(path, error, exists);
  if (exists) take_over(temporary.file.number, place->status);
  if (const std::string why = fill(temporary.file.number, give); !why.empty())
    return Error{path, 0,
                 fmt::format("cannot be written: {}{}", why,
                             exists ? "; the file that is there stays as it was" : "")};
  if (const int error = temporary.keep_as(place->path)) return failed(path, error, exists);
  if (const int error = temporary.file.finish()) return failed(path, error);
  if (const int error = put_folder_onto_disk(folder)) return failed(path, error);
  return true;
}

Result<bool> write_file(const std::string& path, std::string_view bytes, Target target) {
  const Give give = [bytes](std::ostream& out) {
    out.write(bytes.data(), std::streamsize(bytes.size()));
  };
  return write_file(path, give, target);
}

Result<std::string> write_new_file(const std::string& folder, std::string_view stem,
                                   std::string_view ending, const Give& give) {
  const std::string base = folder.empty() ? "." : folder;
  const auto path = [&](int number) {
    return fs::path(base + "/" + numbered(stem, number) + std::string(ending))
        .lexically_normal()
        .string();
  };
  if (auto made = make_folder_of(path(0)); !made) return made.error();
  Temporary temporary;
  if (const int error = temporary.open_in(base, 0666)) return failed(path(0), error);
  if (const std::string why = fill(temporary.file.number, give); !why.empty())
    return Error{path(0), 0, "cannot be written: " + why};
  for (int n = 0; n < kMostNumbers; ++n) {
    const int error = temporary.keep_as_new(path(n));
    if (error == EEXIST) continue;
    if (error) return failed(path(n), error);
    if (const int last = temporary.file.finish()) return failed(path(n), last);
    if (const int last = put_folder_onto_disk(base)) return failed(path(n), last);
    return path(n);
  }
  return failed(path(0), EEXIST);
}

Result<std::string> set_aside(const std::string& path, std::string_view suffix) {
  const std::string from = behind_links(path);
  for (int n = 0; n < kMostNumbers; ++n) {
    const std::string to = from + numbered(suffix, n);
    const int error = rename_to_new(from, to);
    if (error == EEXIST) continue;
    if (error) return Error{path, 0, fmt::format("cannot be renamed: {}", std::strerror(error))};
    if (const int last = put_folder_onto_disk(folder_of(from))) return failed(to, last);
    return to;
  }
  return Error{path, 0, "cannot be renamed: every name for damaged files is taken"};
}

std::string behind_links(const std::string& path) {
  const auto place = place_of(path);
  return place && !place->direct ? place->path : path;
}

Result<bool> make_folder_of(const std::string& path) {
  std::error_code error;
  const std::string folder = folder_of(path);
  fs::create_directories(folder, error);
  if (error && !fs::is_directory(folder))
    return Error{path, 0, "cannot be written: its folder cannot be made: " + error.message()};
  return true;
}

std::string file_stem(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '.' || c == '_' || byte >= 0x80;
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  size_t size = std::min<size_t>(out.size(), 100);
  while (size > 0 && size < out.size() && (out[size] & 0xC0) == 0x80) --size;  // whole characters
  out.resize(size);
  while (!out.empty() && out.back() == '-') out.pop_back();
  out.erase(0, out.find_first_not_of(".-"));
  return out.empty() ? "unnamed" : out;
}

}  // namespace qs
