#include <nlohmann/json.hpp>

#include "cli/export.h"
#include "trace/narrate.h"

namespace qs {

std::string export_json(const Trace& trace, size_t end, std::string_view program,
                        std::string_view schedule) {
  using Json = nlohmann::ordered_json;
  std::string out = "{\"program\": " + Json(std::string(program)).dump() +
                    ",\n \"schedule\": " + Json(std::string(schedule)).dump() +
                    ",\n \"events\": [\n";
  for (size_t i = 0; i < end; ++i) {
    const Event& e = trace[i];
    Json j;
    j["n"] = i + 1;
    j["time_us"] = e.time;
    if (e.thread) j["thread"] = trace.name(ObjectId(ObjectKind::Thread, e.thread));
    j["irql"] = e.irql;
    j["event"] = event_name(e.code);
    if (e.s) j["s"] = trace.name(e.s);
    if (e.o) j["o"] = trace.name(e.o);
    j["a"] = e.a;
    j["b"] = e.b;
    j["c"] = e.c;
    if (e.site) j["site"] = trace.site_text(e.site);
    j["text"] = narrate(trace, i);
    out += "  " + j.dump(-1, ' ', false, Json::error_handler_t::replace) +
           (i + 1 < end ? ",\n" : "\n");
  }
  return out + "]}\n";
}

}  // namespace qs
