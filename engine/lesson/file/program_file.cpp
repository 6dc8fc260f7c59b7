#include "lesson/file/program_file.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/toml.h"
#include "kmdf/device/hardware.h"
#include "lesson/file/graph_file.h"
#include "lesson/file/registry_file.h"
#include "lesson/file/toml_fields.h"
#include "run/inputs.h"
#include "run/registry.h"
#include "trace/events/words.h"

namespace qs::lesson {
namespace {

// Reads one table key by key. The first thing that is wrong is kept.
class ProgramReader : TomlFields {
 public:
  ProgramReader(std::string_view folder, std::string_view file,
                std::span<const run::CompiledDriver> drivers)
      : TomlFields(file), drivers_(drivers) {
    program_.name = folder;
    program_.title = folder;
    driver_ = std::string(folder) + "/driver";
  }

  Result<run::Program> read(const ProgramKeys& all) {
    driver_line_ = all.line;
    for (const auto& [key, node] : all.keys)
      if (!read_key(key, *node)) return *error_;
    if (all.add && !add_lines(*all.add)) return *error_;
    if (auto asked = graph_of_driver(); !asked) return asked.error();
    name_queues();
    if (program_.queue_names.empty())
      for (const run::QueueSetup& q : program_.graph.queues) program_.queue_names.push_back(q.name);
    program_.driver = run::find_driver(drivers_, driver_);
    if (!program_.driver)
      return Error{std::string(file_), driver_line_,
                   fmt::format("the driver \"{}\" is not compiled in; name one that is, such as "
                               "driver = \"01-first-request/driver\" (`queuescope list --drivers` "
                               "shows all), or put its C file into lessons/ and build again",
                               driver_)};
    return std::move(program_);
  }

 private:
  using Handler = std::function<bool(const toml::node&)>;

  bool read_key(std::string_view key, const toml::node& node) {
    const std::map<std::string_view, Handler> handlers = {
        {"title", [&](const toml::node& n) { return text(n, program_.title); }},
        {"driver",
         [&](const toml::node& n) {
           driver_line_ = int(n.source().begin.line);
           return text(n, driver_);
         }},
        {"queues",
         [&](const toml::node& n) { return names(n, program_.queue_names, limits::kQueueNames); }},
        {"hardware", [&](const toml::node& n) { return hardware(n); }},
        {"hardware_us",
         [&](const toml::node& n) {
           return number(n, "hardware_us", program_.hardware_us, limits::kDuration);
         }},
        {"lower", [&](const toml::node& n) { return lower(n); }},
        {"apps", [&](const toml::node& n) { return apps(n); }},
        {"script", [&](const toml::node& n) { return script(n); }},
        {"options", [&](const toml::node& n) { return options(n); }},
        {"registry",
         [&](const toml::node& n) {
           auto read = read_registry(program_.registry, n, file_);
           if (!read) error_ = read.error();
           return read.ok();
         }},
        {"properties",
         [&](const toml::node& n) {
           auto read = read_properties(program_.properties, n, file_);
           if (!read) error_ = read.error();
           return read.ok();
         }},
        {"device", [&](const toml::node& n) { return graph("device", n); }},
        {"queue", [&](const toml::node& n) { return graph("queue", n); }},
        {"takes_orders", [&](const toml::node& n) { return flag(n, program_.takes_orders); }},
    };
    auto found = handlers.find(key);
    if (found != handlers.end()) return found->second(node);
    std::string known;
    for (const auto& [name, handler] : handlers)
      known += (known.empty() ? "" : ", ") + std::string(name);
    return fail(node,
                fmt::format("\"{}\" is not a key of [program]; expected one of {}", key, known));
  }

  bool names(const toml::node& node, std::vector<std::string>& out, size_t most) {
    out.clear();
    return texts(node, "A", [&](const toml::node& at, const std::string& name) {
      if (out.size() == most)
        return fail(at, fmt::format("there are more than {}, the limit", most));
      out.push_back(name);
      return true;
    });
  }

  bool hardware(const toml::node& node) {
    if (!text(node, program_.hardware)) return false;
    if (kmdf::hardware_known(program_.hardware)) return true;
    return fail(node, fmt::format("hardware: \"{}\" is none of none, slot, slots(1) to slots({}), "
                                  "echo, uart, button, fx2",
                                  program_.hardware, kmdf::kMostSlots));
  }

  // A driver that asks what to create is told what its own program says, unless it is said here.
  Result<bool> graph_of_driver() {
    const std::string folder = driver_.substr(0, driver_.find('/'));
    const EmbeddedFile* own = find_asset("assets/programs/" + folder + "/program.toml");
    if (!own || !program_.graph.empty()) return true;
    auto root = parse_toml(own->text(), own->name);
    if (!root) return root.error();
    for (const char* key : {"device", "queue"})
      if (const toml::node* node = (*root)["program"][key].node())
        if (auto read = read_graph(program_.graph, key, *node, own->name); !read) return read;
    return true;
  }
  void name_queues() {
    auto& queues = program_.graph.queues;
    for (size_t i = 0; i < queues.size() && i < program_.queue_names.size(); ++i)
      queues[i].name = program_.queue_names[i];
  }

