#include "ui/toolkit/core/theme_file.h"

#include <set>
#include <string>

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/toml.h"
#include "base/visible.h"

namespace qs::ui {
namespace {

constexpr std::string_view names[] = {"dark", "light", "contrast"};

}  // namespace

bool parse_color(std::string_view text, Color& out) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return false;
  std::uint8_t bytes[4] = {0, 0, 0, 255};
  for (std::size_t i = 1; i + 1 < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i / 2] = std::uint8_t(high * 16 + low);
  }
  out = {bytes[0], bytes[1], bytes[2], bytes[3]};
  return true;
}

Result<Theme> parse_theme(std::string_view text, std::string_view file) {
  const auto fail = [&](const toml::source_region& at, std::string message) {
    return Error{std::string(file), int(at.begin.line), std::move(message)};
  };
  auto parsed = parse_toml(text, file);
  if (!parsed) return parsed.error();
  const toml::table& root = *parsed;
  Theme theme;
  const toml::node* colors = root.get("colors");
  if (!colors || !colors->is_table()) {
    return fail(root.source(), "the table [colors] is missing");
  }
  for (auto&& [key, node] : root) {
    if (key.str() == "name" && node.is_string())
      theme.name = *node.value<std::string>();
    else if (key.str() == "dark" && node.is_boolean())
      theme.dark = *node.value<bool>();
    else if (key.str() == "line" && node.is_number())
      theme.line = *node.value<float>();
    else if (key.str() != "colors") {
      return fail(node.source(),
                  fmt::format("\"{}\" is not a setting of a theme: expected name (a text), "
                              "dark (true or false), line (a number) or [colors]",
                              key.str()));
    }
  }
  if (theme.name.empty()) return fail(root.source(), "the theme has no name");
  std::set<std::string, std::less<>> known;
  std::string missing, wrong;
  toml::source_region wrong_at = colors->source();
  each_color(theme, [&](const char* name, Color& color) {
    known.insert(name);
    const toml::node* node = colors->as_table()->get(name);
    if (!node) {
      if (missing.empty()) missing = name;
      return;
    }
    const auto value = node->value<std::string>();
    if (value && parse_color(*value, color)) return;
    if (wrong.empty()) {
      wrong = fmt::format("{} is \"{}\", which is not a color: write \"#rrggbb\" or \"#rrggbbaa\"",
                          name, value.value_or("not a text"));
      wrong_at = node->source();
    }
  });
  if (!wrong.empty()) return fail(wrong_at, wrong);
  for (auto&& [key, node] : *colors->as_table()) {
    if (!known.count(key.str())) {
      return fail(node.source(), fmt::format("\"{}\" is not a color of a theme", key.str()));
    }
  }
  if (!missing.empty()) {
    return fail(colors->source(), fmt::format("the color \"{}\" is missing", missing));
  }
  return theme;
}

std::span<const std::string_view> theme_names() { return names; }

Result<Theme> load_theme(std::string_view name) {
  const std::string path = fmt::format("assets/theme-{}.toml", name);
  const EmbeddedFile* file = find_asset(path);
  if (!file)
    return Error{path, 0, "there is no theme of this name: choose dark, light or contrast"};
  return parse_theme(file->text(), path);
}

}  // namespace qs::ui
