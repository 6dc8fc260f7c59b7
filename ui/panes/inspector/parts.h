// What the parts of the inspector hand to each other within one frame: a column that grows
// downward. Included by the files of this folder only.
#pragma once
#include <string_view>

#include "trace/events/words.h"
#include "ui/panes/inspector/inspector.h"
#include "ui/symbols/token.h"

namespace qs::ui::inspector {

// A part of a paragraph: plain, or a link to a rule or an object.
struct Run {
  std::string text;
  bool strong = false;
  std::string rule = {};
  ObjectId object = {};
};
Run rule_run(std::string_view rule);  // "(F-01)"; empty for no rule
Run object_run(const trace::Trace& trace, ObjectId id);

struct Page {
  Ui& ui;
  const session::Moment& m;
  ObjectId object;  // that the page is about
  InspectorState& st;
  UiState& shared;
  std::vector<session::Command>& out;
  float x = 0, y = 0, w = 0;  // where the next thing goes
  int paragraphs = 0;         // so that each has a name
  float bullet = 0;           // where the last event's bullet stood
  // In a wide pane: two columns, each about half as high as the whole. `content` is that of one
  // column with everything in it, pixels, as of the frame before; 0: one column.
  float top = 0, content = 0, first_bottom = 0;
  bool second = false;

  const trace::Trace& trace() const { return *m.trace; }
  const model::Model& model() const { return *m.after; }
  Rect take(float height, float gap_design = 0) {
    const Rect r{x, y, w, height};
    y += height + ui.px(gap_design);
    return r;
  }
  void space(float design) { y += ui.px(design); }
  void may_turn();  // to the second column; called between sections
  float used() const { return (second ? first_bottom - top : 0) + y - top; }

  void title(std::string_view text);
  void line(std::string_view text, Color color, const Font* font = nullptr);  // wraps
  void section(std::string_view text);
  // "Dispatch   sequential"
  void pair(std::string_view name, std::string_view value);
  // A paragraph with links in it; they are followed.
  void rich(const std::vector<Run>& runs, float indent_design = 0);
  // A line to press that goes to an event; `chained`: the line above is what it led to.
  void event_row(std::string_view name, size_t event, std::string_view sentence, bool chained);
  // An object's name as a link to it.
  void object_link(std::string_view name, ObjectId id, std::string_view before = {});
  // A row of requests.
  void tokens(std::string_view name, const std::vector<ObjectId>& requests);
  void calls();  // what may be done with the object
  void verbs();  // of that, what may be done now, as buttons
  void causes();
  void dump(std::string_view text);
};

float column_width(const Ui& ui, float width);  // of each of two

TokenStyle token_of(const model::Model& model, ObjectId request);

void draw_life(Page& p, const model::RequestView& request);

void request_page(Page& p, const model::RequestView& request);
void queue_page(Page& p, const model::QueueView& queue);
void thread_page(Page& p, const model::ThreadView& thread);
void other_page(Page& p, ObjectId id);  // false: nothing is known about it

}  // namespace qs::ui::inspector
