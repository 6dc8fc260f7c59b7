// What moves on the stage between two layouts, and where it is in between. Pure functions of
// (layout before, layout after, t): pause, seek and reverse are exact. Called by stage.cpp, tested
// without a window.
#pragma once
#include <vector>

#include "ui/panes/stage/layout.h"

namespace qs::ui {

// The path of a request: a cubic curve, also drawn as the arrow of the move.
struct MovePath {
  Point a, c1, c2, b;
  Point at(float t) const;
};
MovePath path_between(const StageLayout& layout, Station from, Point a, Station to, Point b);

// The part of a path that is drawn: it begins and ends this many pixels from its ends.
MovePath trimmed(const MovePath& path, float off_start, float off_end);

enum class MoveKind : uint8_t {
  arrive,   // application to device, device to queue
  deliver,  // to a room: dispatched, retrieved, notified
  back,     // from the driver to a queue: forward, requeue
  send,     // to a target
  done      // completed
};

// One request as it is drawn at time t.
struct ShownToken {
  ObjectId id;
  Point center;
  float size = 34;
  float alpha = 1;
  bool moving = false;    // moving between two stations now (drawn last, above everything)
  bool arriving = false;  // past the middle of the path: show its new state
  Station at;             // where it belongs (after)
  int order = 0;
};
struct Move {
  ObjectId id;
  Station from, to;
  MoveKind kind{};
  MovePath path;
  float size_from = 34, size_to = 34;
};

struct StagePicture {
  std::vector<ShownToken> tokens;  // the visible ones, by request id
  std::vector<Move> moves;         // changes of place in this step
};
// t from 0 (before) to 1 (after).
StagePicture picture_between(const StageLayout& before, const StageLayout& after, float t);

}  // namespace qs::ui
