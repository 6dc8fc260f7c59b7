// Numbers as people read them. Owns: grouped. Called by whoever tells a person a count.
#pragma once
#include <cstdint>
#include <string>

namespace qs {

// "1,842".
std::string grouped(uint64_t number);

}  // namespace qs
