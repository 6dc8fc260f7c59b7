#include "ui/panes/request_look.h"

#include "trace/events/words.h"

namespace qs::ui {

TokenShape shape_of(trace::RequestType type) {
  switch (type) {
    case trace::RequestType::Read: return TokenShape::read;
    case trace::RequestType::Write: return TokenShape::write;
    case trace::RequestType::DeviceControl: return TokenShape::control;
    case trace::RequestType::InternalControl: return TokenShape::internal;
    default: return TokenShape::create;
  }
}

TokenOwner owner_of(const model::RequestView& request) {
  switch (request.owner) {
    case model::Owner::Sender: return TokenOwner::app;
    case model::Owner::Framework: return TokenOwner::waiting;
    case model::Owner::Driver: return TokenOwner::driver;
    case model::Owner::Target: return TokenOwner::target;
    default: break;
  }
  return trace::status_is_success(request.status) ? TokenOwner::done : TokenOwner::cancelled;
}

}  // namespace qs::ui
