#include "base/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace qs {
namespace {

// A descriptor that is closed with its scope.
struct OpenedFile {
  int number = -1;
  ~OpenedFile() {
    if (number >= 0) close(number);
  }
};

bool is_missing(int error) { return error == ENOENT || error == ENOTDIR; }

std::string system_said(int error) {
  return is_missing(error) ? "there is no such file"
                           : fmt::format("this file cannot be read: {}", std::strerror(error));
}

// What is there instead of an ordinary file; "" when it is one.
std::string kind_problem(mode_t mode) {
  if (S_ISREG(mode)) return {};
  if (S_ISDIR(mode)) return "this is a folder, not a file";
  if (S_ISFIFO(mode)) return "this is a pipe, not an ordinary file";
  if (S_ISSOCK(mode)) return "this is a socket, not an ordinary file";
  return "this is a device, not an ordinary file";
}

std::string too_large(uint64_t size, uint64_t most) {
  return fmt::format("this file has {} bytes or more; the limit is {}", size, most);
}

// Until the end, even where the system does not know how much there is.
std::string read_all(int file, uint64_t expected, uint64_t most, std::string& text) {
  constexpr size_t kPiece = 1 << 16;
  text.resize(size_t(std::min(expected, most)) + 1);
  size_t used = 0;
  for (;;) {
    if (used == text.size()) text.resize(used + std::max(kPiece, used / 2));
    const ssize_t got = read(file, text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_said(errno);
    if (got == 0) break;
    used += size_t(got);
    if (used > most) return too_large(used, most);
  }
  text.resize(used);
  return {};
}

// "" and the text, or why not; `missing`: there is no such file.
std::string read(const std::string& path, uint64_t most, std::string& text, bool& missing) {
  if (path.empty()) return "the name of the file is empty";
  if (path.find('\0') != path.npos) return "no file has a NUL in its name";
  struct stat found;
  // Asked before it is opened: to open some devices does something already.
  if (stat(path.c_str(), &found) != 0) {
    missing = is_missing(errno);
    return system_said(errno);
  }
  if (std::string problem = kind_problem(found.st_mode); !problem.empty()) return problem;
  const OpenedFile file{open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)};
  if (file.number < 0 || fstat(file.number, &found) != 0) {
    missing = is_missing(errno);
    return system_said(errno);
  }
  if (std::string problem = kind_problem(found.st_mode); !problem.empty()) return problem;
  const auto size = uint64_t(std::max<off_t>(found.st_size, 0));
  if (size > most) return too_large(size, most);
  return read_all(file.number, size, most, text);
}

}  // namespace

Result<std::string> read_file(const std::string& path, uint64_t most, EmptyFile empty) {
  std::string text;
  bool missing = false;
  std::string problem = read(path, most, text, missing);
  if (problem.empty() && text.empty() && empty == EmptyFile::Refused)
    problem = "this file is empty";
  if (!problem.empty()) return Error{path, 0, std::move(problem)};
  return text;
}

Result<std::optional<std::string>> read_file_if_there(const std::string& path, uint64_t most) {
  std::string text;
  bool missing = false;
  std::string problem = read(path, most, text, missing);
  if (missing) return std::optional<std::string>();
  if (!problem.empty()) return Error{path, 0, std::move(problem)};
  return std::optional<std::string>(std::move(text));
}

}  // namespace qs
