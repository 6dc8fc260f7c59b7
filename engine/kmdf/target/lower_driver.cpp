// The virtual lower driver: keeps what it is given for a while, then completes it; it may be deaf
// to cancel or fail. It completes at DISPATCH_LEVEL on a thread of its own, or at once on the
// sender's thread when it needs no time.
#include <algorithm>
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/run_state.h"
#include "kmdf/device/usb.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using rt::emit;

// What it works on: an IRP, and the request when the driver above wants it back.
struct LowerWork {
  Irp* irp = nullptr;
  Request* request = nullptr;
  ObjectId target;
  uint64_t clock = 0;
  bool armed = false;  // it has a cancel routine
};

struct LowerState {
  std::unordered_map<uint32_t, LowerWork> work;  // by the request's id
  LowerDriver defaults[2];                       // local, remote: for devices to come
  rt::Lock guard;
};

namespace {

LowerState& state() { return part(run_state().lower); }

uint32_t bits_of(const IoTarget* t) {
  return (t->lower.deaf ? uint32_t(trace::kTargetDeaf) : 0) |
         (t->lower.status < 0 ? uint32_t(trace::kTargetFailing) : 0) |
         (t->remote ? uint32_t(trace::kTargetRemote) : 0);
}

void apply(IoTarget* t, const LowerDriver& lower) {
  t->lower = lower;
  emit(trace::EventCode::TargetConfig, t->id, t->device ? t->device->id : ObjectId(), lower.delay,
       bits_of(t));
}

// Where the bytes of a transfer are.
struct Transfer {
  trace::RequestType type{};
  uint8_t* data = nullptr;  // reads and writes
  uint8_t* in = nullptr;
  uint8_t* out = nullptr;
  size_t length = 0, out_length = 0;
  int64_t offset = 0;
};

uint8_t* bytes_of(WDFMEMORY memory, size_t offset) {
  if (!memory) return nullptr;
  auto* m = static_cast<Memory*>(object_of(memory, "lower driver", ObjectKind::Memory));
  return static_cast<uint8_t*>(m->buffer) + offset;
}

Transfer transfer_of(const Irp* irp, Request* r) {
  Transfer t;
  if (r && r->format_target) {
    const auto& work = work_of(r);
    const auto& p = work.params.Parameters;
    t.type = r->format_type;
    t.offset = work.device_offset;
    if (t.type == trace::RequestType::Read || t.type == trace::RequestType::Write) {
      t.data = bytes_of(p.Read.Buffer, p.Read.Offset);
      t.length = p.Read.Length;
    } else {
      t.in = bytes_of(p.Ioctl.Input.Buffer, p.Ioctl.Input.Offset);
      t.out = bytes_of(p.Ioctl.Output.Buffer, p.Ioctl.Output.Offset);
      t.length = work.input_length;
      t.out_length = p.Ioctl.Output.Length;
    }
    return t;
  }
  t.type = irp->type;
  t.offset = irp->offset;
  t.data = t.in = static_cast<uint8_t*>(irp->buffer);
  t.out = static_cast<uint8_t*>(irp->out_buffer ? irp->out_buffer : irp->buffer);
  t.length = irp->length;
  t.out_length = irp->out_length;
  return t;
}

// Returns the bytes transferred. A read delivers letters that depend on the position, a control
// returns its input.
uint64_t do_transfer(const Transfer& t) {
  switch (t.type) {
    case trace::RequestType::Read:
      if (t.data)
        for (size_t i = 0; i < t.length; ++i)
          t.data[i] = uint8_t('a' + (uint64_t(t.offset) + i) % 26);
      return t.length;
    case trace::RequestType::Write: return t.length;
    case trace::RequestType::DeviceControl:
    case trace::RequestType::InternalControl:
      if (t.out && t.in) std::memmove(t.out, t.in, std::min(t.length, t.out_length));
      return t.out_length;
    default: return 0;
  }
}

void complete_below(LowerWork work, int32_t status, uint64_t information) {
  if (work.request)
    request_back(work.request, status, information);
  else
    complete_irp(work.irp, status, information);
}

// Takes the work out of the table; false when somebody else has it.
bool take(uint32_t key, LowerWork* out) {
  LowerState& s = state();
  s.guard.lock(ObjectId(key));
  auto it = s.work.find(key);
  bool there = it != s.work.end();
  if (there) {
    *out = it->second;
    s.work.erase(it);
  }
  s.guard.unlock();
  return there;
}

constexpr uint64_t kAll = UINT64_MAX;  // as many bytes as the transfer has

// Its time is over, or run told it to finish. A cancel may have come first.
void finish_own(uint32_t key, int32_t status, uint64_t information) {
  LowerState& s = state();
  s.guard.lock(ObjectId(key));
  auto it = s.work.find(key);
  bool mine =
      it != s.work.end() && (!it->second.armed || it->second.irp->take_slot() == Slot::LowerDriver);
  LowerWork work;
  if (mine) {
    work = it->second;
    s.work.erase(it);
  }
  s.guard.unlock();
  if (!mine) return;
  const auto* target = static_cast<const IoTarget*>(fw().find(work.target));
  UsbPipe* pipe = target ? target->pipe : nullptr;
  uint64_t moved = 0;
  if (status >= 0) {
    const Transfer t = transfer_of(work.irp, work.request);
    moved = pipe ? usb_transfer(pipe, t.data, t.length) : do_transfer(t);
  }
  complete_below(work, status, information == kAll ? moved : information);
}

}  // namespace

