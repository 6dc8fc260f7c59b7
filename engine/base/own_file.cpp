#include "base/own_file.h"

#include "base/file_lock.h"
#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "base/write_file.h"

namespace qs {

Result<OwnFile> read_own_file(const std::string& path, std::string_view suffix, bool locked) {
  OwnFile file;
  auto text = read_file_if_there(path, limits::kTextFile);
  if (!text) return text.error();
  if (!*text) return file;
  auto root = parse_toml(**text, path);
  if (root) {
    file.table = std::move(*root);
    return file;
  }
  if (!locked) {
    auto lock = FileLock::take(path);
    if (!lock) return lock.error();
    return read_own_file(path, suffix, true);  // somebody may have set it aside meanwhile
  }
  auto aside = set_aside(path, suffix);
  if (!aside) return aside.error();
  file.aside = *aside;
  file.damage = root.error();
  return file;
}

}  // namespace qs
