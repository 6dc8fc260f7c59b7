// The indices behind Timeline's questions. Owns: Timeline::Indices. Filled one event at a time
// while the newest model is folded; used by timeline.cpp and timeline_index.cpp only.
#pragma once
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "model/timeline.h"

namespace qs {

// Rows of growing lists by object id.
template <class T>
struct Rows {
  struct Row {
    ObjectId id;
    std::vector<T> items;
  };
  std::vector<Row> rows;                             // in order of first appearance
  std::vector<ObjectId> order;                       // their ids
  std::vector<std::pair<uint32_t, uint32_t>> by_id;  // sorted (id, row); ids mostly grow

  Row* find(ObjectId id) {
    if (!rows.empty() && rows.back().id == id) return &rows.back();
    auto it = std::lower_bound(by_id.begin(), by_id.end(), std::pair{id.raw, 0u});
    return it != by_id.end() && it->first == id.raw ? &rows[it->second] : nullptr;
  }
  Row& add(ObjectId id) {
    if (Row* row = find(id)) return *row;
    auto it = std::lower_bound(by_id.begin(), by_id.end(), std::pair{id.raw, 0u});
    by_id.insert(it, {id.raw, uint32_t(rows.size())});
    order.push_back(id);
    return rows.emplace_back(Row{id, {}});
  }
  size_t memory_bytes() const {
    size_t total = rows.capacity() * sizeof(Row) + order.capacity() * 4 + by_id.capacity() * 8;
    for (const Row& r : rows)
      total += r.items.capacity() * sizeof(T) + (r.items.capacity() ? 16 : 0);
    return total;
  }
};

struct Timeline::Indices {
  // A request span without its end, which is where the next one begins.
  struct Span {
    uint32_t from;
    ObjectId queue;
    Owner owner;
    Place place;
    uint8_t marks;
    CallbackKind room;
    bool same(const Span& o) const {
      return queue == o.queue && owner == o.owner && place == o.place && marks == o.marks &&
             room == o.room;
    }
  };
  struct ThreadItem {
    uint32_t from, to;
    uint16_t value;
    uint8_t kind, depth;
  };
  struct OpenItems {  // of a living thread: indices of its unfinished items
    ObjectId thread;
    std::vector<uint32_t> items;
  };
  struct ObjectEvents {
    ObjectId id;
    std::vector<uint32_t> events;
    size_t scanned = 0;
    uint64_t used = 0;
  };
  static constexpr size_t kObjectsKept = 8;

  Rows<Span> requests;
  Rows<ThreadItem> threads;
  Rows<QueueSample> queues;
  std::vector<OpenItems> open;
  std::unordered_map<uint32_t, std::vector<uint32_t>> lines;
  std::vector<uint32_t> verdicts;
  std::vector<ObjectEvents> objects;
  uint64_t clock = 0;

  // Event number `i`, just applied to `model`.
  void add(uint32_t i, const Event& e, const Model& model);
  size_t memory_bytes() const;

 private:
  void add_request(uint32_t i, ObjectId id, const Model& model);
  void add_queue(uint32_t i, ObjectId id, const Model& model);
  void add_thread(uint32_t i, const Event& e);
  void open_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind, uint16_t value);
  void close_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind, uint16_t value,
                  bool any_value);
};

}  // namespace qs
