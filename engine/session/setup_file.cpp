#include "session/setup_file.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "base/write_file.h"
#include "lesson/file/graph_file.h"
#include "lesson/file/program_file.h"
#include "lesson/file/toml_fields.h"
#include "lesson/file/toml_text.h"
#include "run/inputs.h"
#include "session/programs.h"
#include "session/session.h"
#include "session/setup_table.h"

namespace qs::session {

using sched::Input;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kEnding = ".toml";

struct Number {
  const char* key;
  uint32_t Workload::*value;
};
constexpr Number kNumbers[] = {
    {"count", &Workload::count},       {"rate", &Workload::rate},
    {"burst", &Workload::burst},       {"reads", &Workload::reads},
    {"writes", &Workload::writes},     {"controls", &Workload::controls},
    {"length", &Workload::length},     {"cancels", &Workload::cancels},
    {"seed", &Workload::seed},         {"answer_us", &Workload::answer_us},
    {"start_us", &Workload::start_us},
};

class Reader : lesson::TomlFields {
 public:
  Reader(std::string_view file, std::initializer_list<std::string_view> others)
      : lesson::TomlFields(file), others_(others) {}

  Result<SetupFile> read(const toml::table& table) {
    for (auto&& [key, node] : table)
      if (!read_key(key.str(), node)) return *error_;
    if (!finish(table)) return *error_;
    return std::move(out_);
  }

 private:
  bool read_key(std::string_view key, const toml::node& node) {
    if (std::find(others_.begin(), others_.end(), key) != others_.end()) return true;
    if (key == "title") return bytes(node, out_.title);
    if (key == "note") return bytes(node, out_.note);
    if (key == "program") return text(node, out_.program);
    if (key == "schedule") return schedule(node);
    if (key == "workload") return workload(node);
    parts_ = key;
    if (key == "seed") return number(node, key, out_.schedule.seed);
    if (key == "device" || key == "queue") {
      own_graph_ = true;
      auto read = lesson::read_graph(graph_, key, node, file_);
      if (!read) error_ = read.error();
      return read.ok();
    }
    if (key == "options") return options(node);
    if (key == "inputs") return inputs(node);
    if (key == "picks") return picks(node);
    std::string known =
        "title, note, program, seed, options, inputs, picks, device, queue, schedule, workload";
    for (std::string_view other : others_) known += ", " + std::string(other);
    return fail(node,
                fmt::format("\"{}\" is not a key of a set-up; expected one of {}", key, known));
  }

  bool bytes(const toml::node& node, std::string& out) {
    if (!text(node, out)) return false;
    out = lesson::unescape_bytes(out);
    return true;
  }

  bool schedule(const toml::node& node) {
    std::string line;
    if (!text(node, line)) return false;
    auto read = run::read_schedule(line);
    if (!read) return fail(node, "schedule: " + read.error().message);
    whole_ = std::move(*read);
    return true;
  }

  bool options(const toml::node& node) {
    return texts(node, "verifier=off", [&](const toml::node& at, const std::string& word) {
      const size_t equal = std::min(word.find('='), word.size());
      const std::string key = word.substr(0, equal);
      const std::string value = equal < word.size() ? word.substr(equal + 1) : "";
      const bool digits = !value.empty() && value.size() < 7 &&
                          value.find_first_not_of("0123456789") == std::string::npos;
      const bool ok = (key == "verifier" && (value == "on" || value == "off")) ||
                      (key == "undefined" && (value == "stop" || value == "continue")) ||
                      (key == "minor" && digits);
      if (!ok)
        return fail(at, fmt::format("\"{}\" is not an option; expected one of verifier=on|off, "
                                    "undefined=stop|continue, minor=NUMBER",
                                    word));
      options_ += (options_.empty() ? "" : " ") + word;
      return true;
    });
  }

  bool inputs(const toml::node& node) {
    return texts(node, "0 send read 16 file=A", [&](const toml::node& at, const std::string& line) {
      auto input = lesson::parse_script_line(line);
      if (!input) return fail(at, input.error().message);
      if (sched::is_setting(input->kind))
        settings_.push_back(*input);
      else
        inputs_.push_back(*input);
      return true;
    });
  }

