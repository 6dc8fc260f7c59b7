// The one way in which files are read. Owns: read_file. Only ordinary files, and no more of them
// than the caller can take: a device, a pipe or a folder that stands where a file should is told in
// a sentence and never waited for. Called by every reader of files; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace qs {

enum class EmptyFile : uint8_t { Refused, Allowed };

// All of a file, of at most `most` bytes. The error names the file and says what is there instead,
// or what the system said.
Result<std::string> read_file(const std::string& path, uint64_t most,
                              EmptyFile empty = EmptyFile::Refused);
// The same; no text when there is no such file. One that is empty is allowed.
Result<std::optional<std::string>> read_file_if_there(const std::string& path, uint64_t most);

}  // namespace qs