IoTarget* make_target(Device* device, bool remote) {
  auto* t = fw().make<IoTarget>(ObjectKind::IoTarget);
  t->device = device;
  t->remote = remote;
  emit(trace::EventCode::Create, t->id, device->id);
  apply(t, state().defaults[remote ? 1 : 0]);
  emit(trace::EventCode::TargetState, t->id, device->id, uint32_t(t->state));
  return t;
}

void configure_lower_driver(Device* device, const LowerDriver& lower, bool remote) {
  if (!device) {
    state().defaults[remote ? 1 : 0] = lower;
    return;
  }
  if (!remote) {
    if (device->local_target) apply(device->local_target, lower);
    return;
  }
  state().defaults[1] = lower;
  for (Object* o = device->first_child; o; o = o->next_sibling)
    if (o->kind() == ObjectKind::IoTarget && static_cast<IoTarget*>(o)->remote)
      apply(static_cast<IoTarget*>(o), lower);
}

void lower_receives(Irp* irp, Request* r, const IoTarget* target) {
  irp->was_below = true;
  LowerDriver lower = target ? target->lower : LowerDriver();
  Transfer transfer = transfer_of(irp, r);
  int32_t status = lower.status;
  size_t longest = std::max(transfer.length, transfer.out_length);
  if (lower.largest && longest > lower.largest) status = QS_STATUS_INVALID_BUFFER_SIZE;
  if (fw().observer)
    fw().observer->on_lower_receives({irp->id, transfer.type, uint32_t(transfer.length)});
  LowerWork work{irp, r, target ? target->id : ObjectId(), 0, !lower.deaf};
  if (!lower.delay && !lower.stays)
    return complete_below(work, status, status >= 0 ? do_transfer(transfer) : 0);
  if (irp->cancelled() && work.armed)  // it looks at the flag before it keeps an IRP
    return complete_below(work, QS_STATUS_CANCELLED, 0);
  LowerState& s = state();
  uint32_t key = irp->id.raw;
  s.guard.lock(irp->id);
  if (!lower.stays)
    work.clock = call_later(lower.delay, "lower driver", work.target,
                            [key, status] { finish_own(key, status, kAll); });
  s.work[key] = work;
  if (work.armed) irp->arm(Slot::LowerDriver);
  bool late = work.armed && irp->cancelled() && irp->take_slot() == Slot::LowerDriver;
  s.guard.unlock();
  if (late) return cancel_in_lower_driver(irp);
  if (target && target->pipe) usb_arrived(target->pipe, irp->id);
}

// The slot is taken.
void cancel_in_lower_driver(Irp* irp) {
  LowerWork work;
  if (!take(irp->id.raw, &work)) return;
  if (work.clock) cancel_later(work.clock);
  if (fw().observer) fw().observer->on_lower_cancel(irp->id);
  const auto* target = static_cast<const IoTarget*>(fw().find(work.target));
  if (target && target->pipe) usb_canceled(target->pipe, irp->id);
  complete_below(work, QS_STATUS_CANCELLED, 0);
}

void lower_driver_receives(Device* device, Irp* irp) {
  irp->request = nullptr;
  lower_receives(irp, nullptr, device->local_target);
}

bool finish_in_lower_driver_here(ObjectId request, int32_t status, uint64_t information) {
  auto it = state().work.find(request.raw);
  if (it == state().work.end()) return false;
  if (it->second.clock) cancel_later(it->second.clock);
  finish_own(request.raw, status, information);
  return true;
}

bool finish_in_lower_driver(ObjectId request, int32_t status, uint64_t information) {
  LowerState& s = state();
  auto it = s.work.find(request.raw);
  bool there = it != s.work.end();
  LowerWork work = there ? it->second : LowerWork();
  if (!there) return false;
  if (work.clock) cancel_later(work.clock);
  auto body = [key = request.raw, status, information] { finish_own(key, status, information); };
  rt::post_dpc("lower driver", work.target, rt::bind_to_run(body));
  return true;
}

}  // namespace qs::kmdf
