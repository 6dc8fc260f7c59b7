// The layout of the stage at one moment: a pure function of the model, the cast, a
// rectangle and the scale. Owns no state. Called by stage.cpp for the model before and after an
// event; what moves is then the difference of two layouts (stage/motion.h). Tested without a
// window.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "ui/panes/stage/cast.h"
#include "ui/toolkit/core/layout.h"

namespace qs::ui {

// columns: applications over device | queues | driver | done, for wide stages.
// folded:  queues over applications over device | driver | done.
// stacked: one under the other, for narrow stages and large text.
enum class Arrange : uint8_t { columns, folded, stacked };
// How much a card shows: all, less, or one line.
enum class Detail : uint8_t { full, mid, micro };

enum class StationKind : uint8_t { none, app, device, tube, room, target, done };
struct Station {
  StationKind kind = StationKind::none;
  int index = -1;  // of the card among its kind
  bool operator==(const Station&) const = default;
};

struct AppBox {
  ObjectId id;
  Rect card, name, handles, calls, buttons;  // buttons: empty when there is no room for them
};
struct DeviceBox {
  ObjectId id;
  Rect card, name, power, slot, pending;  // pending: what a change of power waits for
};
struct ChannelBox {
  ObjectId id;
  Rect card;
};
struct QueueBox {
  ObjectId id;
  Rect card, title, modes, tube, gauge, gates;
};
// A card of the driver's column: one activation of a callback, or (who.thread 0) a callback that
// nobody is in and that holds requests.
struct RoomBox {
  RoomKey key;
  int room = -1;  // of the cast
  model::Activation who;
  bool current = false;   // the thread that ran last is here
  bool entering = false;  // its requests are given to it, it has not been called yet
  Detail detail = Detail::full;
  trace::Site since;  // of what has returned: the last line that did something with what it holds
  int rows = 0;       // lines of code
  std::vector<ObjectId> requests;
  Rect card, title, tokens, code, notes;  // code, notes: empty when there is no room for them
};
struct TargetBox {
  ObjectId id;
  int target = -1;  // of the cast
  Detail detail = Detail::full;
  Rect card, title, state, tokens;
};
struct DoneCell {
  ObjectId id;  // 0: the pile of earlier ones
  Rect cell, status;
};

// A request. `size` in design pixels, as for tokens.
struct TokenSpot {
  ObjectId id;
  Station at;
  int order = 0;  // within its place, 0 = next to leave
  Point center;
  float size = 34;
  bool shown = true;  // false: inside the pile of its station
};
// A call that an application waits for: where its request's shadow is drawn.
struct CallSpot {
  ObjectId id;
  int app = 0;
  Point center;
  float size = 24;
};
// "+12": what did not fit.
struct PileSpot {
  Station at;
  Point center;
  float size = 34;
  int count = 0;
};

struct StageLayout {
  Arrange arrange = Arrange::columns;
  Detail app_detail = Detail::full, queue_detail = Detail::full, channel_detail = Detail::full;
  float scale = 1;
  float height = 0;  // pixels that the content needs; more than the rectangle: scroll
  int abreast = 1;   // cards of one line in a row of the driver's column
  float gap_x = 0;   // middle of the gap between queues and driver, for ways back
  Rect apps, device, queues, driver, done;  // columns or bands, without their headings
  Rect quiet;      // the row of callbacks that neither run nor hold a request
  Rect sentence;   // what happens now and why nothing else does; empty: no room, or not wanted
  Rect verbs;      // what may be done with the selected request; likewise
  Rect banner;     // instead of both, while a broken rule is explained
  Rect add_queue;  // "+ queue"; empty: not offered
  Rect heads[5];   // headings, in that order; empty: none
  std::vector<AppBox> app_boxes;
  std::vector<DeviceBox> device_boxes;
  std::vector<ChannelBox> channel_boxes;
  std::vector<QueueBox> queue_boxes;
  std::vector<RoomBox> room_boxes;
  std::vector<int> idle_rooms;  // of the cast: those in the quiet row, the last called first
  std::vector<TargetBox> target_boxes;
  std::vector<DoneCell> done_cells;
  std::vector<TokenSpot> tokens;  // by request id
  std::vector<CallSpot> calls;
  std::vector<PileSpot> piles;

  const TokenSpot* token(ObjectId id) const;
  Rect card_of(Station at) const;  // empty for none
};

struct StageOptions {
  bool can_send = false;  // applications have buttons
  bool can_add = false;   // leave room below the queues for the button that adds one
  bool sentence = false, verbs = false;
  bool projector = false;  // the sentence is large and stands on top
  bool retrieves = false;  // manual queues have a button
  bool low = false;        // applications stand in lines beside the queues, the device is small
  float banner = 0;        // design pixels that the explanation of a broken rule would like
  bool operator==(const StageOptions&) const = default;
};

// `rect` in pixels; `scale`: pixels per design pixel. Everything lies inside `rect` when the
// layout's height does not exceed it; else call again with a rectangle of that height and scroll.
// Good from 240 x 150 design pixels up. The layout does not change while a thread goes along the
// lines of one callback: only the cards of the driver come and go.
StageLayout layout_stage(const model::Model& model, const StageCast& cast, const Rect& rect,
                         float scale, StageOptions options = {});
StageLayout layout_stage(const model::Model& model, const trace::Trace& trace, const Rect& rect,
                         float scale);

// Layouts of the last few moments: while one event plays, only the motion changes. Owned by
// StageState.
class LayoutMemory {
 public:
  struct Key {
    uint64_t cast = 0;  // StageCast::version
    size_t event = 0;   // the model's last event; SIZE_MAX: before everything
    Rect rect;
    float scale = 1;
    StageOptions options;
    bool operator==(const Key&) const = default;
  };
  // What layout_stage() gives; `model` and `cast` must be those of the key. Valid until the fifth
  // call after this one.
  const StageLayout& of(const Key& key, const model::Model& model, const StageCast& cast);

 private:
  struct Kept {
    Key key;
    StageLayout layout;
    uint64_t used = 0;  // 0: empty
  };
  std::array<Kept, 6> kept_;
  uint64_t calls_ = 0;
};

// Lines of the two sentences in a box so wide (pixels), and the height of that box.
struct SentenceLines {
  int first = 1, second = 1;
  float height = 0;
};
SentenceLines sentence_lines(float width, float stage_height, float scale, bool projector);

// Below this many design pixels the bands stand one under the other.
inline constexpr float kFoldedFrom = 560;

// Where a request is, by its state: exactly one place for each that is alive or done.
Station station_of(const model::Model& model, const StageCast& cast,
                   const model::RequestView& request);

}  // namespace qs::ui
