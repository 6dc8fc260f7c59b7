#include "ui/panes/ui_state.h"

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
void Breakpoints::toggle_handler(trace::CallbackKind handler) { toggle(handlers, handler); }
void Breakpoints::toggle_event(trace::EventCode code) { toggle(events, code); }

bool Breakpoints::stops_at(const trace::Trace& trace, size_t event) const {
  if (event >= trace.size()) return false;
  const trace::Event& e = trace[event];
  if (contains(events, e.code)) return true;
  if (e.code == trace::EventCode::CallbackEnter && contains(handlers, trace::CallbackKind(e.a)))
    return true;
  if (trace::event_level(e.code) == trace::EventLevel::Hop && contains(requests, e.s)) return true;
  if (e.code != trace::EventCode::Line || lines.empty()) return false;
  if (e.site.file() >= trace.files().size()) return false;
  return has_line(trace.files()[e.site.file()], e.site.line());
}

std::vector<std::string> Breakpoints::describe(const trace::Trace& trace) const {
  std::vector<std::string> out;
  for (const Line& l : lines) {
    const size_t slash = l.file.rfind('/');
    const std::string name = slash == l.file.npos ? l.file : l.file.substr(slash + 1);
    out.push_back(name + ":" + std::to_string(l.line));
  }
  for (const trace::CallbackKind k : handlers) out.push_back(trace::callback_name(k));
  for (const trace::EventCode c : events) out.push_back(trace::event_name(c));
  for (const ObjectId id : requests) out.push_back(trace.name(id));
  return out;
}

void Breakpoints::remove(size_t index) {
  const auto take = [&index](auto& list) {
    if (index < list.size()) {
      list.erase(list.begin() + ptrdiff_t(index));
      return true;
    }
    index -= list.size();
    return false;
  };
  (void)(take(lines) || take(handlers) || take(events) || take(requests));
}

int64_t Breakpoints::next_stop(const trace::Trace& trace, size_t from, bool back) const {
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

bool UiState::moved_on() const {
  return hovered != next_hovered_ || hovered_event != next_event_ ||
         !(hovered_line == next_line_) || !(hinted_move == next_move_);
}

bool UiState::begin_frame() {
  const bool changed = moved_on();
  hovered = next_hovered_;
  hovered_event = next_event_;
  hovered_line = next_line_;
  hinted_move = next_move_;
  next_hovered_ = {};
  next_event_ = kNoEvent;
  next_line_ = {};
  next_move_ = {};
  return changed;
}

}  // namespace qs::ui
