// The append-only record of a run. Owns: Trace (events, strings, names, files). Written by sched
// and kmdf through one Trace per run; read by model, verify, session and the command line.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/block_pool.h"
#include "base/ids.h"
#include "trace/event.h"

namespace qs {

class Trace {
 public:
  static constexpr size_t kChunk = kBlockBytes / sizeof(Event);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Event& operator[](size_t i) const { return chunk(i)[i % kChunk]; }
  const Event& back() const { return (*this)[size_ - 1]; }

  void push(const Event& e) {
    if (size_ % kChunk == 0) grow();
    new (&last_[size_ % kChunk]) Event(e);
    ++size_;
  }

  // Interned text: index 0 is the empty string; equal texts share an index.
  uint32_t intern(std::string_view text);
  std::string_view string(uint32_t index) const {
    return index < strings_.size() ? std::string_view(strings_[index]) : std::string_view();
  }
  size_t string_count() const { return strings_.size(); }

  // Names of objects as people see them ("R1", "default"); set once, when the object appears.
  void set_name(ObjectId id, std::string_view name);
  // The same with a text that is interned already; false: the object has a name.
  bool add_name(ObjectId id, uint32_t text);
  void reserve_names(size_t count);
  // The name, or a generated one such as "queue 3" when none was given.
  std::string name(ObjectId id) const;
  bool has_name(ObjectId id) const { return names_.count(id.raw) != 0; }
  const std::unordered_map<uint32_t, uint32_t>& names() const { return names_; }
  // The object of that kind that was given the name, the latest when there are several; 0: none.
  ObjectId named(std::string_view name, ObjectKind kind) const;

  // Source files, in order of first use; Site::file() indexes them (0 = no file).
  uint32_t intern_file(std::string_view path);
  const std::vector<std::string>& files() const { return files_; }
  std::string site_text(Site site) const;  // "driver.c:41", "" when there is no line

  size_t memory_bytes() const;
  void clear();

 private:
  void grow();
  Event* chunk(size_t i) const { return reinterpret_cast<Event*>(chunks_[i / kChunk].get()); }

  std::vector<Block> chunks_;
  Event* last_ = nullptr;
  size_t size_ = 0;
  std::deque<std::string> strings_{std::string()};
  std::unordered_map<std::string_view, uint32_t> string_index_;
  std::unordered_map<uint32_t, uint32_t> names_;  // by object
  std::unordered_map<uint64_t, uint32_t> named_;  // by text and kind
  std::vector<std::string> files_{std::string()};
};

}  // namespace qs
