#include "lesson/file/graph_file.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "lesson/file/toml_text.h"
#include "trace/events/words.h"

namespace qs::lesson {
namespace {

// TOML into the words of schedules, so that there is one list of what is allowed.
class GraphReader {
 public:
  GraphReader(run::QueueGraph& graph, std::string_view file) : graph_(graph), file_(file) {}

  Result<bool> device(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return fail(node, "[device] is a table");
    sched::Input input = setup("*");
    for (auto&& [key, value] : *table) {
      const std::string_view k = key.str();
      std::string word;
      auto read = Result<bool>(true);
      if (k == "filter" || k == "caller_context")
        read = flag(value, word);
      else if (k == "scope" || k == "level")
        read = text(value, word);
      else
        read = unknown(value, k, "[device]; expected one of filter, caller_context, scope, level");
      if (!read) return read;
      input.text = fmt::format("{}={}", k == "caller_context" ? "caller" : short_key(k), word);
      if (auto done = apply(value, k, input); !done) return done;
    }
    return true;
  }

  Result<bool> queues(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (!list) return fail(node, "a queue is a [[queue]]");
    for (const toml::node& item : *list) {
      if (!item.is_table()) return fail(item, "a queue is a [[queue]]");
      if (auto done = queue(*item.as_table()); !done) return done;
    }
    return true;
  }

 private:
  static sched::Input setup(std::string subject) {
    sched::Input input;
    input.kind = sched::InputKind::Setup;
    input.subject = std::move(subject);
    return input;
  }
  // Schedules say exec and zero where files say level and zero_length.
  static std::string_view short_key(std::string_view key) {
    return key == "level" ? "exec" : key == "zero_length" ? "zero" : key;
  }

  Error fail(const toml::node& at, std::string message) const {
    return Error{std::string(file_), int(at.source().begin.line), std::move(message)};
  }
  Result<bool> unknown(const toml::node& at, std::string_view key, const char* what) const {
    return fail(at, fmt::format("\"{}\" is not a key of {}", key, what));
  }
  Result<bool> flag(const toml::node& node, std::string& word) const {
    auto value = node.value_exact<bool>();
    if (!value) return fail(node, "expected true or false");
    word = *value ? "on" : "off";
    return true;
  }
  Result<bool> text(const toml::node& node, std::string& word) const {
    auto value = node.value_exact<std::string>();
    if (!value) return fail(node, "expected a text in quotes");
    word = *value;
    return true;
  }
  Result<bool> number(const toml::node& node, std::string& word) const {
    auto value = node.value_exact<int64_t>();
    if (!value) return fail(node, "limit: expected a whole number");
    if (*value < 0 || *value > int64_t(limits::kNumber))
      return fail(node,
                  fmt::format("limit: {} is beyond the limits, 0 to {}", *value, limits::kNumber));
    word = std::to_string(*value);
    return true;
  }
  Result<bool> texts(const toml::node& node, std::string& word) const {
    const toml::array* list = node.as_array();
    if (!list) return fail(node, "expected a list of texts, as in [\"read\", \"write\"]");
    word.clear();
    for (const toml::node& item : *list) {
      std::string one;
      if (auto read = text(item, one); !read) return read;
      word += (word.empty() ? "" : "+") + one;
    }
    return true;
  }
  Result<bool> apply(const toml::node& at, std::string_view key, const sched::Input& input) {
    if (auto done = run::apply_setup(graph_, input); !done)
      return fail(at, fmt::format("{}: {}", key, done.error().message));
    return true;
  }

  Result<bool> queue(const toml::table& table) {
    const toml::node* name = table.get("name");
    std::string word;
    if (!name) return fail(table, "this queue has no name");
    if (auto read = text(*name, word); !read) return read;
    if (word.empty() || word == "*" || word.find_first_of("\"\n") != word.npos)
      return fail(*name, "this is not a name for a queue");
    if (graph_.find(word)) return fail(*name, fmt::format("there is a queue \"{}\" already", word));
    sched::Input input = setup(word);
    if (auto made = apply(table, "queue", input); !made) return made;
    for (auto&& [key, value] : table) {
      const std::string_view k = key.str();
      if (k == "name") continue;
      auto read =
          k == "default" || k == "zero_length" ? flag(value, word)
          : k == "limit"                       ? number(value, word)
          : k == "handlers" || k == "routes"   ? texts(value, word)
          : k == "dispatch" || k == "scope" || k == "level" || k == "power"
              ? text(value, word)
              : unknown(value, k,
                        "a queue; expected one of name, default, dispatch, limit, handlers, "
                        "routes, zero_length, scope, level, power");
      if (!read) return read;
      if (k == "default") {
        if (word == "off") continue;
        input.text = "default";
      } else {
        input.text = fmt::format("{}={}", short_key(k), word);
      }
      if (auto done = apply(value, k, input); !done) return done;
    }
    return true;
  }

  run::QueueGraph& graph_;
  std::string_view file_;
};

std::string texts_of(uint32_t bits, bool handlers) {
  std::string out;
  const size_t count = handlers ? size_t(run::SetupHandler::Count) : size_t(run::SetupRoute::Count);
  for (size_t i = 0; i < count; ++i)
    if (bits >> i & 1)
      out += fmt::format(
          "{}\"{}\"", out.empty() ? "" : ", ",
          handlers ? run::handler_word(run::SetupHandler(i)) : run::route_word(run::SetupRoute(i)));
  return "[" + out + "]";
}

}  // namespace

Result<bool> read_graph(run::QueueGraph& graph, std::string_view key, const toml::node& node,
                        std::string_view file) {
  GraphReader reader(graph, file);
  return key == "device" ? reader.device(node) : reader.queues(node);
}

std::string print_graph(const run::QueueGraph& graph) {
  std::string out;
  const run::DeviceSetup& d = graph.device;
  if (!(d == run::DeviceSetup())) {
    out += "\n[device]\n";
    if (d.filter) out += "filter = true\n";
    if (d.caller_context) out += "caller_context = true\n";
    if (d.scope != run::SetupScope::Inherit)
      out += fmt::format("scope = \"{}\"\n", run::setup_word(d.scope));
    if (d.level != run::SetupLevel::Inherit)
      out += fmt::format("level = \"{}\"\n", run::setup_word(d.level));
  }
  for (const run::QueueSetup& q : graph.queues) {
    out += fmt::format("\n[[queue]]\nname = {}\n", in_quotes(q.name));
    if (q.is_default) out += "default = true\n";
    out += fmt::format("dispatch = \"{}\"\n", trace::short_word(q.dispatch));
    if (q.limit) out += fmt::format("limit = {}\n", *q.limit);
    if (q.handlers) out += "handlers = " + texts_of(q.handlers, true) + "\n";
    if (q.routes) out += "routes = " + texts_of(q.routes, false) + "\n";
    if (q.zero_length) out += "zero_length = true\n";
    if (q.scope != run::SetupScope::Inherit)
      out += fmt::format("scope = \"{}\"\n", run::setup_word(q.scope));
    if (q.level != run::SetupLevel::Inherit)
      out += fmt::format("level = \"{}\"\n", run::setup_word(q.level));
    if (q.power != run::SetupPower::ByDefault)
      out += fmt::format("power = \"{}\"\n", run::setup_word(q.power));
  }
  return out;
}

}  // namespace qs::lesson
