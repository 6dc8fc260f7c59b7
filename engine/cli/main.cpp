// queuescope: hands the words of the command line to run_cli, with the window if there is one.
#include <iostream>

#include <cstdlib>

#ifdef _WIN32
#include <io.h>
#define isatty _isatty
#define STDOUT_FILENO 1
#else
#include <unistd.h>
#endif

#include "cli/cli.h"

// Weak: a window that is not compiled in, or not written yet, is a null pointer.
#pragma weak qs_run_window
#pragma weak qs_run_shot

int main(int argc, char** argv) {
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
