#include "ui/screens/own_work.h"

#include <cstdio>

#include "base/visible.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace fs = std::filesystem;

OwnWork::OwnWork(std::shared_ptr<const own::OwnProgram> made)
    : made_(std::move(made)),
      make_([what = made_->source.what] { return own::make_own_program(what); }) {
  seen_ = stamps();
  mark();
}

OwnWork::OwnWork(const std::string& path, session::Remaking::Make make) : make_(std::move(make)) {
  auto first = std::make_shared<own::OwnProgram>();
  first->files = {path};
  first->source.folder = fs::path(path).parent_path().string();
  made_ = std::move(first);
  seen_ = stamps();
  remaking_ = std::make_unique<session::Remaking>(make_);
}

std::vector<OwnWork::Stamp> OwnWork::stamps() const {
  std::vector<Stamp> out;
  for (const std::string& file : made_->files) {
    std::error_code none;
    out.push_back(fs::last_write_time(file, none));
  }
  return out;
}

void OwnWork::mark() {
  marks_.clear();
  for (const own::Diagnostic& said : made_->said)
    if (said.line > 0)
      marks_.push_back({said.file, uint32_t(said.line), said.text,
                        said.severity == own::Diagnostic::Severity::Error});
}

OwnWork::Change OwnWork::follow(Ui& ui, session::Session& session, Desk& desk) {
  if (looks_at_files) ui.wake_in(0.5);
  if (remaking_) {
    ui.wake_in(0.01);
    if (!remaking_->done()) return Change::None;
    const auto done = std::move(remaking_);
    return take(done->take(), session, desk);
  }
  std::vector<Stamp> now = stamps();
  if (now == seen_) return Change::None;
  seen_ = std::move(now);
  remaking_ = std::make_unique<session::Remaking>(make_);
  ui.wake_in(0.01);
  return Change::None;
}

OwnWork::Change OwnWork::take(Result<own::OwnProgram> made, session::Session& session, Desk& desk) {
  if (!made) return desk.say(made.error().text()), Change::None;
  // Saved once more meanwhile, or another header is in it now: the stamps are looked at afresh.
  const bool same_files = made->files == made_->files, first = is_first();
  made_ = std::make_shared<const own::OwnProgram>(std::move(*made));
  if (!same_files) seen_ = stamps();
  mark();
  for (const own::Diagnostic& said : made_->said)  // as when it was opened
    std::fprintf(stderr, "%s\n", visible(own::diagnostic_text(said)).c_str());
  if (!made_->program) {
    for (const own::Diagnostic& said : made_->said)
      if (said.severity == own::Diagnostic::Severity::Error) {
        desk.say(own::diagnostic_text(said));
        break;
      }
    return Change::Broken;
  }
  session.take_program(*made_->program);
  desk.say(tr(first ? "own.first" : "own.again"));
  return Change::NewRun;
}

std::string OwnWork::path_of(std::string_view source) const {
  const fs::path path = fs::path(made_->source.folder) / source;
  return (fs::exists(path) ? path.lexically_normal() : fs::path()).string();
}

}  // namespace qs::ui
