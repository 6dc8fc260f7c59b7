// queuescope notes: the teacher's page of a lesson in a window of its own.
#include "cli/commands.h"
#include "session/programs.h"

namespace qs::cli {

void notes_command(Cli& cli, const std::string& lesson) {
  auto found = session::load_lesson(lesson);
  if (!found) return cli.fail(found.error());
  if (!cli.hooks.window)
    return cli.fail("This program was built without its window. The page is " + (*found)->folder +
                    "/README.md in the folder lessons.");
  session::WindowRequest request;
  request.backend = cli.backend;
  request.what = (*found)->number + " " + (*found)->title;
  request.notes = (*found)->file;
  cli.exit_code = cli.hooks.window(request);
}

}  // namespace qs::cli
