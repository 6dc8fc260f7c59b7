#include "explore/ending.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "trace/events/words.h"

namespace qs::explore {

using trace::Event;
using trace::EventCode;

std::vector<ReportAt> reports_in(const trace::Trace& trace) {
  std::vector<ReportAt> out;
  for (size_t i = 0; i < trace.size(); ++i) {
    const Event& e = trace[i];
    if (e.code != EventCode::Violation && e.code != EventCode::Finding) continue;
    const ReportAt v{trace.string(e.a), e.site, i};
    if (std::none_of(out.begin(), out.end(),
                     [&](const ReportAt& o) { return o.rule == v.rule && o.site == v.site; }))
      out.push_back(v);
  }
  return out;
}

namespace {

// Opens are left out: what an application gets is its handle.
bool is_of_application(const Event& e) {
  return e.code == EventCode::Send && trace::RequestType(e.a) != trace::RequestType::Create;
}

struct Answer {
  ObjectId request;
  bool completed = false;
  uint32_t status = 0, information = 0;
};

// In the order of completion, then those that are not, in the order of sending.
std::vector<Answer> answers_of(const trace::Trace& trace) {
  std::vector<Answer> sent, done;
  for (size_t i = 0; i < trace.size(); ++i) {
    const Event& e = trace[i];
    if (is_of_application(e)) sent.push_back({e.s});
    if (e.code != EventCode::Completed) continue;
    const auto at =
        std::find_if(sent.begin(), sent.end(), [&](const Answer& a) { return a.request == e.s; });
    if (at == sent.end()) continue;
    sent.erase(at);
    done.push_back({e.s, true, e.a, e.b});
  }
  done.insert(done.end(), sent.begin(), sent.end());
  return done;
}

const Event* end_of(const trace::Trace& trace) {
  for (size_t i = trace.size(); i-- > 0;)
    if (trace[i].code == EventCode::RunEnd) return &trace[i];
  return nullptr;
}

}  // namespace

uint64_t outcome_key(const trace::Trace& trace) {
  uint64_t key = 0x9E3779B97F4A7C15u;
  const auto add = [&key](uint64_t x) { key = (key ^ x) * 0xBF58476D1CE4E5B9u + (key >> 29); };
  for (const Answer& a : answers_of(trace)) {
    // By name, as in the text: which numbers ids get depends on the schedule.
    for (const char c : trace.name(a.request)) add(uint8_t(c));
    add(a.completed);
    add(a.status);
    add(a.information);
  }
  const Event* end = end_of(trace);
  add(end ? end->a + 1 : 0);
  return key;
}

std::string outcome_text(const trace::Trace& trace) {
  std::string out;
  for (const Answer& a : answers_of(trace)) {
    out += out.empty() ? "" : ", ";
    out += a.completed ? fmt::format("{} {} {}", trace.name(a.request),
                                     trace::status_text(int32_t(a.status)), a.information)
                       : trace.name(a.request) + " is not completed";
  }
  if (out.empty()) out = "no request";
  if (const Event* end = end_of(trace))
    out += fmt::format("; the run ends: {}", trace::words(trace::RunEnd(end->a)));
  return out;
}

std::vector<std::string> lines_at(const trace::Trace& trace, size_t event) {
  std::map<uint32_t, trace::Site> stand;  // threads
  trace::Site last;
  for (size_t i = 0; i <= event && i < trace.size(); ++i) {
    const Event& e = trace[i];
    if (e.code == EventCode::ThreadEnd) stand.erase(e.thread);
    if (e.thread != 0 && e.site && e.code != EventCode::ThreadEnd) last = stand[e.thread] = e.site;
  }
  std::vector<std::string> out;
  const auto add = [&](trace::Site site) {
    std::string text = trace.site_text(site);
    if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end())
      out.push_back(std::move(text));
  };
  if (event < trace.size()) add(trace[event].site);
  for (const auto& [thread, site] : stand) add(site);
  if (out.empty()) add(last);  // nobody is in the driver's code
  return out;
}

}  // namespace qs::explore
