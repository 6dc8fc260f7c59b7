#include "ui/toolkit/text/strings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/toml.h"

namespace qs::ui {
namespace {

constexpr const char* default_file = "assets/strings-en.toml";

// Texts are looked up several hundred times a frame, without making a string of the key.
struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};
using Texts = std::unordered_map<std::string, std::string, KeyHash, std::equal_to<>>;

// Keys are literals: where a key lies tells nearly always what it says, without reading all of it
// for a hash. A guess is checked against the key itself.
using Guess = const Texts::value_type*;

struct Table {
  Texts texts;
  std::array<Guess, 2048> guesses{};
  bool loaded = false;

  Guess& guess(std::string_view key) {
    return guesses[(reinterpret_cast<std::uintptr_t>(key.data()) * 0x9E3779B97F4A7C15u) >> 53];
  }
};

// One table for the program, like the C locale: texts are read in every corner of the window.
Table& table() {
  static Table t;
  return t;
}

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

Result<bool> load_strings(std::string_view text, std::string_view file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  Texts fresh;
  Error error;
  if (!collect(*root, "", file, fresh, error)) return error;
  table().loaded = true;
  for (auto& [key, value] : fresh) table().texts[key] = std::move(value);
  return true;
}

Result<bool> load_default_strings() {
  const EmbeddedFile* file = find_asset(default_file);
  if (!file)
    return Error{default_file, 0, "is missing from the program: build it again with ./dev build"};
  table().texts.clear();
  table().guesses.fill(nullptr);
  return load_strings(file->text(), default_file);
}

const char* tr(std::string_view key) {
  if (!table().loaded) {
    table().loaded = true;  // do not retry; missing texts show their keys
    (void)load_default_strings();
  }
  Guess& guess = table().guess(key);
  if (guess && guess->first == key) return guess->second.c_str();
  auto& texts = table().texts;
  auto at = texts.find(key);
  if (at == texts.end()) at = texts.emplace(std::string(key), fmt::format("<{}>", key)).first;
  guess = &*at;
  return at->second.c_str();
}

const char* tr_action(Action action) { return tr(fmt::format("action.{}", action_name(action))); }

std::string trf_list(std::string_view key, std::initializer_list<TextValue> values) {
  const std::string_view pattern = tr(key);
  std::size_t size = pattern.size();
  for (const TextValue& value : values) size += value.text().size();
  std::string out;
  out.reserve(size);
  std::size_t from = 0;
  for (const TextValue& value : values) {
    const std::size_t hole = pattern.find("{}", from);
    if (hole == pattern.npos) break;
    out.append(pattern, from, hole - from);
    out += value.text();
    from = hole + 2;
  }
  return out.append(pattern, from);
}

std::string all_strings() {
  std::string all;
  for (const std::string& key : string_keys()) all += table().texts[key];
  return all;
}

std::vector<std::string> string_keys() {
  std::vector<std::string> keys;
  for (const auto& [key, value] : table().texts) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace qs::ui
