#include "kmdf/request/wdm_view.h"

#include <cstring>

#include "kmdf/core/framework.h"
#include "kmdf/core/memory.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using trace::RequestType;

namespace {

constexpr int16_t kTypeDevice = 3, kTypeDriver = 4, kTypeFile = 5, kTypeIrp = 6;  // IO_TYPE_*
constexpr uint32_t kFileOpen = 1;        // FILE_OPEN, in the highest byte of Create.Options
constexpr uint32_t kPagingIo = 2;        // IRP_PAGING_IO
constexpr uint8_t kPendingReturned = 1;  // SL_PENDING_RETURNED

template <class T>
T* zeroed(size_t bytes = sizeof(T)) {
  void* memory = fw().driver_memory.allocate(bytes);
  std::memset(memory, 0, bytes);
  return static_cast<T*>(memory);
}

template <class T>
T* new_wdm_view(int16_t type) {
  T* view = zeroed<T>();
  view->Type = type;
  view->Size = sizeof(T);
  return view;
}

// --- IRPs ---

// Behind the IRP, as the I/O manager lays them out: the lowest driver's first. One more than there
// are, for IoSkipCurrentIrpStackLocation.
qs_IO_STACK_LOCATION* locations(qs_IRP* view) {
  return reinterpret_cast<qs_IO_STACK_LOCATION*>(view + 1);
}

void fill_location(qs_IO_STACK_LOCATION* at, const Irp& irp) {
  *at = {};
  at->MajorFunction = uint8_t(irp.type);
  at->MinorFunction = irp.minor;
  at->Control = irp.pending_marked ? kPendingReturned : 0;
  auto& p = at->Parameters;
  switch (irp.type) {
    case RequestType::Create: p.Create.Options = kFileOpen << 24; break;
    case RequestType::Read:
      p.Read.Length = irp.length;
      p.Read.ByteOffset.QuadPart = irp.offset;
      break;
    case RequestType::Write:
      p.Write.Length = irp.length;
      p.Write.ByteOffset.QuadPart = irp.offset;
      break;
    case RequestType::DeviceControl:
    case RequestType::InternalControl:
      p.DeviceIoControl.OutputBufferLength = irp.out_length;
      p.DeviceIoControl.InputBufferLength = irp.length;
      p.DeviceIoControl.IoControlCode = irp.code;
      if (!is_buffered(irp)) p.DeviceIoControl.Type3InputBuffer = irp.buffer;
      break;
    default: break;
  }
  at->DeviceObject = irp.device ? wdm_view(irp.device) : nullptr;
  at->FileObject = irp.file ? wdm_view(irp.file) : nullptr;
}

// What the format before a send has written down for the driver below (T-04).
void fill_formatted(qs_IO_STACK_LOCATION* at, Request* r) {
  *at = at[1];
  at->MajorFunction = uint8_t(r->format_type);
  at->Control = 0;
  if (!r->formatted_with_target) return;  // as it is
  const TargetWork& work = work_of(r);
  const auto& from = work.params.Parameters;
  auto& p = at->Parameters;
  p = {};
  if (r->format_type == RequestType::Read || r->format_type == RequestType::Write) {
    p.Read.Length = uint32_t(from.Read.Length);
    p.Read.ByteOffset.QuadPart = work.device_offset;
    return;
  }
  p.DeviceIoControl.IoControlCode = from.Ioctl.IoControlCode;
  p.DeviceIoControl.InputBufferLength = work.input_length;
  p.DeviceIoControl.OutputBufferLength = uint32_t(from.Ioctl.Output.Length);
}

// By the transfer method: the system buffer, an MDL, or the sender's own address.
void fill_buffers(qs_IRP* view, Irp* irp) {
  const bool neither = is_neither(*irp), buffered = is_buffered(*irp);
  const BufferRange output = user_buffer(irp, Direction::Output);
  const BufferRange data = output.at ? output : user_buffer(irp, Direction::Input);
  const bool has_input = is_control(irp->type);  // direct controls have it in the system buffer
  view->AssociatedIrp.SystemBuffer = buffered || (has_input && !neither) ? irp->buffer : nullptr;
  view->UserBuffer = neither ? data.at : nullptr;
  if (!buffered && !neither && data.at && !view->MdlAddress)
    view->MdlAddress = wdm_mdl(data.at, data.length);
}

qs_IRP* new_irp_view(int stack_count) {
  auto* view =
      zeroed<qs_IRP>(sizeof(qs_IRP) + sizeof(qs_IO_STACK_LOCATION) * size_t(stack_count + 1));
  view->Type = kTypeIrp;
  view->Size = uint16_t(sizeof(qs_IRP) + sizeof(qs_IO_STACK_LOCATION) * size_t(stack_count));
  view->StackCount = char(stack_count);
  return view;
}

}  // namespace

