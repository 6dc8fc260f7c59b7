// The table [program] that reads back as a program.
#include <fmt/format.h>

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
  return out + graph_in_program(p.graph);
}

}  // namespace qs::lesson
