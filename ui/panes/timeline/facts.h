// What the timeline needs to know about a whole trace and nobody else keeps: one pass over the
// events, continued when the trace grows. Owned by TimelineState; read by the timeline's drawing.
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "trace/events/trace.h"

namespace qs::ui {

class TraceFacts {
 public:
  struct Life {
    ObjectId id;
    uint32_t from = 0, to = 0xFFFFFFFFu;  // events; the last one when it is over
    uint8_t type = 0;                     // RequestType, or ThreadKind
    // A create of which there is nothing to tell: it never waited, no driver had it, nobody
    // canceled it, and it succeeded.
    bool plain = false;
  };
  static constexpr size_t kBuckets = 512;

  // Reads what is new. True when something changed (another trace, or more events).
  bool update(const trace::Trace& trace);

  // Decisions at which another thread could have gone on, ascending.
  const std::vector<uint32_t>& decisions() const { return decisions_; }
  // Requests in order of first appearance.
  const std::vector<Life>& requests() const { return requests_; }
  const std::vector<Life>& threads() const { return thread_lives_; }
  size_t size() const { return size_; }
  // Most callbacks that a thread was inside of at once; most requests that a queue had.
  int depth_of(ObjectId thread) const;
  bool raised(ObjectId thread) const;  // it ran at a raised IRQL
  uint32_t most_of(ObjectId queue) const;
  // Moves of requests per equal part of the trace, for the overview.
  const std::vector<uint32_t>& hops() const { return hops_; }
  uint32_t most_hops() const { return most_hops_; }

 private:
  struct Queue {
    uint32_t waiting = 0, owned = 0, most = 0;
  };
  struct Thread {
    int depth = 0, most = 0;
    bool raised = false;
    uint32_t life = 0xFFFFFFFFu;  // index into thread_lives_
  };
  void add(uint32_t i, const trace::Event& e);
  void add_life(uint32_t i, const trace::Event& e);
  void count_hops(const trace::Trace& trace);

  const trace::Trace* trace_ = nullptr;
  size_t size_ = 0;
  std::vector<uint32_t> decisions_, hops_;
  uint32_t most_hops_ = 0;
  std::vector<Life> requests_, thread_lives_;
  std::unordered_map<uint32_t, uint32_t> request_at_;
  std::unordered_map<uint32_t, Queue> queues_;
  std::unordered_map<uint32_t, Thread> threads_;
};

}  // namespace qs::ui
