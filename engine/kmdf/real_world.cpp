#ifdef QS_REAL_THREADS
#include "kmdf/real_world.h"

#include <mutex>
#include <thread>

namespace qs::kmdf {

void Sent::wait() const { backs_.wait(0, std::memory_order_acquire); }

// A claimed IRP is not back before its canceller has gone on, so the lock covers the claim only.
bool Sent::cancel() {
  lock_.lock();
  Irp* irp = irp_;
  Slot slot = irp ? claim_cancel(irp) : Slot::Empty;
  lock_.unlock();
  if (slot == Slot::Empty) return false;
  finish_cancel(irp, slot);
  return true;
}

void Sent::back(Irp* irp, void* context) {
  auto* sent = static_cast<Sent*>(context);
  sent->lock_.lock();
  sent->irp_ = nullptr;
  sent->status = irp->status;
  sent->information = irp->information;
  sent->lock_.unlock();
  fw().recycle(irp);
  sent->backs_.fetch_add(1, std::memory_order_release);
  sent->backs_.notify_all();
}

RealWorld::RealWorld(Options options) : framework(options) { set_fw(&framework); }

RealWorld::~RealWorld() {
  remove_device();
  rt::stop_threads();
}

int32_t RealWorld::load_driver(const DriverEntry& entry) {
  void* object = framework.take_memory(512);
  void* path = framework.take_memory(sizeof(qs_UNICODE_STRING));
  int32_t status = entry(object, path);
  framework.give_memory(object);
  framework.give_memory(path);
  if (!NT_OK(status) || !framework.driver) return status;
  status = framework.driver->config.EvtDriverDeviceAdd(
      handle<WDFDRIVER>(framework.driver), reinterpret_cast<PWDFDEVICE_INIT>(make_device_init()));
  if (NT_OK(status)) status = device()->pnp_start();
  return status;
}

namespace {

Irp* irp_for(const Io& io) {
  Irp* irp = make_irp(io.type, io.length, io.out_length, io.file, {});
  irp->code = io.code;
  irp->buffer = io.buffer;
  irp->copy_back = io.out_length != 0;
  return irp;
}

}  // namespace

int32_t RealWorld::send(const Io& io, Sent& sent) {
  Irp* irp = irp_for(io);
  irp->done = &Sent::back;
  irp->done_context = &sent;
  sent.lock_.lock();
  sent.irp_ = irp;
  sent.lock_.unlock();
  return send_irp(device(), irp);
}

int32_t RealWorld::send(const Io& io, void (*done)(const Irp&, void*), void* context) {
  Irp* irp = irp_for(io);
  irp->sender = done;
  irp->done_context = context;
  irp->done = [](Irp* back, void* c) {
    back->sender(*back, c);
    fw().recycle(back);
  };
  return send_irp(device(), irp);
}

void RealWorld::remove_device() {
  if (removed_ || framework.devices.empty()) return;
  removed_ = true;
  device()->pnp_remove();
}

void RealWorld::on_threads(int threads, const std::function<void(int)>& body) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back([&body, i] { body(i); });
  for (std::thread& t : running) t.join();
}

void RealWorld::at_dispatch(const std::function<void()>& body) {
  rt::raise_irql(kDispatchLevel);
  body();
  rt::lower_irql(kPassiveLevel);
}

}  // namespace qs::kmdf
#endif
