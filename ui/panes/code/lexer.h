// C for the eye: which parts of a line are keywords, types, calls of the framework, comments and so
// on. A small hand-written lexer; pure functions, no state. Called by the code view.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace qs::ui {

enum class CodeKind : uint8_t {
  plain,
  keyword,
  type,  // WDFQUEUE, NTSTATUS, size_t, typedefs of the file
  call,  // functions of the framework and the kernel
  text,  // strings and characters
  number,
  comment,
  macro  // preprocessor lines, names in capitals
};

struct CodePiece {
  uint32_t from = 0, to = 0;  // bytes of the line
  CodeKind kind = CodeKind::plain;
  bool operator==(const CodePiece&) const = default;
};

using TypeNames = std::set<std::string, std::less<>>;

// Pieces of one line in order, blanks left out, neighbors of one kind joined. `in_comment` carries
// a
// /* comment over the ends of lines. `types` are further names of types.
std::vector<CodePiece> lex_line(std::string_view line, bool& in_comment,
                                const TypeNames& types = {});

// Names that a file declares with typedef.
TypeNames declared_types(std::string_view text);

struct CodeLine {
  std::string_view text;  // without its newline
  std::vector<CodePiece> pieces;
};
// All lines of a file; `types` from all files that belong to it. The text must outlive them.
std::vector<CodeLine> lex_file(std::string_view text, const TypeNames& types);

}  // namespace qs::ui