  bool graph(std::string_view key, const toml::node& node) {
    auto read = read_graph(program_.graph, key, node, file_);
    if (!read) error_ = read.error();
    return read.ok();
  }

  bool lower(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return fail(node, "expected a table, as in { delay_us = 10000 }");
    program_.lower.present = true;
    for (auto&& [key, value] : *table) {
      std::string status;
      if (key.str() == "delay_us") {
        if (!number(value, key.str(), program_.lower.delay, limits::kDuration)) return false;
      } else if (key.str() == "deaf") {
        if (!flag(value, program_.lower.deaf)) return false;
      } else if (key.str() == "status") {
        if (!text(value, status)) return false;
        auto known = trace::status_value(status);
        if (!known) return fail(value, fmt::format("\"{}\" is not a status", status));
        program_.lower.status = *known;
      } else {
        return fail(
            value,
            fmt::format("\"{}\" is not a key of lower; expected one of delay_us, deaf, status",
                        key.str()));
      }
    }
    return true;
  }

  bool apps(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (!array)
      return fail(node, "expected a list, as in [{ name = \"notepad\", files = [\"A\"] }]");
    program_.apps.clear();
    for (const toml::node& item : *array) {
      const toml::table* table = item.as_table();
      if (!table) return fail(item, "expected { name = \"notepad\", files = [\"A\"] }");
      run::AppSpec app;
      for (auto&& [key, value] : *table) {
        if (key.str() == "name") {
          if (!text(value, app.name)) return false;
        } else if (key.str() == "files") {
          if (!names(value, app.files, limits::kHandles)) return false;
        } else if (key.str() == run::kSynchronous) {
          if (!flag(value, app.synchronous)) return false;
        } else {
          return fail(
              value,
              fmt::format("\"{}\" is not a key of an app; expected one of name, files, synchronous",
                          key.str()));
        }
      }
      if (app.name.empty()) return fail(item, "this app has no name");
      if (program_.apps.size() == limits::kApps)
        return fail(item, fmt::format("there are more than {} apps, the limit", limits::kApps));
      program_.apps.push_back(app);
    }
    return true;
  }

  bool script(const toml::node& node) {
    program_.script.clear();
    return add_lines(node);
  }

  bool add_lines(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (!array) return fail(node, "expected a list, as in [\"0 send read 16 file=A\"]");
    for (const toml::node& item : *array) {
      std::string line;
      if (!text(item, line)) return false;
      auto input = parse_script_line(line);
      if (!input) return fail(item, input.error().message);
      program_.script.push_back(*input);
    }
    if (auto checked = run::check_inputs(program_.script); !checked)
      return fail(node, "script: " + checked.error().message);
    return true;
  }

  bool options(const toml::node& node) {
    std::vector<std::string> list;
    constexpr size_t kMostOptions = 32;
    if (!names(node, list, kMostOptions)) return false;
    for (const std::string& option : list)
      if (!set_option(option))
        return fail(node, fmt::format("\"{}\" is not an option; expected one of verifier=on|off, "
                                      "undefined=stop|continue, minor=NUMBER, lines=on|off, "
                                      "start=on|off, limit_ms=NUMBER",
                                      option));
    return true;
  }

  bool set_option(const std::string& option) {
    run::RunSettings& s = program_.settings;
    size_t equal = option.find('=');
    if (equal == std::string::npos) return false;
    std::string key = option.substr(0, equal), value = option.substr(equal + 1);
    bool on = value == "on", off = value == "off";
    if (key == "verifier" && (on || off)) return s.verifier = on, true;
    if (key == "lines" && (on || off)) return s.record_lines = on, true;
    if (key == "start" && (on || off)) return s.start_device = on, true;
    if (key == "undefined" && (value == "stop" || value == "continue"))
      return s.stop_at_undefined = value == "stop", true;
    if (value.empty() || value.size() > 6 ||
        value.find_first_not_of("0123456789") != std::string::npos)
      return false;
    if (key == "minor") return s.client_minor = std::stoi(value), true;
    if (key == "limit_ms") return s.time_limit = uint32_t(std::stoul(value)) * 1000, true;
    return false;
  }

  std::span<const run::CompiledDriver> drivers_;
  run::Program program_;
  std::string driver_;
  int driver_line_ = 0;
};

}  // namespace

Result<run::Program> parse_program(const ProgramKeys& keys, std::string_view folder,
                                   std::string_view file,
                                   std::span<const run::CompiledDriver> drivers) {
  return ProgramReader(folder, file, drivers).read(keys);
}

Result<run::Program> parse_program(const toml::table& table, std::string_view folder,
                                   std::string_view file,
                                   std::span<const run::CompiledDriver> drivers) {
  ProgramKeys keys;
  keys.line = int(table.source().begin.line);
  for (auto&& [key, node] : table) keys.keys[key.str()] = &node;
  return parse_program(keys, folder, file, drivers);
}

}  // namespace qs::lesson
