#include "own/starter.h"

#include <array>
#include <filesystem>
#include <string_view>

#include "base/embedded.h"
#include "base/write_file.h"

namespace qs::own {
namespace {

namespace fs = std::filesystem;

struct StarterRow {
  const char* asset;
  std::string_view script;  // what shows its point
};
const std::array<StarterRow, 4> kStarters = {{
    {"assets/starter/sequential.c",
     "  \"0 send read 16 file=A\",\n  \"10ms send write 16 file=A\",\n"
     "  \"20ms send ioctl 8 out=8 file=A\",\n"},
    {"assets/starter/manual.c",
     "  \"1ms send read 16 file=A\",\n  \"2ms send write 16 file=A\",\n"
     "  \"7ms send read 16 file=A\",\n  \"8ms cancel R2\",\n"},
    {"assets/starter/pending.c",
     "  \"0 send read 16 file=A\",\n  \"1ms send read 16 file=A\",\n  \"2ms cancel R2\",\n"
     "  \"20ms send read 16 file=A\",\n"},
    {"assets/starter/cancel.c",
     "  \"0 send read 16 file=A\",\n  \"20ms send read 16 file=A\",\n  \"22ms cancel R2\",\n"
     "  \"40ms send read 16 file=A\",\n"},
}};

}  // namespace

Result<std::string> write_starter(const std::string& folder, Starter kind) {
  std::error_code none;
  if (fs::exists(folder, none) && !fs::is_empty(folder, none))
    return Error{folder, 0, "there is something of that name already; expected a new folder"};
  const StarterRow& row = kStarters[size_t(kind)];
  const EmbeddedFile* driver = find_asset(row.asset);
  const EmbeddedFile* program = find_asset("assets/starter/program.toml");
  if (!driver || !program) return Error{"", 0, "this program was built without its assets"};
  std::string toml(program->text());
  constexpr std::string_view kPlace = "@SCRIPT@";
  toml.replace(toml.find(kPlace), kPlace.size(), row.script);
  for (const auto& [name, text] :
       {std::pair<std::string, std::string_view>{"driver.c", driver->text()},
        {"program.toml", toml}}) {
    const std::string path = (fs::path(folder) / name).string();
    if (auto made = make_folder_of(path); !made) return made.error();
    if (auto written = write_file(path, text); !written) return written.error();
  }
  return folder;
}

}  // namespace qs::own
