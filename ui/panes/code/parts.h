// What the parts of the code pane hand to each other within one frame. Included by the .cpp files
// of this folder only.
#pragma once
#include "ui/panes/code/code.h"

namespace qs::ui::code_pane {

struct CodeFrame {
  Ui& ui;
  const CodeInput& in;
  CodeState& st;
  UiState& shared;
  std::vector<session::Command>& out;
  std::vector<ThreadAt> threads;
  std::vector<model::Timeline::LineCount> counts;
  uint32_t trace_file = 0;  // of the file shown; 0: nothing of it ran
  float line_height = 0, char_width = 0;
  float marks = 0, numbers = 0;  // widths of the gutter
  Id stops_menu = 0;

  const session::Moment& m() const { return *in.moment; }
  const EmbeddedFile& file() const { return in.files[size_t(st.file)]; }
  std::string file_name() const {
    return trace_file ? m().trace->files()[trace_file] : std::string(file().name);
  }
};

// The lines of the file that is shown, read anew when it is another than before.
const std::vector<CodeLine>& lines_of(CodeState& st, std::span<const EmbeddedFile> files);

// The file, the stops, and where the running thread is.
void draw_header(CodeFrame& p, Rect bar);
// The menu of the stops, if it is open; call after the page.
void stops_menu(CodeFrame& p);

void draw_line(CodeFrame& p, const Rect& row, uint32_t number, const CodeLine& line);

}  // namespace qs::ui::code_pane
