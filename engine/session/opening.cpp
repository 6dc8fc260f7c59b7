#include "session/opening.h"

#include <exception>
#include <filesystem>

namespace qs::session {
namespace {

constexpr uintmax_t kSlowBytes = 2 << 20;  // about half a million events, packed
constexpr size_t kSlice = 100'000;         // events: a few milliseconds

}  // namespace

bool opens_slowly(std::string_view what) {
  std::error_code none;
  const uintmax_t size = is_trace_file(what) ? std::filesystem::file_size(what, none) : 0;
  return !none && size > kSlowBytes;
}

Opening::Opening(std::string what) : what_(std::move(what)), thread_([this] { work(); }) {}

Opening::~Opening() {
  given_up_ = true;
  thread_.join();
}

void Opening::work() {
  try {
    made_ = make();
  } catch (const std::exception&) {
    made_ = Error{what_, 0, "there is not enough memory to open it"};
  }
  done_ = true;
}

Result<Opening::Made> Opening::make() {
  auto opened = open_run(what_);
  if (!opened) return opened.error();
  Made made{std::move(*opened), nullptr};
  const run::Program& program = made.opened.program;
  // a program's own run
  if (program.can_run() && made.opened.schedule == sched::Schedule{}) return made;
  made.session = program.can_run() ? std::make_unique<Session>(program, made.opened.schedule)
                                : std::make_unique<Session>(made.opened.recording);
  model::Timeline& timeline = *made.session->branch().timeline;
  while (!given_up_ && timeline.read_on(kSlice))
    fraction_ = double(timeline.events_read()) / double(timeline.size());
  return made;
}

}  // namespace qs::session
