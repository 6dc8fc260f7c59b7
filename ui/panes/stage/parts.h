// The pieces that draw_stage is made of. Private to this folder.
#pragma once
#include <string>
#include <vector>

#include "ui/panes/stage/stage.h"

namespace qs::ui {

// What every part needs while one frame is drawn.
struct StageFrame {
  const StageInput& in;
  Ui& ui;
  const Theme& theme;
  const model::Model& before;
  const model::Model& now;  // after the event: what cards say
  const trace::Trace& trace;
  const StageCast& cast;
  const StageLayout& from;
  const StageLayout& at;
  const StagePicture& picture;
  std::vector<session::Command>& out;
  struct Drawn {
    Point center;
    TokenStyle style;
    std::string label;
    bool asked;
  };
  std::vector<Drawn>& drawn;            // tokens are placed first and drawn above the arrows
  Id group;                             // everything the arrow keys move through
  const trace::Event* event = nullptr;  // the current one, if any
  float t = 1;
  Rect view;  // where it is seen: less than the content when that scrolls

  float px(float design) const { return ui.px(design); }
  MenuRights rights() const { return {in.can_act, in.can_act && in.takes_orders}; }
  bool selected(ObjectId id) const { return id && in.shared.selected == id; }
  bool hovered(ObjectId id) const { return id && in.shared.hovered == id; }
  // The current event is about it.
  bool touched(ObjectId id) const { return event && id && (event->s == id || event->o == id); }
};

// Selecting, hovering and menus: the same for everything on the stage.
void handle(const StageFrame& f, const Hit& hit, ObjectId id);

// A card that can be hovered and selected. `lit`: something happens in it now.
Hit card(const StageFrame& f, const Rect& rect, const std::string& name, ObjectId id, bool lit,
         const std::string& text);
// A name that may be shortened; the card's tooltip must then show it in full.
void name_label(const StageFrame& f, const Rect& rect, std::string_view text, const Font& font,
                Color color);
// Text that is omitted when it does not fit. True when it was drawn.
bool fitting_label(const StageFrame& f, const Rect& rect, std::string_view text, const Font& font,
                   Color color, Align align = Align::left);

// In the largest type that it fits in.
void draw_card_title(const StageFrame& f, const Rect& rect, const std::string& title, Color ink);

void draw_apps(const StageFrame& f);
void draw_devices(const StageFrame& f);
void draw_queues(const StageFrame& f);
void draw_driver(const StageFrame& f);
// In the registry, of the chip or the first card of a callback: "EvtIoRead", "EvtIoRead-waiting".
std::string room_name(const StageFrame& f, const RoomKey& key);
void draw_targets(const StageFrame& f);
void draw_done(const StageFrame& f);

// Requests whose cards are at `at`, in reading order; what moves comes last.
void draw_tokens_at(const StageFrame& f, Station at);
void draw_moving_tokens(const StageFrame& f);
void draw_put_down(const StageFrame& f);
// Gray lines: which queue a type goes to, which handler a queue calls.
void draw_links(const StageFrame& f);
// The moves of requests in this step.
void draw_moves(const StageFrame& f);
// stage/hint.cpp: a move that is pointed at somewhere.
void draw_hinted_move(const StageFrame& f, const HintedMove& move);
// stage/retrieve.cpp: the button on the foot of a manual queue; takes its room from both.
void draw_retrieve(const StageFrame& f, const model::QueueView& q, const QueueBox& box, Rect& gauge,
                   Rect& gates);

// "CANCELLED" of STATUS_CANCELLED; "✗ CANCELLED": not by color alone.
std::string short_status(int32_t status);
std::string signed_status(int32_t status);

// What fits in a token: "R2", "12" where the shape shows the type, the last digits of long ones.
std::string token_label(const std::string& name, float size);

// The line that the thread of a card is at: at the entry of its callback the one that opens the
// function. None where it has not been called yet, or where that is not known.
trace::Site site_of(const StageFrame& f, const RoomBox& box);

// What happens now, and why nothing else does.
void draw_sentence(const StageInput& in, const Rect& rect);
// The code of a card of the driver.
void draw_card_code(const StageFrame& f, const RoomBox& box, const std::string& function);

}  // namespace qs::ui
