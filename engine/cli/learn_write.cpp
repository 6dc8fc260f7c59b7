#include "cli/learn_write.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/visible.h"
#include "own/own.h"

namespace qs::cli {

// Markdown as a terminal shows it: without its marks, in lines of at most 78 columns.
std::string plain(std::string_view markdown, std::string_view indent) {
  std::string text;
  for (char c : markdown)
    if (c != '*' && c != '`') text += c == '\n' ? ' ' : c;
  text = visible(text);
  std::string out, line(indent);
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (line.size() > indent.size() && line.size() + 1 + word.size() > 78) {
      out += line + "\n";
      line = indent;
    }
    if (!word.empty()) line += (line.size() > indent.size() ? " " : "") + std::string(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out + line + "\n";
}

std::optional<run::Program> written_driver(Cli& cli, const lesson::Tutor& tutor, bool runs) {
  const lesson::Beat& b = tutor.beat();
  const lesson::LessonRun* of = tutor.lesson().run(b.write);
  if (!of) {
    cli.out << "In this beat there is no driver to write.\n";
    return {};
  }
  auto path = own::copy_to_write(of->program, tutor.lesson().key() + " " + b.write);
  if (!path) {
    cli.out << plain(message(path.error().text()));
    return {};
  }
  if (!runs) {
    cli.out << fmt::format("Your driver is {}\n", visible(*path));
    cli.out << "Change it in an editor, then say run.\n";
    return {};
  }
  auto made = own::make_rewritten(of->program, *path);
  if (!made) {
    cli.out << plain(message(made.error().text()));
    return {};
  }
  for (const own::Diagnostic& said : made->said)
    cli.out << visible(own::diagnostic_text(said)) << "\n";
  return std::move(made->program);
}

}  // namespace qs::cli
