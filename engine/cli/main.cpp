// queuescope without a window: the words of the command line go to run_cli.
#include "cli/cli.h"

int main(int argc, char** argv) { return qs::cli::run_program(argc, argv, {}); }
