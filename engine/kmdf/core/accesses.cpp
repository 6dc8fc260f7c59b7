#include "kmdf/core/accesses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "include/qs/abi_told.h"
#include "kmdf/core/line_table.h"
#include "kmdf/core/lines.h"
#include "kmdf/core/run_state.h"
#include "kmdf/request/buffers.h"

namespace qs::kmdf {

// Only memory that drivers share is followed: contexts, buffers, pool. What is on a thread's stack
// is its own.
struct AccessState {
  static constexpr uint64_t kPiece = 64;
  struct Access {
    uint32_t thread = 0, moment = 0;
    uint64_t pc = 0;
    uint64_t begin = 0, end = 0;
    bool write = false;
    bool meets(const Access& other) const { return begin < other.end && other.begin < end; }
  };
  // The last ones of each thread to each byte, for reading and for writing: older ones of it come
  // before those. By pieces of memory; a buffer is one.
  std::unordered_map<uint64_t, std::vector<Access>> pieces;
  std::set<std::pair<uint64_t, uint64_t>> reported;  // pairs of places in the code
};

void follow_accesses() {
  rt::sched().follow_order();
  part(run_state().accesses);
}

namespace {

AccessState* followed() {
  if (!rt::sched().order()) return nullptr;
  return fw().state ? fw().state->accesses.get() : nullptr;
}

// Code that says itself where it is (qs/abi_told.h) has a site in place of an address.
[[maybe_unused]] constexpr uint64_t kTold = uint64_t(1) << 63;
[[maybe_unused]] thread_local uint64_t told_place = 0;

trace::Site site_at(uint64_t pc) {
  if (pc & kTold) return trace::Site(uint32_t(pc));
  const LineTable& table = line_table();
  const size_t after = table.first_at(pc);
  if (after == 0) return {};
  const LineRow& row = table.rows[after - 1];
  return trace::Site(rt::sched().trace().intern_file(table.files[row.file]), row.line);
}

std::string at_site(std::string_view verb, trace::Site site) {
  const std::string where = rt::sched().trace().site_text(site);
  return where.empty() ? std::string() : fmt::format(" {} at {}", verb, where);
}

// "the context of device 1", "the buffer of R1", "pool allocated at driver.c:30".
std::string whose(const MemoryBlock& block) {
  const std::string name = block.of ? rt::sched().trace().name(block.of) : "";
  switch (block.kind) {
    case MemoryBlock::Kind::Context: return "the context of " + name;
    case MemoryBlock::Kind::Buffer:
    case MemoryBlock::Kind::Memory: return "the buffer of " + name;
    case MemoryBlock::Kind::Pool:
      return "pool" + at_site(block.gone ? "given back" : "allocated", block.site);
    case MemoryBlock::Kind::Variables: return "a variable of the driver";
    case MemoryBlock::Kind::Shown: break;
  }
  return "a structure of the framework";
}

std::string whose(const void* at) {
  const MemoryBlock* block = fw().driver_memory.nearest(at);
  return block ? whose(*block) : "memory of the driver";
}

// What is wrong with it, in words.
std::string misuse_of(const MemoryBlock& block, const void* at, size_t bytes, bool write) {
  const char* does = write ? "writes" : "reads";
  const ptrdiff_t offset = static_cast<const char*>(at) - block.begin;
  if (!block.gone)
    return fmt::format("it {} {} byte{} {} {}, which has {}", does, bytes, bytes == 1 ? "" : "s",
                       offset < 0 ? "in front of" : fmt::format("at offset {} of", offset),
                       whose(block), block.bytes);
  if (block.kind == MemoryBlock::Kind::Pool) return fmt::format("it {} {}", does, whose(block));
  const std::string where = at_site("gone", block.site);
  return fmt::format("it {} {},{}", does, whose(block), where.empty() ? " which is gone" : where);
}

// Once for each block. Does not return when that ends the run.
void tell_misuse(MemoryBlock& block, const void* at, size_t bytes, bool write, uint64_t pc) {
  block.reported = true;
  rt::Thread* me = rt::self();
  if (pc) lines_reached(pc);
  const trace::Site before = me->site;
  if (const trace::Site here = pc ? site_at(pc) : trace::Site()) me->site = here;
  because(misuse_of(block, at, bytes, write));
  if (block.gone && block.kind == MemoryBlock::Kind::Buffer) {
    forget_retired_buffer(block.begin);
    finding("U-09", block.of);
  } else {
    undefined_misuse("U-16", block.of);
  }
  me->site = before;
}

void look_at_access(const void* at, size_t bytes, bool write, uint64_t pc) {
  DriverMemory& memory = fw().driver_memory;
  if (memory.may_use(at, bytes) || !rt::self() || fw().ended) return;
  MemoryBlock* block = memory.nearest(at);
  if (block && !block->reported) tell_misuse(*block, at, bytes, write, pc);
}

void tell(const AccessState::Access& earlier, const AccessState::Access& now, const void* at) {
  rt::Thread* me = rt::self();
  const trace::Trace& trace = rt::sched().trace();
  const trace::Site before = me->site;
  const trace::Site here = site_at(now.pc);
  if (here) me->site = here;
  because(fmt::format("{} {} {} at {}, {} {} it at {}, and nothing orders the two",
                      trace.name(me->id), now.write ? "writes" : "reads", whose(at),
                      trace.site_text(here),
                      trace.name(ObjectId(ObjectKind::Thread, earlier.thread)),
                      earlier.write ? "writes" : "reads", trace.site_text(site_at(earlier.pc))));
  finding("U-08", {}, me->id);
  me->site = before;
}

// From now on it is the last one of its kind where it is.
void keep_last(std::vector<AccessState::Access>& all, const AccessState::Access& now) {
  for (size_t i = 0; i < all.size();) {
    AccessState::Access& old = all[i];
    if (old.thread != now.thread || old.write != now.write || old.begin > now.end ||
        now.begin > old.end) {
      ++i;
      continue;
    }
    if (old.end == now.begin && old.pc == now.pc && old.moment == now.moment) {
      old.end = now.end;  // a loop over bytes
      return;
    }
    AccessState::Access left = old, right = old;
    left.end = std::min(old.end, now.begin);
    right.begin = std::max(old.begin, now.end);
    const bool keeps_left = left.begin < left.end, keeps_right = right.begin < right.end;
    if (keeps_left || keeps_right)
      all[i++] = keeps_left ? left : right;
    else
      all.erase(all.begin() + long(i));
    if (keeps_left && keeps_right) all.insert(all.begin() + long(i++), right);
  }
  all.push_back(now);
}

void note_piece(AccessState& state, uint64_t piece, const AccessState::Access& now,
                const void* at) {
  sched::HappensBefore& order = *rt::sched().order();
  std::vector<AccessState::Access>& all = state.pieces[piece];
  for (const AccessState::Access& earlier : all) {
    if (earlier.thread == now.thread || !(earlier.write || now.write) || !earlier.meets(now) ||
        order.before(earlier.thread, earlier.moment, now.thread))
      continue;
    if (state.reported.emplace(std::minmax(earlier.pc, now.pc)).second) tell(earlier, now, at);
  }
  keep_last(all, now);
}

// A place of the program, from which the others are counted: they keep their distance.
const char kOrigin = 0;

// Counted from where it may end; nothing: not on this thread's stack.
std::optional<uint64_t> place_on_stack(const rt::Thread& t, const void* at) {
  const uint64_t place =
      reinterpret_cast<uintptr_t>(at) - (uint64_t(t.stack_base) - sched::kStackBytes);
  return place < sched::kStackBytes ? std::optional(place) : std::nullopt;
}

// Memory that is not of a block: on somebody's stack, or of the program itself, where it keeps its
// place to everything else of it.
uint64_t place_outside(const void* at) {
  constexpr uint64_t kStacks = uint64_t(1) << 62, kProgram = uint64_t(1) << 61;
  const rt::Thread* const me = rt::self();
  if (const auto place = me ? place_on_stack(*me, at) : std::nullopt)
    return kStacks | uint64_t(me->id.serial()) << 32 | *place;
  for (const rt::Thread* t : rt::sched().live())
    if (const auto place = place_on_stack(*t, at))
      return kStacks | uint64_t(t->id.serial()) << 32 | *place;
  const uintptr_t from_here =
      reinterpret_cast<uintptr_t>(at) - reinterpret_cast<uintptr_t>(&kOrigin);
  return kProgram | (from_here & (kProgram - 1));
}

void note_access(const void* at, size_t bytes, bool write, uint64_t pc) {
  if (!rt::tls_scheduler || !the_framework) return;
  look_at_access(at, bytes, write, pc);
  touch_memory(at, bytes, write ? sched::Use::Changes : sched::Use::Reads);
  AccessState* state = followed();
  rt::Thread* me = state ? rt::self() : nullptr;
  if (!me || fw().ended) return;
  const auto places = fw().driver_memory.places_of(at, bytes);
  if (!places) return;  // a constant of the program, or on somebody's stack
  constexpr uint64_t kPiece = AccessState::kPiece, kBuffer = uint64_t(1) << 63;
  AccessState::Access now{me->id.serial(),
                          rt::sched().order()->now(me->id.serial()),
                          pc,
                          places->at,
                          places->at + bytes,
                          write};
  if (places->whole) return note_piece(*state, places->first | kBuffer, now, at);
  for (const uint64_t end = now.end; now.begin < end; now.begin = now.end) {
    now.end = std::min(end, (now.begin / kPiece + 1) * kPiece);
    note_piece(*state, now.begin / kPiece, now, at);
  }
}

}  // namespace

void check_access(const void* at, size_t bytes, bool write) {
  if (!rt::tls_scheduler || !the_framework) return;
  look_at_access(at, bytes, write, 0);
  touch_memory(at, bytes, write ? sched::Use::Changes : sched::Use::Reads);
}

// In pieces of eight bytes; a buffer is one piece, whoever uses how much of it.
void touch_memory(const void* at, size_t bytes, sched::Use use) {
  constexpr uint64_t kPiece = 8;
  constexpr size_t kMost = 4096;  // of more than that nobody says which
  const sched::Scheduler& s = rt::sched();
  if (!s.is_watched() || bytes == 0) return;
  const auto inside = fw().driver_memory.places_of(at, bytes);
  if (bytes > kMost && !(inside && inside->whole))
    return s.touch_other(sched::Footprint::kDriverMemory);
  s.touch_other(sched::Footprint::kDriverMemory, sched::Use::Reads);
  const uint64_t begin = inside ? inside->first : place_outside(at);
  const uint64_t end = inside ? inside->last : begin + (bytes - 1);
  for (uint64_t piece = begin / kPiece; piece <= end / kPiece; ++piece)
    s.touch_other(sched::Footprint::kAddress | piece, use);
}

void note_interlocked(const volatile void* at) {
  check_access(const_cast<const void*>(at), 1, true);
  rt::Thread* me = rt::self();
  sched::HappensBefore* order = rt::sched().order();
  if (!me || !order) return;
  const auto key = reinterpret_cast<uint64_t>(at);
  order->acquire(me->id.serial(), key);
  order->release(me->id.serial(), key);
}

}  // namespace qs::kmdf

