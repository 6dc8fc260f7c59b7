#include "own/own.h"

#include <filesystem>
#include <functional>

#include <fmt/format.h>

#include "base/read_file.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "base/visible.h"
#include "base/write_file.h"
#include "lesson/file/program_file.h"
#include "own/boxed.h"
#include "own/runner.h"
#include "own/temporary.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostSourceBytes = 1u << 20;
constexpr const char* kRewritten = "driver.c";

// What [program] says, with the driver that it names in place of a compiled one.
Result<run::Program> read_own_program(const OwnSource& source, const run::OwnDriver& driver) {
  const std::string file = source.program_file.empty() ? source.what : source.program_file;
  auto root = parse_toml(source.program_text, file);
  if (!root) return root.error();
  toml::table* table = (*root)["program"].as_table();
  if (!table)
    return Error{file, 0, "the table [program] is missing; it says what is sent to the driver"};
  table->insert_or_assign("driver", driver.name);
  if (!table->contains("script") && !table->contains("apps")) {
    auto usual = parse_toml(usual_inputs(), "");
    for (const char* key : {"apps", "script"}) table->insert(key, *(*usual)["program"][key].node());
  }
  table->erase("include");  // what was for the compiler
  auto program = lesson::parse_program(*table, source.name, file, {&driver.driver, 1});
  if (!program) return program;
  if (!table->contains("title")) program->title = source.title;
  if (auto title = (*root)["title"].value<std::string>()) program->title = *title;
  return program;
}

// [[goals]], each with a check and, if it has one, a sentence.
Result<std::vector<OwnGoal>> read_goals(const OwnSource& source) {
  std::vector<OwnGoal> out;
  const std::string file = source.program_file.empty() ? source.what : source.program_file;
  auto root = parse_toml(source.program_text, file);
  if (!root) return root.error();
  const toml::node* node = root->get("goals");
  if (!node) return out;
  const auto fail = [&](const toml::node& at, std::string message) {
    return Error{file, int(at.source().begin.line), std::move(message)};
  };
  const toml::array* list = node->as_array();
  if (!list) return fail(*node, "goals: write [[goals]] before each");
  for (const toml::node& item : *list) {
    const toml::table* table = item.as_table();
    if (!table) return fail(item, "goals: write [[goals]] before each");
    OwnGoal goal;
    goal.line = int(table->source().begin.line);
    for (auto&& [key, value] : *table) {
      const auto words = value.value_exact<std::string>();
      if (!words || (key.str() != "check" && key.str() != "text"))
        return fail(value, "a goal has a check and a text, both in quotes");
      if (key.str() == "text") {
        goal.text = *words;
        continue;
      }
      auto check = lesson::parse_check(*words);
      if (!check) return fail(value, "check: " + check.error().message);
      goal.check = std::move(*check);
      goal.line = int(value.source().begin.line);
    }
    if (goal.check.all.empty()) return fail(item, "this goal has no check");
    if (goal.text.empty()) goal.text = goal.check.text;
    out.push_back(std::move(goal));
  }
  return out;
}

// The texts of what was compiled, as they are now; one that has gone meanwhile is left out.
run::OwnDriver::Texts texts_of(const OwnSource& source, const std::vector<std::string>& files) {
  run::OwnDriver::Texts out;
  for (const std::string& name : files)
    if (auto text = read_file((fs::path(source.folder) / name).string(), kMostSourceBytes))
      out.emplace_back(name, std::move(*text));
  return out;
}

}  // namespace

namespace {

using MakeProgram =
    std::function<Result<run::Program>(const OwnSource& source, const run::OwnDriver& driver)>;

// Compiled, and put into the program that `make` gives.
Result<OwnProgram> make_of(OwnSource source, const MakeProgram& make = read_own_program,
                           const BoxLimits& limits = {}) {
  OwnProgram out;
  out.source = std::move(source);
  auto goals = read_goals(out.source);
  if (!goals) return goals.error();
  out.goals = std::move(*goals);
  auto compiled = compile_own(out.source);
  if (!compiled) return compiled.error();
  out.said = std::move(compiled->said);
  out.missing = std::move(compiled->missing);
  for (const std::string& name : compiled->files)
    out.files.push_back((fs::path(out.source.folder) / name).lexically_normal().string());
  if (!out.source.program_file.empty()) out.files.push_back(out.source.program_file);
  const auto driver = std::make_shared<run::OwnDriver>(
      kOwnDriverName, texts_of(out.source, compiled->files), out.source.program_text);
  out.texts = driver;
  auto program = make(out.source, *driver);
  if (!program) return program.error();
  if (compiled->object.fd() < 0) return out;
  program->own_driver = driver;
  program->driver = &driver->driver;
  program->elsewhere = std::make_shared<Boxed>(std::move(compiled->object), limits);
  out.program = std::move(*program);
  return out;
}

// A name that leads nowhere but below the folder, or a few folders up.
bool is_safe_name(const fs::path& name, int depth) {
  for (const fs::path& part : name.lexically_normal())
    if (part == "..") --depth;
  return !name.empty() && name.is_relative() && depth >= 0 && name.has_filename();
}

// Bytes that are no UTF-8, which no receipt can carry.
bool has_strange_bytes(std::string_view text) {
  while (!text.empty()) {
    const Utf8 c = first_character(text);
    if (!c.ok) return true;
    text.remove_prefix(c.size);
  }
  return false;
}

}  // namespace

