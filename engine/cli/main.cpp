// queuescope: hands the words of the command line to run_cli, with the window if there is one.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/cli.h"

// Weak: a window that is not compiled in, or not written yet, is a null pointer.
#pragma weak qs_run_window
#pragma weak qs_run_shot

namespace {

// A file that is opened while a standard stream is closed would get its number, and then what is
// printed would go into that file. What stands in for it can be used in the wrong direction only,
// so that an attempt to print is still an error.
void keep_standard_streams() {
  for (int n = 0; n <= 2; ++n)
    if (fcntl(n, F_GETFD) == -1) (void)!open("/dev/null", n == 0 ? O_WRONLY : O_RDONLY);
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  signal(SIGXFSZ, SIG_IGN);  // a file beyond `ulimit -f` is an error that can be told
  qs::CliHooks hooks;
#if QS_HAVE_UI
  hooks.window = &qs_run_window;
  hooks.shot = &qs_run_shot;
#endif
  bool color = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  std::ios::sync_with_stdio(false);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  return qs::run_cli(arguments, std::cout, std::cerr, color, hooks);
}
