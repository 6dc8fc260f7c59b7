#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/log/log.h"

namespace qs::ui {
namespace {

char lower(char c) { return char(std::tolower(static_cast<unsigned char>(c))); }

bool holds(std::string_view text, std::string_view word) {
  const auto it = std::search(text.begin(), text.end(), word.begin(), word.end(),
                              [](char a, char b) { return lower(a) == lower(b); });
  return it != text.end();
}

bool holds_all_words(std::string_view text, std::string_view words) {
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (end > 0 && !holds(text, words.substr(0, end))) return false;
    words.remove_prefix(std::min(words.size(), end + 1));
  }
  return true;
}

}  // namespace

bool passes(const LogFilter& filter, const trace::Trace& trace, size_t event,
            const trace::ShownNames* names) {
  if (event >= trace.size()) return false;
  const trace::Event& e = trace[event];
  if (!(filter.levels & level_bit(trace::event_level(e.code)))) return false;
  if (filter.object && e.s != filter.object && e.o != filter.object) {
    const bool made_by =
        filter.object.kind() == ObjectKind::Thread && e.thread == filter.object.serial();
    if (!made_by) return false;
  }
  if (filter.thread && e.thread != filter.thread.serial() && e.s != filter.thread) return false;
  if (filter.text.empty()) return true;
  return holds_all_words(log_line(trace, event, names) + " " + trace::event_name(e.code),
                         filter.text);
}

std::string log_line(const trace::Trace& trace, size_t event, const trace::ShownNames* names) {
  if (event >= trace.size()) return {};
  const trace::Event& e = trace[event];
  const std::string thread =
      e.thread ? trace::shown_name(trace, ObjectId(ObjectKind::Thread, e.thread), names)
               : std::string("–");
  std::string line = fmt::format("{}  {}  {}  {}", event + 1, trace::time_text(e.time), thread,
                                 trace::narrate(trace, event, names));
  if (e.site && e.code != trace::EventCode::Line) line += "  " + trace.site_text(e.site);
  return line;
}

bool LogRows::update(const trace::Trace& trace, const LogFilter& filter, size_t budget,
                     size_t known, const trace::ShownNames* names) {
  known = std::min(known, trace.size());
  if (trace_ != &trace || !(filter_ == filter) || next_ > known) {
    trace_ = &trace;
    filter_ = filter;
    rows_.clear();
    next_ = 0;
  }
  const size_t step = filter.text.empty() ? budget : std::max<size_t>(1, budget / 32);
  const size_t end = std::min(known, next_ + step);
  for (; next_ < end; ++next_)
    if (passes(filter, trace, next_, names)) rows_.push_back(uint32_t(next_));
  done_ = next_ == known;
  return !done_;
}

int LogRows::row_at(size_t event) const {
  const auto it = std::upper_bound(rows_.begin(), rows_.end(), event,
                                   [](size_t e, uint32_t row) { return e < row; });
  return int(it - rows_.begin()) - 1;
}

}  // namespace qs::ui
