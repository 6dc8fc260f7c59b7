#include "own/compile.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/read_file.h"
#include "base/write_file.h"
#include "own/kit.h"
#include "own/object.h"
#include "own/process.h"
#include "own/temporary.h"

namespace qs::own {

SharedObject& SharedObject::operator=(SharedObject&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
SharedObject::~SharedObject() {
  if (fd_ >= 0) close(fd_);
}

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostText = 4u << 20, kMostObject = 64u << 20;

// What drivers may call of the C library: it only touches memory that it is given.
const std::set<std::string_view> kOfLibrary = {
    "memcpy",  "memmove", "memset",  "memcmp",  "memchr",  "strlen",     "strnlen",
    "strcmp",  "strncmp", "strcpy",  "strncpy", "strcat",  "strncat",    "strchr",
    "strrchr", "strstr",  "strspn",  "strcspn", "strpbrk", "strcasecmp", "strncasecmp",
    "abs",     "labs",    "toupper", "tolower", "isalpha", "isdigit",    "isalnum",
    "isspace", "isupper", "islower", "isprint", "isxdigit"};

bool is_there(const std::string& name) {
  if (kOfLibrary.count(name) || name == "_GLOBAL_OFFSET_TABLE_") return true;
  const bool ours = name.starts_with("qs_") || name.starts_with("__sanitizer_cov_") ||
                    name.starts_with("__cyg_profile_") || name.starts_with("__tsan_");
  return ours && dlsym(RTLD_DEFAULT, name.c_str()) != nullptr;
}

bool is_cpp(const std::string& source) {
  return !source.ends_with(".c") && !source.ends_with(".C");
}

// Names in make's form: "out: a.c \\\n b.h", blanks with a backslash before them.
std::vector<std::string> names_in_rule(std::string_view rule) {
  std::vector<std::string> out;
  std::string name;
  const auto take = [&] {
    if (!name.empty()) out.push_back(std::exchange(name, {}));
  };
  rule.remove_prefix(std::min(rule.find(": ") + 2, rule.size()));
  for (size_t i = 0; i < rule.size(); ++i) {
    const char c = rule[i];
    if (c == '\\' && i + 1 < rule.size() && rule[i + 1] == '\n') {
      take(), ++i;
    } else if (c == '\\' && i + 1 < rule.size() && rule[i + 1] == ' ') {
      name += ' ', ++i;
    } else if (c == ' ' || c == '\n') {
      take();
    } else {
      name += c;
    }
  }
  take();
  return out;
}

class Compiler {
 public:
  Compiler(const OwnSource& source, const Kit& kit) : source_(source), kit_(kit) {}

  Result<Compiled> compile() {
    if (work_.folder().empty())
      return Error{"", 0, "no folder for what is compiled could be made in the temporary folder"};
    if (auto done = make_overlay(); !done) return done.error();
    if (auto done = compile_all(); !done) return done.error();
    if (failed_) return finish();
    if (auto done = look_at_names(); !done) return done.error();
    if (auto done = link(); !done) return done.error();
    return finish();
  }

 private:
  // Trace headers and names in the wrong case: only for drivers that come from elsewhere.
  Result<bool> make_overlay() {
    // Headers of WMI classes and messages are made of these.
    bool wanted = false;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(source_.folder, none)) {
      const std::string kind = entry.path().extension().string();
      wanted = wanted || kind == ".mof" || kind == ".mc" || kind == ".man";
    }
    for (const std::string& source : source_.sources) {
      auto text = read_file(source_.folder + "/" + source, kMostText);
      if (!text) return text.error();
      wanted = wanted || needs_overlay(*text);
    }
    if (!wanted || kit_.overlay.empty()) return true;
    overlay_ = work_.path("overlay");
    std::vector<std::string> words = {"sh", kit_.overlay, overlay_, kit_.include};
    for (const std::string& folder : source_.includes) words.push_back("-I" + folder);
    for (const std::string& source : source_.sources)
      words.push_back(source_.folder + "/" + source);
    Process script(words, source_.folder, work_.folder(), limits());
    const std::string wrong = script.finish();
    if (wrong.empty()) return true;
    return Error{source_.what, 0,
                 "the trace headers of this driver could not be made: " +
                     (wrong == "exit" ? script.printed() : wrong)};
  }

  // Does a line include what is not there as it is written?
  bool needs_overlay(std::string_view text) const {
    std::error_code none;
    for (size_t at = 0; (at = text.find("#include", at)) != text.npos; ++at) {
      const size_t open = text.find_first_of("\"<\n", at);
      if (open == text.npos || text[open] == '\n') continue;
      const size_t close = text.find_first_of("\">\n", open + 1);
      if (close == text.npos) continue;
      const fs::path name(text.substr(open + 1, close - open - 1));
      if (name.extension() == ".tmh") return true;
      if (!fs::exists(fs::path(source_.folder) / name, none) &&
          !fs::exists(fs::path(kit_.include) / name, none))
        return true;
    }
    return false;
  }

  // All but what comes in and what goes out.
  std::vector<std::string> words_for(const std::string& source) const {
    const bool cpp = is_cpp(source);
    std::vector<std::string> words = {cpp ? kit_.cpp : kit_.c};
    const auto& flags = cpp ? kit_.cpp_flags : kit_.c_flags;
    words.insert(words.end(), flags.begin(), flags.end());
    words.insert(words.end(), {"-fPIC", "-fno-diagnostics-color"});
    if (!cpp) words.push_back("-Werror=implicit-function-declaration");
    if (!kit_.clang) words.insert(words.end(), {"-ftrack-macro-expansion=0", "-fmax-errors=50"});
    words.push_back("-fdebug-prefix-map=" + source_.folder + "=.");
    if (!overlay_.empty()) words.insert(words.end(), {"-DEVENT_TRACING", "-I" + overlay_});
    words.push_back("-I.");
    for (const std::string& folder : source_.includes) words.push_back("-I" + folder);
    for (const std::string& definition : source_.definitions) words.push_back("-D" + definition);
    words.push_back("-I" + kit_.include);
    return words;
  }

  std::vector<std::string> words_for(const std::string& source, size_t number) const {
    std::vector<std::string> words = words_for(source);
    words.insert(words.end(), {"-MMD", "-MF", work_.path(fmt::format("{}.d", number)), "-c", source,
                               "-o", objects_[number]});
    return words;
  }

  // Sources may keep to what only Microsoft's compiler takes: once more, with that rewritten. What
  // is said then would be about lines that nobody has written, so only success counts.
  bool compiles_rewritten(const std::string& source, size_t number) {
    if (kit_.dialect.empty()) return false;
    const std::string raw = work_.path(fmt::format("{}.raw", number)),
                      fixed = work_.path(fmt::format("{}.{}", number, is_cpp(source) ? "ii" : "i"));
    std::vector<std::string> words = words_for(source);
    words.insert(words.end(), {"-DQS_LOOSE_HANDLES", "-E", source, "-o", raw});
    if (!runs(words)) return false;
    if (!runs({"sh", "-c", "awk -f \"$0\" \"$1\" > \"$2\"", kit_.dialect, raw, fixed}))
      return false;
    words = words_for(source);
    words.insert(words.end(), {"-fpreprocessed", "-c", fixed, "-o", objects_[number]});
    return runs(words);
  }

  ProcessLimits limits() const {
    ProcessLimits out;
    out.cpu_seconds = std::min(out.cpu_seconds, source_.compile_seconds);
    out.wall_seconds = 2 * out.cpu_seconds;
    return out;
  }

  bool runs(const std::vector<std::string>& words) const {
    Process process(words, source_.folder, work_.folder(), limits());
    return process.finish().empty();
  }

  Result<bool> compile_all() {
    std::vector<std::unique_ptr<Process>> running;
    size_t finished = 0;
    const auto finish_one = [&] {
      const std::string& source = source_.sources[finished];
      const std::string why = running[finished]->finish();
      if (why.empty() || !compiles_rewritten(source, finished)) {
        take_said(running[finished]->printed(), why, source);
        failed_ = failed_ || !why.empty();
      }
      ++finished;
    };
    const size_t together = size_t(std::clamp<long>(sysconf(_SC_NPROCESSORS_ONLN), 1, 8));
    for (size_t i = 0; i < source_.sources.size(); ++i) {
      const std::string& source = source_.sources[i];
      if (is_cpp(source) && kit_.cpp.empty())
        return Error{source, 0, "there is no C++ compiler here. Install one: apt install g++"};
      if (running.size() - finished == together) finish_one();
      objects_.push_back(work_.path(fmt::format("{}.o", i)));
      running.push_back(std::make_unique<Process>(words_for(source, i), source_.folder,
                                                  work_.folder(), limits()));
    }
    while (finished < running.size()) finish_one();
    return true;
  }

  // `why`: how the tool ended. One that fails without a word about the source is told as well.
  void take_said(const std::string& text, const std::string& why, const std::string& about) {
    bool error = false;
    for (Diagnostic& one : read_diagnostics(text)) {
      if (one.file.starts_with("./")) one.file.erase(0, 2);
      error = error || one.severity == Diagnostic::Severity::Error;
      out_.said.push_back(std::move(one));
    }
    if (why.empty() || error) return;
    Diagnostic one;
    one.file = about;
    one.text = why != "exit" ? why : text.empty() ? "the compiler gave up" : text;
    out_.said.push_back(std::move(one));
  }

  // What is used and not there gets a body that says so when it is called.
  Result<bool> look_at_names() {
    std::set<std::string> undefined;
    bool entry = false;
    for (const std::string& object : objects_) {
      const int fd = open(object.c_str(), O_RDONLY | O_CLOEXEC);
      auto names = names_of(fd);
      close(fd);
      if (!names) return names.error();
      undefined.insert(names->undefined.begin(), names->undefined.end());
      entry = entry || names->entry;
      defined_.insert(names->defined.begin(), names->defined.end());
      for (std::string& name : names->hollow) out_.missing.push_back({std::move(name), true});
    }
    if (!entry) {
      Diagnostic none;
      none.file = source_.sources.front();
      none.text =
          "this driver has no DriverEntry, where the system would begin it (in C++ it is extern "
          "\"C\")";
      out_.said.push_back(std::move(none));
      failed_ = true;
    }
    std::string bodies;
    for (const std::string& name : undefined) {
      if (defined_.count(name) || is_there(name)) continue;
      out_.missing.push_back({name, false});
      bodies += fmt::format(
          "long {0}(void) {{ qs_missing(\"{0}\", __builtin_return_address(0)); "
          "return 0; }}\n",
          name);
    }
    if (bodies.empty() || failed_) return true;
    bodies = "void qs_missing(const char*, void*);\n" + bodies;
    if (auto written = write_file(work_.path("missing.c"), bodies); !written)
      return written.error();
    objects_.push_back(work_.path("missing.o"));
    Process process(
        {kit_.c, "-w", "-O0", "-fno-builtin", "-fPIC", "-c", "missing.c", "-o", "missing.o"},
        work_.folder(), work_.folder());
    if (const std::string why = process.finish(); !why.empty())
      take_said(process.printed(), why, "missing.c"), failed_ = true;
    return true;
  }

  Result<bool> link() {
    if (failed_) return true;
    std::vector<std::string> words = {"ld",
                                      "-shared",
                                      "-Bsymbolic",
                                      "-z",
                                      "now",
                                      "-z",
                                      "noexecstack",
                                      "--build-id=none",
                                      "--emit-relocs",
                                      "-o",
                                      work_.path("driver.so")};
    words.insert(words.end(), objects_.begin(), objects_.end());
    Process linker(words, source_.folder, work_.folder(), limits());
    if (const std::string why = linker.finish(); !why.empty()) {
      take_said(linker.printed(), why, source_.sources.front());
      failed_ = true;
      return true;
    }
    auto bytes = read_file(work_.path("driver.so"), kMostObject);
    if (!bytes) return bytes.error();
    SharedObject object(memfd_create("driver", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    for (std::string_view left = *bytes; !left.empty();) {
      const ssize_t done = write(object.fd(), left.data(), left.size());
      if (done <= 0) return Error{source_.what, 0, "there is no memory for the compiled driver"};
      left.remove_prefix(size_t(done));
    }
    fcntl(object.fd(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    out_.object = std::move(object);
    return true;
  }

  // The sources, and the headers that are the driver's own.
  void list_files() {
    std::set<std::string> seen;
    const auto add = [&](std::string name) {
      name = fs::path(name).lexically_normal().string();
      if (seen.insert(name).second) out_.files.push_back(std::move(name));
    };
    for (const std::string& source : source_.sources) add(source);
    for (size_t i = 0; i < source_.sources.size(); ++i)
      if (auto rule = read_file(work_.path(fmt::format("{}.d", i)), kMostText))
        for (const std::string& name : names_in_rule(*rule))
          if (!fs::path(name).is_absolute()) add(name);
  }

  Result<Compiled> finish() {
    list_files();
    return std::move(out_);
  }

  const OwnSource& source_;
  const Kit& kit_;
  Temporary work_;
  std::string overlay_;
  std::vector<std::string> objects_;
  std::set<std::string> defined_;
  bool failed_ = false;
  Compiled out_;
};

}  // namespace

Result<Compiled> compile_own(const OwnSource& source) {
  const Result<Kit>& kit = find_kit();
  if (!kit) return kit.error();
  return Compiler(source, *kit).compile();
}

}  // namespace qs::own
