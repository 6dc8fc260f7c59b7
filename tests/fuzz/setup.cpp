// Any text is refused with a sentence or is a set-up whose numbers are within the limits and whose
// print can be read again or is refused with a sentence. Nothing is executed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/limits.h"
#include "run/inputs.h"
#include "session/setup_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto setup = qs::session::parse_setup(text, "setup.toml");
  if (!setup.ok()) {
    if (setup.error().message.empty()) std::abort();
    return 0;
  }
  if (!qs::run::check_inputs(setup->schedule.inputs).ok()) std::abort();
  if (setup->workload && qs::session::clamped(*setup->workload) != *setup->workload) std::abort();
  const auto again = qs::session::parse_setup(qs::session::print_setup(*setup), "printed.toml");
  if (!again.ok() && again.error().message.empty()) std::abort();
  return 0;
}
