// What every reader of our TOML files does with a value: takes it as a text, a number, a flag or a
// list, or keeps the first thing that is wrong with file and line. Owns: TomlFields. A base of the
// readers of programs and set-ups; one thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/limits.h"
#include "base/result.h"

namespace qs::lesson {

class TomlFields {
 protected:
  explicit TomlFields(std::string_view file) : file_(file) {}

  bool fail(const toml::node& node, std::string message) {
    if (!error_) error_ = Error{std::string(file_), int(node.source().begin.line), message};
    return false;
  }
  bool text(const toml::node& node, std::string& out) {
    auto value = node.value_exact<std::string>();
    if (!value) return fail(node, "expected a text in quotes");
    out = *value;
    return true;
  }
  bool number(const toml::node& node, std::string_view key, uint32_t& out,
              uint32_t most = limits::kNumber) {
    auto value = node.value_exact<int64_t>();
    if (!value)
      return fail(node, fmt::format("{}: expected a whole number from 0 to {}", key, most));
    if (*value < 0 || *value > int64_t(most))
      return fail(node, fmt::format("{}: {} is beyond the limits, 0 to {}", key, *value, most));
    out = uint32_t(*value);
    return true;
  }
  bool flag(const toml::node& node, bool& out) {
    auto value = node.value_exact<bool>();
    if (!value) return fail(node, "expected true or false");
    out = *value;
    return true;
  }
  // Calls each(node, text) for each text of a list until it returns false.
  template <class Each>
  bool texts(const toml::node& node, const char* example, Each each) {
    const toml::array* list = node.as_array();
    if (!list) return fail(node, fmt::format("expected a list of texts, as in [\"{}\"]", example));
    for (const toml::node& item : *list) {
      std::string line;
      if (!text(item, line) || !each(item, line)) return false;
    }
    return true;
  }

  std::string_view file_;
  std::optional<Error> error_;
};

}  // namespace qs::lesson
