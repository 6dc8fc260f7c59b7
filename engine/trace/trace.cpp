#include "trace/trace.h"

namespace qs {

void Trace::grow() {
  if (size_ / kChunk >= chunks_.size()) chunks_.push_back(make_block());
  last_ = chunk(size_);
}

uint32_t Trace::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (auto it = string_index_.find(text); it != string_index_.end()) return it->second;
  strings_.emplace_back(text);
  uint32_t index = uint32_t(strings_.size() - 1);
  string_index_.emplace(std::string_view(strings_.back()), index);
  return index;
}

namespace {

uint64_t name_key(uint32_t text, ObjectKind kind) { return uint64_t(text) << 8 | uint64_t(kind); }

}  // namespace

void Trace::set_name(ObjectId id, std::string_view name) {
  const uint32_t text = intern(name);
  names_[id.raw] = text;
  named_[name_key(text, id.kind())] = id.raw;
}

bool Trace::add_name(ObjectId id, uint32_t text) {
  if (!names_.emplace(id.raw, text).second) return false;
  named_[name_key(text, id.kind())] = id.raw;
  return true;
}

void Trace::reserve_names(size_t count) {
  names_.reserve(count);
  named_.reserve(count);
}

ObjectId Trace::named(std::string_view name, ObjectKind kind) const {
  const auto text = string_index_.find(name);
  if (text == string_index_.end()) return {};
  const auto it = named_.find(name_key(text->second, kind));
  if (it == named_.end()) return {};
  const auto now = names_.find(it->second);
  return now->second == text->second ? ObjectId(it->second) : ObjectId();  // else it was renamed
}

std::string Trace::name(ObjectId id) const {
  if (!id) return "nobody";
  if (auto it = names_.find(id.raw); it != names_.end()) return std::string(string(it->second));
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
  size_t bytes = chunks_.size() * kChunk * sizeof(Event) + (names_.size() + named_.size()) * 24;
  for (const auto& s : strings_) bytes += sizeof(s) + (s.size() > 15 ? s.size() : 0) + 32;
  return bytes;
}

void Trace::clear() { *this = Trace(); }

}  // namespace qs
