#include "trace/export/export.h"

#include <algorithm>

#include "trace/events/words.h"
#include "trace/export/json_out.h"
#include "trace/export/narrate.h"

namespace qs::trace {

void export_json(const Trace& trace, std::string_view program, std::string_view schedule,
                 std::ostream& out, ExportRange range) {
  const size_t to = std::min(range.to, trace.size());
  JsonOut json(out);
  json.raw("{\"format\":\"queuescope-events\",\"version\":1,\"program\":").text(program);
  json.raw(",\"schedule\":").text(schedule).raw(",\"events\":[");
  for (size_t i = range.from; i < to; ++i) {
    const Event& e = trace[i];
    json.raw(i == range.from ? "\n{\"n\":" : ",\n{\"n\":").number(i + 1);
    json.raw(",\"time\":").number(e.time);
    if (e.thread) json.raw(",\"thread\":").text(trace.name(ObjectId(ObjectKind::Thread, e.thread)));
    if (e.irql) json.raw(",\"irql\":").text(irql_words(e.irql));
    json.raw(",\"event\":").text(event_name(e.code));
    if (e.s) json.raw(",\"s\":").text(trace.name(e.s));
    if (e.o) json.raw(",\"o\":").text(trace.name(e.o));
    json.raw(",\"a\":").number(e.a).raw(",\"b\":").number(e.b).raw(",\"c\":").number(e.c);
    if (e.site) json.raw(",\"site\":").text(trace.site_text(e.site));
    json.raw(",\"text\":").text(narrate(trace, e)).raw("}");
  }
  json.raw("\n]}\n");
}

}  // namespace qs::trace
