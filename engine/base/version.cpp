#include "base/version.h"

namespace qs {

const char* program_version() { return QS_VERSION; }

}  // namespace qs
