// What a block of drawing opens in a Ui, and closes at its end: scopes of names, clips, parents,
// layers. Owns: IdScope, Clip, Inside, Layer. Included by ui.h; main thread only.
#pragma once

#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class IdScope {
 public:
  IdScope(Ui& ui, std::string_view name) : ui_(ui) { ui_.push_scope(name); }
  ~IdScope() { ui_.pop_scope(); }
  IdScope(const IdScope&) = delete;
  IdScope& operator=(const IdScope&) = delete;

 private:
  Ui& ui_;
};

class Clip {
 public:
  Clip(Ui& ui, const Rect& rect) : ui_(ui) { ui_.push_clip(rect); }
  ~Clip() { ui_.pop_clip(); }
  Clip(const Clip&) = delete;
  Clip& operator=(const Clip&) = delete;

 private:
  Ui& ui_;
};

// What is recorded in this block belongs to (lies inside) that item or panel.
class Inside {
 public:
  Inside(Ui& ui, int record, bool scrolled = false) : ui_(ui) { ui_.push_parent(record, scrolled); }
  Inside(Ui& ui, const Hit& hit) : Inside(ui, hit.record) {}
  ~Inside() { ui_.pop_parent(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Ui& ui_;
};

// Drawing above the page. A modal layer keeps mouse and keyboard from everything below.
class Layer {
 public:
  Layer(Ui& ui, bool modal) : ui_(ui) { ui_.push_layer(modal); }
  ~Layer() { ui_.pop_layer(); }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

 private:
  Ui& ui_;
};

}  // namespace qs::ui
