#include "lesson/file/registry_file.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "kmdf/core/registry.h"
#include "kmdf/device/properties.h"

namespace qs::lesson {

namespace {

constexpr uint32_t kSz = 1, kBinary = 3, kDword = 4, kMultiSz = 7, kQword = 11;  // REG_*
constexpr size_t kMostEntries = 1000, kMostBytes = 64 * 1024, kMostDepth = 8;

std::string text_bytes(std::string_view text) {
  const std::u16string wide = kmdf::from_utf8(text);
  std::string out(wide.size() * 2 + 2, '\0');
  std::memcpy(out.data(), wide.data(), wide.size() * 2);
  return out;
}

class RegistryReader {
 public:
  RegistryReader(std::vector<run::RegistryEntry>& out, std::string_view file)
      : out_(out), file_(file) {}

  Result<bool> roots(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return fail(node, "registry: expected tables, as in [program.registry.parameters]");
    const std::string_view known = kmdf::registry_root_names();
    for (auto&& [key, value] : *table) {
      const std::string name(key.str());
      if ((", " + std::string(known) + ",").find(", " + name + ",") == std::string::npos)
        return fail(value, fmt::format("registry: \"{}\" is none of {}", name, known));
      if (!value.is_table())
        return fail(value, fmt::format("registry.{}: expected a table of values", name));
      if (auto read = keys(*value.as_table(), name, 1); !read) return read;
    }
    return true;
  }

 private:
  Result<bool> keys(const toml::table& table, const std::string& key, size_t depth) {
    if (depth > kMostDepth)
      return fail(table, fmt::format("registry: keys lie more than {} deep", kMostDepth));
    for (auto&& [name, value] : table) {
      Result<bool> read = value.is_table() ? keys(*value.as_table(),
                                                  key + "\\" + std::string(name.str()), depth + 1)
                                           : entry(value, key, std::string(name.str()));
      if (!read) return read;
    }
    return true;
  }

  Result<bool> entry(const toml::node& node, const std::string& key, std::string name) {
    run::RegistryEntry e{key, std::move(name), 0, {}};
    if (auto number = node.value_exact<int64_t>()) {
      const bool small = *number >= INT32_MIN && *number <= int64_t(UINT32_MAX);
      e.type = small ? kDword : kQword;
      e.bytes.assign(reinterpret_cast<const char*>(&*number), small ? 4 : 8);
    } else if (auto text = node.value_exact<std::string>()) {
      e.type = kSz;
      e.bytes = text_bytes(*text);
    } else if (auto on = node.value_exact<bool>()) {
      e.type = kDword;
      e.bytes.assign(4, '\0');
      e.bytes[0] = *on;
    } else if (!list(node.as_array(), e)) {
      return fail(node, fmt::format("registry: {} is no number, text, list of texts or list of "
                                    "bytes from 0 to 255",
                                    e.name));
    }
    if (e.bytes.size() > kMostBytes)
      return fail(node, fmt::format("registry: {} has more than {} bytes", e.name, kMostBytes));
    if (out_.size() == kMostEntries)
      return fail(node, fmt::format("registry: there are more than {} values", kMostEntries));
    out_.push_back(std::move(e));
    return true;
  }

  static bool list(const toml::array* array, run::RegistryEntry& e) {
    if (!array) return false;
    const bool texts = !array->empty() && array->front().is_string();
    e.type = texts ? kMultiSz : kBinary;
    for (const toml::node& item : *array) {
      if (texts) {
        auto text = item.value_exact<std::string>();
        if (!text || text->empty()) return false;
        e.bytes += text_bytes(*text);
      } else {
        auto byte = item.value_exact<int64_t>();
        if (!byte || *byte < 0 || *byte > 255) return false;
        e.bytes += char(*byte);
      }
    }
    if (texts) e.bytes.append(2, '\0');
    return true;
  }

  Error fail(const toml::node& node, std::string message) const {
    return {std::string(file_), int(node.source().begin.line), std::move(message)};
  }

  std::vector<run::RegistryEntry>& out_;
  std::string_view file_;
};

}  // namespace

Result<bool> read_registry(std::vector<run::RegistryEntry>& out, const toml::node& node,
                           std::string_view file) {
  out.clear();
  return RegistryReader(out, file).roots(node);
}

Result<bool> read_properties(std::vector<std::pair<std::string, std::string>>& out,
                             const toml::node& node, std::string_view file) {
  const auto fail = [file](const toml::node& at, std::string message) {
    return Error{std::string(file), int(at.source().begin.line), std::move(message)};
  };
  const toml::table* table = node.as_table();
  if (!table) return fail(node, "properties: expected a table, as in { FriendlyName = \"...\" }");
  const std::string known = kmdf::device_property_names();
  out.clear();
  for (auto&& [key, value] : *table) {
    const std::string name(key.str());
    if ((", " + known + ",").find(", " + name + ",") == std::string::npos)
      return fail(value, fmt::format("properties: \"{}\" is none of {}", name, known));
    auto text = value.value_exact<std::string>();
    if (!text) return fail(value, fmt::format("properties: {} is a text", name));
    out.emplace_back(name, *text);
  }
  return true;
}

}  // namespace qs::lesson
