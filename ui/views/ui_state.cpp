#include "ui/views/ui_state.h"

#include <algorithm>

namespace qs::ui {
namespace {

template <class T>
void toggle(std::vector<T>& list, const T& value) {
  const auto it = std::find(list.begin(), list.end(), value);
  if (it == list.end())
    list.push_back(value);
  else
    list.erase(it);
}

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The last part of a path: what people call the file.
std::string_view base_name(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

}  // namespace

bool Breakpoints::has_line(const std::string& file, uint32_t line) const {
  return contains(lines, Line{file, line});
}
void Breakpoints::toggle_line(const std::string& file, uint32_t line) {
  toggle(lines, Line{file, line});
}
void Breakpoints::toggle_request(ObjectId request) { toggle(requests, request); }
void Breakpoints::toggle_handler(CallbackKind handler) { toggle(handlers, handler); }
void Breakpoints::toggle_event(EventCode code) { toggle(events, code); }

bool Breakpoints::stops_at(const Trace& trace, size_t event) const {
  if (event >= trace.size()) return false;
  const Event& e = trace[event];
  if (contains(events, e.code)) return true;
  if (e.code == EventCode::CallbackEnter && contains(handlers, CallbackKind(e.a))) return true;
  if (event_level(e.code) == EventLevel::Hop && contains(requests, e.s)) return true;
  if (e.code != EventCode::Line || lines.empty()) return false;
  if (e.site.file() >= trace.files().size()) return false;
  return has_line(trace.files()[e.site.file()], e.site.line());
}

std::string Breakpoints::condition(const Trace& trace) const {
  std::string out;
  const auto add = [&out](const std::string& one) {
    if (!out.empty()) out += " or ";
    out += one;
  };
  for (const Line& l : lines)
    add("line(" + std::string(base_name(l.file)) + ":" + std::to_string(l.line) + ")");
  for (const CallbackKind k : handlers) add(std::string("enter(") + callback_name(k) + ")");
  for (const ObjectId id : requests) add("request(" + trace.name(id) + ")");
  for (const EventCode c : events) add(std::string("event(") + event_name(c) + ")");
  return out;
}

bool UiState::begin_frame() {
  const bool changed = hovered != next_hovered_ || hovered_event != next_event_ ||
                       !(hovered_line == next_line_);
  hovered = next_hovered_;
  hovered_event = next_event_;
  hovered_line = next_line_;
  next_hovered_ = {};
  next_event_ = kNoEvent;
  next_line_ = {};
  return changed;
}

}  // namespace qs::ui
