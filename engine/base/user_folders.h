// Where a user's files are kept, as the XDG Base Directory Specification lays it down. Owns: the
// three folders. Called by progress, settings, set-ups, receipts and exports; any thread. A path
// that is not absolute counts as not set: nothing is ever written into the folder that the program
// happens to be started in.
#pragma once
#include <string>

#include "base/result.h"

namespace qs {

// $XDG_DATA_HOME or ~/.local/share, and queuescope in it: progress, set-ups. The error is one
// sentence: there is no home folder.
Result<std::string> data_folder();
// $XDG_CONFIG_HOME or ~/.config, and queuescope in it: settings.
Result<std::string> config_folder();
// Where people look for what they saved: the folder for documents that ~/.config/user-dirs.dirs
// names (or $XDG_DOCUMENTS_DIR), or ~/Documents where there is one, else data_folder().
Result<std::string> documents_folder();

}  // namespace qs
