// Compiles a stranger's driver, in processes with limits of their own, and leaves nothing behind.
// Owns: Compiled, compile_own. Called by make_own_program; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "own/source.h"

namespace qs::own {

// What the compiler or the linker said, at a place in a source file.
struct Diagnostic {
  enum class Severity : uint8_t { Error, Warning, Note };
  std::string file;  // as the compiler calls it, from the driver's folder; "" when it names none
  int line = 0, column = 0;
  Severity severity = Severity::Error;
  std::string text;
};
// "driver.c:12:5: error: …" as compilers print it.
std::string diagnostic_text(const Diagnostic& said);
// The diagnostics in what gcc or clang printed; other lines are left out.
std::vector<Diagnostic> read_diagnostics(std::string_view printed);

// A name that the driver uses and that has nothing behind it here.
struct NotSimulated {
  std::string name;
  bool declared = true;  // in the kit's headers; false: in a header or a line of the driver's own
};
// What it is and what happens when it is called, in one sentence.
std::string what_happens(const NotSimulated& name);

// A shared object in memory. Its descriptor is closed with it.
class SharedObject {
 public:
  SharedObject() = default;
  explicit SharedObject(int fd) : fd_(fd) {}
  SharedObject(SharedObject&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  SharedObject& operator=(SharedObject&& other) noexcept;
  ~SharedObject();
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

struct Compiled {
  SharedObject object;           // fd() is -1: it did not compile; `said` has an error
  std::vector<Diagnostic> said;  // as the compilers said it
  std::vector<NotSimulated> missing;
  std::vector<std::string> files;  // sources and the headers beside them, paths from the folder
};

// The error is a sentence about this machine: there is no compiler, no kit, no room.
Result<Compiled> compile_own(const OwnSource& source);

}  // namespace qs::own
