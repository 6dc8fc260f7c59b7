// queuescope new: the first files of a driver of one's own.
#include <fmt/format.h>

#include "base/visible.h"
#include "cli/commands.h"
#include "own/starter.h"

namespace qs::cli {

void new_command(Cli& cli, const NewOptions& options) {
  const own::Starter kind = options.manual    ? own::Starter::Manual
                            : options.pending ? own::Starter::Pending
                            : options.cancel  ? own::Starter::Cancel
                                              : own::Starter::Sequential;
  auto folder = own::write_starter(options.folder, kind);
  if (!folder) return cli.fail(folder.error());
  const std::string name = visible(*folder);
  cli.out << fmt::format(
      "{0}/driver.c and {0}/program.toml are written. `queuescope {0}` opens the window on them, "
      "and\nshows each run as you save; `queuescope run {0}` plays here.\n",
      name);
}

}  // namespace qs::cli
