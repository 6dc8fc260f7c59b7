// Call sites, and executed lines from the coverage hooks that driver code is compiled with.
//
// Driver C files are built with -fsanitize-coverage=trace-pc and -finstrument-functions: a call at the entry of
// every basic block and of every function. A block's lines come from the line table of the program (line_table.h).
// Lines of a block are shown one by one: up to the next call that the block makes (its return address says how far
// it has come), the rest when the next block or the end of the function says that the block was left.
#include "kmdf/lines.h"

#include <cstring>

#include "kmdf/framework.h"
#include "kmdf/line_table.h"

namespace qs::kmdf {

#ifndef QS_REAL_THREADS

Site site_of(const char* file, int line) {
  if (!file || line <= 0) return {};
  struct Cache {
    const Trace* trace = nullptr;
    const char* file = nullptr;
    uint32_t index = 0;
  };
  static thread_local Cache cache[8];
  Trace& trace = rt::sched().trace();
  Cache& c = cache[(reinterpret_cast<uintptr_t>(file) >> 4) & 7];
  if (c.trace != &trace || c.file != file || c.index >= trace.files().size() ||
      trace.files()[c.index] != short_path(file)) {
    c = {&trace, file, trace.intern_file(short_path(file))};
  }
  return Site(c.index, uint32_t(line));
}

namespace {

// A frame of line_frames: pc up to which lines were shown, and the end of the block.
struct LineFrame {
  uint64_t next, end;
};

std::vector<uint64_t>& frames(VThread* t) { return t->line_frames; }

void show_lines(VThread* t, uint64_t from, uint64_t to) {
  const LineTable& table = line_table();
  Trace& trace = rt::sched().trace();
  for (size_t i = table.first_at(from); i < table.rows.size() && table.rows[i].pc < to; ++i) {
    Site site(trace.intern_file(table.files[table.rows[i].file]), table.rows[i].line);
    if (site == t->site && i != table.first_at(from)) continue;
    if (site == t->site) continue;
    t->site = site;
    rt::emit(EventCode::Line);
  }
}

bool tracking(VThread*& t) {
  if (!rt::tls_scheduler) return false;
  t = rt::self();
  return t && fw().options.record_lines && !line_table().rows.empty();
}

}  // namespace

void line_frame_push() {
  VThread* t = rt::self();
  frames(t).push_back(0);
  frames(t).push_back(0);
}

void line_frame_pop() {
  VThread* t = rt::self();
  frames(t).resize(frames(t).size() - 2);
}

// The running block has come as far as `pc`: show its lines up to there.
void lines_reached(uint64_t pc) {
  VThread* t;
  if (!tracking(t) || frames(t).size() < 2) return;
  uint64_t& next = frames(t)[frames(t).size() - 2];
  uint64_t end = frames(t).back();
  if (next == 0 || pc <= next || pc > end) return;
  show_lines(t, next, pc);
  next = pc;
}

void block_entered(uint64_t pc) {
  VThread* t;
  if (!tracking(t) || frames(t).size() < 2) return;
  uint64_t& next = frames(t)[frames(t).size() - 2];
  uint64_t& end = frames(t).back();
  if (next && next < end) show_lines(t, next, end);
  next = pc;
  end = line_table().block_end(pc);
  size_t first = line_table().first_at(pc);
  if (first < line_table().rows.size() && line_table().rows[first].pc < end) {
    show_lines(t, pc, line_table().rows[first].pc + 1);
    next = line_table().rows[first].pc + 1;
  }
}

void function_entered(uint64_t call_site) {
  VThread* t;
  if (!tracking(t)) return;
  lines_reached(call_site);
  line_frame_push();
}

void function_left() {
  VThread* t;
  if (!tracking(t) || frames(t).size() < 2) return;
  uint64_t next = frames(t)[frames(t).size() - 2], end = frames(t).back();
  if (next && next < end) show_lines(t, next, end);
  line_frame_pop();
}

#else

Site site_of(const char*, int) { return {}; }
void line_frame_push() {}
void line_frame_pop() {}

#endif

}  // namespace qs::kmdf

#ifndef QS_REAL_THREADS

extern "C" {

void __sanitizer_cov_trace_pc() {
  qs::kmdf::block_entered(reinterpret_cast<uint64_t>(__builtin_return_address(0)));
}
void __cyg_profile_func_enter(void*, void* call_site) {
  qs::kmdf::function_entered(reinterpret_cast<uint64_t>(call_site));
}
void __cyg_profile_func_exit(void*, void*) { qs::kmdf::function_left(); }
}

#else
extern "C" {
void __sanitizer_cov_trace_pc() {}
void __cyg_profile_func_enter(void*, void*) {}
void __cyg_profile_func_exit(void*, void*) {}
}
#endif
