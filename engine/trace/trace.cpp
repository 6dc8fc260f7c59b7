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

void Trace::set_name(ObjectId id, std::string_view name) { names_[id.raw] = intern(name); }

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
  size_t bytes = chunks_.size() * kChunk * sizeof(Event) + names_.size() * 24;
  for (const auto& s : strings_) bytes += sizeof(s) + (s.size() > 15 ? s.size() : 0) + 32;
  return bytes;
}

void Trace::clear() { *this = Trace(); }

}  // namespace qs
