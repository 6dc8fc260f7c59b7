#include "trace/events/trace.h"

#include <algorithm>
#include <functional>

namespace qs::trace {

void Trace::grow() {
  if (size_ / kChunk >= chunks_.size()) chunks_.push_back(make_block());
  last_ = chunk(size_);
}

// The text, kept. Short ones share pieces of memory: most are names of a few letters. The first
// piece is small, because a search copies it again and again.
std::string_view Trace::keep(std::string_view text) {
  constexpr size_t kFirst = 1024, kPiece = 16 * 1024;
  if (text.size() > letters_left_) {
    const size_t bytes = std::max(text.size(), std::clamp(2 * piece_bytes_, kFirst, kPiece));
    letters_.push_back(std::unique_ptr<char[]>(new char[bytes]));
    letters_left_ = bytes;
    piece_bytes_ = bytes;
    letter_bytes_ += bytes;
  }
  char* at = letters_.back().get() + (piece_bytes_ - letters_left_);
  std::copy(text.begin(), text.end(), at);
  letters_left_ -= text.size();
  return {at, text.size()};
}

uint32_t Trace::intern(std::string_view text) {
  if (text.empty()) return 0;
  const auto hash = uint32_t(std::hash<std::string_view>()(text));
  const uint32_t known =
      string_index_.find(hash, [&](uint32_t index) { return strings_[index] == text; });
  if (known != FlatIndex::kNone) return known;
  const auto index = uint32_t(strings_.size());
  strings_.push_back(keep(text));
  string_index_.add(hash, index);
  return index;
}

// Number `at` of names_ is what its text means from now on, for an object of its kind.
void Trace::is_named(uint32_t at) {
  const auto [object, text] = names_[at];
  if (named_.size() <= text) named_.resize(text + 1, ObjectTable::kNone);
  next_named_[at] = named_[text];
  named_[text] = at;
  for (uint32_t* next = &next_named_[at]; *next != ObjectTable::kNone; next = &next_named_[*next])
    if (ObjectId(names_[*next].first).kind() == ObjectId(object).kind()) {
      *next = next_named_[*next];
      return;
    }
}

// Number `at` of names_ is about to get another text.
void Trace::is_not_named(uint32_t at) {
  for (uint32_t* next = &named_[names_[at].second]; *next != ObjectTable::kNone;
       next = &next_named_[*next])
    if (*next == at) {
      *next = next_named_[at];
      return;
    }
}

void Trace::set_name(ObjectId id, std::string_view name) {
  const uint32_t text = intern(name);
  if (add_name(id, text)) return;
  const uint32_t at = find_name(id);
  is_not_named(at);
  names_[at].second = text;
  is_named(at);
}

bool Trace::add_name(ObjectId id, uint32_t text) {
  if (has_name(id)) return false;
  const auto at = uint32_t(names_.size());
  names_.emplace_back(id.raw, text);
  next_named_.push_back(ObjectTable::kNone);
  name_of_.set(id, at);
  is_named(at);
  return true;
}

void Trace::reserve_names(size_t count) {
  names_.reserve(count);
  next_named_.reserve(count);
}

ObjectId Trace::named(std::string_view name, ObjectKind kind) const {
  if (name.empty()) return {};
  const uint32_t text = string_index_.find(uint32_t(std::hash<std::string_view>()(name)),
                                           [&](uint32_t index) { return strings_[index] == name; });
  if (text >= named_.size()) return {};
  uint32_t at = named_[text];
  while (at != ObjectTable::kNone && ObjectId(names_[at].first).kind() != kind)
    at = next_named_[at];
  return at == ObjectTable::kNone ? ObjectId() : ObjectId(names_[at].first);
}

std::string Trace::name(ObjectId id) const {
  if (!id) return "nobody";
  if (const uint32_t at = find_name(id); at != ObjectTable::kNone)
    return std::string(string(names_[at].second));
  return std::string(kind_name(id.kind())) + " " + std::to_string(id.serial());
}

uint32_t Trace::intern_file(std::string_view path) {
  for (size_t i = 1; i < files_.size(); ++i)
    if (files_[i] == path) return uint32_t(i);
  files_.emplace_back(path);
  return uint32_t(files_.size() - 1);
}

std::string Trace::site_text(Site site) const {
  if (!site || site.file() >= files_.size()) return {};
  const std::string& path = files_[site.file()];
  return path.substr(path.rfind('/') + 1) + ":" + std::to_string(site.line());
}

size_t Trace::memory_bytes() const {
  size_t bytes = chunks_.size() * kChunk * sizeof(Event) + letter_bytes_;
  bytes += strings_.capacity() * sizeof(strings_[0]) + names_.capacity() * sizeof(names_[0]);
  bytes += (named_.capacity() + next_named_.capacity()) * sizeof(uint32_t);
  bytes += string_index_.memory_bytes() + name_of_.memory_bytes();
  return bytes;
}

void Trace::clear() { *this = Trace(); }

}  // namespace qs::trace
