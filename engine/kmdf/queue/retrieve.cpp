// Retrieval and search (rules G).
#include "kmdf/core/facts.h"

namespace qs::kmdf {

using rt::emit;

namespace {

bool matches(const Request* r, const FileObject* file) {
  return !file || (r->irp->file && r->irp->file->identity == file->identity);
}

bool zero_length_not_wanted(const Queue* q, const Request* r) {
  bool counts =
      r->irp->type == trace::RequestType::Read || r->irp->type == trace::RequestType::Write;
  return counts && r->irp->length == 0 && !q->config.AllowZeroLengthRequests;
}

}  // namespace

// G-01, G-03 to G-05. `tag`: exactly that request; `file`: the first of that file.
int32_t Queue::retrieve(Request* tag, FileObject* file, Request** out) {
  *out = nullptr;
  lock.lock(id);
  law::Facts facts = call_facts(this);
  if (tag) facts.request = facts_of(tag);
  const law::Ruling ruling = law::on_retrieve(facts, tag    ? trace::Act::RetrieveFound
                                                     : file ? trace::Act::RetrieveByFile
                                                            : trace::Act::RetrieveNext);
  if (ruling.reported()) {  // without the lock: the report may be long
    lock.unlock();
    if (!carry_out(ruling, id)) return ruling.status;
    lock.lock(id);
  }
  for (;;) {
    if (power == trace::QueuePower::Off || !dispatches()) {
      lock.unlock();
      return QS_STATUS_WDF_PAUSED;
    }
    Request* r = nullptr;
    for (Node<Request>* n = waiting.first(); n && !r; n = waiting.after(n)) {
      if (tag && n->item != tag) continue;
      if (!tag && !matches(n->item, file)) continue;
      if (remove_waiting_locked(n->item, trace::RemoveReason::Retrieve)) r = n->item;
    }
    if (!r) {
      if (!tag && !file && waiting.count() > 0) set_flags(trace::kForceReady, 0);
      lock.unlock();
      return tag ? QS_STATUS_NOT_FOUND : QS_STATUS_NO_MORE_ENTRIES;
    }
    if (zero_length_not_wanted(this, r)) {  // G-05: never charged, so no loop entry follows
      lock.unlock();
      complete_by_framework(r, QS_STATUS_SUCCESS);
      lock.lock(id);
      continue;
    }
    charge_locked(r, trace::ChargeReason::Retrieve);
    r->vflags |= kVDriverOwned;
    r->vflags &= ~uint32_t(kVTag);
    lock.unlock();
    set_presented(r, this);
    emit(trace::EventCode::Own, r->id, id, uint32_t(trace::OwnReason::Retrieved));
    *out = r;
    return QS_STATUS_SUCCESS;
  }
}

// G-09, G-10.
int32_t Queue::find(Request* tag, FileObject* file, Request** out) {
  *out = nullptr;
  lock.lock(id);
  bool past_tag = tag == nullptr;
  bool tag_seen = past_tag;
  Request* found = nullptr;
  for (Node<Request>* n = waiting.first(); n && !found; n = waiting.after(n)) {
    Request* r = n->item;
    if (r->irp->cancelled() || r->irp->slot == Slot::Empty) continue;
    if (!past_tag) {
      past_tag = tag_seen = r == tag;
      continue;
    }
    if (matches(r, file)) found = r;
  }
  if (found) {
    add_driver_ref(found);
    ++found->found_refs;
    emit(trace::EventCode::Refs, found->id, {}, uint32_t(found->refs));  // the driver's, G-10
    found->vflags |= kVTag;
  } else if (!tag && !file && waiting.count() > 0) {
    set_flags(trace::kForceReady, 0);
  }
  lock.unlock();
  *out = found;
  if (found) return QS_STATUS_SUCCESS;
  return tag_seen ? QS_STATUS_NO_MORE_ENTRIES : QS_STATUS_NOT_FOUND;
}

}  // namespace qs::kmdf
