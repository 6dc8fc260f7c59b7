// The context menus of everything on the stage: which entries, which call each makes, what is
// grayed and why, and the Command behind an entry. Owns: MenuState (kept by the pane that opened
// it), BuiltMenu. Called by the stage; the timeline, inspector and log may open the same
// menus. Building is pure and tested without a window; main thread only.
//
// The commands produced, with the grammar of their texts (all of it is in run/inputs.h):
//   cmd::Do Order       subject R2       complete STATUS_SUCCESS 16 | forward waiting | requeue |
//                                        mark | markex | unmark | iscanceled | send | cancelsent |
//                                        forget | stopack norequeue | stopack requeue |
//                                        delete
//   cmd::Do QueueOrder  subject waiting  retrieve | retrievefile A | find | retrievefound R2 |
//                                        start | stop | drain | purge | stoppurge | stopsync …
//                                        | ready on|off | delete
//   cmd::Do Cancel      subject R2       (CancelIoEx for that request)
//   cmd::Do Send        subject notepad  read 16 file=A | write 16 file=A | ioctl 16 out=16 file=A
//   cmd::Do CloseHandle subject A; AppExit subject notepad
//   cmd::Do Power       subject ""       down | up;  Pnp: stop | start | surprise | remove;
//                                        Timers
//   cmd::SwitchDispatch{queue, mode, limit}, cmd::SetOverride{queue, "scope=queue" |
//   "exec=passive"}
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "session/session.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/menu.h"

namespace qs::ui {

enum class MenuPage : uint8_t { main, forward, complete, limit, scope, level, sync, list, compare };

// What the program in the window allows.
struct MenuRights {
  bool inputs = false;  // applications and devices can act, settings can change
  bool orders = false;  // its driver asks what to do (QsAsk)
  const run::QueueGraph* graph =
      nullptr;  // it also asks what to create (QsNextQueue): queues can be removed
  bool operator==(const MenuRights&) const = default;
};

// A command or none. Entries are made anew in every frame and handed on several times, while of all
// their commands one is carried out now and then: so it stays where it was made.
class KeptCommand {
 public:
  KeptCommand() = default;
  template <class C>
  requires(std::is_constructible_v<session::Command, C&&> &&
           !std::is_same_v<std::remove_cvref_t<C>, KeptCommand>) KeptCommand(C&& command)
      : command_(std::make_shared<const session::Command>(std::forward<C>(command))) {}
  explicit operator bool() const { return command_ != nullptr; }
  const session::Command& operator*() const { return *command_; }

 private:
  std::shared_ptr<const session::Command> command_;
};

struct MenuItem {
  MenuEntry entry;
  trace::Act act = trace::Act::Count;  // Count: it is none
  KeptCommand command;                 // none: opens `page`, or selects `object`
  MenuPage page = MenuPage::main;      // another page, when not main
  ObjectId object;                     // destination of a forward; what a list entry selects
  trace::Site line;                    // what a list entry shows
};
struct BuiltMenu {
  std::string title;  // "R2 · read, 512 bytes"
  std::vector<MenuItem> items;
  bool left_out = false;  // by build_acts(): the menu has more
};

// Entries for a request, queue, device, application or handle at this moment. Empty for others.
BuiltMenu build_menu(const model::Model& model, const trace::Trace& trace, ObjectId object,
                     MenuPage page, MenuRights rights);
// The first page without its title, and of its acts only those that `wanted` takes.
BuiltMenu build_acts(const model::Model& model, const trace::Trace& trace, ObjectId object,
                     MenuRights rights, bool (*wanted)(const model::LegalCall&));
// The entry of one act, none where the menu has none for it.
std::optional<MenuItem> menu_item(const model::Model& model, const trace::Trace& trace,
                                  ObjectId object, MenuRights rights, trace::Act act);
// A list that only selects one of these.
BuiltMenu list_menu(const model::Model& model, const trace::Trace& trace, const std::string& title,
                    const std::vector<ObjectId>& objects);

// A new call of an application: type read, write or device control. `file` 0: its first open
// handle.
std::optional<session::Command> send_command(const model::Model& model, const trace::Trace& trace,
                                             ObjectId app, trace::RequestType type,
                                             ObjectId file = {});
session::Command forward_command(const trace::Trace& trace, ObjectId request, ObjectId queue);

// "The driver owns it ."; the reason alone when there is no rule, "" without a reason.
std::string with_rule(const std::string& reason, const char* rule);
// "R2 · read, 512 bytes": a request in one line.
std::string request_title(const trace::Trace& trace, const model::RequestView& request);

// The menu that is open, kept between frames.
struct MenuState {
  ObjectId object;
  MenuPage page = MenuPage::main, first = MenuPage::main;  // shown, and opened with
  BuiltMenu list;                                          // for MenuPage::list
  Id owner = 0;
  Point at;
  bool by_keyboard = false;
  ObjectId compare = {};  // a queue whose modes should be compared: whoever shows that clears it
  trace::Site show = {};  // likewise a line that should be shown
};

void open_object_menu(Ui& ui, MenuState& state, const Hit& hit, ObjectId object,
                      MenuPage page = MenuPage::main);
// The same for what is opened by a key or a button: below that rectangle.
void open_object_menu(Ui& ui, MenuState& state, Id owner, const Rect& below, ObjectId object,
                      MenuPage page = MenuPage::main);
void open_list_menu(Ui& ui, MenuState& state, const Hit& hit, BuiltMenu list);
// Draws it if it is open; call after the page. A choice becomes a command in `out`, or is returned
// as the object to select.
ObjectId object_menu(Ui& ui, MenuState& state, const model::Model& model, const trace::Trace& trace,
                     MenuRights rights, std::vector<session::Command>& out);

// Where the highlighted entry would send the request; nothing when it moves none.
HintedMove lit_move(const Ui& ui, const MenuState& state, const model::Model& model,
                    const trace::Trace& trace, MenuRights rights);

}  // namespace qs::ui
