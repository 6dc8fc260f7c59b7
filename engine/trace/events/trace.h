// The append-only record of a run. Owns: Trace (events, strings, names, files). Written by sched
// and kmdf through one Trace per run; read by model, verify, session and the command line.
#pragma once
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/block_pool.h"
#include "base/flat_index.h"
#include "base/ids.h"
#include "base/object_table.h"
#include "trace/events/event.h"

namespace qs::trace {

class Trace {
 public:
  static constexpr size_t kChunk = kBlockBytes / sizeof(Event);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Event& operator[](size_t i) const { return chunk(i)[i % kChunk]; }
  const Event& back() const { return (*this)[size_ - 1]; }

  void push(const Event& e) { add() = e; }
  // The next event, to be filled in where it stands: half a request's time is writing its events.
  Event& add() {
    if (size_ % kChunk == 0) grow();
    return *new (&last_[size_++ % kChunk]) Event;
  }

  // Interned text: index 0 is the empty string; equal texts share an index.
  uint32_t intern(std::string_view text);
  std::string_view string(uint32_t index) const {
    return index < strings_.size() ? strings_[index] : std::string_view();
  }
  size_t string_count() const { return strings_.size(); }

  // Names of objects as people see them ("R1", "default"); set once, when the object appears.
  void set_name(ObjectId id, std::string_view name);
  // The same with a text that is interned already; false: the object has a name.
  bool add_name(ObjectId id, uint32_t text);
  void reserve_names(size_t count);
  // The name, or a generated one such as "queue 3" when none was given.
  std::string name(ObjectId id) const;
  bool has_name(ObjectId id) const { return find_name(id) != ObjectTable::kNone; }
  // The name it was given, "" when there was none.
  std::string_view given_name(ObjectId id) const {
    const uint32_t at = find_name(id);
    return at == ObjectTable::kNone ? std::string_view() : string(names_[at].second);
  }
  // Objects (their raw ids) and the numbers of their names, in the order in which they were named.
  const std::vector<std::pair<uint32_t, uint32_t>>& names() const { return names_; }
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
  std::string_view keep(std::string_view text);
  uint32_t find_name(ObjectId id) const { return name_of_.get(id); }
  void is_named(uint32_t name);
  void is_not_named(uint32_t name);
  Event* chunk(size_t i) const { return reinterpret_cast<Event*>(chunks_[i / kChunk].get()); }

  std::vector<Block> chunks_;
  Event* last_ = nullptr;
  size_t size_ = 0;
  std::vector<std::unique_ptr<char[]>> letters_;  // what strings_ point to
  size_t letters_left_ = 0, piece_bytes_ = 0;     // of the last of them
  size_t letter_bytes_ = 0;                       // of all of them
  std::vector<std::string_view> strings_{std::string_view()};
  FlatIndex string_index_;                            // by text
  std::vector<std::pair<uint32_t, uint32_t>> names_;  // object, text
  ObjectTable name_of_;                               // of each object, its place in names_
  // Of each text, the newest of names_ that has it; of each of names_, the next that has its text
  // and stands for an object of another kind: the newest of that kind.
  std::vector<uint32_t> named_, next_named_;
  std::vector<std::string> files_{std::string()};
};

}  // namespace qs::trace
