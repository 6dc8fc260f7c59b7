// What the pages of the context menus are made with. Included by the menu*.cpp files of this folder
// only.
#pragma once
#include <string>

#include "session/act_input.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::stage_menu {

session::Command act(qs::sched::Input input);
session::Command input(sched::InputKind kind, std::string subject, std::string text);

// The limit of a queue as the override wants it: dropped when it is not parallel.
inline constexpr uint32_t kNoLimit = 0xFFFFFFFFu;

// What a menu is about.
struct Subject {
  const model::Model& model;
  const trace::Trace& trace;
  ObjectId object;
  MenuRights rights;
};

// A page while it is made: what it is about, and what it says so far.
class Maker {
 public:
  explicit Maker(const Subject& s)
      : m_(s.model),
        trace_(s.trace),
        object_(s.object),
        rights_(s.rights),
        request_(s.model.request(s.object)),
        name_(s.trace.name(s.object)) {}

 protected:
  // Grey with the reason and its rule, or only a word to the wise.
  static void explain(MenuEntry& e, model::Legality legality, const std::string& reason,
                      const char* rule, bool can_force) {
    const std::string text = with_rule(reason, rule);
    if (legality <= model::Legality::Discouraged) {
      e.note = text;
      return;
    }
    e.reason = text.empty() ? std::string(rule) : text;
    e.can_force = can_force && legality == model::Legality::Illegal;
  }

  void guard(MenuEntry& e, bool allowed) const {
    if (allowed) return;
    e.reason = tr(rights_.inputs ? "stage_menu.no_orders" : "stage_menu.watch_only");
    e.can_force = false;
  }

  const model::Model& m_;
  const trace::Trace& trace_;
  ObjectId object_;
  MenuRights rights_;
  const model::RequestView* request_;  // nullptr: the object is none
  std::string name_;
  BuiltMenu out_;
};

// The pages behind the first one.
BuiltMenu forward_page(const Subject& subject);   // other queues for a request
BuiltMenu complete_page(const Subject& subject);  // statuses for a request
BuiltMenu limit_page(const Subject& subject);     // how many requests a queue hands out at once
// Where the callbacks of a queue are serialized (`scope`), or at which level they are called.
BuiltMenu setting_page(const Subject& subject, bool scope);

}  // namespace qs::ui::stage_menu
