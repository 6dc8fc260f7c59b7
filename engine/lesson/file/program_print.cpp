// The table [program] that reads back as a program.
#include <algorithm>
#include <cstring>
#include <map>

#include <fmt/format.h>

#include "kmdf/core/format.h"
#include "lesson/file/graph_file.h"
#include "lesson/file/program_file.h"
#include "lesson/file/toml_text.h"
#include "run/inputs.h"
#include "trace/events/words.h"

namespace qs::lesson {
namespace {

std::string list_in_toml(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts)
    out += (out.size() > 1 ? ", " : "") + lesson::in_quotes(text);
  return out + "]";
}

// [device] and [[queue]] as tables of [program].
std::string graph_in_program(const run::QueueGraph& graph) {
  std::string out = print_graph(graph);
  for (const auto& [alone, within] :
       {std::pair<std::string, std::string>{"\n[device]\n", "\n[program.device]\n"},
        {"\n[[queue]]\n", "\n[[program.queue]]\n"}})
    for (size_t at = 0; (at = out.find(alone, at)) != out.npos; at += within.size())
      out.replace(at, alone.size(), within);
  return out;
}

// A value as registry_file.h reads it.
std::string registry_value(const run::RegistryEntry& e) {
  constexpr uint32_t kText = 1, kNumber = 4, kTexts = 7, kLarge = 11;  // REG_*
  if (e.type == kNumber || e.type == kLarge) {
    uint64_t number = 0;
    std::memcpy(&number, e.bytes.data(), std::min(e.bytes.size(), sizeof number));
    return e.type == kNumber ? std::to_string(uint32_t(number)) : std::to_string(int64_t(number));
  }
  if (e.type != kText && e.type != kTexts) {
    std::string out = "[";
    for (const char byte : e.bytes) out += std::to_string(uint8_t(byte)) + ", ";
    return out + "]";
  }
  std::vector<std::string> texts;
  std::vector<uint16_t> text;
  for (size_t i = 0; i + 1 < e.bytes.size(); i += 2) {
    uint16_t c = 0;
    std::memcpy(&c, e.bytes.data() + i, sizeof c);
    if (c) {
      text.push_back(c);
    } else if (e.type == kText || !text.empty()) {
      texts.push_back(kmdf::to_utf8(text.data(), text.size()));
      text.clear();
    }
  }
  return e.type == kTexts ? list_in_toml(texts) : lesson::in_quotes(texts.empty() ? "" : texts[0]);
}

// Values of a key are not always one after the other, and its table may stand there once only.
std::string registry_in_program(const std::vector<run::RegistryEntry>& registry) {
  std::map<std::string, std::string> keys;
  for (const run::RegistryEntry& e : registry)
    keys[e.key] += lesson::in_quotes(e.name) + " = " + registry_value(e) + "\n";
  std::string out;
  for (const auto& [key, values] : keys) {
    out += "\n[program.registry";
    for (size_t at = 0; at <= key.size();) {
      const size_t end = std::min(key.find('\\', at), key.size());
      out += "." + lesson::in_quotes(key.substr(at, end - at));
      at = end + 1;
    }
    out += "]\n" + values;
  }
  return out;
}

std::string properties_in_program(
    const std::vector<std::pair<std::string, std::string>>& properties) {
  std::string out = properties.empty() ? "" : "\n[program.properties]\n";
  for (const auto& [name, value] : properties)
    out += lesson::in_quotes(name) + " = " + lesson::in_quotes(value) + "\n";
  return out;
}

}  // namespace

std::string print_program(const run::Program& p) {
  std::string out = "[program]\ntitle = " + lesson::in_quotes(p.title) + "\n";
  out += "queues = " + list_in_toml(p.queue_names) + "\n";
  out += fmt::format("hardware = {}\nhardware_us = {}\n", lesson::in_quotes(p.hardware),
                     p.hardware_us);
  if (p.lower.present)
    out += fmt::format("lower = {{ delay_us = {}, deaf = {}, status = {} }}\n", p.lower.delay,
                       p.lower.deaf, lesson::in_quotes(trace::status_text(p.lower.status)));
  std::string apps;
  for (const run::AppSpec& app : p.apps)
    apps += fmt::format("  {{ name = {}, files = {}, synchronous = {} }},\n",
                        lesson::in_quotes(app.name), list_in_toml(app.files), app.synchronous);
  out += "apps = [\n" + apps + "]\n";
  std::string script;
  for (const sched::Input& input : p.script)
    script += "  " + lesson::in_quotes(script_line(input)) + ",\n";
  out += "script = [\n" + script + "]\n";
  const run::RunSettings& s = p.settings;
  const auto on = [](bool value) { return value ? "on" : "off"; };
  out += fmt::format(
      "options = [\"verifier={}\", \"undefined={}\", \"minor={}\", \"lines={}\", \"start={}\", "
      "\"limit_ms={}\"]\n",
      on(s.verifier), s.stop_at_undefined ? "stop" : "continue", s.client_minor, on(s.record_lines),
      on(s.start_device), s.time_limit / 1000);
  if (p.takes_orders) out += "takes_orders = true\n";
  return out + graph_in_program(p.graph) + registry_in_program(p.registry) +
         properties_in_program(p.properties);
}

}  // namespace qs::lesson
