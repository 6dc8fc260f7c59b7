#include "ui/toolkit/text/strings.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "ui/toolkit/text/texts_file.h"

// The English, sorted by key: made by ui/bake when the program is built, so that no start reads it.
extern "C" {
struct qs_BakedText {
  const char* key;
  const char* text;
};
extern const qs_BakedText qs_baked_texts[];
extern const unsigned long qs_baked_texts_count;
}

namespace qs::ui {
namespace {

std::span<const qs_BakedText> english() { return {qs_baked_texts, qs_baked_texts_count}; }

// Of another language, and keys that have no text. One table for the program, like the C locale:
// texts are read in every corner of the window.
Texts& others() {
  static Texts t;
  return t;
}

}  // namespace

std::array<KnownText, std::size_t(1) << kKnownTextsLog> known_texts;

Result<bool> load_strings(std::string_view text, std::string_view file) {
  auto fresh = read_texts(text, file);
  if (!fresh) return fresh.error();
  for (auto& [key, value] : *fresh) others()[key] = std::move(value);
  known_texts.fill({});
  return true;
}

void load_default_strings() {
  others().clear();
  known_texts.fill({});
}

const char* tr(std::string_view key) {
  if (const auto at = others().find(key); at != others().end()) return at->second.c_str();
  const auto all = english();
  const auto at =
      std::lower_bound(all.begin(), all.end(), key,
                       [](const qs_BakedText& t, std::string_view k) { return t.key < k; });
  if (at != all.end() && at->key == key) return at->text;
  return others().emplace(key, fmt::format("<{}>", key)).first->second.c_str();
}

const char* tr_action(Action action) {
  return tr(std::string_view(fmt::format("action.{}", action_name(action))));
}

std::string filled(std::string_view pattern, std::initializer_list<TextValue> values) {
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
  for (const qs_BakedText& t : english()) all += t.text;
  for (const auto& [key, text] : others()) all += text;
  return all;
}

std::vector<std::string> string_keys() {
  std::vector<std::string> keys;
  for (const qs_BakedText& t : english()) keys.emplace_back(t.key);
  for (const auto& [key, text] : others())
    if (!std::binary_search(keys.begin(), keys.begin() + long(english().size()), key))
      keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace qs::ui
