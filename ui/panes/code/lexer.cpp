#include "ui/panes/code/lexer.h"

#include <algorithm>
#include <cctype>

namespace qs::ui {
namespace {

bool is_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}
bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool is_keyword(std::string_view word) {
  static constexpr std::string_view words[] = {
      "auto",  "break",    "case",   "char",     "const",  "continue", "default",
      "do",    "double",   "else",   "enum",     "extern", "float",    "for",
      "goto",  "if",       "inline", "int",      "long",   "register", "return",
      "short", "signed",   "sizeof", "static",   "struct", "switch",   "typedef",
      "union", "unsigned", "void",   "volatile", "while"};
  return std::binary_search(std::begin(words), std::end(words), word);
}

// Types of the kit that are written in capitals; all others in capitals are constants.
bool is_kit_type(std::string_view word) {
  static constexpr std::string_view words[] = {"BOOLEAN",       "BYTE",
                                               "CHAR",          "DEVICE_OBJECT",
                                               "DWORD",         "GUID",
                                               "HANDLE",        "INT",
                                               "IRP",           "KIRQL",
                                               "LARGE_INTEGER", "LONG",
                                               "LONGLONG",      "LPCGUID",
                                               "MDL",           "NTSTATUS",
                                               "PBOOLEAN",      "PCHAR",
                                               "PCWSTR",        "PHYSICAL_ADDRESS",
                                               "PIRP",          "PLONG",
                                               "PMDL",          "PUCHAR",
                                               "PULONG",        "PUNICODE_STRING",
                                               "PUSHORT",       "PVOID",
                                               "PWSTR",         "SHORT",
                                               "SIZE_T",        "UCHAR",
                                               "UINT32",        "ULONG",
                                               "ULONG64",       "ULONGLONG",
                                               "ULONG_PTR",     "UNICODE_STRING",
                                               "USHORT",        "VOID",
                                               "WCHAR"};
  if (std::find(std::begin(words), std::end(words), word) != std::end(words)) return true;
  if (starts_with(word, "EVT_WDF_") || starts_with(word, "PFN_")) return true;
  // WDFQUEUE, WDFREQUEST …: handles are one word; WDF_IO_QUEUE_CONFIG and the like are structures.
  if (starts_with(word, "WDF") && word.size() > 3 && word.find('_') == word.npos) return true;
  if (starts_with(word, "PDRIVER_") || starts_with(word, "DRIVER_")) return true;
  return ends_with(word, "_CONFIG") || ends_with(word, "_ATTRIBUTES") ||
         ends_with(word, "_PARAMETERS") || ends_with(word, "_CALLBACKS") ||
         ends_with(word, "_OPTIONS");
}

bool is_capitals(std::string_view word) {
  bool letter = false;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') return false;
    letter |= c >= 'A' && c <= 'Z';
  }
  return letter && word.size() > 1;
}

bool is_framework_call(std::string_view word) {
  if (word.size() < 4) return false;
  static constexpr std::string_view heads[] = {"Wdf", "Ke", "Ex", "Io", "Rtl", "Mm",
                                               "Dbg", "Kd", "Qs", "Nt", "Zw"};
  for (const std::string_view head : heads)
    if (starts_with(word, head) && word.size() > head.size() &&
        std::isupper(static_cast<unsigned char>(word[head.size()])))
      return true;
  return false;
}

class Lexer {
 public:
  Lexer(std::string_view line, bool& in_comment, const TypeNames& types)
      : s_(line), in_comment_(in_comment), types_(types) {}

  std::vector<CodePiece> run() {
    if (in_comment_) comment_rest(0);
    directive();
    while (at_ < s_.size()) step();
    return std::move(out_);
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < s_.size() ? s_[at_ + ahead] : '\0'; }

  void add(size_t from, CodeKind kind) {
    if (from >= at_) return;
    if (!out_.empty() && out_.back().kind == kind && out_.back().to == from)
      out_.back().to = uint32_t(at_);
    else
      out_.push_back({uint32_t(from), uint32_t(at_), kind});
  }

  // From inside a comment to its end, or the line's.
  void comment_rest(size_t from) {
    const size_t end = s_.find("*/", at_);
    in_comment_ = end == s_.npos;
    at_ = in_comment_ ? s_.size() : end + 2;
    add(from, CodeKind::comment);
  }

