#include "kmdf/core/registry.h"

#include <cstring>

namespace qs::kmdf {

namespace {

constexpr std::u16string_view kService =
    u"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\driver";

// Takes the first part off a path.
std::u16string_view take_part(std::u16string_view& path) {
  while (!path.empty() && path.front() == u'\\') path.remove_prefix(1);
  const size_t end = std::min(path.find(u'\\'), path.size());
  const std::u16string_view part = path.substr(0, end);
  path.remove_prefix(end);
  return part;
}

bool begins_with(std::u16string_view path, std::u16string_view root) {
  return path.size() >= root.size() &&
         lower_case(path.substr(0, root.size())) == lower_case(root) &&
         (path.size() == root.size() || path[root.size()] == u'\\');
}

struct RootName {
  const char* name;
  RegistryRoot root;
  const char16_t* below;  // the key there that the name stands for
};
constexpr RootName kRoots[] = {
    {"parameters", RegistryRoot::Service, u"Parameters"},
    {"service", RegistryRoot::Service, u""},
    {"device", RegistryRoot::Device, u""},
    {"driver", RegistryRoot::Driver, u""},
    {"devicemap", RegistryRoot::DeviceMap, u""},
};

}  // namespace

std::u16string lower_case(std::u16string_view text) {
  std::u16string out(text);
  for (char16_t& c : out)
    if (c >= u'A' && c <= u'Z') c = char16_t(c + 32);
  return out;
}

std::u16string from_utf8(std::string_view text) {
  std::u16string out;
  for (size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i++]);
    const int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? first : first & (0x3Fu >> more);
    for (int k = 0; k < more && i < text.size(); ++k)
      c = c << 6 | (static_cast<unsigned char>(text[i++]) & 0x3Fu);
    if (c < 0x10000) {
      out += char16_t(c);
    } else {
      out += char16_t(0xD800 + ((c - 0x10000) >> 10 & 0x3FF));
      out += char16_t(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::u16string text_of(const qs_UNICODE_STRING* s) {
  if (!s || !s->Buffer) return {};
  std::u16string out(s->Length / 2u, u'\0');
  std::memcpy(out.data(), s->Buffer, out.size() * 2);
  return out;
}

RegistryKey* RegistryKey::find(std::u16string_view path) {
  RegistryKey* at = this;
  for (std::u16string_view part = take_part(path); at && !part.empty(); part = take_part(path)) {
    auto found = at->keys.find(lower_case(part));
    at = found == at->keys.end() ? nullptr : found->second.get();
  }
  return at;
}

RegistryKey* RegistryKey::create(std::u16string_view path) {
  RegistryKey* at = this;
  for (std::u16string_view part = take_part(path); !part.empty(); part = take_part(path)) {
    auto& below = at->keys[lower_case(part)];
    if (!below) {
      below = std::make_unique<RegistryKey>();
      below->name = part;
      below->parent = at;
    }
    at = below.get();
  }
  return at;
}

RegistryValue* RegistryKey::value(std::u16string_view value_name) {
  auto found = values.find(lower_case(value_name));
  return found == values.end() ? nullptr : &found->second;
}

RegistryState& registry() {
  const bool fresh = !run_state().registry;
  RegistryState& s = part(run_state().registry);
  if (fresh) {
    static constexpr const char16_t* names[] = {u"driver", u"Device Parameters", u"Driver key",
                                                u"DEVICEMAP"};
    for (size_t i = 0; i < std::size(names); ++i) s.roots[i].name = names[i];
  }
  return s;
}

RegistryKey& registry_root(RegistryRoot root) { return registry().roots[size_t(root)]; }

std::u16string_view service_path() { return kService; }

RegistryKey* registry_at(std::u16string_view path, bool create) {
  constexpr std::u16string_view kMap = u"\\Registry\\Machine\\Hardware\\DeviceMap";
  for (auto [prefix, root] :
       {std::pair(kService, RegistryRoot::Service), std::pair(kMap, RegistryRoot::DeviceMap)}) {
    if (!begins_with(path, prefix)) continue;
    const std::u16string_view rest = path.substr(prefix.size());
    RegistryKey& at = registry_root(root);
    return create ? at.create(rest) : at.find(rest);
  }
  return nullptr;
}

std::string_view registry_root_names() { return "parameters, service, device, driver, devicemap"; }

bool set_registry_value(std::string_view key, std::string_view name, uint32_t type,
                        std::string bytes) {
  const size_t end = std::min(key.find('\\'), key.size());
  for (const RootName& r : kRoots) {
    if (key.substr(0, end) != r.name) continue;
    RegistryKey* at = registry_root(r.root).create(r.below);
    at->create(from_utf8(key.substr(end)))->values[lower_case(from_utf8(name))] = {
        type, std::move(bytes)};
    return true;
  }
  return false;
}

int32_t remove_key(RegistryKey* key) {
  if (key->removed || !key->parent) return QS_STATUS_ACCESS_DENIED;
  if (!key->keys.empty()) return QS_STATUS_CANNOT_DELETE;
  auto& siblings = key->parent->keys;
  for (auto it = siblings.begin(); it != siblings.end(); ++it) {
    if (it->second.get() != key) continue;
    key->removed = true;
    key->values.clear();
    registry().gone.push_back(std::move(it->second));
    siblings.erase(it);
    break;
  }
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf
