#include "model/dump.h"

#include <fmt/format.h>

#include <vector>

#include "base/visible.h"
#include "trace/events/words.h"
#include "trace/export/narrate.h"

namespace qs::model {
namespace {

std::string name_of(const trace::Trace& trace, ObjectId id) { return visible(trace.name(id)); }

std::string handle_line(const char* type, const trace::Trace& trace, ObjectId id) {
  return id ? fmt::format("    !{} {:08x}  {}\n", type, id.raw, name_of(trace, id)) : std::string();
}

std::string flags_line(const RequestView& r) {
  struct Word {
    RequestFlag flag;
    const char* word;
  };
  constexpr Word kWords[] = {
      {kPresented, "presented"},          {kCancelFlag, "IRP canceled"},
      {kCancelable, "cancelable"},        {kCancelPending, "cancel callback due"},
      {kNotified, "power notified"},      {kStopAcked, "stop acknowledged"},
      {kCharged, "counted by queue"},     {kReserved, "reserved"},
      {kDriverCreated, "made by driver"},
  };
  std::string out;
  for (const Word& w : kWords)
    if (r.has(w.flag)) out += (out.empty() ? "" : ", ") + std::string(w.word);
  return out.empty() ? std::string() : "    Flags: " + out + "\n";
}

std::string data_part(const char* title, const trace::Trace& trace, uint32_t text, uint32_t bytes) {
  if (!bytes) return {};
  std::string out = fmt::format("    {}, {}\n", title, trace::bytes_text(bytes));
  for (const std::string& line : trace::data_lines(trace.string(text), bytes))
    out += "        " + line + "\n";
  return out;
}

bool is_recorded(trace::EventCode code) {
  if (code == trace::EventCode::DebugText || code == trace::EventCode::LoopLeave ||
      code == trace::EventCode::QueueDepth)
    return code != trace::EventCode::QueueDepth;
  trace::EventLevel level = trace::event_level(code);
  return level == trace::EventLevel::Hop || level == trace::EventLevel::Callback ||
         level == trace::EventLevel::State;
}

// The part of the framework that writes the record.
const char* recorder_of(const trace::Event& e) {
  switch (e.s.kind()) {
    case ObjectKind::Request: return "IoRequest";
    case ObjectKind::Queue: return "IoQueue";
    case ObjectKind::Device: return "Device";
    case ObjectKind::IoTarget: return "IoTarget";
    case ObjectKind::FileObject: return "FileObject";
    case ObjectKind::Thread:
    case ObjectKind::App: return "System";
    default: return "Framework";
  }
}

}  // namespace

std::string request_dump(const Model& model, const trace::Trace& trace, ObjectId id) {
  const RequestView* r = model.request(id);
  if (!r) return {};
  trace::RequestState state = request_state(*r);
  std::string code = trace::state_code(state);
  std::string out = fmt::format("Dumping WDFREQUEST {:08x}  {}\n=========================\n",
                                id.raw, name_of(trace, id));
  out += fmt::format("State: {}{}\n", state_name(*r), code.empty() ? "" : " (" + code + ")");
  out += fmt::format("    {}, length {}", trace::words(r->type), r->length);
  if (r->out_length) out += fmt::format(", output length {}", r->out_length);
  if (r->ioctl) out += fmt::format(", control code 0x{:x}", r->ioctl);
  out += "\n";
  if (r->place == Place::Done)
    out += fmt::format("    Status: {}, information {}\n", trace::status_text(r->status),
                       r->information);
  out += data_part("Sent with it", trace, r->input, r->input_bytes);
  out += data_part("Answer", trace, r->answer, r->answer_bytes);
  out += handle_line("WDFQUEUE", trace, r->queue);
  out += handle_line("WDFFILEOBJECT", trace, r->file);
  out += handle_line("WDFIOTARGET", trace, r->target);
  if (r->app) out += fmt::format("    Sender: {}\n", name_of(trace, r->app));
  out += flags_line(*r);
  out += fmt::format("    Reference count: {}\n", r->refs);
  for (const Keeper& h : who_keeps_alive(model, trace, id))
    out += fmt::format("        {}\n", visible(h.sentence));
  return out;
}

std::string log_dump(const trace::Trace& trace, size_t events, size_t most) {
  std::vector<size_t> records;
  for (size_t i = std::min(events, trace.size()); i > 0 && records.size() < most; --i)
    if (is_recorded(trace[i - 1].code)) records.push_back(i - 1);
  std::string out =
      fmt::format("Log of the framework, {} records\n=========================\n", records.size());
  for (size_t n = records.size(); n > 0; --n) {
    size_t i = records[n - 1];
    out += fmt::format("{:>5}: {} - {}\n", i + 1, recorder_of(trace[i]),
                       visible(trace::narrate(trace, i)));
  }
  return out + "---- end of log ----\n";
}

}  // namespace qs::model
