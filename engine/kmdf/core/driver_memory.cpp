#include "kmdf/core/driver_memory.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "kmdf/core/rt.h"

namespace qs::kmdf {

namespace {

constexpr size_t kAlign = 16;

size_t rounded(size_t bytes) { return (bytes + kAlign - 1) & ~(kAlign - 1); }

trace::Site running_site() {
  const rt::Thread* me = rt::tls_scheduler ? rt::self() : nullptr;
  return me ? me->site : trace::Site();
}

}  // namespace

// A span with so much room behind what it has already. A large block has one of its own, while the
// current one stays in use.
DriverMemory::Span& DriverMemory::span_for(size_t room, char** begin) {
  if (room > kBlockBytes / 2) {
    const size_t size = kGap + room;
    Span span;
    span.large.reset(new char[size]());
    span.size = size;
    span.offset = large_;
    large_ += (size + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
    *begin = span.large.get();
    return spans_.emplace(*begin, std::move(span)).first->second;
  }
  if (current_ == spans_.end() || current_->second.used + room > kBlockBytes) {
    Span span;
    span.small = make_block(&span.filled);
    std::memset(span.small.get(), 0, kBlockBytes);
    span.size = kBlockBytes;
    span.offset = small_;
    small_ += kBlockBytes;
    char* at = span.small.get();
    current_ = spans_.emplace(at, std::move(span)).first;
  }
  *begin = current_->second.small.get();
  return current_->second;
}

MemoryBlock& DriverMemory::make(size_t bytes, MemoryBlock::Kind kind, ObjectId of) {
  const size_t room = rounded(bytes) + kGap;
  char* begin = nullptr;
  Span& span = span_for(room, &begin);
  if (span.blocks.empty()) span.used = kGap;
  MemoryBlock block;
  block.begin = begin + span.used;
  block.bytes = bytes;
  block.kind = kind;
  block.of = of;
  block.site = running_site();
  span.used += room;
  if (span.filled) *span.filled = uint32_t(span.used);
  total_ += room;
  return span.blocks.emplace_back(block);
}

void DriverMemory::include(char* begin, size_t bytes) {
  constexpr uint64_t kOffset = uint64_t(1) << 60;
  Span span;
  span.size = span.used = bytes;
  span.offset = kOffset;
  MemoryBlock block;
  block.begin = begin;
  block.bytes = bytes;
  block.kind = MemoryBlock::Kind::Variables;
  span.blocks.push_back(block);
  spans_.emplace(begin, std::move(span));
}

DriverMemory::Span* DriverMemory::span_of(const void* at) {
  const auto* address = static_cast<const char*>(at);
  auto span = spans_.upper_bound(address);
  if (span == spans_.begin()) return nullptr;
  --span;
  return std::less<>()(address, span->first + span->second.size) ? &span->second : nullptr;
}

MemoryBlock* DriverMemory::nearest_in(Span& span, const void* at) {
  auto& blocks = span.blocks;
  const auto* address = static_cast<const char*>(at);
  const auto after =
      std::upper_bound(blocks.begin(), blocks.end(), address,
                       [](const char* a, const MemoryBlock& b) { return a < b.begin; });
  if (after == blocks.begin()) return blocks.empty() ? nullptr : &*after;
  MemoryBlock& before = *std::prev(after);
  const bool next = after != blocks.end() && address >= before.end() &&
                    after->begin - address < address - before.end();
  return next ? &*after : &before;
}

MemoryBlock* DriverMemory::nearest(const void* at) {
  Span* span = span_of(at);
  return span ? nearest_in(*span, at) : nullptr;
}

// Most accesses that come here are to a thread's stack.
bool DriverMemory::find(const void* at, size_t size) {
  Span* span = span_of(at);
  if (!span) return true;
  MemoryBlock* block = nearest_in(*span, at);
  if (!block || block->gone || !block->has(at, size)) return false;
  last_ = block;
  return true;
}

MemoryBlock* DriverMemory::block_at(const void* begin) {
  MemoryBlock* block = nearest(begin);
  return block && block->begin == begin ? block : nullptr;
}

void DriverMemory::give_back(const void* begin) {
  MemoryBlock* block = block_at(begin);
  if (!block || block->gone) return;
  block->gone = true;
  block->site = running_site();
}

std::optional<DriverMemory::Places> DriverMemory::places_of(const void* at, size_t bytes) {
  Span* span = span_of(at);
  if (!span) return {};
  const MemoryBlock* block = nearest_in(*span, at);
  const bool whole =
      block && block->has(at, 1) &&
      (block->kind == MemoryBlock::Kind::Buffer || block->kind == MemoryBlock::Kind::Memory);
  const auto offset = [&](const char* of) { return span->offset + uint64_t(of - span->begin()); };
  const uint64_t here = offset(static_cast<const char*>(at));
  if (!whole) return Places{here, here + (bytes - 1), here, false};
  const uint64_t first = offset(block->begin);
  return Places{first, first, here, true};
}

std::optional<uint64_t> DriverMemory::offset_of(const void* at) {
  Span* span = span_of(at);
  if (!span) return {};
  return span->offset + uint64_t(static_cast<const char*>(at) - span->begin());
}

}  // namespace qs::kmdf
