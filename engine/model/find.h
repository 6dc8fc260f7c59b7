// Lookup in the model's lists, which are sorted by id. Owns: find_in, find_or_add, erase_id. Used
// by apply and the model's own accessors.
#pragma once
#include <algorithm>
#include <vector>

#include "base/ids.h"
#include "model/timeline/shared_list.h"

namespace qs::model {

// The element with this id, or nullptr. New objects have the highest ids and are asked for most:
// the last few are looked at first.
template <class Vector>
auto find_in(Vector& v, ObjectId id) -> decltype(v.data()) {
  auto* first = v.data();
  size_t n = v.size();
  for (size_t i = 0; i < 4 && i < n; ++i)
    if (first[n - 1 - i].id == id) return &first[n - 1 - i];
  while (n > 0) {
    size_t half = n / 2;
    if (first[half].id < id) {
      first += half + 1;
      n -= half + 1;
    } else {
      n = half;
    }
  }
  return first != v.data() + v.size() && first->id == id ? first : nullptr;
}

// The element with this id, made if need be. The id must not be 0.
template <class T>
T& find_or_add(std::vector<T>& v, ObjectId id) {
  if (v.empty() || v.back().id < id) {
    v.emplace_back().id = id;
    return v.back();
  }
  auto it =
      std::lower_bound(v.begin(), v.end(), id, [](const T& t, ObjectId x) { return t.id < x; });
  if (it == v.end() || it->id != id) {
    it = v.emplace(it);
    it->id = id;
  }
  return *it;
}

template <class T>
void erase_id(std::vector<T>& v, ObjectId id) {
  if (auto* found = find_in(v, id)) v.erase(v.begin() + (found - v.data()));
}

// --- the same in lists that copies share ---

template <class T>
auto spot_of(const SharedList<T>& v, ObjectId id) {
  return v.lower_bound(id, [](const T& t, ObjectId x) { return t.id < x; });
}

template <class T>
const T* find_in(const SharedList<T>& v, ObjectId id) {
  if (!v.empty() && v.back().id == id) return &v.back();
  const auto it = spot_of(v, id);
  return it != v.end() && it->id == id ? &*it : nullptr;
}

// To be changed: copies of the list stay as they are.
template <class T>
T* find_in(SharedList<T>& v, ObjectId id) {
  if (!v.empty() && v.back().id == id) return &v.edit(v.last());
  const auto it = spot_of(v, id);
  return it != v.end() && it->id == id ? &v.edit(it.spot()) : nullptr;
}

template <class T>
T& find_or_add(SharedList<T>& v, ObjectId id) {
  if (v.empty() || v.back().id < id) {
    T& fresh = v.push_back({});
    fresh.id = id;
    return fresh;
  }
  const auto it = spot_of(v, id);
  if (it != v.end() && it->id == id) return v.edit(it.spot());
  T fresh;
  fresh.id = id;
  return v.insert(it.spot(), std::move(fresh));
}

template <class T>
void erase_id(SharedList<T>& v, ObjectId id) {
  const auto it = spot_of(v, id);
  if (it != v.end() && it->id == id) v.erase(it.spot());
}

// --- lists of ids in an order of their own ---

inline bool erase_value(std::vector<ObjectId>& v, ObjectId id) {
  auto it = std::find(v.begin(), v.end(), id);
  if (it == v.end()) return false;
  v.erase(it);
  return true;
}

inline bool erase_value(SharedList<ObjectId>& v, ObjectId id) {
  const auto it = std::find(v.begin(), v.end(), id);
  if (it == v.end()) return false;
  v.erase(it.spot());
  return true;
}

inline bool contains(const std::vector<ObjectId>& v, ObjectId id) {
  return std::find(v.begin(), v.end(), id) != v.end();
}

inline bool contains(const SharedList<ObjectId>& v, ObjectId id) {
  return std::find(v.begin(), v.end(), id) != v.end();
}

}  // namespace qs::model
