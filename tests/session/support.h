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

inline Program program(std::string_view name) {
  auto loaded = load_program(name);
  REQUIRE_MESSAGE(loaded.ok(), loaded.error().text());
  return *loaded;
}

inline std::string bytes(const Trace& trace) { return encode_trace(trace, "p", "s"); }

inline Input input(InputKind kind, std::string subject, std::string text) {
  Input i;
  i.kind = kind;
  i.subject = std::move(subject);
  i.text = std::move(text);
  return i;
}

inline Command send(std::string text) { return cmd::Do{input(InputKind::Send, "", text)}; }
inline Command order(std::string request, std::string text) {
  return cmd::Do{input(InputKind::Order, request, text)};
}
inline Command queue_order(std::string queue, std::string text) {
  return cmd::Do{input(InputKind::QueueOrder, queue, text)};
}
inline Command cancel(std::string request) {
  return cmd::Do{input(InputKind::Cancel, request, "")};
}

// Applies it, expects that it was possible, and goes to the end of what came of it.
inline void act(Session& s, const Command& command) {
  std::string why = s.apply(command);
  REQUIRE_MESSAGE(why.empty(), why);
  s.apply(cmd::End{});
}

inline const RequestView& request(Session& s, std::string_view name) {
  Moment m = s.moment();
  const RequestView* r = m.after->request(find_object(*m.trace, name, ObjectKind::Request));
  REQUIRE_MESSAGE(r, name);
  return *r;
}

inline const QueueView& queue(Session& s, std::string_view name) {
  Moment m = s.moment();
  const QueueView* q = m.after->queue(find_object(*m.trace, name, ObjectKind::Queue));
  REQUIRE_MESSAGE(q, name);
  return *q;
}

}  // namespace qs::test
