// Options and commands beyond those of the recordings, for scripts that show a single rule.
#include "conform/client.h"
#include "trace/events/words.h"

namespace qs::conform {

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
    a.EvtCleanupCallback = client_cleanup;
    a.EvtDestroyCallback = client_destroy;
    qs_WdfDeviceInitSetRequestAttributes(nullptr, 0, init, &a);
  }
  if (options_["lower"] == "stays") do_lower_mode({"lowermode", "stays"});
}

int Runner::examine() {
  print("- EvtIoWdmIrpForForwardProgress");
  return std::stoi(options_["examine"]);
}

std::string Runner::name_of(WDFOBJECT object) {
  auto own = object_names_.find(reinterpret_cast<uintptr_t>(object));
  if (own != object_names_.end()) return own->second;
  auto it = request_names_.find(uint32_t(reinterpret_cast<uintptr_t>(object)));
  return it == request_names_.end() ? "?" : it->second;
}

void Runner::request_callback(WDFREQUEST r, const char* kind, const std::string& line) {
  RequestState& state = seen(r);
  size_t space = line.find(' ');
  print("- " + line.substr(0, space) + " req=" + state.name +
        (space == std::string::npos ? "" : line.substr(space)) +
        (kmdf::rt::irql() ? " irql=" + std::to_string(kmdf::rt::irql()) : ""));
  std::string ops = take_reaction(state.name, kind);
  if (ops.empty() && std::string(kind) == "oncaller") ops = "enqueue $";
  run_reaction(ops, state.name, "");
}

// policy Q <how many> always|examine|paging [events]
void Runner::do_policy(const std::vector<std::string>& w) {
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
  if (flag(w, "events")) p.EvtIoAllocateResourcesForReservedRequest = client_allocate_resources;
  result(qs_WdfIoQueueAssignForwardProgressPolicy(nullptr, 0, queue(w[1]), &p));
}

bool Runner::do_more(const std::string& verb, const std::vector<std::string>& w,
                     const std::string& text) {
  if (verb == "irql2") {  // the rest of the line at DISPATCH_LEVEL
    sched::VThread* t = world_->scheduler.current();
    world_->scheduler.raise_irql(sched::kDispatchLevel);
    ++t->level;
    execute(text.substr(6));
    --t->level;
    world_->scheduler.lower_irql(sched::kPassiveLevel);
    return true;
  }
  if (verb == "memory") {  // none or plenty: may requests be allocated?
    world_->framework.memory =
        w[1] == "none" ? trace::MemoryMode::NoneLeft : trace::MemoryMode::Plenty;
    return true;
  }
  if (verb == "policy") return do_policy(w), true;
  if (verb == "claim") {  // the first part of a cancel; "finish" is the second
    kmdf::Irp* irp = requests_[w[1]].irp;
    claimed_[w[1]] = {irp, kmdf::claim_cancel(irp)};
    print(claimed_[w[1]].slot == kmdf::Slot::Empty ? "= nobody had it" : "= claimed");
    return true;
  }
  if (verb == "finish") {
    kmdf::finish_cancel(claimed_[w[1]].irp, claimed_[w[1]].slot);
    return true;
  }
  return do_request_word(verb, w);
}

bool Runner::do_request_word(const std::string& verb, const std::vector<std::string>& w) {
  static const char* const words_of_requests[] = {"ioqueue", "irp",   "params", "getstatus", "info",
                                                  "setinfo", "boost", "file",   "reserved"};
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
  return true;
}

}  // namespace qs::conform
