// Ex*, Dbg*, Interlocked* and what is declared without being simulated.
#include "kmdf/core/nt.h"
#include "kmdf/api/common.h"
#include "kmdf/core/accesses.h"
#include "kmdf/core/format.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/lines.h"

#include <cstdlib>
#include <cstring>

using namespace qs;
using namespace qs::kmdf;
using rt::emit;

namespace qs::kmdf {

SiteScope::SiteScope(const char* file, int line) {
  if (rt::self()) rt::self()->site = site_of(file, line);
}

SiteScope::~SiteScope() {}

}  // namespace qs::kmdf

namespace {

NtState& state() { return part(run_state().nt); }

std::string tag_text(uint32_t tag) {
  std::string text;
  for (int i = 0; i < 4; ++i) {
    char c = char(tag >> (8 * i));
    if (c) text += c >= ' ' && c < 127 ? c : '?';
  }
  return text;
}

std::string at(trace::Site site) {
  std::string where = rt::sched().trace().site_text(site);
  return where.empty() ? where : " at " + where;
}

trace::Site here() { return rt::self() ? rt::self()->site : trace::Site(); }

constexpr uint64_t kUninitialized = 2, kPaged = 0x100;

void* allocate(size_t bytes, uint32_t tag, bool zeroed) {
  if (bytes == 0 || !may_take(bytes) || fw().allocation_fails()) return nullptr;
  MemoryBlock& block = fw().driver_memory.make(bytes, MemoryBlock::Kind::Pool);
  block.tag = tag;
  state().pool.push_back(&block);
  if (!zeroed) std::memset(block.begin, 0xCD, bytes);  // so that reading it before writing shows
  return block.begin;
}

MemoryBlock* pool_block_at(const void* p) {
  MemoryBlock* block = fw().driver_memory.block_at(p);
  return block && block->kind == MemoryBlock::Kind::Pool ? block : nullptr;
}

// A release of something that was not allocated, or twice, is a bug check in the kernel.
void free_block(void* p) {
  const MemoryBlock* block = pool_block_at(p);
  if (!block) {
    debug_text("The address given back to the pool was never allocated from it.");
    return undefined_misuse("U-12", {});
  }
  if (block->gone) {
    debug_text("This pool block was given back before," + at(block->site) + ".");
    return undefined_misuse("U-12", {});
  }
  fw().driver_memory.give_back(p);
  std::memset(p, 0xDD, block->bytes);
}

void check_tag(void* p, uint32_t tag) {
  const MemoryBlock* block = pool_block_at(p);
  if (block && tag && block->tag != tag)
    debug_text("Pool with tag '" + tag_text(block->tag) + "' is given back as '" + tag_text(tag) +
               "'.");
}

}  // namespace

namespace qs::kmdf {

void report_pool_leaks() {
  if (!fw().state || !fw().state->nt) return;
  bool any = false;
  for (const MemoryBlock* block : state().pool) {
    if (block->gone) continue;
    any = true;
    debug_text(std::to_string(block->bytes) + " bytes of pool with tag '" + tag_text(block->tag) +
               "'" + (block->site ? ", allocated" + at(block->site) + "," : "") +
               " were never given back.");
  }
  if (any) finding("U-10", {});
}

}  // namespace qs::kmdf

// --- pool ---

void* qs_ExAllocatePool2(QS_SITE, uint64_t flags, size_t bytes, uint32_t tag) {
  ApiCall call(trace::ApiFn::ExAllocatePool2, file, line, {}, {}, uint32_t(bytes), tag);
  irql_allows(flags & kPaged ? sched::kApcLevel : sched::kDispatchLevel);
  void* p = allocate(bytes, tag, !(flags & kUninitialized));
  call.value(uint32_t(p != nullptr));
  return p;
}

