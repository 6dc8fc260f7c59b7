#include "ui/panes/ui_state.h"

#include <algorithm>

namespace qs::ui {
namespace {

language::Pattern stop_at(const char* kind, std::string argument) {
  return {language::find_fact_kind(kind), {std::move(argument)}};
}

}  // namespace

language::Pattern stop_at_line(const std::string& file, uint32_t line) {
  return stop_at("line", file + ":" + std::to_string(line));
}
language::Pattern stop_at_handler(trace::CallbackKind handler) {
  return stop_at("enter", trace::callback_name(handler));
}
language::Pattern stop_at_request(const std::string& name) { return stop_at("moves", name); }
language::Pattern stop_at_event(trace::EventCode code) {
  return stop_at("event", trace::event_name(code));
}

bool Breakpoints::has(const language::Pattern& stop) const {
  return std::find(stops.begin(), stops.end(), stop) != stops.end();
}

void Breakpoints::toggle(const language::Pattern& stop) {
  if (has(stop))
    std::erase(stops, stop);
  else
    stops.push_back(stop);
}

std::vector<std::string> Breakpoints::describe() const {
  std::vector<std::string> out;
  for (const language::Pattern& stop : stops) {
    const std::string& what = stop.args.front();
    const bool line = stop.kind->id == language::FactId::Line;
    out.push_back(line ? what.substr(what.rfind('/') + 1) : what);
  }
  return out;
}

int64_t Breakpoints::next_stop(const trace::Trace& trace, size_t from, bool back) const {
  if (empty()) return kNoEvent;
  const size_t found = language::find(trace, stops, from, back);
  return found == language::kNone ? kNoEvent : int64_t(found);
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
