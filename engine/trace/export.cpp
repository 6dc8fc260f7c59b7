#include "trace/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "trace/narrate.h"
#include "trace/words.h"

namespace qs {
namespace {

using Json = nlohmann::ordered_json;

// Names may hold any bytes: what is no UTF-8 is replaced, never thrown about.
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string thread_name(const Trace& t, uint16_t thread) {
  return thread ? t.name(ObjectId(ObjectKind::Thread, thread)) : std::string();
}

}  // namespace

void export_json(const Trace& trace, std::string_view program, std::string_view schedule,
                 std::ostream& out, ExportRange range) {
  size_t to = std::min(range.to, trace.size());
  Json head = {{"format", "queuescope-events"},
               {"version", 1},
               {"program", program},
               {"schedule", schedule}};
  std::string opening = text_of(head);
  opening.pop_back();
  out << opening << ",\"events\":[";
  for (size_t i = range.from; i < to; ++i) {
    const Event& e = trace[i];
    Json j = {{"n", i + 1}, {"time", e.time}};
    if (e.thread) j["thread"] = thread_name(trace, e.thread);
    if (e.irql) j["irql"] = irql_words(e.irql);
    j["event"] = event_name(e.code);
    if (e.s) j["s"] = trace.name(e.s);
    if (e.o) j["o"] = trace.name(e.o);
    j["a"] = e.a;
    j["b"] = e.b;
    j["c"] = e.c;
    if (e.site) j["site"] = trace.site_text(e.site);
    j["text"] = narrate(trace, e);
    out << (i == range.from ? "\n" : ",\n") << text_of(j);
  }
  out << "\n]}\n";
}

}  // namespace qs
