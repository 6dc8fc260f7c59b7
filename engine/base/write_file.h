// The one way in which files are written. Owns: write_file, write_new_file, set_aside. Whatever
// happens meanwhile (the program is killed, the disk is full, the power fails), a file is either as
// it was or as it was to be, never half of it. Called by everything that saves, exports or keeps;
// any thread. tests/tidy holds that nothing in engine/ or ui/ writes a file in another way.
//
// How: a temporary file in the same folder, without a name where the system can do that; all is
// written, put onto the disk (fsync) and read back; then it takes the old one's place in one step,
// and the folder is put onto the disk, too. Links are followed and stay; permissions and, as far as
// the system allows, owner and group are those of the file that was there.
#pragma once
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/result.h"

namespace qs {

// Prints what is to be in the file. It may be called for a file that is refused in the end.
using Give = std::function<void(std::ostream&)>;

// What may already be at the path. Anything: also devices, pipes and /dev/stdout, which are
// written to as they are, and waited for; for names that come from the command line.
enum class Target : uint8_t { File, Anything };

// The error names the file, says what the system said, and whether an old one is still there.
Result<bool> write_file(const std::string& path, const Give& give, Target target = Target::File);
Result<bool> write_file(const std::string& path, std::string_view bytes,
                        Target target = Target::File);

// A file that was not there: folder/STEM.ENDING, else STEM-1.ENDING, STEM-2.ENDING and so on; two
// programs never get the same. Makes the folder where it is missing. Returns the whole path.
Result<std::string> write_new_file(const std::string& folder, std::string_view stem,
                                   std::string_view ending, const Give& give);

// Gives the file another name that is not taken, "PATH.damaged", else "PATH.damaged-1" and so on
// (`suffix`: ".damaged"). Returns it. A link stays and leads nowhere until its file is written.
Result<std::string> set_aside(const std::string& path, std::string_view suffix);

// The file that a path leads to once its links are followed; the path itself where there is none.
std::string behind_links(const std::string& path);

// Makes the folder of a file, and those above it, where they are missing.
Result<bool> make_folder_of(const std::string& path);

// A text as part of a file's name: letters, digits, '.', '_' and what is beyond ASCII stay, the
// rest becomes '-'; at most 100 bytes; never hidden, never empty ("unnamed").
std::string file_stem(std::string_view text);

}  // namespace qs