  // "#include <wdf.h>", "#define NAME": the words up to there; what follows is C.
  void directive() {
    size_t i = at_;
    while (i < s_.size() && (s_[i] == ' ' || s_[i] == '\t')) ++i;
    if (i >= s_.size() || s_[i] != '#' || !out_.empty()) return;
    const size_t from = i++;
    while (i < s_.size() && (s_[i] == ' ' || s_[i] == '\t')) ++i;
    const size_t word = i;
    while (i < s_.size() && is_part(s_[i])) ++i;
    const bool include = s_.substr(word, i - word) == "include";
    at_ = i;
    add(from, CodeKind::macro);
    const size_t open = s_.find('<', at_);
    if (!include || open == s_.npos) return;
    at_ = std::min(s_.size(), s_.find('>', open) == s_.npos ? s_.size() : s_.find('>', open) + 1);
    add(open, CodeKind::text);
  }

  void step() {
    const size_t from = at_;
    const char c = peek();
    if (c == ' ' || c == '\t') {
      ++at_;
    } else if (c == '/' && peek(1) == '/') {
      at_ = s_.size();
      add(from, CodeKind::comment);
    } else if (c == '/' && peek(1) == '*') {
      at_ += 2;
      comment_rest(from);
    } else if (c == '"' || c == '\'') {
      quoted(c);
      add(from, CodeKind::text);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      while (is_part(peek()) || peek() == '.') ++at_;
      add(from, CodeKind::number);
    } else if (is_start(c)) {
      while (is_part(peek())) ++at_;
      add(from, kind_of(from));
    } else {
      ++at_;
      add(from, CodeKind::plain);
    }
  }

  void quoted(char quote) {
    ++at_;
    while (at_ < s_.size() && s_[at_] != quote) at_ += s_[at_] == '\\' ? 2 : 1;
    at_ = std::min(s_.size(), at_ + 1);
  }

  // A name in capitals that stands where a type does: "QS_ORDER order", "PQS_ORDER* p",
  // "(PORDER)x".
  bool declares(size_t from) const {
    size_t i = at_;
    if (i < s_.size() && s_[i] == '*') return true;
    if (i < s_.size() && s_[i] == ')' && from > 0 && s_[from - 1] == '(')
      return i + 1 < s_.size() && (is_start(s_[i + 1]) || s_[i + 1] == '&');
    while (i < s_.size() && s_[i] == ' ') ++i;
    return i > at_ && i < s_.size() && is_start(s_[i]);
  }

  CodeKind kind_of(size_t from) const {
    const std::string_view word = s_.substr(from, at_ - from);
    if (is_keyword(word)) return CodeKind::keyword;
    if (types_.count(word) || is_kit_type(word) || ends_with(word, "_t")) return CodeKind::type;
    const bool directive =
        !out_.empty() && out_[0].kind == CodeKind::macro && s_[out_[0].from] == '#';
    if (is_capitals(word)) return !directive && declares(from) ? CodeKind::type : CodeKind::macro;
    size_t next = at_;
    while (next < s_.size() && s_[next] == ' ') ++next;
    const bool called = next < s_.size() && s_[next] == '(';
    return called && is_framework_call(word) ? CodeKind::call : CodeKind::plain;
  }

  std::string_view s_;
  bool& in_comment_;
  const TypeNames& types_;
  size_t at_ = 0;
  std::vector<CodePiece> out_;
};

}  // namespace

std::vector<CodePiece> lex_line(std::string_view line, bool& in_comment, const TypeNames& types) {
  return Lexer(line, in_comment, types).run();
}

TypeNames declared_types(std::string_view text) {
  TypeNames out;
  bool in_comment = false, in_typedef = false;
  int depth = 0;
  std::string last;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    for (const CodePiece& p : lex_line(line, in_comment)) {
      if (p.kind == CodeKind::comment || p.kind == CodeKind::text) continue;
      // Pieces of one kind are joined: look at their words and signs one by one.
      for (size_t i = p.from; i < p.to;) {
        size_t j = i;
        while (j < p.to && is_part(line[j])) ++j;
        if (j > i) {
          last = line.substr(i, j - i);
          if (last == "typedef") in_typedef = true;
          i = j;
          continue;
        }
        const char c = line[i++];
        if (c == '{' || c == '(') ++depth;
        if (c == '}' || c == ')') --depth;
        if (in_typedef && depth == 0 && (c == ',' || c == ';') && !last.empty()) out.insert(last);
        if (c == ';' && depth == 0) in_typedef = false;
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::vector<CodeLine> lex_file(std::string_view text, const TypeNames& types) {
  std::vector<CodeLine> out;
  bool in_comment = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    out.push_back({line, lex_line(line, in_comment, types)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace qs::ui
