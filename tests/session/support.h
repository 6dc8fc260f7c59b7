// Owns: programs and small questions for the tests of session and cli.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "session/programs.h"
#include "session/session.h"
#include "trace/events/trace_file.h"
#include "trace/export/narrate.h"

namespace qs::test {

inline run::Program program(std::string_view name) {
  auto loaded = session::load_program(name);
  REQUIRE_MESSAGE(loaded.ok(), loaded.error().text());
  return *loaded;
}

inline std::string bytes(const trace::Trace& trace) { return trace::encode_trace(trace, "p", "s"); }

inline sched::Input input(sched::InputKind kind, std::string subject, std::string text) {
  sched::Input i;
  i.kind = kind;
  i.subject = std::move(subject);
  i.text = std::move(text);
  return i;
}

inline session::Command send(std::string text) {
  return session::cmd::Do{input(sched::InputKind::Send, "", text)};
}
inline session::Command order(std::string request, std::string text) {
  return session::cmd::Do{input(sched::InputKind::Order, request, text)};
}
inline session::Command queue_order(std::string queue, std::string text) {
  return session::cmd::Do{input(sched::InputKind::QueueOrder, queue, text)};
}
inline session::Command cancel(std::string request) {
  return session::cmd::Do{input(sched::InputKind::Cancel, request, "")};
}

// Applies it, expects that it was possible, and goes to the end of what came of it.
inline void act(session::Session& s, const session::Command& command) {
  std::string why = s.apply(command);
  REQUIRE_MESSAGE(why.empty(), why);
  s.apply(session::cmd::End{});
}

inline const model::RequestView& request(session::Session& s, std::string_view name) {
  session::Moment m = s.moment();
  const model::RequestView* r =
      m.after->request(session::find_object(*m.trace, name, ObjectKind::Request));
  REQUIRE_MESSAGE(r, name);
  return *r;
}

inline const model::QueueView& queue(session::Session& s, std::string_view name) {
  session::Moment m = s.moment();
  const model::QueueView* q =
      m.after->queue(session::find_object(*m.trace, name, ObjectKind::Queue));
  REQUIRE_MESSAGE(q, name);
  return *q;
}

}  // namespace qs::test
