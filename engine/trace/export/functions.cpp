#include "trace/export/functions.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>

namespace qs::trace {
namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Steps over a text, outside comments, strings and preprocessor lines only.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // The next sign that counts, 0 at the end.
  char next() {
    while (at_ < text_.size()) {
      const size_t from = at_;
      const char c = text_[at_];
      if (c == '/' && starts("//")) {
        skip_to("\n");
      } else if (c == '/' && starts("/*")) {
        at_ += 2;
        skip_to("*/");
        at_ = std::min(at_ + 2, text_.size());
      } else if (c == '"' || c == '\'') {
        skip_quoted(c);
      } else if (c == '#' && fresh_) {
        do {
          skip_to("\n");
        } while (at_ > 0 && text_[at_ - 1] == '\\' && at_++ < text_.size());
      } else {
        ++at_;
        if (c == '\n') ++line_;
        fresh_ = c == '\n' || (fresh_ && std::isspace(static_cast<unsigned char>(c)));
        return c;
      }
      line_ += uint32_t(std::count(text_.begin() + long(from), text_.begin() + long(at_), '\n'));
    }
    return 0;
  }
  size_t at() const { return at_; }  // just behind the last sign
  uint32_t line() const { return line_; }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  void skip_to(std::string_view end) { at_ = std::min(text_.find(end, at_), text_.size()); }
  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }

  std::string_view text_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  bool fresh_ = true;  // nothing but blanks on this line so far
};

std::string_view name_before(std::string_view text, size_t end) {
  while (end > 0 && std::isspace(static_cast<unsigned char>(text[end - 1]))) --end;
  size_t from = end;
  while (from > 0 && in_name(text[from - 1])) --from;
  return text.substr(from, end - from);
}

// What a thread of its own is made for.
bool is_work(CallbackKind kind) {
  return kind == CallbackKind::EvtTimerFunc || kind == CallbackKind::EvtDpcFunc ||
         kind == CallbackKind::EvtWorkItem;
}

}  // namespace

std::vector<DefinedFunction> defined_functions(std::string_view text) {
  std::vector<DefinedFunction> out;
  Scanner scan(text);
  DefinedFunction open;  // its head has been read
  int braces = 0, parens = 0;
  for (char c = scan.next(); c; c = scan.next()) {
    if (braces == 0 && c == '(' && parens++ == 0) {
      open = {name_before(text, scan.at() - 1), scan.line(), 0};
    } else if (braces == 0 && c == ')') {
      parens = std::max(0, parens - 1);
    } else if (braces == 0 && (c == ';' || c == '=')) {
      open = {};
    } else if (c == '{') {
      if (braces++ == 0 && parens > 0) open = {};  // no head
    } else if (c == '}' && braces > 0 && --braces == 0) {
      open.last = scan.line();
      if (!open.name.empty()) out.push_back(open);
      open = {};
    }
  }
  return out;
}

bool same_file(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty() || a.substr(a.size() - b.size()) != b) return false;
  return a.size() == b.size() || a[a.size() - b.size() - 1] == '/';
}

int source_of(std::span<const EmbeddedFile> files, const Trace& trace, uint32_t file) {
  if (file == 0 || file >= trace.files().size()) return -1;
  for (size_t i = 0; i < files.size(); ++i)
    if (same_file(files[i].name, trace.files()[file])) return int(i);
  return -1;
}

void WorkerLines::add(const Event& e) {
  if (e.code == EventCode::CallbackEnter) {
    if (is_work(CallbackKind(e.a))) entered_[e.thread] = e.s;
    return;
  }
  if (entered_.empty()) return;
  const auto entered = entered_.find(e.thread);
  if (entered == entered_.end()) return;
  const bool runs = (e.code == EventCode::Line || e.code == EventCode::CallEnter) && e.site;
  if (!runs && e.code != EventCode::CallbackLeave) return;
  if (runs) {
    const auto add = [&](ObjectId id) {
      const auto known = [&](const auto& worker) { return worker.first == id; };
      if (id && std::none_of(found_.begin(), found_.end(), known)) found_.push_back({id, e.site});
    };
    add(ObjectId(ObjectKind::Thread, e.thread));
    add(entered->second);
  }
  entered_.erase(entered);
}

ShownNames worker_names(const Trace& trace, const WorkerLines& lines,
                        std::span<const EmbeddedFile> files) {
  ShownNames names;
  std::vector<std::vector<DefinedFunction>> defined(files.size());
  for (const auto& [id, site] : lines.found()) {
    const int file = source_of(files, trace, site.file());
    if (file < 0) continue;
    auto& functions = defined[size_t(file)];
    if (functions.empty()) functions = defined_functions(files[size_t(file)].text());
    for (const DefinedFunction& f : functions)
      if (f.first <= site.line() && site.line() <= f.last)
        names[id] = f.name;
  }
  ShownNames shown = names;
  for (const auto& [id, function] : names) {
    if (id.kind() == ObjectKind::Thread) continue;
    const auto shares = [&, at = id, &name = function](const auto& other) {
      return other.first != at && other.first.kind() == at.kind() && other.second == name;
    };
    // "DPC 1": the number tells only those of one function apart.
    std::string words = trace.name(id);
    const size_t number = words.find_last_not_of("0123456789");
    if (number != words.npos && words[number] == ' ' &&
        std::none_of(names.begin(), names.end(), shares))
      words.resize(number);
    shown[id] = words + " " + function;
  }
  return shown;
}

ShownNames worker_names(const Trace& trace, std::span<const EmbeddedFile> files) {
  WorkerLines lines;
  for (size_t i = 0; i < trace.size(); ++i) lines.add(trace[i]);
  return worker_names(trace, lines, files);
}

}  // namespace qs::trace
