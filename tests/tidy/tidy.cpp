#include "tidy/tidy.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace qs::tidy {
namespace {

using Names = std::vector<std::string>;

// What each module may include besides itself. Engine rows hold also for what their entries may
// include; rows of ui are complete as they stand.
const std::map<std::string, Names, std::less<>> table = {
    {"include", {}},
    {"base", {}},
    {"trace", {"base", "include"}},
    {"law", {"trace", "include"}},
    {"model", {"law"}},
    {"verify", {"model"}},
    {"language", {"verify"}},
    {"sched", {"trace"}},
    {"kmdf", {"sched", "law", "include"}},
    {"run", {"kmdf", "language"}},
    {"explore", {"run"}},
    {"conform", {"run"}},
    {"lesson", {"explore"}},
    {"own", {"lesson"}},
    {"session", {"own", "explore"}},
    {"serve", {"base"}},
    {"cli", {"session", "conform", "explore"}},
    {"ui", {"cli", "ui/app"}},  // main.cpp
    {"ui/app",
     {"session", "serve", "lesson", "language", "verify", "model", "trace", "base", "ui/screens",
      "ui/panes", "ui/symbols", "ui/toolkit", "ui/platform"}},
    {"ui/screens",
     {"session", "lesson", "language", "verify", "model", "trace", "base", "ui/panes", "ui/symbols",
      "ui/toolkit"}},
    {"ui/panes",
     {"session", "lesson", "language", "verify", "model", "trace", "base", "ui/symbols",
      "ui/toolkit"}},
    {"ui/bake", {"base", "ui/toolkit"}},
    {"ui/symbols", {"base", "ui/toolkit"}},
    {"ui/toolkit", {"base"}},
    {"ui/platform", {"base", "ui/toolkit"}},  // core/compat.h, the one for all of Dear ImGui
    {"driver", {"include"}},
};

// Headers of other libraries that only some may include: the engine has no window, and platform
// code stands in one place.
struct Outside {
  const char* prefix;
  Names modules;
};
const std::array<Outside, 9> outside = {{
    {"imgui", {"ui/app", "ui/screens", "ui/panes", "ui/symbols", "ui/toolkit", "ui/platform"}},
    {"GLFW/", {"ui/platform"}},
    {"SDL", {"ui/platform"}},
    {"GL/", {"ui/platform"}},
    {"boost/", {"sched"}},
    {"seccomp", {"own"}},
    {"elfutils/", {"own"}},
    {"microhttpd", {"serve"}},
    {"qrencode", {"ui/app"}},
}};

// Driver code and the headers it sees stand on the compiler alone.
const std::set<std::string, std::less<>> freestanding = {"stdint.h",  "stddef.h", "stdarg.h",
                                                         "stdbool.h", "limits.h", "string.h"};

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_ui(std::string_view module) { return module == "ui" || starts_with(module, "ui/"); }

bool is_c_surface(std::string_view module) { return module == "include" || module == "driver"; }

// Calls visit(line number from 1, line without its newline).
template <typename Visit>
void each_line(std::string_view text, Visit visit) {
  int number = 1;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(number++, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string at(std::string_view path, int line) {
  return std::string(path) + ":" + std::to_string(line) + ": ";
}

std::string_view trim_left(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

struct Include {
  std::string_view header;
  bool quoted;
};

// The header of an #include line; an empty header when it is none.
Include include_of(std::string_view line) {
  line = trim_left(line);
  if (line.empty() || line[0] != '#') return {};
  line = trim_left(line.substr(1));
  if (!starts_with(line, "include")) return {};
  line = trim_left(line.substr(7));
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return {};
  const bool quoted = line[0] == '"';
  const std::size_t end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return {};
  return {line.substr(1, end - 1), quoted};
}

// "kmdf" of "kmdf/queue/queue.h", "ui/panes" of "ui/panes/stage/stage.h"; empty when it is no
// module of ours.
std::string module_of_header(std::string_view header) {
  std::size_t end = header.find('/');
  if (end == std::string_view::npos) return {};
  if (header.substr(0, end) == "ui") end = header.find('/', end + 1);
  const std::string module(header.substr(0, end));
  return table.count(module) ? module : std::string{};
}

// One include of a file of `from`; empty when all is well.
std::string complaint_about(std::string_view path, std::string_view from, Include include) {
  const std::string header(include.header);
  if (is_c_surface(from)) {
    if (freestanding.count(header)) return {};
    // With no folder in its name it is a header beside it or one of engine/include;
    // engine/include/qs holds their parts.
    std::string_view rest = include.header;
    // The driver of a lesson, with a mistake planted before it.
    if (starts_with(path, "tests/explore/drivers/") && starts_with(rest, "../../../lessons/"))
      return {};
    if (starts_with(path, "engine/include/qs/") && starts_with(rest, "../")) rest.remove_prefix(3);
    if (starts_with(rest, "qs/")) rest.remove_prefix(3);
    const bool fine = rest.find('/') == std::string_view::npos;
    return fine ? std::string{} : "drivers see engine/include only, not " + header;
  }
  for (const Outside& library : outside) {
    if (starts_with(header, library.prefix) && !contains(library.modules, from))
      return std::string(from) + " may not include " + header;
  }
  const std::string to = module_of_header(header);
  if (to.empty()) {
    return include.quoted ? "quoted include " + header + " names no module: write \"<module>/…\""
                          : std::string{};
  }
  if (!include.quoted) return "include our own " + header + " with quotes";
  if (may_include(from, to)) return {};
  return std::string(from) + " may not include " + to + " (" + header + ")";
}

bool is_table(std::string_view path) {
  return path.size() > 4 && path.substr(path.size() - 4) == ".inc";
}

int columns(std::string_view line) {
  int count = 0;
  for (const char c : line)
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;  // not a continuation of UTF-8
  return count;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// C++ of the engine or the window; what drivers see are C headers that follow those of the WDK.
bool has_limits(std::string_view path) {
  if (starts_with(path, "engine/include/")) return false;
  if (!starts_with(path, "engine/") && !starts_with(path, "ui/")) return false;
  return ends_with(path, ".cpp") || ends_with(path, ".h");
}

// Finds functions in text that clang-format has laid out, line by line. `head` is the last line at
// the present indent, which may begin a block; namespaces do not indent, types do by two.
class FunctionFinder {
 public:
  // Calls found(first line, last line, text of the first) at the end of each function.
  template <typename Found>
  void take(int number, std::string_view line, Found found) {
    std::string_view words = trim_left(line);
    const std::size_t indent = line.size() - words.size();
    if (starts_with(words, "#") || starts_with(words, "//")) return;
    words = words.substr(0, words.find("  //"));
    if (words.empty()) return;
    if (in_body_) {
      if (indent != indent_ || words[0] != '}') return;
      if (words == "}") found(head_, number, std::string_view(head_words_));
      in_body_ = false;
      head_ = 0;
      return;
    }
    if (words[0] == '}') {
      if (indent < indent_) indent_ -= 2;
      head_ = 0;
      return;
    }
    if (indent == indent_) {
      head_ = number;
      head_words_ = std::string(words);
    }
    if (head_ == 0) return;
    if (ends_with(words, "{"))
      open();
    else if (ends_with(words, ";"))
      head_ = 0;
  }

 private:
  void open() {
    const auto begins = [this](const char* word) { return starts_with(head_words_, word); };
    if (begins("class ") || begins("struct ") || begins("enum ") || begins("union "))
      indent_ += 2;
    else if (!begins("namespace ") && !begins("extern \"C\""))
      in_body_ = true;
    if (!in_body_) head_ = 0;
  }

  std::size_t indent_ = 0;
  int head_ = 0;  // number of its line; 0: none
  std::string head_words_;
  bool in_body_ = false;
};

}  // namespace

std::string module_of(std::string_view path) {
  if (starts_with(path, "engine/")) {
    const std::string_view rest = path.substr(7);
    const std::size_t end = rest.find('/');
    return end == std::string_view::npos ? std::string{} : std::string(rest.substr(0, end));
  }
  if (starts_with(path, "ui/")) {
    const std::size_t end = path.find('/', 3);
    return end == std::string_view::npos ? "ui" : std::string(path.substr(0, end));
  }
  const bool holds_drivers = starts_with(path, "lessons/") ||
                             starts_with(path, "assets/programs/") ||
                             path.find("/drivers/") != std::string_view::npos;
  const bool is_c = path.size() > 2 &&
                    (path.substr(path.size() - 2) == ".c" || path.substr(path.size() - 2) == ".h");
  return holds_drivers && is_c ? "driver" : "";
}

bool may_include(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const auto row = table.find(from);
  if (row == table.end()) return false;
  if (contains(row->second, to)) return true;
  if (is_ui(from)) return false;
  return std::any_of(row->second.begin(), row->second.end(),
                     [to](const std::string& next) { return may_include(next, to); });
}

Complaints check_includes(std::string_view path, std::string_view text) {
  Complaints found;
  const std::string from = module_of(path);
  if (from.empty()) return found;
  if (!table.count(from)) {
    found.push_back(at(path, 1) + from +
                    " is no module: add it to the table in tests/tidy/tidy.cpp");
    return found;
  }
  each_line(text, [&](int number, std::string_view line) {
    const Include include = include_of(line);
    if (include.header.empty()) return;
    const std::string complaint = complaint_about(path, from, include);
    if (!complaint.empty()) found.push_back(at(path, number) + complaint);
  });
  return found;
}

Complaints check_language(std::string_view path, std::string_view text) {
  static const std::array<const char*, 6> words = {"std::ranges::", "std::views::", "<ranges>",
                                                   "<format>",      "<coroutine>",  "std::format("};
  Complaints found;
  each_line(text, [&](int number, std::string_view line) {
    for (const char* word : words) {
      if (line.find(word) != std::string_view::npos)
        found.push_back(at(path, number) + "do not use " + word);
    }
  });
  return found;
}

Complaints check_drawing(std::string_view path, std::string_view text) {
  static const std::array<const char*, 15> words = {
      "AddLine(",       "AddRect(",        "AddRectFilled(", "AddRectFilledMultiColor(",
      "AddQuad",        "AddTriangle",     "AddCircle",      "AddNgon",
      "AddEllipse",     "AddPolyline(",    "AddBezier",      "AddConvexPolyFilled(",
      "AddConcavePoly", "PathFillConvex(", "PathStroke("};
  Complaints found;
  each_line(text, [&](int number, std::string_view line) {
    for (const char* word : words) {
      if (line.find(std::string("->") + word) != std::string_view::npos)
        found.push_back(at(path, number) + "draw with ui/toolkit/core/draw.h, not " + word +
                        ": its edges differ from processor to processor");
    }
  });
  return found;
}

Complaints check_writing(std::string_view path, std::string_view text) {
  static const std::set<std::string, std::less<>> doors = {"engine/base/write_file.cpp",
                                                           "engine/base/file_lock.cpp"};
  static const std::array<const char*, 13> words = {
      "ofstream", "std::fstream",    "fopen(",    "freopen(",    "O_CREAT",
      "O_TRUNC",  "creat(",          "mkstemp",   "fs::rename(", "std::rename(",
      " rename(", "stbi_write_png(", "copy_file("};
  Complaints found;
  if (doors.count(path)) return found;
  each_line(text, [&](int number, std::string_view line) {
    for (const char* word : words) {
      if (line.find(word) != std::string_view::npos)
        found.push_back(at(path, number) + word +
                        ": files are written by engine/base/write_file.h");
    }
  });
  return found;
}

Complaints check_layout(std::string_view path, std::string_view text) {
  Complaints found;
  each_line(text, [&](int number, std::string_view line) {
    if (!is_table(path) && columns(line) > 100)
      found.push_back(at(path, number) + std::to_string(columns(line)) +
                      " columns, the limit is 100");
    if (line.find('\t') != std::string_view::npos) found.push_back(at(path, number) + "tab");
    if (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
      found.push_back(at(path, number) + "blank at the end of the line");
  });
  if (!text.empty() && text.back() != '\n')
    found.push_back(std::string(path) + ": no newline at the end");
  return found;
}

Complaints check_file_length(std::string_view path, std::string_view text) {
  constexpr int kMost = 500;
  if (!has_limits(path)) return {};
  int lines = 0;
  each_line(text, [&](int number, std::string_view) { lines = number; });
  if (lines <= kMost) return {};
  return {at(path, kMost + 1) + std::to_string(lines) +
          " lines, the limit is 500: give a part of its subject a file of its own"};
}

Complaints check_function_length(std::string_view path, std::string_view text) {
  constexpr int kMost = 70;
  Complaints found;
  if (!has_limits(path)) return found;
  FunctionFinder finder;
  each_line(text, [&](int number, std::string_view line) {
    finder.take(number, line, [&](int first, int last, std::string_view head) {
      const int lines = last - first + 1;
      if (lines > kMost)
        found.push_back(at(path, first) + std::to_string(lines) +
                        " lines, the limit is 70: give its steps names (" + std::string(head) +
                        ")");
    });
  });
  return found;
}

Complaints check_machine_paths(std::string_view path, std::string_view text) {
  // Put together here so that this file does not report itself.
  static const std::array<std::string, 3> words = {
      "/wor" + std::string("k/"), "/hom" + std::string("e/"), "/usr/sha" + std::string("re")};
  Complaints found;
  if (starts_with(path, "packaging/")) return found;  // where an installed program's files lie
  each_line(text, [&](int number, std::string_view line) {
    for (const std::string& word : words) {
      if (line.find(word) != std::string_view::npos)
        found.push_back(at(path, number) + "path of a machine: " + word);
    }
  });
  return found;
}

}  // namespace qs::tidy