  bool picks(const toml::node& node) {
    return texts(node, "12=3", [&](const toml::node& at, const std::string& text) {
      const auto pick = sched::parse_pick(text);
      if (!pick) return fail(at, fmt::format("\"{}\" is not a pick; write DECISION=THREAD", text));
      out_.schedule.picks.push_back(*pick);
      return true;
    });
  }

  bool workload(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return fail(node, "[workload] is a table");
    Workload w;
    std::string known;
    for (const Number& n : kNumbers) known += std::string(n.key) + ", ";
    for (auto&& [key, value] : *table) {
      const std::string_view k = key.str();
      const auto* found = std::find_if(std::begin(kNumbers), std::end(kNumbers),
                                       [&](const Number& n) { return k == n.key; });
      if (found != std::end(kNumbers)) {
        if (!number(value, k, w.*found->value)) return false;
        if (k == "answer_us") w.answers = true;
      } else if (k == "irql") {
        uint32_t irql = 0;
        if (!number(value, k, irql)) return false;
        if (irql != 0 && irql != 2) return fail(value, "irql: 0 or 2 (DISPATCH_LEVEL)");
        w.at_dispatch = irql == 2;
      } else if (k == "after") {
        uint32_t n = 0;
        if (!number(value, k, n)) return false;
        after_ = n;
      } else if (k == "sent") {
        if (!sent(value, w)) return false;
      } else {
        return fail(value,
                    fmt::format("\"{}\" is not a key of [workload]; expected one of {}irql, sent, "
                                "after",
                                k, known));
      }
    }
    const Workload kept = clamped(w);
    for (const Number& n : kNumbers)
      if (kept.*n.value != w.*n.value) {
        const toml::node* at = table->get(n.key);
        return fail(at ? *at : *table,
                    fmt::format("{} cannot be {}; the nearest that is allowed is {}", n.key,
                                w.*n.value, kept.*n.value));
      }
    for (auto [given, most] : {std::pair(w.sent_reads, kept.sent_reads),
                               {w.sent_writes, kept.sent_writes},
                               {w.sent_controls, kept.sent_controls}})
      if (given != most)
        return fail(*table->get("sent"),
                    fmt::format("sent: {} is more than the limit, {}", given, most));
    out_.workload = w;
    return true;
  }
  bool sent(const toml::node& node, Workload& w) {
    const toml::array* list = node.as_array();
    if (!list || list->size() != 3)
      return fail(node, "sent: expected three numbers, as in [4, 0, 1]");
    uint32_t* const values[] = {&w.sent_reads, &w.sent_writes, &w.sent_controls};
    for (size_t i = 0; i < 3; ++i)
      if (!number(*list->get(i), "sent", *values[i])) return false;
    return true;
  }

  // Settings in the order that sessions keep, then the other inputs.
  bool finish(const toml::table& table) {
    auto program = load_program(out_.program);
    if (!program) {
      const toml::node* at = table.get("program");
      return fail(at ? *at : table, "program: " + program.error().message);
    }
    if (own_graph_ && !program->asks_setup())
      return fail(table,
                  fmt::format("the driver of {} creates its own queues; only the sandbox can "
                              "be given others",
                              out_.program));
    if (whole_) {
      if (after_) parts_ = "after";
      if (!parts_.empty())
        return fail(
            *table.get("schedule"),
            fmt::format("schedule says all of the run: there can be no {} beside it", parts_));
      out_.schedule = std::move(*whole_);
      return true;
    }
    std::vector<Input>& all = out_.schedule.inputs;
    if (own_graph_) all = run::graph_inputs(graph_);
    std::stable_sort(settings_.begin(), settings_.end(),
                     [](const Input& a, const Input& b) { return a.kind < b.kind; });
    all.insert(all.end(), settings_.begin(), settings_.end());
    if (!options_.empty()) {
      Input option;
      option.kind = sched::InputKind::Option;
      option.text = options_;
      all.push_back(std::move(option));
    }
    if (out_.workload) {
      const size_t at = std::min<size_t>(after_.value_or(0xFFFFFFFF), inputs_.size());
      const auto made = make_workload(*out_.workload, *program);
      inputs_.insert(inputs_.begin() + long(at), made.begin(), made.end());
    }
    all.insert(all.end(), inputs_.begin(), inputs_.end());
    if (auto checked = run::check_inputs(all); !checked)
      return fail(list_or(table, "inputs"), "inputs: " + checked.error().message);
    if (out_.schedule.picks.size() > limits::kInputs)
      return fail(list_or(table, "picks"),
                  fmt::format("picks: {} are more than the limit, {}", out_.schedule.picks.size(),
                              limits::kInputs));
    return true;
  }
  static const toml::node& list_or(const toml::table& table, std::string_view key) {
    const toml::node* at = table.get(key);
    return at ? *at : table;
  }

