// Call sites, and executed lines from the coverage hooks that driver code is compiled with.
//
// Driver C files are built with -fsanitize-coverage=trace-pc and -finstrument-functions: a call at
// the entry of every basic block and of every function. A block's lines come from the line table of
// the program (line_table.h). Lines of a block are shown one by one: up to the next call that the
// block makes (its return address says how far it has come), the rest when the next block or the
// end of the function says that the block was left.
#include "kmdf/core/lines.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "include/qs/abi_told.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/line_table.h"
#include "kmdf/core/run_state.h"

namespace qs::kmdf {

using sched::VThread;

// What is known of the code that has run: each block is looked up once.
struct LineState {
  const LineTable& table = line_table();           // it does not change while a run is alive
  std::unordered_map<uint64_t, LineBlock> blocks;  // by where they are entered
  std::vector<uint32_t> files;  // of the trace, by those of the table; 0: unknown
};

trace::Site site_of(const char* file, int line) {
  if (!file || line <= 0) return {};
  struct Cache {
    const trace::Trace* trace = nullptr;
    const char* file = nullptr;
    uint32_t index = 0;
  };
  static thread_local Cache cache[8];
  trace::Trace& trace = rt::sched().trace();
  Cache& c = cache[(reinterpret_cast<uintptr_t>(file) >> 4) & 7];
  if (c.trace != &trace || c.file != file || c.index >= trace.files().size() ||
      trace.files()[c.index] != short_path(file)) {
    c = {&trace, file, trace.intern_file(short_path(file))};
  }
  return trace::Site(c.index, uint32_t(line));
}

namespace {

// What a thread keeps per callback and per driver function: the next row that is still to be shown,
// and the basic block (an address in LineState; 0: none has been entered). Kept as plain numbers in
// VThread::line_frames.
constexpr size_t kRow = 0, kBlock = 1, kFrame = 2;

const LineBlock* block_of(const uint64_t* frame) {
  return frame ? reinterpret_cast<const LineBlock*>(frame[kBlock]) : nullptr;
}

uint64_t* top_frame(VThread* t, size_t below = 0) {
  size_t wanted = kFrame * (below + 1);
  return t->line_frames.size() < wanted ? nullptr : &t->line_frames[t->line_frames.size() - wanted];
}

void show_row(VThread* t, LineState& lines, const LineRow& row) {
  if (lines.files.size() <= row.file) lines.files.resize(row.file + 1);
  uint32_t& file = lines.files[row.file];
  if (file == 0) file = rt::sched().trace().intern_file(lines.table.files[row.file]);
  const trace::Site site(file, row.line);
  if (site == t->site) return;
  t->site = site;
  if (t->blocks <= kMostShownBlocks) rt::emit(trace::EventCode::Line);
}

// Shows the lines of a frame's block up to `pc`.
void show_lines(VThread* t, LineState& lines, uint64_t* frame, uint64_t pc) {
  const std::vector<LineRow>& rows = lines.table.rows;
  size_t i = frame[kRow];
  for (; i < rows.size() && rows[i].pc < pc; ++i) show_row(t, lines, rows[i]);
  frame[kRow] = i;
}

// The same for a `pc` of which it is not known whether it is in the block.
void advance(VThread* t, LineState& lines, uint64_t* frame, uint64_t pc) {
  const LineBlock* block = block_of(frame);
  if (block && pc <= block->end) show_lines(t, lines, frame, pc);
}

// Shows the line that a block begins with, if one does.
void show_block_start(VThread* t, LineState& lines, uint64_t* frame) {
  const LineBlock& block = *block_of(frame);
  if (block.begins_line) show_row(t, lines, lines.table.rows[block.row - 1]);
  frame[kRow] = block.row;
}

VThread* running() { return rt::tls_scheduler ? rt::self() : nullptr; }

// Nothing where lines are not recorded, or no driver has any.
LineState* tracked() {
  if (!fw().options.record_lines) return nullptr;
  LineState& lines = part(run_state().lines);
  return lines.table.rows.empty() ? nullptr : &lines;
}

// A function's first block is entered just before the hook that says which function it is.
thread_local bool first_block_entered = false;

}  // namespace

void line_frame_push() {
  VThread* t = rt::self();
  t->line_frames.insert(t->line_frames.end(), kFrame, 0);
}

void line_frame_pop() {
  VThread* t = rt::self();
  if (t->line_frames.size() >= kFrame) t->line_frames.resize(t->line_frames.size() - kFrame);
}

void lines_reached(uint64_t pc) {
  VThread* t = running();
  LineState* lines = t ? tracked() : nullptr;
  if (lines) advance(t, *lines, top_frame(t), pc);
}

// A call on this line is made: the lines of the block before it were executed.
void call_reached(trace::Site call) {
  VThread* t = running();
  LineState* lines = call && t ? tracked() : nullptr;
  uint64_t* frame = lines ? top_frame(t) : nullptr;
  const LineBlock* block = block_of(frame);
  if (!block) return;
  const std::vector<LineRow>& rows = lines->table.rows;
  for (size_t i = frame[kRow]; i < rows.size() && rows[i].pc < block->end; ++i)
    if (rows[i].line == call.line()) return show_lines(t, *lines, frame, rows[i].pc + 1);
}

void block_entered(uint64_t pc) {
  VThread* t = running();
  if (!t) return;
  check_stack(t, pc);
  count_block(t, pc);
  LineState* lines = tracked();
  if (!lines) return;
  if (rt::sched().trace().size() >= fw().options.event_limit) check_limits();  // lines are events
  const auto [at, made] = lines->blocks.try_emplace(pc);
  const LineBlock& block = at->second;
  if (made) at->second = lines->table.block_at(pc);
  if (block.first) {
    t->line_frames.insert(t->line_frames.end(), {block.row, reinterpret_cast<uint64_t>(&block)});
    first_block_entered = true;
    return;
  }
  uint64_t* frame = top_frame(t);
  const LineBlock* before = block_of(frame);
  if (!before || before->function != block.function) return;  // after the function's last hook
  show_lines(t, *lines, frame, before->end);
  frame[kBlock] = reinterpret_cast<uint64_t>(&block);
  show_block_start(t, *lines, frame);
}

void function_entered(uint64_t call_site) {
  VThread* t = running();
  if (!t) return;
  check_stack(t, call_site);
  LineState* lines = tracked();
  if (!lines) return;
  const bool covered = std::exchange(first_block_entered, false);
  advance(t, *lines, top_frame(t, covered ? 1 : 0), call_site);
  if (covered)
    show_block_start(t, *lines, top_frame(t));
  else
    line_frame_push();  // a function without coverage: it only keeps the frames in step
}

void function_left(uint64_t pc) {
  VThread* t = running();
  LineState* lines = t ? tracked() : nullptr;
  uint64_t* frame = lines ? top_frame(t) : nullptr;
  if (!frame) return;
  if (const LineBlock* block = block_of(frame))
    show_lines(t, *lines, frame, std::min(pc, block->end));
  line_frame_pop();
}

void line_told(const char* file, uint32_t line) {
  VThread* t = running();
  if (!t || !fw().options.record_lines) return;
  const trace::Site site = site_of(file, int(line));
  if (site == t->site) return;
  if (rt::sched().trace().size() >= fw().options.event_limit) check_limits();
  t->site = site;
  if (t->blocks <= kMostShownBlocks) rt::emit(trace::EventCode::Line);
}

}  // namespace qs::kmdf

extern "C" {

// Weak: a fuzzer brings its own, and then it is the fuzzer that follows the drivers' blocks.
__attribute__((weak)) void __sanitizer_cov_trace_pc() {
  qs::kmdf::block_entered(reinterpret_cast<uint64_t>(__builtin_return_address(0)));
}
void __cyg_profile_func_enter(void*, void* call_site) {
  qs::kmdf::function_entered(reinterpret_cast<uint64_t>(call_site));
}
void __cyg_profile_func_exit(void*, void*) {
  qs::kmdf::function_left(reinterpret_cast<uint64_t>(__builtin_return_address(0)));
}

void qs_driver_line(const char* file, uint32_t line) { qs::kmdf::line_told(file, line); }
void qs_driver_block(void) { qs::kmdf::block_entered(0); }
}
