#include "lesson/file/lesson.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/toml.h"
#include "lesson/file/program_file.h"
#include "trace/rules/rules.h"

namespace qs::lesson {
namespace {

constexpr const char* kModes[] = {"watch", "predict", "do", "drive", "patch", "race", "prove"};

// The keys of one table and what to do with each; the first thing that is wrong is kept.
class LessonReader {
 public:
  LessonReader(std::string_view folder, std::string_view file,
               std::span<const run::CompiledDriver> drivers)
      : file_(file), drivers_(drivers) {
    lesson_.folder = folder;
    lesson_.file = file;
    const size_t dash = folder.find('-');
    lesson_.id = dash == std::string_view::npos ? folder : folder.substr(dash + 1);
  }

  Result<Lesson> read(const toml::table& root) {
    if (!root.contains("beats"))
      return Error{file_, 0, "this is not a lesson: it has no [[beats]]"};
    const toml::table* program = root["program"].as_table();
    if (!program)
      return Error{file_, 0, "the table [program] is missing; it says which driver to run"};
    base_ = program;
    // Runs first, in the order in which they lean on each other; then what names them.
    if (!add_run("scenario", {}, *program, nullptr) || !each(root, "cards", &LessonReader::card) ||
        !each(root, "runs", &LessonReader::run) || !top(root))
      return *error_;
    if (!each(root, "beats", &LessonReader::beat)) return *error_;
    if (!names_exist()) return *error_;
    return std::move(lesson_);
  }

 private:
  using Node = const toml::node&;
  using Handler = std::function<bool(Node)>;
  using Handlers = std::map<std::string_view, Handler>;

  bool fail(int line, std::string message) {
    if (!error_) error_ = Error{file_, line, std::move(message)};
    return false;
  }
  bool fail(Node node, std::string message) {
    return fail(int(node.source().begin.line), std::move(message));
  }

  bool keys(const toml::table& table, std::string_view what, const Handlers& handlers,
            KeyLines* lines = nullptr) {
    if (lines) lines->table = int(table.source().begin.line);
    for (auto&& [key, node] : table) {
      if (lines) lines->keys.emplace_back(key.str(), int(node.source().begin.line));
      auto found = handlers.find(key.str());
      if (found == handlers.end()) {
        std::string known;
        for (const auto& [name, handler] : handlers)
          known += (known.empty() ? "" : ", ") + std::string(name);
        return fail(node, fmt::format("\"{}\" is not a key of {}; expected one of {}", key.str(),
                                      what, known));
      }
      key_ = key.str();
      if (!found->second(node)) return false;
    }
    return true;
  }

  // --- values ---

