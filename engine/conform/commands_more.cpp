// Options and commands beyond those of the recordings, for scripts that show a single rule.
#include "conform/client.h"
#include "kmdf/io_target.h"
#include "trace/words.h"

namespace qs::conform {

using namespace kmdf;

namespace {

void send_back(WDFREQUEST request, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS* params, void*) {
  runner().request_callback(request, "onback",
                            "CompletionRoutine status=" + status_text(params->IoStatus.Status));
}

}  // namespace

// Options: filter=on, caller=on (EvtIoInCallerContext), create=on (EvtDeviceFileCreate),
// context=on (cleanup and destroy callbacks of requests), exclusive=on, lower=stays.
void Runner::init_more(PWDFDEVICE_INIT init) {
  if (options_["filter"] == "on") qs_WdfFdoInitSetFilter(nullptr, 0, init);
  if (options_["exclusive"] == "on") qs_WdfDeviceInitSetExclusive(nullptr, 0, init, 1);
  if (options_["caller"] == "on")
    qs_WdfDeviceInitSetIoInCallerContextCallback(nullptr, 0, init, client_in_caller_context);
  if (options_["context"] == "on") {
    qs_WDF_OBJECT_ATTRIBUTES a{};
    a.Size = sizeof a;
    a.ExecutionLevel = qs_WdfExecutionLevelInheritFromParent;
    a.SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
    a.EvtCleanupCallback = client_request_cleanup;
    a.EvtDestroyCallback = client_request_destroy;
    qs_WdfDeviceInitSetRequestAttributes(nullptr, 0, init, &a);
  }
  if (options_["lower"] == "stays") {
    LowerDriver lower;
    lower.stays = true;
    configure_lower_driver(nullptr, lower);
  }
}

int Runner::examine() {
  print("- EvtIoWdmIrpForForwardProgress");
  return std::stoi(options_["examine"]);
}

std::string Runner::name_of(WDFOBJECT object) {
  auto it = request_names_.find(uint32_t(reinterpret_cast<uintptr_t>(object)));
  return it == request_names_.end() ? "?" : it->second;
}

void Runner::request_callback(WDFREQUEST r, const char* kind, const std::string& line) {
  RequestState& state = seen(r);
  size_t space = line.find(' ');
  print("- " + line.substr(0, space) + " req=" + state.name +
        (space == std::string::npos ? "" : line.substr(space)) +
        (rt::irql() ? " irql=" + std::to_string(rt::irql()) : ""));
  std::string ops = take_reaction(state.name, kind);
  if (ops.empty() && std::string(kind) == "oncaller") ops = "enqueue $";
  if (ops.empty() && std::string(kind) == "onback") ops = "complete $ ok";
  ++world_->scheduler.current()->level;
  react(ops, state.name, "");
  --world_->scheduler.current()->level;
}

bool Runner::do_more(const std::string& verb, const std::vector<std::string>& w,
                     const std::string& text) {
  if (verb == "irql2") {  // the rest of the line at DISPATCH_LEVEL
    VThread* t = world_->scheduler.current();
    world_->scheduler.raise_irql(kDispatchLevel);
    ++t->level;
    execute(text.substr(6));
    --t->level;
    world_->scheduler.lower_irql(kPassiveLevel);
    return true;
  }
  if (verb == "lock" || verb == "unlock") {
    if (verb == "lock")
      qs_WdfObjectAcquireLock(nullptr, 0, queue(w[1]));
    else
      qs_WdfObjectReleaseLock(nullptr, 0, queue(w[1]));
    return true;
  }
  if (verb == "memory") {  // none or plenty: may requests be allocated?
    world_->framework.memory = w[1] == "none" ? MemoryMode::NoneLeft : MemoryMode::Plenty;
    return true;
  }
  if (verb == "policy") {  // policy Q <how many> always|examine|paging
    qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY p{};
    p.Size = sizeof p;
    p.TotalForwardProgressRequests = uint32_t(std::stoul(w[2]));
    p.ForwardProgressReservedPolicy =
        w[3] == "paging"    ? qs_WdfIoForwardProgressReservedPolicyPagingIO
        : w[3] == "examine" ? qs_WdfIoForwardProgressReservedPolicyUseExamine
                            : qs_WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest;
    if (!options_["examine"].empty())
      p.ForwardProgressReservePolicySettings.Policy.ExaminePolicy.EvtIoWdmIrpForForwardProgress =
          client_examine;
    result(qs_WdfIoQueueAssignForwardProgressPolicy(nullptr, 0, queue(w[1]), &p));
    return true;
  }
  if (verb == "claim") {  // the first part of a cancel; "finish" is the second
    Irp* irp = requests_[w[1]].irp;
    claimed_[w[1]] = {irp, claim_cancel(irp)};
    print(claimed_[w[1]].slot == Slot::Empty ? "= nobody had it" : "= claimed");
    return true;
  }
  if (verb == "finish") {
    finish_cancel(claimed_[w[1]].irp, claimed_[w[1]].slot);
    return true;
  }
  if (verb == "lower") {  // the lower driver completes what it holds
    bool there = finish_in_lower_driver(requests_[w[1]].id, status_of(w[2]), 0);
    print(there ? "= finished" : "= not there");
    return true;
  }
  static const char* const words_of_requests[] = {"ioqueue",    "irp",     "params", "getstatus",
                                                  "info",       "setinfo", "ref",    "send",
                                                  "cancelsent", "boost",   "file",   "reserved"};
  bool known = false;
  for (const char* word : words_of_requests) known = known || verb == word;
  if (!known) return false;
  WDFREQUEST r = handle_of(w[1]);
  if (verb == "ioqueue") {
    WDFQUEUE q = qs_WdfRequestGetIoQueue(nullptr, 0, r);
    print("= " + (q ? "queue " + queue_name(q) : std::string("no queue")));
  }
  if (verb == "file")
    print(qs_WdfRequestGetFileObject(nullptr, 0, r) ? "= its file object" : "= no file object");
  if (verb == "reserved")
    print(qs_WdfRequestIsReserved(nullptr, 0, r) ? "= reserved" : "= not reserved");
  if (verb == "irp") print(qs_WdfRequestWdmGetIrp(nullptr, 0, r) ? "= its IRP" : "= no IRP");
  if (verb == "params") {
    qs_WDF_REQUEST_PARAMETERS p{};
    p.Size = sizeof p;
    qs_WdfRequestGetParameters(nullptr, 0, r, &p);
    print("= type=" + std::to_string(p.Type));
  }
  if (verb == "getstatus") result(qs_WdfRequestGetStatus(nullptr, 0, r));
  if (verb == "info") print("= info=" + std::to_string(qs_WdfRequestGetInformation(nullptr, 0, r)));
  if (verb == "setinfo") qs_WdfRequestSetInformation(nullptr, 0, r, std::stoul(w[2]));
  if (verb == "boost") qs_WdfRequestCompleteWithPriorityBoost(nullptr, 0, r, status_of(w[2]), 2);
  if (verb == "ref") qs_WdfObjectReference(nullptr, 0, r, nullptr);
  if (verb == "cancelsent")
    print(qs_WdfRequestCancelSentRequest(nullptr, 0, r) ? "= TRUE" : "= FALSE");
  if (verb == "send") {  // "forget": send-and-forget, "plain": without format and routine
    bool forget = w.size() > 2 && w[2] == "forget", plain = w.size() > 2 && w[2] == "plain";
    qs_WDF_REQUEST_SEND_OPTIONS o{};
    o.Size = sizeof o;
    o.Flags = qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
    if (!forget && !plain) {
      qs_WdfRequestFormatRequestUsingCurrentType(nullptr, 0, r);
      qs_WdfRequestSetCompletionRoutine(nullptr, 0, r, send_back, nullptr);
    }
    bool sent = qs_WdfRequestSend(nullptr, 0, r, handle<WDFIOTARGET>(device_->local_target),
                                  forget ? &o : nullptr);
    print(sent ? "= TRUE" : "= FALSE");
  }
  return true;
}

}  // namespace qs::conform
