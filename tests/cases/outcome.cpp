#include "tests/cases/outcome.h"

#include <fmt/format.h>

#include "base/read_file.h"
#include "base/toml.h"
#include "cli/narration.h"
#include "lesson/file/program_file.h"
#include "model/apply/apply.h"
#include "run/run.h"
#include "trace/events/words.h"

namespace qs::test {
namespace {

constexpr uint64_t kMost = 64 * 1024;  // bytes of a program.toml

const char* holder(const model::RequestView& r) {
  if (r.place == model::Place::Waiting) return "waits in its queue";
  switch (r.owner) {
    case model::Owner::Sender: return "has not arrived";
    case model::Owner::Driver: return "is the driver's";
    case model::Owner::Target: return "is at the target";
    default: return "is the framework's";
  }
}

std::string line_of(const trace::Trace& t, const model::RequestView& r) {
  const std::string name(t.name(r.id));
  if (r.place != model::Place::Done) return fmt::format("{} {}\n", name, holder(r));
  return fmt::format("{} {} {}\n", name, trace::status_text(r.status), r.information);
}

std::string line_of(const trace::Trace& t, const model::Verdict& v) {
  std::string out(t.string(v.rule));
  for (ObjectId id : {v.s, v.o})
    if (id && id.kind() == ObjectKind::Request) out += fmt::format(" {}", t.name(id));
  const std::string where = t.site_text(v.site);
  const size_t folder = where.rfind('/');
  if (!where.empty()) out += " " + where.substr(folder == std::string::npos ? 0 : folder + 1);
  return out + "\n";
}

}  // namespace

Outcome play_case(std::string_view name) {
  const std::string file = fmt::format("tests/cases/drivers/{}/program.toml", name);
  auto text = read_file(file, kMost);
  if (!text) return {text.error().text(), {}};
  auto root = parse_toml(*text, file);
  if (!root) return {root.error().text(), {}};
  auto program =
      lesson::parse_program(*(*root)["program"].as_table(), name, file, run::test_drivers());
  if (!program) return {program.error().text(), {}};
  const run::Execution run = run::execute(*program, {});
  model::Model model;
  for (size_t i = 0; i < run.trace->size(); ++i) model::apply(model, (*run.trace)[i]);
  Outcome out;
  out.facts = model.ended ? fmt::format("ended: {}\n", trace::words(model.end)) : "settled\n";
  for (const model::RequestView& r : model.requests)
    if (r.type != trace::RequestType::Create || r.has(model::kDriverCreated))
      out.facts += line_of(*run.trace, r);
  for (const model::DeviceView& d : model.devices)
    if (!model.ended && d.pnp == trace::DevicePnp::Started && d.power == trace::DevicePower::D3)
      out.facts += "the device naps\n";
  for (const model::Verdict& v : model.verdicts) out.facts += line_of(*run.trace, v);
  out.told = cli::Narration{*run.trace, &*program}.summary(model);
  return out;
}

}  // namespace qs::test
