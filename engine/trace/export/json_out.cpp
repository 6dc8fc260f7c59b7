#include "trace/export/json_out.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace qs::trace {

JsonOut& JsonOut::text(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
  });
  if (!plain)
    return raw(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return raw("\"").raw(text).raw("\"");
}

void JsonOut::flush() {
  out_.write(buffer_.data(), std::streamsize(buffer_.size()));
  buffer_.clear();
}

}  // namespace qs::trace