// Where a call came from.
#if defined(__EMSCRIPTEN__)
#define QS_CALLER qs::kmdf::told_place
#else
#define QS_CALLER reinterpret_cast<uint64_t>(__builtin_return_address(0))
#endif

// What the compiler calls before each access of a driver (-fsanitize=thread). The engine stands in
// for the sanitizer's own library.
#define QS_ACCESS(name, bytes, write) \
  void __tsan_##name(void* at) { qs::kmdf::note_access(at, bytes, write, QS_CALLER); }
#define QS_ATOMIC(bits, type, name, builtin)                              \
  type __tsan_atomic##bits##_##name(volatile type* at, type value, int) { \
    if (qs::kmdf::rt::tls_scheduler) qs::kmdf::note_interlocked(at);      \
    return builtin(at, value, __ATOMIC_SEQ_CST);                          \
  }
#define QS_ATOMICS(bits, type)                         \
  QS_ATOMIC(bits, type, fetch_and, __atomic_fetch_and) \
  QS_ATOMIC(bits, type, fetch_or, __atomic_fetch_or)   \
  QS_ATOMIC(bits, type, fetch_xor, __atomic_fetch_xor) \
  QS_ATOMIC(bits, type, fetch_add, __atomic_fetch_add) \
  QS_ATOMIC(bits, type, fetch_sub, __atomic_fetch_sub) \
  QS_ATOMIC(bits, type, exchange, __atomic_exchange_n)