// POOL_TYPE: odd numbers are paged; POOL_ZERO_ALLOCATION is 0x400.
void* qs_ExAllocatePoolWithTag(QS_SITE, int32_t type, size_t bytes, uint32_t tag) {
  ApiCall call(trace::ApiFn::ExAllocatePool2, file, line, {}, {}, uint32_t(bytes), tag);
  irql_allows(type & 1 ? sched::kApcLevel : sched::kDispatchLevel);
  void* p = allocate(bytes, tag, type & 0x400);
  call.value(uint32_t(p != nullptr));
  return p;
}

void qs_ExFreePool(QS_SITE, void* p) {
  ApiCall call(trace::ApiFn::ExFreePool, file, line);
  irql_allows(sched::kDispatchLevel);
  free_block(p);
}

void qs_ExFreePoolWithTag(QS_SITE, void* p, uint32_t tag) {
  ApiCall call(trace::ApiFn::ExFreePool, file, line, {}, {}, 0, tag);
  irql_allows(sched::kDispatchLevel);
  check_tag(p, tag);
  free_block(p);
}

// --- debug output ---

namespace {

uint32_t print(const char* file, int line, const char* format, va_list arguments, bool wpp) {
  ApiCall call(trace::ApiFn::DbgPrint, file, line);
  std::string text = format_text(format, arguments, wpp);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  debug_text(text);
  return 0;
}

}  // namespace

uint32_t qs_DbgPrint(QS_SITE, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  uint32_t status = print(file, line, format, arguments, false);
  va_end(arguments);
  return status;
}

uint32_t qs_DbgPrintEx(QS_SITE, uint32_t, uint32_t, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  uint32_t status = print(file, line, format, arguments, false);
  va_end(arguments);
  return status;
}

uint32_t qs_vDbgPrintEx(QS_SITE, uint32_t, uint32_t, const char* format, va_list arguments) {
  return print(file, line, format, arguments, false);
}

uint32_t qs_vDbgPrintExWithPrefix(QS_SITE, const char* prefix, uint32_t, uint32_t,
                                  const char* format, va_list arguments) {
  const std::string whole = std::string(prefix ? prefix : "") + (format ? format : "");
  return print(file, line, whole.c_str(), arguments, false);
}

void qs_WppTrace(QS_SITE, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  print(file, line, format, arguments, true);
  va_end(arguments);
}

void qs_DbgBreakPoint(QS_SITE) {
  SiteScope site(file, line);
  debug_text("The driver reached a break point of its own.");
}

void qs_WdfVerifierDbgBreakPoint(QS_SITE) {
  ApiCall call(trace::ApiFn::WdfVerifierDbgBreakPoint, file, line);
  debug_text("The driver reached a break point of its own.");
}

void qs_AssertFailed(QS_SITE, const char* expression) {
  SiteScope site(file, line);
  debug_text("Assertion failed" + at(here()) + ": " + (expression ? expression : ""));
}

void qs_PagedCode(QS_SITE, const char* function) {
  SiteScope site(file, line);
  if (rt::irql() <= sched::kApcLevel) return;
  because("PAGED_CODE() says that " + std::string(function) + " may be paged out");
  verifier() ? verifier_break("U-05", {}) : undefined_misuse("U-05", {});
}

void qs_KeBugCheckEx(QS_SITE, uint32_t code, uintptr_t p1, uintptr_t p2, uintptr_t, uintptr_t) {
  SiteScope site(file, line);
  debug_text("The driver stops the system itself.");
  bugcheck("U-12", code, p1, p2);
}

void qs_WdfVerifierKeBugCheck(QS_SITE, uint32_t code, uintptr_t p1, uintptr_t p2, uintptr_t p3,
                              uintptr_t p4) {
  qs_KeBugCheckEx(file, line, code, p1, p2, p3, p4);
}

// --- interlocked: each is a moment at which another thread may come first ---

namespace {

struct Atomically {
  Atomically(const char* file, int line, const volatile void* at) {
    SiteScope site(file, line);
    rt::yield(sched::Op::Call, {});
    note_interlocked(at);
  }
};

}  // namespace

