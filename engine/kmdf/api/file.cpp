// Zw* on files: a flat file system in memory that lives as long as the run. Names are compared as
// they are written.
#include <algorithm>
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/nt.h"
#include "kmdf/core/registry.h"
#include "kmdf/core/waits.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

enum Disposition : uint32_t { kSupersede, kOpen, kCreate, kOpenIf, kOverwrite, kOverwriteIf };
enum Outcome : uintptr_t { kSuperseded, kOpened, kCreated, kOverwritten };
enum InfoClass : int32_t { kStandard = 5, kPosition = 14, kEndOfFile = 20 };

constexpr int64_t kCurrentPosition = -2, kEnd = -1;  // special byte offsets
constexpr uint64_t kMostFileBytes = 64u << 20;

struct Standard {  // FILE_STANDARD_INFORMATION
  int64_t allocation, end;
  uint32_t links;
  uint8_t delete_pending, directory;
};

NtState& nt() { return part(run_state().nt); }

OpenFile* open_file(void* handle) {
  auto it = nt().open.find(reinterpret_cast<uintptr_t>(handle));
  return it == nt().open.end() ? nullptr : &it->second;
}

int32_t finish(qs_IO_STATUS_BLOCK* iosb, int32_t status, uintptr_t information) {
  if (iosb) {
    iosb->Status = status;
    iosb->Information = information;
  }
  return status;
}

// What a disposition does to a file that exists, or does not.
int32_t decide(uint32_t disposition, bool there, Outcome* outcome) {
  switch (disposition) {
    case kSupersede: *outcome = there ? kSuperseded : kCreated; break;
    case kOpen:
      if (!there) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
      *outcome = kOpened;
      break;
    case kCreate:
      if (there) return QS_STATUS_OBJECT_NAME_COLLISION;
      *outcome = kCreated;
      break;
    case kOpenIf: *outcome = there ? kOpened : kCreated; break;
    case kOverwrite:
      if (!there) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
      *outcome = kOverwritten;
      break;
    case kOverwriteIf: *outcome = there ? kOverwritten : kCreated; break;
    default: return QS_STATUS_INVALID_PARAMETER;
  }
  return QS_STATUS_SUCCESS;
}

// The position a transfer starts at.
uint64_t start_of(const OpenFile& f, const qs_LARGE_INTEGER* offset) {
  if (!offset || offset->QuadPart == kCurrentPosition) return f.position;
  if (offset->QuadPart == kEnd) return f.file->bytes.size();
  return uint64_t(std::max<int64_t>(offset->QuadPart, 0));
}

// More bytes count against the memory of the run.
void resize(MemoryFile& file, size_t bytes) {
  if (bytes > file.bytes.size()) may_take(bytes - file.bytes.size());
  fw().file_bytes += bytes - file.bytes.size();
  file.bytes.resize(bytes);
}

}  // namespace

int32_t qs_ZwCreateFile(QS_SITE, void** handle, uint32_t, qs_OBJECT_ATTRIBUTES* attributes,
                        qs_IO_STATUS_BLOCK* iosb, qs_LARGE_INTEGER*, uint32_t, uint32_t,
                        uint32_t disposition, uint32_t, void*, uint32_t) {
  SiteScope site(file, line);
  require(handle);
  *handle = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return finish(iosb, QS_STATUS_UNSUCCESSFUL, 0);
  const qs_UNICODE_STRING* name = attributes ? attributes->ObjectName : nullptr;
  if (!name || !name->Buffer || !name->Length)
    return finish(iosb, QS_STATUS_OBJECT_NAME_INVALID, 0);
  std::u16string key(name->Length / 2u, u'\0');
  std::memcpy(key.data(), name->Buffer, key.size() * 2);
  auto& entry = nt().files[key];
  Outcome outcome{};
  int32_t status = decide(disposition, entry != nullptr, &outcome);
  if (!NT_OK(status)) {
    if (!entry) nt().files.erase(key);
    return finish(iosb, status, 0);
  }
  if (!entry || outcome == kSuperseded) entry = std::make_shared<MemoryFile>();
  if (outcome == kOverwritten) resize(*entry, 0);
  uintptr_t number = nt().next_handle;
  nt().next_handle += 4;
  nt().open[number] = {entry, 0};
  *handle = reinterpret_cast<void*>(number);
  return finish(iosb, QS_STATUS_SUCCESS, outcome);
}

