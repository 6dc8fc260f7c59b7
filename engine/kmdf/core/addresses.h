// Addresses as a driver may print them. No address of the machine that a run is executed on reaches
// a recording: two runs are equal byte for byte, in any process and on any machine. Owns:
// AddressState, in the run's state. Called by whatever takes text or bytes from a driver.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace qs::kmdf {

// What a pointer is shown as. Null, handles and what cannot be an address of this machine stay as
// they are; memory that the framework has given the driver has its place in a pool of its own
// (0xFFFFE000...), so that differences stay true; all else gets a number when it is first shown
// (0xFFFFF800...).
uint64_t shown_address(const void* pointer);
// The same for a value that the driver prints as a number: only where it is certainly an address of
// the driver's code, stack or memory.
uint64_t shown_number(uint64_t number);
// Bytes with every such address in them replaced.
std::string without_addresses(std::string_view bytes);

}  // namespace qs::kmdf
