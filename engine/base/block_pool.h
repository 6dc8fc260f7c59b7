// Blocks of memory that outlive the run that used them. Owns: take_block, give_block. Used by Arena
// and Trace: a program is executed again at every action of the student, and memory that the system
// has already handed over costs nothing the second time (asking for it again was four fifths of the
// time of a traced request).
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

namespace qs {

constexpr size_t kBlockBytes = 128 * 1024;

// kBlockBytes of memory, not cleared, aligned for anything. Any thread. Of the region (region.h)
// that the thread is inside of: `filled` becomes where to say how much of it is to be kept; else
// null.
char* take_block(uint32_t** filled = nullptr);
// A block that take_block returned. It is kept for the next caller and never goes back to the
// system: a process holds as much as its largest moment needed.
void give_block(char* block);

struct GiveBlock {
  void operator()(char* block) const { give_block(block); }
};
using Block = std::unique_ptr<char, GiveBlock>;
inline Block make_block(uint32_t** filled = nullptr) { return Block(take_block(filled)); }

}  // namespace qs