int32_t qs_ZwReadFile(QS_SITE, void* handle, void*, void*, void*, qs_IO_STATUS_BLOCK* iosb,
                      void* buffer, uint32_t length, qs_LARGE_INTEGER* offset, uint32_t*) {
  SiteScope site(file, line);
  require(buffer);
  if (!irql_allows(sched::kPassiveLevel)) return finish(iosb, QS_STATUS_UNSUCCESSFUL, 0);
  OpenFile* f = open_file(handle);
  if (!f) return finish(iosb, QS_STATUS_INVALID_HANDLE, 0);
  uint64_t at = start_of(*f, offset);
  if (at >= f->file->bytes.size()) return finish(iosb, QS_STATUS_END_OF_FILE, 0);
  size_t n = std::min<size_t>(length, f->file->bytes.size() - size_t(at));
  std::memcpy(buffer, f->file->bytes.data() + at, n);
  f->position = at + n;
  return finish(iosb, QS_STATUS_SUCCESS, n);
}

int32_t qs_ZwWriteFile(QS_SITE, void* handle, void*, void*, void*, qs_IO_STATUS_BLOCK* iosb,
                       void* buffer, uint32_t length, qs_LARGE_INTEGER* offset, uint32_t*) {
  SiteScope site(file, line);
  require(buffer);
  if (!irql_allows(sched::kPassiveLevel)) return finish(iosb, QS_STATUS_UNSUCCESSFUL, 0);
  OpenFile* f = open_file(handle);
  if (!f) return finish(iosb, QS_STATUS_INVALID_HANDLE, 0);
  uint64_t at = start_of(*f, offset);
  if (at + length > kMostFileBytes) return finish(iosb, QS_STATUS_DISK_FULL, 0);
  if (f->file->bytes.size() < at + length) resize(*f->file, size_t(at + length));
  std::memcpy(f->file->bytes.data() + at, buffer, length);
  f->position = at + length;
  return finish(iosb, QS_STATUS_SUCCESS, length);
}

int32_t qs_ZwQueryInformationFile(QS_SITE, void* handle, qs_IO_STATUS_BLOCK* iosb,
                                  void* information, uint32_t length, int32_t kind) {
  SiteScope site(file, line);
  require(information);
  OpenFile* f = open_file(handle);
  if (!f) return finish(iosb, QS_STATUS_INVALID_HANDLE, 0);
  if (kind == kPosition) {
    if (length < sizeof(int64_t)) return finish(iosb, QS_STATUS_INFO_LENGTH_MISMATCH, 0);
    int64_t position = int64_t(f->position);
    std::memcpy(information, &position, sizeof position);
    return finish(iosb, QS_STATUS_SUCCESS, sizeof position);
  }
  if (kind == kStandard) {
    if (length < sizeof(Standard)) return finish(iosb, QS_STATUS_INFO_LENGTH_MISMATCH, 0);
    auto size = int64_t(f->file->bytes.size());
    Standard s{(size + 4095) & ~int64_t(4095), size, 1, 0, 0};
    std::memcpy(information, &s, sizeof s);
    return finish(iosb, QS_STATUS_SUCCESS, sizeof s);
  }
  return finish(iosb, QS_STATUS_NOT_SUPPORTED, 0);
}

int32_t qs_ZwSetInformationFile(QS_SITE, void* handle, qs_IO_STATUS_BLOCK* iosb, void* information,
                                uint32_t length, int32_t kind) {
  SiteScope site(file, line);
  require(information);
  OpenFile* f = open_file(handle);
  if (!f) return finish(iosb, QS_STATUS_INVALID_HANDLE, 0);
  if (kind != kPosition && kind != kEndOfFile) return finish(iosb, QS_STATUS_NOT_SUPPORTED, 0);
  if (length < sizeof(int64_t)) return finish(iosb, QS_STATUS_INFO_LENGTH_MISMATCH, 0);
  int64_t value;
  std::memcpy(&value, information, sizeof value);
  if (value < 0 || uint64_t(value) > kMostFileBytes)
    return finish(iosb, QS_STATUS_INVALID_PARAMETER, 0);
  if (kind == kPosition)
    f->position = uint64_t(value);
  else
    resize(*f->file, size_t(value));
  return finish(iosb, QS_STATUS_SUCCESS, 0);
}

int32_t qs_ZwClose(QS_SITE, void* handle) {
  if (close_thread_handle(file, line, handle)) return QS_STATUS_SUCCESS;
  SiteScope site(file, line);
  const auto number = reinterpret_cast<uintptr_t>(handle);
  return nt().open.erase(number) || registry().open.erase(number) ? QS_STATUS_SUCCESS
                                                                  : QS_STATUS_INVALID_HANDLE;
}
