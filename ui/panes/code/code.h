// The code pane: the driver's C files, with the line each thread is at, the lines that ran, jumps
// to the next time a line runs, and breakpoints. A free function of the moment and its own state.
// Called by the app once a frame; main thread only.
//
// Click a line number: go to the next time it runs (Shift: the last time before); click left of it:
// a breakpoint. Keys: run_forward and run_back go to the next and the previous breakpoint.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "session/session.h"
#include "trace/export/functions.h"
#include "ui/panes/code/text.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// What a compiler said of a line.
struct CodeMark {
  std::string file;   // as the sources are called
  uint32_t line = 0;  // from 1
  std::string text;
  bool error = true;  // false: a warning or a note
};

using trace::source_of;

struct CodeInput {
  const session::Moment* moment = nullptr;
  std::span<const EmbeddedFile> files;  // session.program().driver->sources()
  bool framed = true;                   // false: inside another pane
  std::span<const CodeMark> marks;      // by the compiler, of these files
};

struct CodeState {
  int file = 0;  // index of the file that is shown
  ScrollState scroll;
  float x = 0;  // pixels scrolled to the right
  // For the pane's own use.
  LexedFiles files;
  size_t seen_event = size_t(-1);
  const trace::Trace* seen_trace = nullptr;
  float seen_scale = 0;  // a larger text moves everything
};

// ---- pure parts, for tests

// Where a thread is in the sources.
struct ThreadAt {
  ObjectId thread;
  trace::Site site;
  bool running = false;
};
// Every thread that is in the driver's code; the running one first. One whose callback has run no
// line yet is at its opening line where `functions` tells it, else at its caller's.
std::vector<ThreadAt> threads_in_code(const session::Moment& moment,
                                      const FunctionNames* functions = nullptr);
// The thread that the moment is about: that of the last event, or that which ran last.
ObjectId current_thread(const session::Moment& moment);

// The trace's number of a source file, 0 when no line of it ran.
uint32_t trace_file_of(const EmbeddedFile& file, const trace::Trace& trace);
// "driver.c" of "lessons/01-first-request/driver.c".
std::string_view short_name(std::string_view path);

// The applied-event count just after the next (`back`: previous) run of a line, around the ends;
// kNoEvent when it never runs.
int64_t next_run(model::Timeline& timeline, trace::Site site, size_t from, bool back);

// Where a stop set at line `number` (from 1) goes: itself, or, where nothing can run (blank lines,
// comments, braces, declarations, the head of a function), the next line that can.
uint32_t line_to_stop_at(const std::vector<CodeLine>& lines, uint32_t number);

// Goes to the next place that stops a run (`back`: the one before); a notice says why not.
void run_to_stop(const session::Moment& moment, UiState& shared, bool back,
                 std::vector<session::Command>& out);
// The keys for it (run_forward, run_back), which mean the same whether the code is seen or not.
void take_stop_keys(Ui& ui, const session::Moment& moment, UiState& shared,
                    std::vector<session::Command>& out);

// How far to scroll (pixels) so that lines [0, count) of `height` show line `index` with some lines
// around it; `y` itself when it is in view already.
float scroll_to_line(float y, float view_height, float height, int index, int count);

void draw_code(Ui& ui, const Rect& rect, const CodeInput& in, CodeState& state, UiState& shared,
               std::vector<session::Command>& out);

}  // namespace qs::ui
