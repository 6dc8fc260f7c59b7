#include "session/presets.h"

#include <algorithm>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/embedded.h"
#include "base/toml.h"
#include "lesson/file/program_file.h"
#include "session/setup_table.h"

namespace qs::session {
namespace {

Result<Preset> parse_preset(const toml::table& table, std::string_view file) {
  auto setup = parse_setup(table, file, {"key"});
  if (!setup) return setup.error();
  Preset preset{std::move(*setup), 0};
  const toml::node* key = table.get("key");
  const auto fail = [&](const toml::node& at, const char* message) {
    return Error{std::string(file), int(at.source().begin.line), message};
  };
  auto digit = key ? key->value_exact<int64_t>() : std::nullopt;
  if (!digit || *digit < 0 || *digit > 9)
    return fail(key ? *key : static_cast<const toml::node&>(table), "a key is a digit, 0 to 9");
  preset.key = int(*digit);
  if (preset.title.empty()) return fail(table, "this preset has no title");
  return preset;
}

}  // namespace

Result<std::vector<Preset>> parse_presets(std::string_view text, std::string_view file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  std::vector<Preset> presets;
  const toml::node* list = root->get("preset");
  if (!list || !list->is_array()) return Error{std::string(file), 0, "there is no [[preset]] here"};
  for (const toml::node& node : *list->as_array()) {
    if (!node.is_table())
      return Error{std::string(file), int(node.source().begin.line), "a preset is a [[preset]]"};
    auto preset = parse_preset(*node.as_table(), file);
    if (!preset) return preset.error();
    for (const Preset& other : presets)
      if (other.key == preset->key && other.program == preset->program)
        return Error{std::string(file), int(node.source().begin.line),
                     fmt::format("the key {} is already that of \"{}\"", other.key, other.title)};
    presets.push_back(std::move(*preset));
  }
  std::stable_sort(presets.begin(), presets.end(),
                   [](const Preset& a, const Preset& b) { return a.key < b.key; });
  return presets;
}

Result<std::vector<Preset>> load_presets() {
  const EmbeddedFile* file = find_asset("assets/presets.toml");
  if (!file) return Error{"assets/presets.toml", 0, "this file is not compiled in"};
  return parse_presets(file->text(), file->name);
}

}  // namespace qs::session
