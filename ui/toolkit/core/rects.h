// Rects: what is on screen, by name. Every widget and label records itself while it is drawn; Ui
// uses the previous frame's records to decide what the mouse and the keys mean; tests find, click
// and check them. Owns its text; cleared every frame, memory kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ui/toolkit/core/layout.h"

namespace qs::ui {

using Id = std::uint64_t;

enum class Kind : std::uint8_t {
  text,
  button,
  toggle,
  token,
  slider,
  splitter,
  scroll,
  field,
  link,
  row,
  menu_entry,
  panel,    // a box with others inside: may enclose them, must not cut them
  blocker,  // a popup's ground: stops the mouse, is nothing by itself
  picture,  // drawn content that can be pointed at (lanes, gauges)
};

// Keys that an item takes for itself while it has the keyboard focus.
using Wants = std::uint8_t;
inline constexpr Wants wants_nothing = 0, wants_left_right = 1, wants_up_down = 2,
                       wants_home_end = 4, wants_page = 8, wants_text = 16;

struct ItemRecord {
  Id id = 0;
  Id group = 0;  // items of a group are one Tab stop; arrow keys move inside it
  Rect rect;     // as laid out
  Rect visible;  // the part inside all clips; empty when scrolled away
  std::uint32_t name_at = 0, name_size = 0;
  std::uint32_t text_at = 0, text_size = 0;
  std::int32_t parent = -1;  // index of the enclosing panel, scroll area or widget
  Kind kind = Kind::text;
  std::uint8_t layer = 0;  // 0 the page; popups above
  Wants wants = wants_nothing;
  bool focusable = false, disabled = false, selected = false;
  bool cut = false;       // its text did not fit
  bool may_cut = false;   // and that is all right (a line of code, a scrolled list)
  bool floating = false;  // in motion or on top by intent: may overlap others
  bool scrolled = false;  // inside a scroll area
};

class Rects {
 public:
  void clear();
  // Adds a record and returns its index. Its name is "queues/default/Seq": `scope` with the slash
  // at its end, then `name`.
  int add(const ItemRecord& record, std::string_view scope, std::string_view name,
          std::string_view text);

  const std::vector<ItemRecord>& all() const { return records_; }
  std::vector<ItemRecord>& all() { return records_; }
  std::string_view name(const ItemRecord& r) const {
    return {pool_.data() + r.name_at, r.name_size};
  }
  std::string_view text(const ItemRecord& r) const {
    return {pool_.data() + r.text_at, r.text_size};
  }

  // The record whose name is `name` or ends in "/" + name; with no such name, the one whose text is
  // exactly `name`. Records that can be seen come first, then the topmost. nullptr when there is
  // none.
  const ItemRecord* find(std::string_view name) const;
  const ItemRecord* find(Id id) const;
  int index_of(Id id) const;  // -1 when absent

  // The topmost record at a point which takes the mouse (everything but text and panels), at or
  // above `layer`. nullptr when there is none.
  const ItemRecord* at(Point p, int layer = 0) const;
  const ItemRecord* scroll_at(Point p, int layer = 0) const;

 private:
  std::vector<ItemRecord> records_;
  std::vector<char> pool_;  // names and texts of this frame up to `used_`
  std::size_t used_ = 0;
};

// Layout faults, as sentences ("text "R2" overlaps button "stage/Par""). Empty means all is well.
// - no two of: labels, buttons, tokens, fields, rows ... overlap, unless one encloses the other by
//   parentage or one is floating; - no text is cut unless it may be; - nothing sticks out of the
//   panel it belongs to or off `screen` (scrolled things excepted).
std::vector<std::string> layout_faults(const Rects& rects, const Rect& screen);

// Everything that can be seen, one line each: indented by parentage. For test failures and for
// people who cannot see the window.
std::string describe(const Rects& rects);

}  // namespace qs::ui
