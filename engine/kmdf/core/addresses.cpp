#include "kmdf/core/addresses.h"

#include <cstring>
#include <map>

#include "kmdf/core/run_state.h"

// The linker's names for where the program begins and ends; not every linker has them.
extern "C" __attribute__((weak)) char __executable_start, _end;

namespace qs::kmdf {

struct AddressState {
  // By thread and address for addresses on stacks, since threads reuse each other's stacks; thread
  // 0 for all others.
  std::map<std::pair<uint32_t, uint64_t>, uint64_t> numbered;
};

namespace {

constexpr uint64_t kPool = 0xFFFFE00000000000u;
constexpr uint64_t kNumbered = 0xFFFFF80000000000u;
constexpr uint64_t kEach = 0x1000;
// Ids and small numbers lie below, and no process of a machine that this runs on has addresses
// above.
constexpr uint64_t kFirst = uint64_t(1) << 32, kLast = uint64_t(1) << 48;
constexpr uint64_t kStack = 1u << 20;

bool in_program(uint64_t value) {
  return value >= reinterpret_cast<uintptr_t>(&__executable_start) &&
         value < reinterpret_cast<uintptr_t>(&_end);
}

// In the frames that called this one: the driver's.
bool on_this_stack(uint64_t value) {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  return value >= here && value - here < kStack;
}

uint64_t numbered(uint64_t value) {
  const rt::Thread* me = rt::self();
  const uint32_t thread = me && on_this_stack(value) ? me->id.raw : 0;
  auto& known = part(run_state().addresses).numbered;
  const auto [at, made] = known.emplace(std::pair(thread, value), 0);
  if (made) at->second = kNumbered + kEach * known.size();
  return at->second;
}

}  // namespace

uint64_t shown_address(const void* pointer) {
  const auto value = uint64_t(reinterpret_cast<uintptr_t>(pointer));
  if (!the_framework) return value;  // no run, no recording
  if (const auto offset = fw().driver_memory.offset_of(pointer)) return kPool + *offset;
  if (in_program(value)) return numbered(value);
  return value < kFirst || value >= kLast ? value : numbered(value);
}

uint64_t shown_number(uint64_t number) {
  if (number >= kLast || !the_framework) return number;
  const auto* pointer = reinterpret_cast<const void*>(uintptr_t(number));
  const bool address = number >= kFirst && (fw().driver_memory.offset_of(pointer) ||
                                            fw().arena.offset_of(pointer) || on_this_stack(number));
  return address || (number >= kFirst && in_program(number)) ? shown_address(pointer) : number;
}

std::string without_addresses(std::string_view bytes) {
  std::string out(bytes);
  for (size_t i = 0; i + sizeof(uint64_t) <= out.size(); ++i) {
    uint64_t value = 0;
    std::memcpy(&value, out.data() + i, sizeof value);
    const uint64_t shown = shown_number(value);
    if (shown == value) continue;
    std::memcpy(out.data() + i, &shown, sizeof shown);
    i += sizeof shown - 1;
  }
  return out;
}

}  // namespace qs::kmdf
