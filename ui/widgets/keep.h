// Keep: a pane that is drawn only when it has to be. While nothing that it shows has changed and
// nobody touches it, the picture of the frame before stands, with its records for mouse, keyboard
// and tests. Used by the app around whole panes; owned by Ui. Main thread only.
//
//   if (const Keep pane(ui, "code", rect, stamp); pane.stale()) draw_code(ui, rect, ...);
//
// What a pane shows may depend on: its stamp (the caller's: whatever changes by itself, such as the
// moment of the run), and on anything that people do. So nothing is kept in the frames after a key,
// a button, the wheel or disturb(); nor while the mouse is over the pane, while it animates
// (Ui::wake_in), shows a tooltip or has opened a menu; and a picture must have come out for the
// same stamp twice before it stands. With Ui::check_kept every pane is drawn all the same and
// compared with what would have stood: how tests find a stamp that lacks something.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets/compat.h"
#include "ui/widgets/rects.h"

namespace qs::ui {

class Ui;

// The panes of one window, and the draw lists in the order in which they lie upon each other.
class KeptPanes {
 public:
  struct Pane {
    Id id = 0;
    std::uint64_t stamp = 0, drawn_in = 0;  // the frame that it was part of last
    Rect rect;
    std::unique_ptr<ImDrawList> list, spare;
    int first = 0, count = 0;  // its records in that frame
    int settled = 0;           // times in a row that it was drawn for this stamp
    bool lively = false;       // showed a tooltip or a menu
    double wake_at = std::numeric_limits<double>::infinity();
  };

  // The draw lists of a frame above Dear ImGui's background, lowest first.
  const std::vector<ImDrawList*>& lists() const { return lists_; }

 private:
  friend class Keep;
  friend class Ui;
  Pane& pane(Id id);
  ImDrawList* between();  // an empty list for what is drawn outside panes

  std::vector<Pane> panes_;
  std::vector<std::unique_ptr<ImDrawList>> betweens_;
  std::size_t used_betweens_ = 0;
  std::vector<ImDrawList*> lists_;
  std::uint64_t frame_ = 0, atlas_ = 0;
};

// Folds one more thing that a pane shows into its stamp.
constexpr std::uint64_t stamped(std::uint64_t stamp, std::uint64_t value) {
  stamp = (stamp ^ value) * 0x9E3779B97F4A7C15ull;
  return stamp ^ stamp >> 29;
}
std::uint64_t stamped(std::uint64_t stamp, std::string_view text);
std::uint64_t stamped(std::uint64_t stamp, double value);
std::uint64_t stamped(std::uint64_t stamp, const void* address);

class Keep {
 public:
  // Only outside all scopes, clips and panels. `rect` in pixels.
  Keep(Ui& ui, std::string_view name, const Rect& rect, std::uint64_t stamp);
  ~Keep();
  Keep(const Keep&) = delete;
  Keep& operator=(const Keep&) = delete;

  // It has to be drawn, now.
  bool stale() const { return draw_; }

 private:
  bool stands(std::uint64_t stamp, const Rect& rect) const;
  void compare() const;

  Ui& ui_;
  KeptPanes::Pane& pane_;
  std::string_view name_;
  bool draw_ = true, would_stand_ = false;
  int old_first_ = 0, old_count_ = 0;
  double wake_before_ = -1;
  std::string tip_before_;  // another pane's, set aside to see whether this one has a tooltip
  Rect tip_anchor_;
};

}  // namespace qs::ui