  std::vector<std::string_view> others_;
  SetupFile out_;
  run::QueueGraph graph_;
  bool own_graph_ = false;
  std::string options_;
  std::vector<Input> settings_, inputs_;
  std::optional<sched::Schedule> whole_;
  std::string parts_;  // a key that describes a part of the run
  std::optional<uint32_t> after_;
};

std::string print_list(const char* key, const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string out = std::string(key) + " = [\n";
  for (const std::string& text : texts) out += "  " + lesson::in_quotes(text) + ",\n";
  return out + "]\n";
}

std::string print_head(const SetupFile& setup) {
  std::string out = "# A set-up for QueueScope: `queuescope run FILE`, `queuescope FILE`.\n";
  if (!setup.title.empty())
    out += "title = " + lesson::in_quotes(lesson::escape_bytes(setup.title)) + "\n";
  if (!setup.note.empty())
    out += "note = " + lesson::in_quotes(lesson::escape_bytes(setup.note)) + "\n";
  return out + "program = " + lesson::in_quotes(setup.program) + "\n";
}

std::string print_workload(const Workload& w) {
  std::string out = "\n[workload]\n";
  for (const Number& n : kNumbers)
    if (std::string_view(n.key) != "answer_us" || w.answers)
      out += fmt::format("{} = {}\n", n.key, w.*n.value);
  if (w.at_dispatch) out += "irql = 2\n";
  return out + fmt::format("sent = [{}, {}, {}]\n", w.sent_reads, w.sent_writes, w.sent_controls);
}

// As people write it, without what inputs, options and queues have no words for.
std::string print_parts(const SetupFile& setup) {
  std::string out = print_head(setup);
  if (setup.schedule.seed != sched::Schedule().seed)
    out += fmt::format("seed = {}\n", setup.schedule.seed);
  std::vector<std::string> options, inputs, picks;
  std::vector<Input> plain;
  run::QueueGraph graph;
  for (const Input& input : setup.schedule.inputs) {
    if (input.kind == sched::InputKind::Setup)
      (void)run::apply_setup(graph, input);
    else if (input.kind == sched::InputKind::Option)
      options.push_back(input.text);
    else if (input.kind == sched::InputKind::Override)
      inputs.push_back(lesson::script_line(input));
    else
      plain.push_back(input);
  }
  size_t before = 0;
  if (setup.workload)
    if (auto program = load_program(setup.program)) {
      const auto made = make_workload(*setup.workload, *program);
      if (auto at = place_of(made, plain)) {
        before = *at;
        plain.erase(plain.begin() + long(*at), plain.begin() + long(*at + made.size()));
      }
    }
  for (const Input& input : plain) inputs.push_back(lesson::script_line(input));
  for (const sched::Pick& p : setup.schedule.picks)
    picks.push_back(sched::pick_text(p));
  std::vector<std::string> words;
  for (const std::string& text : options) {
    std::istringstream in(text);
    for (std::string word; in >> word;) words.push_back(word);
  }
  out += print_list("options", words) + print_list("inputs", inputs) + print_list("picks", picks);
  out += lesson::print_graph(graph);
  if (setup.workload) out += print_workload(*setup.workload) + fmt::format("after = {}\n", before);
  return out;
}

}  // namespace

