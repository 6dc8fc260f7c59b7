#include "base/result.h"

namespace qs {

std::string Error::text() const {
  std::string out = file;
  if (line > 0) out += (out.empty() ? "line " : ":") + std::to_string(line);
  if (!out.empty()) out += ": ";
  return out + message;
}

}  // namespace qs
