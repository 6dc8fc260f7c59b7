#include "session/presets.h"

#include <algorithm>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/embedded.h"
#include "lesson/program_file.h"

namespace qs {
namespace {

Result<Preset> parse_preset(const toml::table& table, std::string_view file) {
  auto fail = [&](const toml::node& at, std::string message) {
    return Error{std::string(file), int(at.source().begin.line), std::move(message)};
  };
  Preset preset;
  preset.program = "sandbox";
  for (auto&& [key, node] : table) {
    auto text = node.value_exact<std::string>();
    if (key.str() == "key") {
      auto digit = node.value_exact<int64_t>();
      if (!digit || *digit < 0 || *digit > 9) return fail(node, "a key is a digit, 0 to 9");
      preset.key = int(*digit);
    } else if (key.str() == "title" && text) {
      preset.title = *text;
    } else if (key.str() == "note" && text) {
      preset.note = *text;
    } else if (key.str() == "program" && text) {
      preset.program = *text;
    } else if (key.str() == "inputs" && node.is_array()) {
      for (const toml::node& item : *node.as_array()) {
        auto line = item.value_exact<std::string>();
        if (!line) return fail(item, "expected a text such as \"0 send read 16 file=A\"");
        auto input = parse_script_line(*line);
        if (!input) return fail(item, input.error().message);
        preset.schedule.inputs.push_back(*input);
      }
    } else {
      return fail(node, fmt::format("\"{}\" is no key of a preset, or has another type; there are "
                                    "key, title, note, program, inputs",
                                    key.str()));
    }
  }
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

}  // namespace qs
