// The commands that entries of menus stand for.
#include <utility>

#include "ui/panes/stage/menu_parts.h"

namespace qs::ui {
namespace stage_menu {

Command act(qs::Input input) {
  cmd::Do command;
  command.input = std::move(input);
  return command;
}

Command input(InputKind kind, std::string subject, std::string text) {
  cmd::Do command;
  command.input.kind = kind;
  command.input.subject = std::move(subject);
  command.input.text = std::move(text);
  return command;
}

}  // namespace stage_menu

std::optional<Command> send_command(const Model& model, const Trace& trace, ObjectId app,
                                    RequestType type, ObjectId file) {
  const AppView* a = model.app(app);
  if (!a || !a->running) return {};
  for (const FileView& f : model.files)
    if (!file && f.app == app && f.state == 0) file = f.id;
  // One that opened none may have inherited somebody else's.
  for (const FileView& f : model.files)
    if (!file && f.state == 0) file = f.id;
  if (!file) return {};
  const std::string handle = trace.name(file), who = trace.name(app);
  switch (type) {
    case RequestType::Read:
      return stage_menu::input(InputKind::Send, who, "read 16 file=" + handle);
    case RequestType::Write:
      return stage_menu::input(InputKind::Send, who, "write 16 file=" + handle);
    case RequestType::DeviceControl:
      return stage_menu::input(InputKind::Send, who, "ioctl 16 out=16 file=" + handle);
    default: return {};
  }
}

Command forward_command(const Trace& trace, ObjectId request, ObjectId queue) {
  Order order;
  order.act = Act::Forward;
  order.queue = trace.name(queue);
  return stage_menu::act(order_input(trace.name(request), order));
}

}  // namespace qs::ui