  Handler text(std::string& out) {
    return [this, &out](Node n) {
      auto value = n.value_exact<std::string>();
      if (!value) return fail(n, fmt::format("{}: expected a text in quotes", key_));
      out = *value;
      return true;
    };
  }
  Handler number(int& out) {
    return [this, &out](Node n) {
      auto value = n.value_exact<int64_t>();
      if (!value || *value < 0 || *value > 10'000)
        return fail(n, fmt::format("{}: expected a whole number from 0 to 10000", key_));
      out = int(*value);
      return true;
    };
  }
  Handler texts(std::vector<std::string>& out) {
    return [this, &out](Node n) {
      const toml::array* array = n.as_array();
      if (!array) return fail(n, fmt::format("{}: expected a list, as in [\"A\", \"B\"]", key_));
      for (Node item : *array) {
        auto value = item.value_exact<std::string>();
        if (!value) return fail(item, fmt::format("{}: expected a text in quotes", key_));
        out.push_back(*value);
      }
      return true;
    };
  }
  Handler pattern(std::optional<Pattern>& out, bool* whole = nullptr, std::string_view word = "") {
    return [this, &out, whole, word](Node n) {
      auto value = n.value_exact<std::string>();
      if (!value) return fail(n, fmt::format("{}: expected an event in quotes", key_));
      if (whole && *value == word) return *whole = true;
      auto parsed = parse_pattern(*value);
      if (!parsed) return fail(n, fmt::format("{}: {}", key_, parsed.error().message));
      out = *parsed;
      return true;
    };
  }
  Handler check(Check& out) {
    return [this, &out](Node n) {
      auto value = n.value_exact<std::string>();
      if (!value) return fail(n, fmt::format("{}: expected a check in quotes", key_));
      auto parsed = parse_check(*value);
      if (!parsed) return fail(n, fmt::format("{}: {}", key_, parsed.error().message));
      out = *parsed;
      return true;
    };
  }
  Handler flag(bool& out) {
    return [this, &out](Node n) {
      auto value = n.value_exact<bool>();
      if (!value) return fail(n, fmt::format("{}: expected true or false", key_));
      out = *value;
      return true;
    };
  }
  bool pass_mark(Node n) {
    auto value = n.value<double>();
    if (!value || !(*value >= 0 && *value <= 1))
      return fail(n, "pass: expected a share from 0 to 1, such as 0.7");
    lesson_.pass = *value;
    return true;
  }
  bool which_answers(Node n) {
    const std::string word = n.value_or(std::string());
    if (word != "first" && word != "last")
      return fail(n, "answers: expected \"first\" or \"last\": which of them counts");
    lesson_.last_answers = word == "last";
    return true;
  }
  static Handler skip() {
    return [](Node) { return true; };
  }

  // Calls read(table) for each table of the list [[key]].
  bool each(const toml::table& table, std::string_view key,
            bool (LessonReader::*each_one)(const toml::table&)) {
    const toml::node* node = table.get(key);
    if (!node) return true;
    const toml::array* array = node->as_array();
    if (!array) return fail(*node, fmt::format("write [[{}]] before each of the {}", key, key));
    for (Node item : *array) {
      const toml::table* one = item.as_table();
      if (!one) return fail(item, fmt::format("{}: expected tables, each under [[{}]]", key, key));
      if (!(this->*each_one)(*one)) return false;
    }
    return true;
  }

  // --- the tables ---

  bool top(const toml::table& root) {
    std::string id = lesson_.id;
    const bool ok = keys(root, "a lesson",
                         {{"id", text(id)},
                          {"number", text(lesson_.number)},
                          {"title", text(lesson_.title)},
                          {"goal", text(lesson_.goal)},
                          {"minutes", number(lesson_.minutes)},
                          {"needs", texts(lesson_.needs)},
                          {"rules", texts(lesson_.rules)},
                          {"learnt", texts(lesson_.learnt)},
                          {"docs", [&](Node n) { return links(n); }},
                          {"pass", [&](Node n) { return pass_mark(n); }},
                          {"answers", [&](Node n) { return which_answers(n); }},
                          {"shuffle", flag(lesson_.shuffles)},
                          {"vary", skip()},
                          {"program", skip()},
                          {"cards", skip()},
                          {"runs", skip()},
                          {"beats", skip()}},
                         &lesson_.lines);
    if (!ok) return false;
    if (id != lesson_.id)
      return fail(lesson_.lines.of("id"),
                  fmt::format("id: \"{}\" is not what the folder {} says", id, lesson_.folder));
    if (lesson_.title.empty()) return fail(0, "the key title is missing");
    for (const std::string& rule : lesson_.rules)
      if (!trace::find_rule(rule))
        return fail(
            lesson_.lines.of("rules"),
            fmt::format("rules: there is no rule \"{}\"; `queuescope explain` lists them", rule));
    return true;
  }

  bool links(Node node) {
    const toml::array* array = node.as_array();
    if (!array)
      return fail(node, "docs: expected a list of { title = \"...\", url = \"https://...\" }");
    for (Node item : *array) {
      const toml::table* table = item.as_table();
      if (!table) return fail(item, "docs: expected { title = \"...\", url = \"https://...\" }");
      LessonLink link;
      if (!keys(*table, "docs", {{"title", text(link.title)}, {"url", text(link.url)}}))
        return false;
      if (link.url.rfind("https://", 0) != 0 || link.url.find(' ') != std::string::npos)
        return fail(
            item, fmt::format("docs: \"{}\" is not an address; it begins with https://", link.url));
      lesson_.docs.push_back(std::move(link));
    }
    return true;
  }

  // A run is [program] with the keys of `changes` in place of its own; `add` makes its script
  // longer.
  bool add_run(std::string id, std::string card, const toml::table& changes,
               const toml::table* first) {
    if (lesson_.run(id))
      return fail(int(changes.source().begin.line),
                  fmt::format("there are two runs or cards \"{}\"", id));
    ProgramKeys program_keys;
    program_keys.line = int(changes.source().begin.line);
    auto put = [&](const toml::table& from) {
      for (auto&& [key, node] : from) {
        const std::string_view k = key.str();
        const bool of_run = k == "id" || k == "title" || k == "text" || k == "card" ||
                            k == "mark" || k == "add" || k == "picks";
        if (&from == base_ || !of_run) program_keys.keys[k] = &node;
      }
    };
    put(*base_);
    if (&changes != base_) {
      if (first) put(*first);
      put(changes);
      program_keys.add = changes.get("add");
    }
    LessonRun made;
    made.id = std::move(id);
    made.card = std::move(card);
    made.line = int(changes.source().begin.line);
    auto program = parse_program(program_keys, lesson_.folder, file_, drivers_);
    if (!program) {
      if (!error_) error_ = program.error();
      return false;
    }
    made.program = std::move(*program);
    lesson_.runs.push_back(std::move(made));
    return true;
  }

  bool id_of(const toml::table& table, std::string& out) {
    auto id = table["id"].value<std::string>();
    if (!id || id->empty())
      return fail(int(table.source().begin.line), "the key id is missing here");
    out = *id;
    return true;
  }

  bool card(const toml::table& table) {
    LessonCard c;
    if (!id_of(table, c.id)) return false;
    c.title = table["title"].value_or(c.id);
    c.text = table["text"].value_or(std::string());
    c.line = int(table.source().begin.line);
    if (!add_run(c.id, c.id, table, nullptr)) return false;
    cards_[c.id] = &table;
    lesson_.cards.push_back(std::move(c));
    return true;
  }

  bool run(const toml::table& table) {
    std::string id;
    if (!id_of(table, id)) return false;
    const std::string card = table["card"].value_or(std::string());
    if (!card.empty() && !cards_.count(card))
      return no_card(int(table.get("card")->source().begin.line), "card", card);
    if (!add_run(id, card, table, card.empty() ? nullptr : cards_[card])) return false;
    key_ = "mark";
    const toml::node* mark = table.get("mark");
    if (mark && !pattern(lesson_.runs.back().mark)(*mark)) return false;
    return picks(table, lesson_.runs.back());
  }

  bool picks(const toml::table& table, LessonRun& run) {
    key_ = "picks";
    const toml::node* node = table.get("picks");
    std::vector<std::string> words;
    if (!node) return true;
    if (!texts(words)(*node)) return false;
    for (const std::string& word : words) {
      auto pick = sched::parse_pick(word);
      if (!pick) return fail(*node, fmt::format("picks: {}", pick.error().message));
      run.picks.push_back(*pick);
    }
    return true;
  }

  bool no_card(int line, const char* key, const std::string& id) {
    std::string known;
    for (const LessonCard& c : lesson_.cards) known += (known.empty() ? "" : ", ") + c.id;
    return fail(line, fmt::format("{}: there is no card \"{}\"; there are {}", key, id,
                                  known.empty() ? "none" : known));
  }

  bool mode(Node node, BeatMode& out) {
    const std::string word = node.value_or(std::string());
    for (size_t i = 0; i < std::size(kModes); ++i)
      if (word == kModes[i]) return out = BeatMode(i), true;
    return fail(node, fmt::format("mode: \"{}\" is none of watch, predict, do, drive, patch, race, "
                                  "prove",
                                  word));
  }

  bool option(const toml::table& table) {
    BeatOption o;
    if (!keys(table, "an option",
              {{"text", text(o.text)},
               {"holds", check(o.holds)},
               {"why", text(o.why)},
               {"misconception", text(o.misconception)},
               {"show", pattern(o.show)},
               {"drop", text(o.drop)}},
              &o.lines))
      return false;
    if (o.text.empty() || o.holds.all.empty())
      return fail(int(table.source().begin.line), "an option has a text and holds = \"a check\"");
    lesson_.beats.back().options.push_back(std::move(o));
    return true;
  }

  bool beat(const toml::table& table) {
    Beat& b = lesson_.beats.emplace_back();
    Goal goal;
    if (!keys(table, "a beat",
              {{"mode", [&](Node n) { return mode(n, b.mode); }},
               {"title", text(b.title)},
               {"text", text(b.text)},
               {"focus", texts(b.focus)},
               {"run", text(b.run)},
               {"from", pattern(b.from, &b.from_start, "start")},
               {"until", pattern(b.until, &b.until_end, "end")},
               {"pause", pattern(b.pause)},
               {"question", text(b.question)},
               {"judge", text(b.judge)},
               {"options", skip()},
               {"drags", text(b.drags)},
               {"goal", text(goal.text)},
               {"check", check(goal.check)},
               {"ticks", texts(goal.ticks)},
               {"hints", texts(goal.hints)},
               {"solution", text(goal.solution)},
               {"cards", texts(b.cards)},
               {"write", text(b.write)}},
              &b.lines))
      return false;
    if (!table.get("mode"))
      return fail(b.lines.table,
                  "a beat has a mode: watch, predict, do, drive, patch, race or prove");
    if (b.judge.empty()) b.judge = b.run;
    if (!each(table, "options", &LessonReader::option)) return false;
    if (!goal.check.all.empty() || !goal.text.empty()) b.goal = std::move(goal);
    const auto fault = fault_of(b);
    return !fault || fail(fault->line, fault->message);
  }

  bool names_exist() {
    auto run_exists = [&](int line, const char* key, const std::string& id) {
      if (lesson_.run(id)) return true;
      std::string known;
      for (const LessonRun& r : lesson_.runs) known += (known.empty() ? "" : ", ") + r.id;
      return fail(line, fmt::format("{}: there is no run \"{}\"; there are {}", key, id, known));
    };
    for (const Beat& b : lesson_.beats) {
      if (!run_exists(b.lines.of("run"), "run", b.run) ||
          !run_exists(b.lines.of("judge"), "judge", b.judge))
        return false;
      if (b.goal && !run_exists(b.lines.of("solution"), "solution", b.goal->solution)) return false;
      for (const std::string& card : b.cards)
        if (!lesson_.card(card)) return no_card(b.lines.of("cards"), "cards", card);
    }
    return true;
  }

  Lesson lesson_;
  std::string file_, key_;
  std::span<const run::CompiledDriver> drivers_;
  const toml::table* base_ = nullptr;
  std::map<std::string, const toml::table*> cards_;
  std::optional<Error> error_;
};

}  // namespace

const char* beat_mode_word(BeatMode mode) { return kModes[size_t(mode)]; }

int KeyLines::of(std::string_view key) const {
  for (const auto& [name, line] : keys)
    if (name == key) return line;
  return table;
}

const LessonRun* Lesson::run(std::string_view name) const {
  for (const LessonRun& r : runs)
    if (r.id == name) return &r;
  return nullptr;
}

const LessonCard* Lesson::card(std::string_view name) const {
  for (const LessonCard& c : cards)
    if (c.id == name) return &c;
  return nullptr;
}

int answer_for_drop(const Beat& beat, std::string_view request, std::string_view place) {
  if (beat.drags.empty() || beat.drags != request) return -1;
  int driver = -1;
  for (size_t i = 0; i < beat.options.size(); ++i) {
    if (beat.options[i].drop == place) return int(i);
    if (beat.options[i].drop == "driver") driver = int(i);
  }
  for (uint32_t kind = 0; kind < uint32_t(trace::CallbackKind::Count); ++kind)
    if (place == trace::callback_name(trace::CallbackKind(kind))) return driver;
  return -1;
}

Result<Lesson> parse_lesson(std::string_view text, std::string_view folder, std::string_view file,
                            std::span<const run::CompiledDriver> drivers, const Variant& variant) {
  const std::string_view id = folder.substr(folder.find('-') + 1);  // all of it without a '-'
  auto varied = vary(text, id, file, variant);
  if (!varied) return varied.error();
  auto root = parse_toml(varied->text, file);
  if (!root) return root.error();
  auto lesson = LessonReader(folder, file, drivers).read(*root);
  if (!lesson) return lesson;
  lesson->variant = variant;
  lesson->varies = std::move(varied->rows);
  if (lesson->shuffles && !variant.id.empty()) shuffle_options(*lesson);
  lesson->hash = lesson_hash(text, *lesson);
  return lesson;
}

}  // namespace qs::lesson
