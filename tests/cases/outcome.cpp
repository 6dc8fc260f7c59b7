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

const char* holder(const RequestView& r) {
  if (r.place == Place::Waiting) return "waits in its queue";
  switch (r.owner) {
    case Owner::Sender: return "has not arrived";
    case Owner::Driver: return "is the driver's";
    case Owner::Target: return "is at the target";
    default: return "is the framework's";
  }
}

std::string line_of(const Trace& t, const RequestView& r) {
  const std::string name(t.name(r.id));
  if (r.place != Place::Done) return fmt::format("{} {}\n", name, holder(r));
  return fmt::format("{} {} {}\n", name, status_text(r.status), r.information);
}

std::string line_of(const Trace& t, const Verdict& v) {
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
  auto program = parse_program(*(*root)["program"].as_table(), name, file, test_drivers());
  if (!program) return {program.error().text(), {}};
  const Execution run = execute(*program, {});
  Model model;
  for (size_t i = 0; i < run.trace->size(); ++i) apply(model, (*run.trace)[i]);
  Outcome out;
  out.facts = model.ended ? fmt::format("ended: {}\n", words(model.end)) : "settled\n";
  for (const RequestView& r : model.requests)
    if (r.type != RequestType::Create || r.has(kDriverCreated)) out.facts += line_of(*run.trace, r);
  for (const DeviceView& d : model.devices)
    if (!model.ended && d.pnp == DevicePnp::Started && d.power == DevicePower::D3)
      out.facts += "the device naps\n";
  for (const Verdict& v : model.verdicts) out.facts += line_of(*run.trace, v);
  out.told = Narration{*run.trace, &*program}.summary(model);
  return out;
}

}  // namespace qs::test