qs_IRP* wdm_view(Irp* irp) {
  Request* r = irp->request;
  const int count = r ? r->stack_locations : kStackLocations;
  if (!irp->wdm || irp->wdm->StackCount < count) irp->wdm = new_irp_view(count);
  qs_IRP* view = irp->wdm;
  fill_buffers(view, irp);
  view->Flags = irp->paging ? kPagingIo : 0;
  view->IoStatus.Status = irp->status;
  view->IoStatus.Information = irp->information;
  view->RequestorMode = irp->from_user ? 1 : 0;
  view->Cancel = irp->cancelled();
  view->CurrentLocation = view->StackCount;
  qs_IO_STACK_LOCATION* current = locations(view) + view->StackCount - 1;
  view->Tail.Overlay.CurrentStackLocation = current;
  view->Tail.Overlay.OriginalFileObject = irp->file ? wdm_view(irp->file) : nullptr;
  fill_location(current, *irp);
  if (r && r->has(kVFormatted) && view->StackCount > 1) fill_formatted(current - 1, r);
  return view;
}

qs_MDL* wdm_mdl(void* buffer, size_t length) {
  auto* mdl = zeroed<qs_MDL>();
  const auto at = reinterpret_cast<uintptr_t>(buffer);
  constexpr uintptr_t kInPage = 0xFFF;
  mdl->Size = int16_t(sizeof(qs_MDL));
  mdl->MdlFlags = 5;  // MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL
  mdl->MappedSystemVa = buffer;
  mdl->StartVa = reinterpret_cast<void*>(at & ~kInPage);
  mdl->ByteOffset = uint32_t(at & kInPage);
  mdl->ByteCount = uint32_t(length);
  return mdl;
}

qs_DEVICE_OBJECT* physical_device(DeviceInit* init) {
  if (!init->physical) {
    init->physical = new_wdm_view<qs_DEVICE_OBJECT>(kTypeDevice);
    init->physical->StackSize = 1;
  }
  return init->physical;
}

qs_DEVICE_OBJECT* wdm_view(Device* d) {
  if (d->wdm) return d->wdm;
  d->wdm = new_wdm_view<qs_DEVICE_OBJECT>(kTypeDevice);
  d->wdm->DriverObject = fw().driver ? fw().driver->wdm : nullptr;
  d->wdm->StackSize = d->init.control || d->init.parent ? 1 : 2;
  if (d->init.control || d->init.parent) return d->wdm;
  qs_DEVICE_OBJECT* below = physical_device(&d->init);
  below->AttachedDevice = d->wdm;  // who sits on top of it, as in WDM
  d->wdm->NextDevice = nullptr;
  d->wdm->DeviceExtension = below;
  return d->wdm;
}

qs_FILE_OBJECT* wdm_view(FileObject* f) {
  if (f->wdm) return f->wdm;
  f->wdm = new_wdm_view<qs_FILE_OBJECT>(kTypeFile);
  f->wdm->DeviceObject = f->device ? wdm_view(f->device) : nullptr;
  f->wdm->FileName.Buffer = zeroed<uint16_t>();
  f->wdm->FileName.MaximumLength = sizeof(uint16_t);
  return f->wdm;
}

qs_DRIVER_OBJECT* wdm_view(Driver* d) {
  if (!d->wdm) d->wdm = new_wdm_view<qs_DRIVER_OBJECT>(kTypeDriver);
  return d->wdm;
}

}  // namespace qs::kmdf
