// The commands that entries of menus stand for.
#include <utility>

#include "ui/panes/stage/menu_parts.h"

namespace qs::ui {
namespace stage_menu {

session::Command act(qs::sched::Input input) {
  session::cmd::Do command;
  command.input = std::move(input);
  return command;
}

session::Command input(sched::InputKind kind, std::string subject, std::string text) {
  session::cmd::Do command;
  command.input.kind = kind;
  command.input.subject = std::move(subject);
  command.input.text = std::move(text);
  return command;
}

}  // namespace stage_menu

std::optional<session::Command> send_command(const model::Model& model, const trace::Trace& trace,
                                             ObjectId app, trace::RequestType type, ObjectId file) {
  const model::AppView* a = model.app(app);
  if (!a || !a->running) return {};
  for (const model::FileView& f : model.files)
    if (!file && f.app == app && f.state == 0) file = f.id;
  // One that opened none may have inherited somebody else's.
  for (const model::FileView& f : model.files)
    if (!file && f.state == 0) file = f.id;
  if (!file) return {};
  const std::string handle = trace.name(file), who = trace.name(app);
  switch (type) {
    case trace::RequestType::Read:
      return stage_menu::input(sched::InputKind::Send, who, "read 16 file=" + handle);
    case trace::RequestType::Write:
      return stage_menu::input(sched::InputKind::Send, who, "write 16 file=" + handle);
    case trace::RequestType::DeviceControl:
      return stage_menu::input(sched::InputKind::Send, who, "ioctl 16 out=16 file=" + handle);
    default: return {};
  }
}

session::Command forward_command(const trace::Trace& trace, ObjectId request, ObjectId queue) {
  trace::Order order;
  order.act = trace::Act::Forward;
  order.queue = trace.name(queue);
  return stage_menu::act(session::order_input(trace.name(request), order));
}

}  // namespace qs::ui
