// Strings: every text of the interface by key, from assets/strings-<language>.toml. The English is
// in the program as a table; another language is loaded over it. Read by tr() everywhere. Main
// thread only.
//
// A test finds every key written in the sources and compares them with the file, so keys are always
// literals. Keys made from an enum have a function of their own (tr_action).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "ui/toolkit/core/keymap.h"

namespace qs::ui {

// Texts are looked up several hundred times a frame. A literal stays where it is and says the same
// as long as the program runs, so where it lies tells which text it means, without a search.
struct KnownText {
  const char* key = nullptr;  // where the literal lies
  const char* text = nullptr;
};
inline constexpr unsigned kKnownTextsLog = 11;
extern std::array<KnownText, std::size_t(1) << kKnownTextsLog> known_texts;

// The text of `key`; the key itself, in angle brackets, when there is none.
const char* tr(std::string_view key);
// The same for a literal.
template <std::size_t N>
const char* tr(const char (&key)[N]) {
  const auto place = reinterpret_cast<std::uintptr_t>(key) * 0x9E3779B97F4A7C15u;
  KnownText& known = known_texts[std::size_t(place >> (64 - kKnownTextsLog))];
  if (known.key != key) known = {key, tr(std::string_view(key, N - 1))};
  return known.text;
}
// What an action does, for the "?" sheet, menus and tooltips: key "action.<name>".
const char* tr_action(Action action);
// tr() with {} filled in order: trf("queue.presented", n, limit).
template <class... T>
std::string trf(std::string_view key, const T&... values);
template <std::size_t N, class... T>
std::string trf(const char (&key)[N], const T&... values);

// Replaces all texts. `file` names the TOML in errors (file:line). Keys that the new file lacks
// keep their present text, so an unfinished translation shows English.
Result<bool> load_strings(std::string_view toml, std::string_view file);
// The English alone.
void load_default_strings();
// All texts in a row, so that the fonts get the characters they need.
std::string all_strings();
// Every key, sorted: for the test and for translators.
std::vector<std::string> string_keys();

// A value for trf(), copied nowhere: a text of others, or a number as its digits.
class TextValue {
 public:
  TextValue(const std::string& s) : text_(s) {}
  TextValue(std::string_view s) : text_(s) {}
  TextValue(const char* s) : text_(s) {}
  template <class N>
  requires std::is_arithmetic_v<N> TextValue(N n) : digits_(std::to_string(n)), text_(digits_) {}
  TextValue(const TextValue&) = delete;
  TextValue& operator=(const TextValue&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::string digits_;  // short enough to need no memory of its own
  std::string_view text_;
};
std::string filled(std::string_view pattern, std::initializer_list<TextValue> values);

template <class... T>
std::string trf(std::string_view key, const T&... values) {
  return filled(tr(key), {TextValue(values)...});
}
template <std::size_t N, class... T>
std::string trf(const char (&key)[N], const T&... values) {
  return filled(tr(key), {TextValue(values)...});
}

}  // namespace qs::ui
