// A panel of settings that is read from top to bottom: folding sections, ticks, choices, sliders.
// What is not legal is gray and opens a menu with the reason, its rule and "do it anyway". Owns:
// SheetState (which sections are open, the open menu). Called by the sandbox's panel once a frame;
// main thread only.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "session/session.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/menu.h"

namespace qs::ui {

// One answer of a choice, and the command it stands for.
struct SheetChoice {
  MenuEntry entry;
  session::Command command;
};

struct SheetState {
  std::set<std::string> open;  // sections, by name
  ScrollState scroll;
  Id menu_owner = 0;
  std::string menu_title;
  std::vector<SheetChoice> menu;
};

class Sheet {
 public:
  // `line` grows downward; its width is the sheet's.
  Sheet(Ui& ui, const Rect& line, SheetState& state, std::vector<session::Command>& out)
      : ui_(ui), line_(line), state_(state), out_(out) {}

  float bottom() const { return line_.y; }
  void gap(float design);

  // A heading that folds what follows; `news`: its state at the right, where there is room.
  bool section(const std::string& name, const std::string& title, const std::string& changes = {});
  // The same for a part of a section.
  bool part(const std::string& name, const std::string& title, bool open, bool faulty = false);
  void text(const std::string& words, Color color);
  void text(const std::string& words);
  // A path: broken where the line ends, not at spaces.
  void path(const std::string& words);
  void head(const std::string& words);
  // A tick with words. With a `why_not` it is gray.
  void tick(const std::string& name, const std::string& words, bool on,
            const session::Command& command, const std::string& why_not = {});
  // The same, without a command: true when it was pressed.
  bool tick(const std::string& name, const std::string& words, bool on);
  // "Scope: none ▾".
  void choice(const std::string& name, const std::string& words, const std::string& now,
              std::vector<SheetChoice> choices);
  // One of several, side by side.
  void modes(const std::string& name, std::vector<std::string> labels, int selected,
             const std::vector<session::Command>& commands);
  // A slider over these values, smallest first. True when it changed.
  bool slide(const std::string& name, const std::string& words, uint32_t& value,
             const std::vector<uint32_t>& stops, const std::string& unit = {});
  bool press(const std::string& name, const std::string& words, const std::string& why_not = {});
  void press(const std::string& name, const std::string& words, const session::Command& command,
             const std::string& why_not, bool can_force);
  // A row of a list; its text wraps. True when it was pressed.
  bool pick(const std::string& name, const std::string& words, bool selected = false);
  Rect take(float height, float gap);
  void command(session::Command c) { out_.push_back(std::move(c)); }

 private:
  float wrapped(const std::string& words, float width, const Font& font) const;
  void ask(const Hit& hit, const std::string& title, std::vector<SheetChoice> choices);
  Hit tick_row(const std::string& name, const std::string& words, bool on, bool grey,
               const std::string& why_not);

  Ui& ui_;
  Rect line_;
  SheetState& state_;
  std::vector<session::Command>& out_;
};

// The menu that a sheet has opened; call after the page.
void draw_sheet_menu(Ui& ui, SheetState& state, std::vector<session::Command>& out);

}  // namespace qs::ui
