// Any moment of a trace, quickly. Owns: Timeline (keyframes, cursors) and the indices that the
// timeline view draws from. Called by session, views, checks and the command line; one thread at a
// time. A "moment" is a number of applied events: at(0) is the empty model, at(trace.size()) the
// newest. The trace may grow between calls; the timeline follows by itself. Memory: at most 64
// bytes an event, the event included.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/model.h"
#include "trace/events/trace.h"

namespace qs::model {

inline constexpr uint32_t kOpenEnd = 0xFFFFFFFFu;  // a span that has not ended yet

// What a request was during [from, to): events numbered from 0; the event `from` made it so.
struct RequestSpan {
  enum Mark : uint8_t {
    kMarkCancelable = 1,
    kMarkCancelFlag = 2,
    kMarkCancelDue = 4,
    kMarkPowerNotify = 8,
    kMarkFailed = 16 /* done with a status that is not a success */,
    kMarkCanceled = 32 /* done CANCELLED */
  };
  uint32_t from = 0, to = kOpenEnd;
  ObjectId queue;  // current, or last
  Owner owner{};
  Place place{};
  uint8_t marks = 0;
  trace::CallbackKind room = trace::CallbackKind::Count;
  uint32_t merged = 1;  // how many spans this one stands for (level of detail)
};

// What a thread was in during [from, to). Callbacks nest: depth 0 is the outermost.
struct ThreadSpan {
  enum Kind : uint8_t { Life, Callback, Wait, Irql };
  uint32_t from = 0, to = kOpenEnd;
  Kind kind{};
  uint8_t depth = 0;  // Callback: nesting
  uint16_t value =
      0;  // Callback: CallbackKind; Wait: WaitReason; Irql: the level; Life: ThreadKind
  uint32_t merged = 1;
};

// A queue's numbers from event `at` on, until the next sample.
struct QueueSample {
  enum Bits : uint8_t { kAccepting = 1, kDispatching = 2, kPowerOn = 4 };
  uint32_t at = 0;
  uint16_t waiting = 0, owned = 0;  // saturate at 65535
  uint8_t activations = 0;          // of the dispatch loop (D-02)
  uint8_t bits = 0;
};

class Timeline {
 public:
  struct Options {
    // Bytes for keyframes; 0 = 64 KiB, 6 bytes an event, and twice what most requests alive take.
    size_t keyframe_budget = 0;
    uint32_t spacing =
        512;              // events between keyframes at the start; doubles when the budget is hit
    bool indices = true;  // false: only at()
  };

  // The trace must outlive the timeline (first form) or is kept alive by it (second).
  explicit Timeline(const trace::Trace& trace);
  Timeline(const trace::Trace& trace, Options options);
  explicit Timeline(std::shared_ptr<const trace::Trace> trace);
  Timeline(std::shared_ptr<const trace::Trace> trace, Options options);
  ~Timeline();
  Timeline(Timeline&&) noexcept;
  Timeline& operator=(Timeline&&) noexcept;

  const trace::Trace& trace() const { return *trace_; }
  size_t size() const { return trace_->size(); }

  // The model after the first `event_count` events (clamped to size()). The reference stays valid
  // during the next two calls of at() and until the trace or the timeline goes away: one frame may
  // hold before and after.
  const Model& at(size_t event_count);
  // The same, kept unchanged for whoever holds it.
  std::shared_ptr<const Model> keep(size_t event_count);
  const Model& head() { return at(size()); }

  // Folds that many more events, to show progress: everything else waits until all are folded.
  // False when there are none left.
  bool read_on(size_t events);
  size_t events_read() const { return head_.events; }

  // First event whose time is >= `time` (virtual microseconds); size() when there is none.
  size_t event_at_time(uint32_t time) const;

  // Rows, in order of first appearance.
  const std::vector<ObjectId>& requests();
  const std::vector<ObjectId>& threads();
  const std::vector<ObjectId>& queues();

  // Spans that touch [e0, e1), in order, not overlapping (thread spans: per kind and depth not
  // overlapping). With max_spans > 0 neighbors are merged until at most that many remain: each
  // then shows the state that lasted longest in it and `merged` > 1. Unknown objects have no spans.
  std::vector<RequestSpan> request_spans(ObjectId request, uint32_t e0 = 0, uint32_t e1 = kOpenEnd,
                                         size_t max_spans = 0);
  std::vector<ThreadSpan> thread_spans(ObjectId thread, ThreadSpan::Kind kind, uint32_t e0 = 0,
                                       uint32_t e1 = kOpenEnd, size_t max_spans = 0);
  // Samples in force in [e0, e1) (the first may begin before e0); with max_samples > 0 each kept
  // sample holds the maxima of those it stands for.
  std::vector<QueueSample> queue_samples(ObjectId queue, uint32_t e0 = 0, uint32_t e1 = kOpenEnd,
                                         size_t max_samples = 0);

  // Events that executed this line (Line events), ascending.
  std::span<const uint32_t> line_hits(trace::Site site);
  // Lines of a file that were executed in the first `event_count` events, with how often; ascending
  // by line.
  struct LineCount {
    uint32_t line, hits;
  };
  std::vector<LineCount> line_counts(uint32_t file, size_t event_count);

  // Every event that names the object as subject or object, or, for a thread, was made by it;
  // ascending. Found by a scan when first asked for; the last few answers are kept.
  std::span<const uint32_t> events_of(ObjectId object);

  // Violations and findings, ascending event numbers.
  const std::vector<uint32_t>& verdicts();

  struct Stats {
    size_t keyframes, keyframe_bytes, index_bytes, spacing;
  };
  Stats stats() const;
  // Everything above plus the trace's events.
  size_t memory_bytes() const;

 private:
  struct Indices;
  struct Keyframe {
    uint32_t at;
    Model model;
  };
  struct Cursor {
    uint32_t at = 0;
    uint64_t used = 0;
    std::shared_ptr<Model> model = std::make_shared<Model>();
  };
  static constexpr size_t kCursors = 4;

  void catch_up() { read_on(size()); }
  void add_keyframe();
  void thin_out();
  size_t budget() const;
  const Keyframe* keyframe_before(size_t event_count) const;
  Cursor& cursor_for(size_t event_count);

  std::shared_ptr<const trace::Trace> owned_;
  const trace::Trace* trace_;
  Options options_;
  uint32_t spacing_;
  std::vector<Keyframe> keyframes_;
  size_t keyframe_bytes_ = 0, most_alive_ = 0;       // most_alive_: requests, at keyframes
  std::unordered_set<const void*> keyframe_pieces_;  // that keyframes share
  Model head_;
  Cursor cursors_[kCursors];
  uint64_t clock_ = 0;
  std::unique_ptr<Indices> indices_;
};

}  // namespace qs::model
