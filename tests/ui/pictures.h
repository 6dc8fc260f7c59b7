// Kept pictures: a hash a name, in a text file under tests/ui/pictures. Used by the tests of exact
// pictures; QS_UPDATE_PICTURES=1 writes the file anew.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "ui/platform/platform.h"

namespace qs::ui {

inline uint64_t picture_hash(const Picture& p) {
  uint64_t h = 1469598103934665603ull;
  for (uint8_t byte : p.rgb) h = (h ^ byte) * 1099511628211ull;
  return h;
}

// Compares with what is kept in `file`, or writes it.
inline void check_pictures(const char* file, const std::map<std::string, uint64_t>& now) {
  if (std::getenv("QS_UPDATE_PICTURES")) {
    std::ofstream out(file);
    for (auto& [name, hash] : now) out << name << ' ' << std::hex << hash << std::dec << '\n';
    return;
  }
  std::map<std::string, uint64_t> kept;
  std::ifstream in(file);
  std::string name;
  uint64_t hash = 0;
  while (in >> name >> std::hex >> hash >> std::dec) kept[name] = hash;
  REQUIRE_MESSAGE(!kept.empty(), "there are no kept pictures in ", file);
  CHECK(kept.size() == now.size());
  for (auto& [picture, seen] : now) {
    CAPTURE(picture);
    CHECK(kept[picture] == seen);
  }
}

}  // namespace qs::ui
