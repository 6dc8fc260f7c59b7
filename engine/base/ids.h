// Object identities. Owns: ObjectId, ObjectKind. Used by every module; depends on nothing.
//
// An ObjectId is a kind and a serial in creation order; serials are never reused, so a handle to a
// deleted object is always recognized (a taught violation, never a crash).
#pragma once
#include <cstdint>
#include <functional>

namespace qs {

enum class ObjectKind : uint8_t {
  None,
  Driver,
  Device,
  Queue,
  Request,
  FileObject,
  IoTarget,
  Timer,
  Dpc,
  WorkItem,
  SpinLock,
  WaitLock,
  Memory,
  String,
  Collection,
  Thread,
  App,
  Channel,
  Event,
  CallbackLock,
  Generic,
  Count
};

struct ObjectId {
  uint32_t raw = 0;

  constexpr ObjectId() = default;
  constexpr explicit ObjectId(uint32_t r) : raw(r) {}
  constexpr ObjectId(ObjectKind kind, uint32_t serial)
      : raw(uint32_t(kind) << 24 | (serial & 0xFFFFFFu)) {}

  constexpr ObjectKind kind() const { return ObjectKind(raw >> 24); }
  constexpr uint32_t serial() const { return raw & 0xFFFFFFu; }
  constexpr explicit operator bool() const { return raw != 0; }
  friend constexpr bool operator==(ObjectId a, ObjectId b) { return a.raw == b.raw; }
  friend constexpr bool operator!=(ObjectId a, ObjectId b) { return a.raw != b.raw; }
  friend constexpr bool operator<(ObjectId a, ObjectId b) { return a.raw < b.raw; }
};

// The word for a kind, as shown to people ("queue", "request", ...).
const char* kind_name(ObjectKind kind);

}  // namespace qs

template <>
struct std::hash<qs::ObjectId> {
  size_t operator()(qs::ObjectId id) const noexcept { return std::hash<uint32_t>{}(id.raw); }
};