Result<SetupFile> parse_setup(const toml::table& table, std::string_view file,
                              std::initializer_list<std::string_view> others) {
  return Reader(file, others).read(table);
}

Result<SetupFile> parse_setup(std::string_view text, std::string_view file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  if (root->empty())
    return Error{std::string(file), 0,
                 "there is nothing in this file; a set-up says program = \"sandbox\", say"};
  return parse_setup(*root, file, {});
}

std::string print_setup(const SetupFile& setup) {
  const std::string parts = print_parts(setup);
  if (auto again = parse_setup(parts, "printed"); again && *again == setup) return parts;
  std::string out = print_head(setup);
  out += "schedule = " + lesson::in_quotes(setup.schedule.print()) + "\n";
  if (setup.workload) out += print_workload(*setup.workload);
  return out;
}

SetupFile setup_of(const Session& session) {
  SetupFile out;
  out.program = session.program().name;
  out.title = session.program().title;
  const sched::Schedule& shown = session.branch().schedule;
  out.schedule.seed = shown.seed;
  out.schedule.picks = shown.picks;
  std::vector<Input>& all = out.schedule.inputs;
  const bool asks = session.program().asks_setup();
  std::vector<Input> left;
  if (asks) {
    const run::QueueGraph graph =
        run::effective_graph(session.program().graph, shown.inputs, &left);
    if (!(graph == session.program().graph)) all = run::graph_inputs(graph);
  }
  for (const Input& input : shown.inputs)
    if (input.kind == sched::InputKind::Override && !asks) left.push_back(input);
  all.insert(all.end(), left.begin(), left.end());
  for (const Input& input : shown.inputs)
    if (input.kind == sched::InputKind::Option) all.push_back(input);
  for (const Input& input : shown.inputs)
    if (!sched::is_setting(input.kind)) all.push_back(input);
  if (const PlacedWorkload* placed = session.workload()) out.workload = placed->workload;
  return out;
}

// --- files ---

Result<std::string> setup_folder() {
  auto folder = data_folder();
  if (!folder) return folder;
  return *folder + "/sandbox";
}

Result<std::string> setup_path(std::string_view name) {
  std::string path(name);
  if (name.find('/') == name.npos) {
    auto folder = setup_folder();
    if (!folder) return folder;
    std::string stem = file_stem(name.ends_with(kEnding) ? name.substr(0, name.size() - 5) : name);
    for (char& c : stem)
      if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    path = *folder + "/" + stem;
  }
  if (!path.ends_with(kEnding)) path += kEnding;
  return path;
}

std::vector<std::string> list_setups() {
  std::vector<std::string> names;
  std::error_code none;
  if (auto folder = setup_folder())
    for (const auto& entry : fs::directory_iterator(*folder, none))
      if (entry.path().extension() == kEnding) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<SetupFile> load_setup(const std::string& path) {
  auto text = read_file(path, limits::kTextFile);
  if (!text) return text.error();
  auto setup = parse_setup(*text, path);
  if (setup && setup->title.empty()) setup->title = fs::path(path).stem().string();
  return setup;
}

namespace {

// The text of a file that reads back as this set-up.
Result<std::string> sure_text(const SetupFile& setup, const std::string& path) {
  const std::string text = print_setup(setup);
  auto again = parse_setup(text, path);
  if (again && *again == setup) return text;
  return Error{path, 0,
               "not saved, since it could not be opened again" +
                   (again ? std::string() : ": " + again.error().message)};
}

}  // namespace

Result<bool> save_setup(const SetupFile& setup, const std::string& path) {
  auto text = sure_text(setup, path);
  if (!text) return text.error();
  if (auto made = make_folder_of(path); !made) return made;
  return write_file(path, *text);
}

Result<std::string> save_new_setup(const SetupFile& setup, const std::string& path) {
  auto text = sure_text(setup, path);
  if (!text) return text.error();
  const fs::path file(path);
  return write_new_file(file.parent_path().string(), file.stem().string(), kEnding,
                        [&](std::ostream& out) { out << *text; });
}

}  // namespace qs::session
