// queuescope: the words of the command line go to run_cli, and what it asks of a window to ui/app.
#include "cli/cli.h"
#include "ui/app/shot.h"
#include "ui/app/window.h"

int main(int argc, char** argv) {
  return qs::cli::run_program(argc, argv, {qs::ui::run_window, qs::ui::run_shot});
}
