// What a board shows that is the hardware (hardware = "fx2"). Owns: BoardPart, which stands in the
// index of a ChannelConfig event whose channel is a source, and in b of an HwEvent of that channel,
// which says what it shows now.
#pragma once
#include <cstdint>

namespace qs::trace {

enum class BoardPart : uint32_t { Switches = 16, BarGraph, Digit };  // above all other indices
constexpr uint32_t kSourceChannel = 2;                               // ChannelKind::Source

}  // namespace qs::trace
