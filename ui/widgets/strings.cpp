#include "ui/widgets/strings.h"

#include <map>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/embedded.h"

namespace qs::ui {
namespace {

constexpr const char* default_file = "assets/strings-en.toml";

struct Table {
  std::map<std::string, std::string, std::less<>> texts;
  bool loaded = false;
};

// One table for the program, like the C locale: texts are read in every corner of the window.
Table& table() {
  static Table t;
  return t;
}

bool collect(const toml::table& node, const std::string& prefix, std::string_view file,
             std::map<std::string, std::string, std::less<>>& out, Error& error) {
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

Result<bool> load_strings(std::string_view text, std::string_view file) {
  std::map<std::string, std::string, std::less<>> fresh;
  try {
    Error error;
    if (!collect(toml::parse(text, file), "", file, fresh, error)) return error;
  } catch (const toml::parse_error& e) {
    return Error{std::string(file), int(e.source().begin.line),
                 fmt::format("not valid TOML: {}", e.description())};
  }
  table().loaded = true;
  for (auto& [key, value] : fresh) table().texts[key] = std::move(value);
  return true;
}

Result<bool> load_default_strings() {
  const EmbeddedFile* file = find_asset(default_file);
  if (!file)
    return Error{default_file, 0, "is missing from the program: build it again with ./dev build"};
  table().texts.clear();
  return load_strings(file->text(), default_file);
}

const char* tr(std::string_view key) {
  if (!table().loaded) {
    table().loaded = true;  // whatever happens: keys are shown rather than asking for ever
    (void)load_default_strings();
  }
  auto& texts = table().texts;
  auto at = texts.find(key);
  if (at == texts.end()) at = texts.emplace(std::string(key), fmt::format("<{}>", key)).first;
  return at->second.c_str();
}

const char* tr_action(Action action) { return tr(fmt::format("action.{}", action_name(action))); }

std::string trf_list(std::string_view key, std::initializer_list<std::string> values) {
  const std::string_view pattern = tr(key);
  std::string out;
  auto next = values.begin();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 1 < pattern.size() && pattern[i + 1] == '}' &&
        next != values.end()) {
      out += *next++;
      ++i;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::string all_strings() {
  std::string all;
  for (const auto& [key, value] : table().texts) all += value;
  return all;
}

std::vector<std::string> string_keys() {
  std::vector<std::string> keys;
  for (const auto& [key, value] : table().texts) keys.push_back(key);
  return keys;
}

}  // namespace qs::ui
