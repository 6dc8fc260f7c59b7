// The client driver's set-up and callbacks, and what the framework tells its observer.
#include <sstream>

#include "conform/client.h"
#include "trace/events/words.h"

namespace qs::conform {

// --- callbacks ---

std::string irql_suffix() {
  return kmdf::rt::irql() == 0 ? std::string() : " irql=" + std::to_string(kmdf::rt::irql());
}

void Runner::handler(WDFQUEUE q, WDFREQUEST r, const char* name, const std::string& args) {
  RequestState& state = seen(r);
  std::string queue = queue_name(q);
  print(std::string("- ") + name + " queue=" + queue + " req=" + state.name + args + irql_suffix());
  std::string ops = take_reaction(state.name, "on");
  if (ops.empty() && queue_reactions_.count("onq " + queue)) ops = queue_reactions_["onq " + queue];
  run_reaction(ops, state.name, queue);
}

void Runner::queue_callback(WDFQUEUE q, const std::string& line, bool ready) {
  std::string queue = queue_name(q);
  print("- " + line + " queue=" + queue + irql_suffix());
  run_reaction(queue_reactions_[(ready ? "onready " : "onstate ") + queue], "", queue);
}

void Runner::request_cancelled(WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtRequestCancel req=" + state.name + irql_suffix());
  std::string ops = take_reaction(state.name, "oncancel");
  run_reaction(ops.empty() ? "complete $ cancelled 0" : ops, state.name, "");
}

void Runner::canceled_on_queue(WDFQUEUE q, WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtIoCanceledOnQueue queue=" + queue_name(q) + " req=" + state.name + irql_suffix());
  std::string ops = take_reaction(state.name, "oncanceled");
  run_reaction(ops.empty() ? "complete $ cancelled 0" : ops, state.name, queue_name(q));
}

void Runner::io_stop(WDFQUEUE q, WDFREQUEST r, uint32_t flags) {
  RequestState& state = seen(r);
  std::string text = flags & 1 ? "Suspend" : "Purge";
  if (flags & 0x10000000) text += "|RequestCancelable";
  print("- EvtIoStop queue=" + queue_name(q) + " req=" + state.name + " flags=" + text +
        irql_suffix());
  run_reaction(take_reaction(state.name, "onstop"), state.name, queue_name(q));
}

void Runner::io_resume(WDFQUEUE q, WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtIoResume queue=" + queue_name(q) + " req=" + state.name + irql_suffix());
  run_reaction(take_reaction(state.name, "onresume"), state.name, queue_name(q));
}

void Runner::device_callback(const std::string& line, const char* kind) {
  print("- " + line + irql_suffix());
  run_reaction(take_named("", kind), "", "");
}

void Runner::object_callback(WDFOBJECT object, const char* kind, const std::string& line) {
  std::string name = name_of(object);
  print("- " + line + name + irql_suffix());
  run_reaction(take_named(name, kind), name, "");
}

void Runner::object_gone(WDFOBJECT object, bool destroyed) {
  bool request = object_names_.count(reinterpret_cast<uintptr_t>(object)) == 0;
  std::string name = name_of(object);
  std::string line = destroyed ? "- EvtDestroyCallback " : "- EvtCleanupCallback ";
  line += request ? "req=" : "obj=";
  print(line + name + irql_suffix());
  run_reaction(take_named(name, destroyed ? "ondestroy" : "oncleanup"), name, "");
  if (!destroyed || request) return;
  object_names_.erase(reinterpret_cast<uintptr_t>(object));
  objects_.erase(name);
  queues_.erase(name);
}

void Runner::file_callback(WDFFILEOBJECT file, const char* kind, const std::string& line) {
  std::string name;
  for (auto& [n, f] : files_)
    if (handle<WDFFILEOBJECT>(f) == file) name = n;
  print("- " + line + irql_suffix());
  run_reaction(take_named(name, kind), name, "");
}

void Runner::request_returned(WDFREQUEST request, int32_t status) {
  auto own = object_names_.find(reinterpret_cast<uintptr_t>(request));
  std::string name = own == object_names_.end() ? seen(request).name : own->second;
  print("- CompletionRoutine req=" + name + " status=" + trace::status_text(status) +
        irql_suffix());
  std::string ops = take_reaction(name, "onback");
  if (ops.empty() && own == object_names_.end()) ops = "complete $ ok";
  run_reaction(ops, name, "");
}

std::string Runner::take_named(const std::string& name, const char* kind) {
  auto it = reactions_.find(std::string(kind) + " " + name);
  if (it == reactions_.end() || it->second.empty()) return {};
  std::string operations = it->second.front();
  it->second.pop_front();
  return operations;
}

// The operations of a callback, one level deeper than its own line.
void Runner::run_reaction(const std::string& operations, const std::string& request,
                          const std::string& queue) {
  ++world_->scheduler.current()->level;
  react(operations, request, queue);
  --world_->scheduler.current()->level;
}

// --- driver set-up ---

int32_t Runner::driver_entry() {
  qs_WDF_DRIVER_CONFIG config{};
  config.Size = sizeof(config);
  config.EvtDriverDeviceAdd = client_device_add;
  return qs_WdfDriverCreate(nullptr, 0, nullptr, nullptr, nullptr, &config, nullptr);
}

int32_t Runner::device_add(WDFDRIVER, PWDFDEVICE_INIT init) {
  qs_WDF_PNPPOWER_EVENT_CALLBACKS power = client_power_callbacks();
  if (options_["surprise"] == "on") power.EvtDeviceSurpriseRemoval = client_surprise_removal;
  qs_WdfDeviceInitSetPnpPowerEventCallbacks(nullptr, 0, init, &power);
  if (options_["fileobj"] != "off") {
    qs_WDF_FILEOBJECT_CONFIG files{};
    files.Size = sizeof(files);
    files.EvtFileCleanup = client_file_cleanup;
    files.EvtFileClose = client_file_close;
    if (options_["create"] == "on") files.EvtDeviceFileCreate = client_file_create;
    files.AutoForwardCleanupClose = qs_WdfUseDefault;
    files.FileObjectClass = qs_WdfFileObjectWdfCannotUseFsContexts;
    qs_WDF_OBJECT_ATTRIBUTES own{};
    own.Size = sizeof own;
    own.ExecutionLevel = qs_WdfExecutionLevelInheritFromParent;
    own.SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
    bool with = options_["fileobj"] == "attributes";
    qs_WdfDeviceInitSetFileObjectConfig(nullptr, 0, init, &files, with ? &own : nullptr);
  }
  init_more(init);
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof(a);
  a.ExecutionLevel = options_["devexec"] == "passive"    ? qs_WdfExecutionLevelPassive
                     : options_["devexec"] == "dispatch" ? qs_WdfExecutionLevelDispatch
                                                         : qs_WdfExecutionLevelInheritFromParent;
  const std::string& sync = options_["devsync"];
  a.SynchronizationScope = sync == "queue"    ? qs_WdfSynchronizationScopeQueue
                           : sync == "device" ? qs_WdfSynchronizationScopeDevice
                           : sync == "none"   ? qs_WdfSynchronizationScopeNone
                                              : qs_WdfSynchronizationScopeInheritFromParent;
  if (options_["devevents"] == "on") {
    a.EvtCleanupCallback = client_cleanup;
    a.EvtDestroyCallback = client_destroy;
  }
  WDFDEVICE device = nullptr;
  int32_t status = qs_WdfDeviceCreate(nullptr, 0, &init, &a, &device);
  if (status >= 0) device_ = world_->framework.devices.front();
  object_names_[reinterpret_cast<uintptr_t>(device)] = "DEVICE";
  return status;
}

// --- violations ---

void Runner::on_break(std::string_view rule) {
  print(name_rules_ ? "!! break " + std::string(rule) : "!! DbgBreakPoint (verifier break)");
}

void Runner::on_bugcheck(uint32_t code, uint64_t p2, uint64_t p3, bool p2_pointer,
                         bool p3_pointer) {
  auto hex = [](uint64_t v, bool pointer) {
    if (pointer) return std::string("<ptr>");
    std::stringstream s;
    s << "0x" << std::hex << v;
    return s.str();
  };
  print("!! BUGCHECK 0x10d (" + hex(code, false) + ", " + hex(p2, p2_pointer) + ", " +
        hex(p3, p3_pointer) + ")");
}

// Not the framework's: the kernel notices it, and goes on.
void Runner::on_kernel_complaint(std::string_view text) {
  played_.lines.push_back("  !! " + std::string(text));
}

void Runner::on_lower_receives(const kmdf::LowerView& irp) {
  if (options_["seelower"] != "on") return;
  static const std::map<trace::RequestType, const char*> types = {
      {trace::RequestType::Read, "read"},
      {trace::RequestType::Write, "write"},
      {trace::RequestType::DeviceControl, "ioctl"},
      {trace::RequestType::InternalControl, "iioctl"}};
  auto type = types.find(irp.type);
  print(std::string("- lower ") + (type == types.end() ? "?" : type->second) + " " +
        lower_name(irp.request) + " length=" + std::to_string(irp.length) + irql_suffix());
}

void Runner::on_lower_cancel(ObjectId request) {
  if (options_["seelower"] == "on") print("- lower cancel " + lower_name(request) + irql_suffix());
}

void Runner::on_finding(std::string_view rule) {
  if (name_rules_) print("!! finding " + std::string(rule));
}

void Runner::on_undefined(std::string_view rule) {
  if (name_rules_) print("!! undefined " + std::string(rule));
  if (played_.undefined_at == size_t(-1)) played_.undefined_at = played_.lines.size();
}

}  // namespace qs::conform
