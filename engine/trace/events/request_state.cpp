#include "trace/events/request_state.h"

#include <cstddef>
#include <iterator>

namespace qs::trace {

const char* state_code(RequestState state) {
  static constexpr const char* kCodes[] = {"",    "S0",  "S1",  "S2", "S2c", "S3", "S4",
                                           "S4c", "S5",  "S6",  "S7", "S8",  "S9", "S10",
                                           "S11", "S12", "S13", "",   ""};
  static_assert(std::size(kCodes) == size_t(RequestState::Count));
  return state < RequestState::Count ? kCodes[size_t(state)] : "";
}

}  // namespace qs::trace
