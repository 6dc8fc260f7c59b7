#include "ui/toolkit/text/texts_file.h"

#include <fmt/format.h>

#include "base/toml.h"

namespace qs::ui {
namespace {

bool collect(const toml::table& node, const std::string& prefix, std::string_view file, Texts& out,
             Error& error) {
  for (auto&& [key, value] : node) {
    const std::string name =
        prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
    if (const toml::table* inner = value.as_table()) {
      if (!collect(*inner, name, file, out, error)) return false;
    } else if (const auto text = value.value<std::string>()) {
      out[name] = *text;
    } else {
      error = Error{std::string(file), int(value.source().begin.line),
                    fmt::format("\"{}\" has to be a text in quotes", name)};
      return false;
    }
  }
  return true;
}

}  // namespace

Result<Texts> read_texts(std::string_view toml, std::string_view file) {
  auto root = parse_toml(toml, file);
  if (!root) return root.error();
  Texts out;
  Error error;
  if (!collect(*root, "", file, out, error)) return error;
  return out;
}

}  // namespace qs::ui
