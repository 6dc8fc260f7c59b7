#include "session/remaking.h"

#include <utility>

namespace qs::session {

Remaking::Remaking(Make make)
    : make_(std::move(make)), thread_([this] {
        made_ = make_();
        done_ = true;
      }) {}

Remaking::~Remaking() { thread_.join(); }

}  // namespace qs::session
