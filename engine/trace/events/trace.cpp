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

namespace {

uint32_t name_hash(uint32_t text, ObjectKind kind) {
  return FlatIndex::hash_of(uint64_t(text) << 8 | uint64_t(kind));
}

}  // namespace

// The newest of names_ that has this text and stands for an object of that kind.
uint32_t Trace::find_named(uint32_t text, ObjectKind kind) const {
  return named_index_.find(name_hash(text, kind), [&](uint32_t at) {
    return names_[at].second == text && ObjectId(names_[at].first).kind() == kind;
  });
}

// Number `at` of names_ is what its text means from now on.
void Trace::is_named(uint32_t at) {
  const uint32_t text = names_[at].second;
  const ObjectKind kind = ObjectId(names_[at].first).kind();
  named_index_.put(name_hash(text, kind), at, [&](uint32_t other) {
    return names_[other].second == text && ObjectId(names_[other].first).kind() == kind;
  });
}

void Trace::set_name(ObjectId id, std::string_view name) {
  const uint32_t text = intern(name);
  if (add_name(id, text)) return;
  const uint32_t at = find_name(id);
  names_[at].second = text;
  is_named(at);
}

bool Trace::add_name(ObjectId id, uint32_t text) {
  if (has_name(id)) return false;
  const auto at = uint32_t(names_.size());
  names_.emplace_back(id.raw, text);
  name_index_.add(FlatIndex::hash_of(id.raw), at);
  is_named(at);
  return true;
}

void Trace::reserve_names(size_t count) {
  names_.reserve(count);
  name_index_.reserve(count);
  named_index_.reserve(count);
}

ObjectId Trace::named(std::string_view name, ObjectKind kind) const {
  if (name.empty()) return {};
  const uint32_t text = string_index_.find(uint32_t(std::hash<std::string_view>()(name)),
                                           [&](uint32_t index) { return strings_[index] == name; });
  if (text == FlatIndex::kNone) return {};
  const uint32_t at = find_named(text, kind);
  return at == FlatIndex::kNone ? ObjectId() : ObjectId(names_[at].first);
}

std::string Trace::name(ObjectId id) const {
  if (!id) return "nobody";
  if (const uint32_t at = find_name(id); at != FlatIndex::kNone)
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
  bytes += string_index_.memory_bytes() + name_index_.memory_bytes() + named_index_.memory_bytes();
  return bytes;
}

void Trace::clear() { *this = Trace(); }

}  // namespace qs::trace
