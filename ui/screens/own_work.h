// A driver that somebody works on: its files are looked at, and when one is saved it is made again
// in the background and its run takes the place of the last one. Owns: OwnWork. Part of a
// RunScreen; main thread only.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "session/programs.h"
#include "session/remaking.h"
#include "ui/panes/code/code.h"
#include "ui/screens/screen.h"

namespace qs::ui {

class OwnWork {
 public:
  explicit OwnWork(std::shared_ptr<const own::OwnProgram> made);
  // Made for the first time while the frames go on. `path`: its file; `make` is called on another
  // thread, each time that it was saved.
  OwnWork(const std::string& path, session::Remaking::Make make);

  // Once a frame. What has just happened, if anything: the session shows another program from now
  // on, or the driver does not compile anymore.
  enum class Change : uint8_t { None, NewRun, Broken };
  Change follow(Ui& ui, session::Session& session, Desk& desk);
  // Paths that make it anew when they are saved.
  const std::vector<std::string>& files() const { return made_->files; }
  // What the code pane shows: of the last attempt, with what the compiler said of it.
  std::span<const EmbeddedFile> sources() const {
    return made_->texts ? made_->texts->driver.sources() : std::span<const EmbeddedFile>();
  }
  const std::vector<CodeMark>& marks() const { return marks_; }
  bool compiles() const { return made_->program.has_value(); }
  // Nothing was made yet.
  bool is_first() const { return !made_->texts; }
  // The path of a source on the disk, "" when it is not among the files.
  std::string path_of(std::string_view source) const;

  bool looks_at_files = false;  // there is no file watch: polls

 private:
  using Stamp = std::filesystem::file_time_type;
  std::vector<Stamp> stamps() const;
  Change take(Result<own::OwnProgram> made, session::Session& session, Desk& desk);
  void mark();

  std::shared_ptr<const own::OwnProgram> made_;
  session::Remaking::Make make_;
  std::vector<CodeMark> marks_;
  std::vector<Stamp> seen_;
  std::unique_ptr<session::Remaking> remaking_;
};

}  // namespace qs::ui