extern "C" {

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
QS_ACCESS(read1, 1, false)
QS_ACCESS(read2, 2, false)
QS_ACCESS(read4, 4, false)
QS_ACCESS(read8, 8, false)
QS_ACCESS(read16, 16, false)
QS_ACCESS(write1, 1, true)
QS_ACCESS(write2, 2, true)
QS_ACCESS(write4, 4, true)
QS_ACCESS(write8, 8, true)
QS_ACCESS(write16, 16, true)
QS_ACCESS(unaligned_read2, 2, false)
QS_ACCESS(unaligned_read4, 4, false)
QS_ACCESS(unaligned_read8, 8, false)
QS_ACCESS(unaligned_read16, 16, false)
QS_ACCESS(unaligned_write2, 2, true)
QS_ACCESS(unaligned_write4, 4, true)
QS_ACCESS(unaligned_write8, 8, true)
QS_ACCESS(unaligned_write16, 16, true)
void __tsan_read_range(void* at, unsigned long bytes) {
  qs::kmdf::note_access(at, bytes, false, QS_CALLER);
}
void __tsan_write_range(void* at, unsigned long bytes) {
  qs::kmdf::note_access(at, bytes, true, QS_CALLER);
}
QS_ATOMICS(8, char)
QS_ATOMICS(16, short)
QS_ATOMICS(32, int)
QS_ATOMICS(64, long)
// C++.
void __tsan_vptr_update(void** at, void*) {
  qs::kmdf::note_access(at, sizeof(void*), true, QS_CALLER);
}
void __tsan_vptr_read(void** at) { qs::kmdf::note_access(at, sizeof(void*), false, QS_CALLER); }
// What clang makes of copies, and what the kit's headers make of those of the C library.
void* __tsan_memcpy(void* to, const void* from, unsigned long bytes) {
  qs::kmdf::note_access(from, bytes, false, QS_CALLER);
  qs::kmdf::note_access(to, bytes, true, QS_CALLER);
  return std::memcpy(to, from, bytes);
}
void* __tsan_memmove(void* to, const void* from, unsigned long bytes) {
  qs::kmdf::note_access(from, bytes, false, QS_CALLER);
  qs::kmdf::note_access(to, bytes, true, QS_CALLER);
  return std::memmove(to, from, bytes);
}
void* __tsan_memset(void* at, int value, unsigned long bytes) {
  qs::kmdf::note_access(at, bytes, true, QS_CALLER);
  return std::memset(at, value, bytes);
}
int __tsan_memcmp(const void* a, const void* b, unsigned long bytes) {
  qs::kmdf::note_access(a, bytes, false, QS_CALLER);
  qs::kmdf::note_access(b, bytes, false, QS_CALLER);
  return std::memcmp(a, b, bytes);
}
void __tsan_atomic_thread_fence(int) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

void qs_driver_access(const char* file, uint32_t line) {
  if (!qs::kmdf::rt::tls_scheduler) return;
  qs::kmdf::told_place = qs::kmdf::kTold | qs::kmdf::site_of(file, int(line)).raw;
}
}