Result<OwnProgram> make_own_program(std::string_view what) {
  auto source = find_own_source(what);
  if (!source) return source.error();
  return make_of(std::move(*source));
}

Result<OwnProgram> make_own_program(const trace::TraceSources& sources, const std::string& name) {
  const Temporary work;
  if (work.folder().empty()) return Error{"", 0, "no temporary folder could be made"};
  OwnSource source;
  source.what = source.name = source.title = name;
  source.folder = work.path("1/2/3/4");  // for headers in "../inc"
  source.program_text = sources.program;
  for (const auto& [file, text] : sources.files) {
    if (!is_safe_name(file, 4)) return Error{name, 0, "it has a source of a name that is none"};
    const std::string path = (fs::path(source.folder) / file).lexically_normal().string();
    if (auto made = make_folder_of(path); !made) return made.error();
    if (auto written = write_file(path, text); !written) return written.error();
    if (is_source_name(file)) source.sources.push_back(file);
  }
  if (auto included = add_included_folders(source); !included) return included.error();
  auto made = make_of(std::move(source));
  if (made) made->files.clear();  // they are gone
  return made;
}

// --- the driver of a program written anew ---

namespace {

Result<OwnProgram> make_rewritten(const run::Program& of, const std::string& folder,
                                  const BoxLimits& limits) {
  OwnSource source;
  source.compile_seconds = 2 * limits.cpu_seconds;
  source.what = folder + "/" + kRewritten;
  source.folder = folder;
  source.name = of.name;
  source.title = of.title;
  source.sources = {kRewritten};
  const auto make = [&of](const OwnSource&, const run::OwnDriver&) -> Result<run::Program> {
    run::Program program = of;
    program.own_driver = nullptr;
    return program;
  };
  return make_of(std::move(source), make, limits);
}

}  // namespace

Result<std::string> copy_to_write(const run::Program& of, const std::string& name) {
  auto folder = data_folder();
  if (!folder) return folder.error();
  const std::string path = fmt::format("{}/drivers/{}/{}", *folder, file_stem(name), kRewritten);
  std::error_code none;
  if (fs::exists(path, none)) return path;
  if (!of.driver || of.driver->sources().empty())
    return Error{"", 0, "the source of this driver is not in the program"};
  if (auto made = make_folder_of(path); !made) return made.error();
  if (auto written = write_file(path, of.driver->sources()[0].text()); !written)
    return written.error();
  return path;
}

Result<OwnProgram> make_rewritten(const run::Program& of, const std::string& path) {
  auto text = read_file(path, kMostSourceBytes);
  if (!text) return text.error();
  if (has_strange_bytes(*text))
    return Error{path, 0, "this file is not in UTF-8; expected a text, saved as UTF-8"};
  return make_rewritten(of, fs::path(path).parent_path().string(), BoxLimits());
}

Result<run::Program> rewritten(const run::Program& of, const std::string& source) {
  constexpr BoxLimits kShort{3, 10};
  const Temporary work;
  if (work.folder().empty()) return Error{"", 0, "no temporary folder could be made"};
  if (auto written = write_file(work.path(kRewritten), source); !written) return written.error();
  auto made = make_rewritten(of, work.folder(), kShort);
  if (!made) return made.error();
  if (made->program) return std::move(*made->program);
  for (const Diagnostic& said : made->said)
    if (said.severity == Diagnostic::Severity::Error) return Error{said.file, said.line, said.text};
  return Error{kRewritten, 0, "it does not compile"};
}

std::string written_source(const run::Program& program) {
  if (!program.own_driver) return {};
  for (const auto& [name, text] : program.own_driver->texts)
    if (name == kRewritten) return text;
  return {};
}

trace::TraceSources sources_of(const run::Program& program) {
  if (!program.own_driver) return {};
  return {program.own_driver->program_text, program.own_driver->texts};
}

run::Program program_to_look_at(const trace::TraceSources& sources, const std::string& name) {
  run::Program program;
  program.name = program.title = name;
  program.apps.clear();
  program.own_driver =
      std::make_shared<run::OwnDriver>(kOwnDriverName, sources.files, sources.program);
  program.driver = &program.own_driver->driver;
  return program;
}

}  // namespace qs::own
