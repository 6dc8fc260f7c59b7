// The commands about I/O targets, what is sent to them, and the lower driver behind them.
#include "conform/client.h"
#include "trace/events/words.h"

namespace qs::conform {

WDFIOTARGET Runner::target(const std::vector<std::string>& w) {
  std::string name = option(w, "target", "LOCAL");
  return static_cast<WDFIOTARGET>(static_cast<void*>(object(name)));
}

// completes [STATUS] | stays | deaf
void Runner::do_lower_mode(const std::vector<std::string>& w) {
  lower_ = {};
  lower_.stays = w[1] != "completes";
  lower_.deaf = w[1] == "deaf";
  if (w.size() > 2) lower_.status = status_of(w[2]);
  for (bool remote : {false, true}) kmdf::configure_lower_driver(device_, lower_, remote);
}

std::string Runner::lower_name(ObjectId request) {
  if (auto own = object_names_.find(request.raw); own != object_names_.end()) return own->second;
  auto it = request_names_.find(request.raw);
  return it == request_names_.end() ? "-" : it->second;
}

// lower R STATUS [INFO] [irql=0]: the lower driver completes what it holds.
void Runner::do_lower(const std::vector<std::string>& w) {
  auto own = objects_.find(w[1]);
  ObjectId id = own == objects_.end()
                    ? requests_[w[1]].id
                    : ObjectId(uint32_t(reinterpret_cast<uintptr_t>(own->second)));
  bool has_info = w.size() > 3 && w[3].find('=') == std::string::npos;
  uint64_t information = has_info ? std::stoul(w[3]) : 0;
  sched::Scheduler& s = world_->scheduler;
  uint8_t old = s.irql();
  if (option(w, "irql", "2") != "0") s.raise_irql(sched::kDispatchLevel);
  bool there = kmdf::finish_in_lower_driver_here(id, status_of(w[2]), information);
  s.lower_irql(old);
  print(there ? "= finished" : "= not there");
}

// send R [target=T] [forget|sync|plain] [ignore] [timeout=MS]
void Runner::do_send(const std::vector<std::string>& w) {
  WDFREQUEST r = handle_of(w[1]);
  bool forget = flag(w, "forget"), sync = flag(w, "sync"), plain = flag(w, "plain");
  std::string timeout = option(w, "timeout");
  qs_WDF_REQUEST_SEND_OPTIONS o{};
  o.Size = sizeof o;
  if (forget) o.Flags |= qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  if (sync) o.Flags |= qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
  if (flag(w, "ignore")) o.Flags |= qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
  if (!timeout.empty()) {
    o.Flags |= qs_WDF_REQUEST_SEND_OPTION_TIMEOUT;
    o.Timeout = -std::stol(timeout) * 10'000;
  }
  if (!forget && !plain) {
    if (!objects_.count(w[1])) qs_WdfRequestFormatRequestUsingCurrentType(nullptr, 0, r);
    if (!sync) qs_WdfRequestSetCompletionRoutine(nullptr, 0, r, client_back, nullptr);
  }
  bool sent = qs_WdfRequestSend(nullptr, 0, r, target(w), o.Flags ? &o : nullptr);
  print(sent ? "= TRUE" : "= FALSE");
}

constexpr int32_t kNonPagedPoolNx = 512;

// format X read|write|ioctl LEN [target=T]
void Runner::do_format(const std::vector<std::string>& w) {
  WDFREQUEST r = handle_of(w[1]);
  WDFMEMORY& memory = memories_[w[1]];
  if (!memory)
    qs_WdfMemoryCreate(nullptr, 0, nullptr, kNonPagedPoolNx, 0, std::stoul(w[3]), &memory, nullptr);
  WDFIOTARGET t = target(w);
  if (w[2] == "read")
    return result(qs_WdfIoTargetFormatRequestForRead(nullptr, 0, t, r, memory, nullptr, nullptr));
  if (w[2] == "write")
    return result(qs_WdfIoTargetFormatRequestForWrite(nullptr, 0, t, r, memory, nullptr, nullptr));
  result(
      qs_WdfIoTargetFormatRequestForIoctl(nullptr, 0, t, r, 0, memory, nullptr, nullptr, nullptr));
}

namespace {

const char* state_name(qs_WDF_IO_TARGET_STATE state) {
  switch (state) {
    case qs_WdfIoTargetStarted: return "Started";
    case qs_WdfIoTargetStopped: return "Stopped";
    case qs_WdfIoTargetClosedForQueryRemove: return "ClosedForQueryRemove";
    case qs_WdfIoTargetClosed: return "Closed";
    case qs_WdfIoTargetDeleted: return "Deleted";
    case qs_WdfIoTargetPurged: return "Purged";
    default: return "?";
  }
}

}  // namespace

bool Runner::do_target_word(const std::string& verb, const std::vector<std::string>& w) {
  if (verb == "lowermode") return do_lower_mode(w), true;
  if (verb == "lower") return do_lower(w), true;
  if (verb == "send") return do_send(w), true;
  if (verb == "format") return do_format(w), true;
  if (verb == "formatcurrent")
    return qs_WdfRequestFormatRequestUsingCurrentType(nullptr, 0, handle_of(w[1])), true;
  if (verb == "routine") {
    qs_WdfRequestSetCompletionRoutine(nullptr, 0, handle_of(w[1]),
                                      flag(w, "off") ? nullptr : client_back, nullptr);
    return true;
  }
  if (verb == "cancelsent") {
    print(qs_WdfRequestCancelSentRequest(nullptr, 0, handle_of(w[1])) ? "= TRUE" : "= FALSE");
    return true;
  }
  if (verb == "reuse") {
    qs_WDF_REQUEST_REUSE_PARAMS p{};
    p.Size = sizeof p;
    p.Status = status_of(w[2]);
    return result(qs_WdfRequestReuse(nullptr, 0, handle_of(w[1]), &p)), true;
  }
  bool known = false;
  for (const char* word :
       {"sendread", "topen", "tclose", "tcloseqr", "tgtstart", "tgtstop", "tgtpurge", "tgtstate"})
    known = known || verb == word;
  if (!known) return false;
  auto* t = static_cast<WDFIOTARGET>(static_cast<void*>(object(w[1])));
  if (verb == "sendread") {
    std::string buffer(std::stoul(w[2]), '\0');
    qs_WDF_MEMORY_DESCRIPTOR d{};
    d.Type = qs_WdfMemoryDescriptorTypeBuffer;
    d.u.BufferType = {buffer.data(), uint32_t(buffer.size())};
    qs_WDF_REQUEST_SEND_OPTIONS o{};
    o.Size = sizeof o;
    std::string timeout = option(w, "timeout");
    if (!timeout.empty()) {
      o.Flags = qs_WDF_REQUEST_SEND_OPTION_TIMEOUT;
      o.Timeout = -std::stol(timeout) * 10'000;
    }
    uintptr_t bytes = 0;
    int32_t status = qs_WdfIoTargetSendReadSynchronously(nullptr, 0, t, nullptr, &d, nullptr,
                                                         o.Flags ? &o : nullptr, &bytes);
    print("= " + trace::status_text(status) + " read=" + std::to_string(bytes));
  }
  if (verb == "topen") {
    qs_WDF_IO_TARGET_OPEN_PARAMS p{};
    p.Size = sizeof p;
    p.Type = qs_WdfIoTargetOpenUseExistingDevice;
    p.TargetDeviceObject = qs_WdfDeviceWdmGetAttachedDevice(nullptr, 0, kmdf::h(device_));
    result(qs_WdfIoTargetOpen(nullptr, 0, t, &p));
  }
  if (verb == "tgtstart") result(qs_WdfIoTargetStart(nullptr, 0, t));
  if (verb == "tgtstate")
    print(std::string("= ") + state_name(qs_WdfIoTargetGetState(nullptr, 0, t)));
  if (verb == "tclose") qs_WdfIoTargetClose(nullptr, 0, t);
  if (verb == "tcloseqr") qs_WdfIoTargetCloseForQueryRemove(nullptr, 0, t);
  if (verb == "tgtstop")
    qs_WdfIoTargetStop(nullptr, 0, t,
                       w[2] == "cancel" ? qs_WdfIoTargetCancelSentIo
                       : w[2] == "wait" ? qs_WdfIoTargetWaitForSentIoToComplete
                                        : qs_WdfIoTargetLeaveSentIoPending);
  if (verb == "tgtpurge")
    qs_WdfIoTargetPurge(nullptr, 0, t,
                        w[2] == "wait" ? qs_WdfIoTargetPurgeIoAndWait : qs_WdfIoTargetPurgeIo);
  if (verb == "tclose" || verb == "tcloseqr" || verb == "tgtstop" || verb == "tgtpurge")
    print("= returned");
  return true;
}

}  // namespace qs::conform
