#include "own/own.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/read_file.h"
#include "base/toml.h"
#include "base/write_file.h"
#include "lesson/file/program_file.h"
#include "own/boxed.h"
#include "own/runner.h"
#include "own/temporary.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostSourceBytes = 1u << 20;

// What [program] says, with the driver that it names in place of a compiled one.
Result<run::Program> read_own_program(const OwnSource& source, const run::OwnDriver& driver) {
  const std::string file = source.program_file.empty() ? source.what : source.program_file;
  auto root = parse_toml(source.program_text, file);
  if (!root) return root.error();
  toml::table* table = (*root)["program"].as_table();
  if (!table)
    return Error{file, 0, "the table [program] is missing; it says what is sent to the driver"};
  table->insert_or_assign("driver", driver.name);
  auto program = lesson::parse_program(*table, source.name, file, {&driver.driver, 1});
  if (!program) return program;
  if (!table->contains("title")) program->title = source.title;
  if (auto title = (*root)["title"].value<std::string>()) program->title = *title;
  return program;
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

Result<OwnProgram> make_of(OwnSource source) {
  OwnProgram out;
  out.source = std::move(source);
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
  auto program = read_own_program(out.source, *driver);
  if (!program) return program.error();
  if (compiled->object.fd() < 0) return out;
  program->own_driver = driver;
  program->driver = &driver->driver;
  program->elsewhere = std::make_shared<Boxed>(std::move(compiled->object));
  out.program = std::move(*program);
  return out;
}

// A name that leads nowhere but below the folder, or a few folders up.
bool is_safe_name(const fs::path& name, int depth) {
  for (const fs::path& part : name.lexically_normal())
    if (part == "..") --depth;
  return !name.empty() && name.is_relative() && depth >= 0 && name.has_filename();
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
  auto made = make_of(std::move(source));
  if (made) made->files.clear();  // they are gone
  return made;
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