int32_t qs_InterlockedIncrement(QS_SITE, volatile int32_t* p) {
  Atomically now(file, line, p);
  return __atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedDecrement(QS_SITE, volatile int32_t* p) {
  Atomically now(file, line, p);
  return __atomic_sub_fetch(p, 1, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedAdd(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_add_fetch(p, v, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedExchange(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedExchangeAdd(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedCompareExchange(QS_SITE, volatile int32_t* p, int32_t v, int32_t old) {
  Atomically now(file, line, p);
  __atomic_compare_exchange_n(p, &old, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return old;
}
int32_t qs_InterlockedAnd(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_fetch_and(p, v, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedOr(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_fetch_or(p, v, __ATOMIC_SEQ_CST);
}
int32_t qs_InterlockedXor(QS_SITE, volatile int32_t* p, int32_t v) {
  Atomically now(file, line, p);
  return __atomic_fetch_xor(p, v, __ATOMIC_SEQ_CST);
}
uint8_t qs_InterlockedBitTestAndSet(QS_SITE, volatile int32_t* p, int32_t bit) {
  Atomically now(file, line, p);
  auto mask = int32_t(1u << (bit & 31));
  return (__atomic_fetch_or(p + bit / 32, mask, __ATOMIC_SEQ_CST) & mask) != 0;
}
uint8_t qs_InterlockedBitTestAndReset(QS_SITE, volatile int32_t* p, int32_t bit) {
  Atomically now(file, line, p);
  auto mask = int32_t(1u << (bit & 31));
  return (__atomic_fetch_and(p + bit / 32, ~mask, __ATOMIC_SEQ_CST) & mask) != 0;
}
int64_t qs_InterlockedIncrement64(QS_SITE, volatile int64_t* p) {
  Atomically now(file, line, p);
  return __atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST);
}
int64_t qs_InterlockedDecrement64(QS_SITE, volatile int64_t* p) {
  Atomically now(file, line, p);
  return __atomic_sub_fetch(p, 1, __ATOMIC_SEQ_CST);
}
int64_t qs_InterlockedExchange64(QS_SITE, volatile int64_t* p, int64_t v) {
  Atomically now(file, line, p);
  return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
}
int64_t qs_InterlockedExchangeAdd64(QS_SITE, volatile int64_t* p, int64_t v) {
  Atomically now(file, line, p);
  return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);
}
int64_t qs_InterlockedCompareExchange64(QS_SITE, volatile int64_t* p, int64_t v, int64_t old) {
  Atomically now(file, line, p);
  __atomic_compare_exchange_n(p, &old, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return old;
}
void* qs_InterlockedExchangePointer(QS_SITE, void* volatile* p, void* v) {
  Atomically now(file, line, p);
  return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
}
void* qs_InterlockedCompareExchangePointer(QS_SITE, void* volatile* p, void* v, void* old) {
  Atomically now(file, line, p);
  __atomic_compare_exchange_n(p, &old, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return old;
}

// --- declared, not simulated ---

void qs_not_simulated(QS_SITE, const char* name) {  // U-13
  SiteScope site(file, line);
  emit(trace::EventCode::NotSimulated, {}, {}, rt::sched().trace().intern(name));
  verifier_break("U-13", {});
}

void qs_missing(const char* name, void* from) {  // U-13
  lines_reached(reinterpret_cast<uint64_t>(from));
  emit(trace::EventCode::NotSimulated, {}, {}, rt::sched().trace().intern(name));
  verifier_break("U-13", {});
}

// Succeeds and has no visible effect: it is only recorded.
void qs_noted(QS_SITE, const char* name) {
  SiteScope site(file, line);
  emit(trace::EventCode::Note, {}, {},
       rt::sched().trace().intern(std::string(name) + " is noted."));
}
