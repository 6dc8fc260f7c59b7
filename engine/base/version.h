// The version of this program. Owns: program_version. Called by cli, and by whoever writes it into
// a file that others will read.
#pragma once

namespace qs {

const char* program_version();  // "1.1.0"

}  // namespace qs
