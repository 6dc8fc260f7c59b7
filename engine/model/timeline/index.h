// The indices behind Timeline's questions. Owns: Timeline::Indices. Filled one event at a time
// while the newest model is folded; used by timeline.cpp and timeline/index.cpp only.
#pragma once
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "model/timeline/pyramid.h"
#include "model/timeline/timeline.h"

namespace qs::model {

template <class T>
size_t list_bytes(const std::vector<T>& list) {
  return list.capacity() * sizeof(T) + (list.capacity() ? 16 : 0);
}

// Rows of growing lists by object id.
template <class List>
struct Rows {
  struct Row {
    ObjectId id;
    List items;
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
  template <class Bytes>
  size_t memory_bytes(Bytes list_bytes_of) const {
    size_t total = rows.capacity() * sizeof(Row) + order.capacity() * 4 + by_id.capacity() * 8;
    for (const Row& r : rows) total += list_bytes_of(r.items);
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
    trace::CallbackKind room;
    bool same(const Span& o) const {
      return queue == o.queue && owner == o.owner && place == o.place && marks == o.marks &&
             room == o.room;
    }
  };
  // What a thread was in, of one kind and one nesting depth: one after the other. Their values are
  // in `values`, so that an item takes 8 bytes and a value 2.
  struct Item {
    uint32_t from, to;
  };
  struct Longest {  // of neighbors
    uint32_t length = 0, item = kOpenEnd;
    void take(const Longest& o) {
      if (o.length > length || (o.length == length && o.item < item)) *this = o;
    }
  };
  struct Lane {
    ThreadSpan::Kind kind;
    uint8_t depth;
    std::vector<Item> items;
    std::vector<uint16_t> values;
    Pyramid<Longest> lengths;  // of those that have ended
    Longest length_of(size_t i) const {
      return {items[i].to == kOpenEnd ? 0 : items[i].to - items[i].from, uint32_t(i)};
    }
    ThreadSpan span(size_t i) const {
      return {items[i].from, items[i].to, kind, depth, values[i], 1};
    }
    // The neighbors [i, j) as one span that touches [e0, e1).
    ThreadSpan merged(size_t i, size_t j, uint32_t e0, uint32_t e1) const;
  };
  struct OpenItem {
    uint8_t lane;
    uint32_t item;
  };
  struct QueuePart {  // the most of neighboring samples
    uint16_t waiting = 0, owned = 0;
    uint8_t activations = 0;
    void take(const QueuePart& o) {
      waiting = std::max(waiting, o.waiting);
      owned = std::max(owned, o.owned);
      activations = std::max(activations, o.activations);
    }
  };
  struct QueueRow {
    std::vector<QueueSample> samples;
    Pyramid<QueuePart> most;
    QueuePart most_of(size_t i) const {
      return {samples[i].waiting, samples[i].owned, samples[i].activations};
    }
  };
  struct ObjectEvents {
    ObjectId id;
    std::vector<uint32_t> events;
    size_t scanned = 0;
    uint64_t used = 0;
  };
  static constexpr size_t kObjectsKept = 8;

  Rows<std::vector<Span>> requests;
  Rows<std::vector<Lane>> threads;
  Rows<QueueRow> queues;
  // Of living threads, their unfinished items, oldest first.
  std::unordered_map<ObjectId, std::vector<OpenItem>> open;
  std::unordered_map<uint32_t, std::vector<uint32_t>> lines;
  std::vector<uint32_t> verdicts;
  std::vector<ObjectEvents> objects;
  uint64_t clock = 0;

  // Event number `i`, just applied to `model`.
  void add(uint32_t i, const trace::Event& e, const Model& model);
  size_t memory_bytes() const;

 private:
  void add_request(uint32_t i, ObjectId id, const Model& model);
  void add_queue(uint32_t i, ObjectId id, const Model& model);
  void add_thread(uint32_t i, const trace::Event& e);
  void open_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind, uint16_t value);
  static void end_item(Lane& lane, uint32_t item, uint32_t i);
  void close_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind, uint16_t value,
                  bool any_value);
};

}  // namespace qs::model
