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

int64_t Breakpoints::next_stop(const Trace& trace, size_t from, bool back) const {
  if (empty()) return kNoEvent;
  if (back) {
    for (size_t i = std::min(from, trace.size()); i-- > 1;)
      if (stops_at(trace, i - 1)) return int64_t(i);
    return kNoEvent;
  }
  for (size_t i = from; i < trace.size(); ++i)
    if (stops_at(trace, i)) return int64_t(i) + 1;
  return kNoEvent;
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
