// Strings: every text of the interface by key, from assets/strings-<language>.toml. The English is
// in the program as a table; another language is loaded over it. Read by tr() everywhere. Main
// thread only.
//
// A test finds every key written in the sources and compares them with the file, so keys are always
// literals. Keys made from an enum have a function of their own (tr_action).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ui/toolkit/core/keymap.h"

namespace qs::ui {

// The text of `key`; the key itself, in angle brackets, when there is none.
const char* tr(std::string_view key);
// What an action does, for the "?" sheet, menus and tooltips: key "action.<name>".
const char* tr_action(Action action);
// tr() with {} filled in order: trf("queue.presented", n, limit).
std::string trf_list(std::string_view key, std::initializer_list<std::string> values);
template <class... T>
std::string trf(std::string_view key, const T&... values);

// Replaces all texts. `file` names the TOML in errors (file:line). Keys that the new file lacks
// keep their present text, so an unfinished translation shows English.
Result<bool> load_strings(std::string_view toml, std::string_view file);
// The English alone.
void load_default_strings();
// All texts in a row, so that the fonts get the characters they need.
std::string all_strings();
// Every key, sorted: for the test and for translators.
std::vector<std::string> string_keys();

namespace detail {
inline std::string as_text(const std::string& s) { return s; }
inline std::string as_text(std::string_view s) { return std::string(s); }
inline std::string as_text(const char* s) { return s; }
template <class N>
std::string as_text(N n) {
  return std::to_string(n);
}
}  // namespace detail

template <class... T>
std::string trf(std::string_view key, const T&... values) {
  return trf_list(key, {detail::as_text(values)...});
}

}  // namespace qs::ui
