// What the driver calls the callbacks of the stage: by the lines that ran, and by what it declares
// for a role ("EVT_WDF_DPC EvtTransferDone;"). Pure; the sources must
// outlive it. Called by the stage, which titles its rooms so; main thread only.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "trace/events/trace.h"
#include "trace/export/functions.h"
#include "ui/panes/stage/cast.h"

namespace qs::ui {

using trace::DefinedFunction;

// The functions that a file declares for a kind of callback by the role type of the kit, each once.
std::vector<std::string_view> declared_for(std::string_view text, trace::CallbackKind kind);

// The names of a run's functions, remembered until another cast or other sources are shown.
class FunctionNames {
 public:
  void look(const StageCast& cast, const trace::Trace& trace, std::span<const EmbeddedFile> files);

  // Of a room of the cast, by its index. What ran tells its name by its lines; of what never ran
  // only a name is told that no other function could have. Empty where the sources do not say.
  const std::vector<std::string>& of_room(size_t room) const { return rooms_[room]; }
  // Of a callback, for that queue where several have one of this kind: the function that it is, ""
  // where the sources do not tell just one.
  std::string_view of_callback(trace::CallbackKind kind, ObjectId queue = {}) const;
  // Of the thread of a DPC, a timer or a work item: the function that it runs. "" of others.
  std::string_view of_thread(ObjectId thread) const;
  // The same for sentences, with the timers, DPCs and work items themselves.
  const trace::ShownNames& workers() const { return workers_; }
  // "" where it lies in no function of the sources.
  std::string_view at(const trace::Trace& trace, trace::Site site) const;
  // A function in the sources: that of a line, or the one of that name. file: -1 when there is
  // none.
  struct Place {
    int file = -1;
    DefinedFunction function;
  };
  Place place(const trace::Trace& trace, trace::Site site) const;
  Place place(std::string_view name) const;
  // Where a callback is that has been called and has run no line yet: at the line that opens its
  // function. None where the sources, or the lines that ran, do not tell the function.
  trace::Site opening(const trace::Trace& trace, const model::Model& now,
                      const model::Activation& who) const;

 private:
  std::vector<std::string> room_names(const StageCast& cast, const trace::Trace& trace,
                                      const RoomKey& room) const;

  std::vector<RoomKey> keys_;  // of the rooms
  std::vector<std::vector<std::string>> rooms_;
  std::map<uint32_t, std::vector<StageCast::Entry>> entries_;  // by thread
  trace::ShownNames workers_;
  std::vector<std::vector<DefinedFunction>> defined_;  // by file
  std::span<const EmbeddedFile> files_;
  uint32_t version_ = 0;  // of the cast
};

// What a callback is called: by the driver, where `functions` tells, else by the framework.
std::string callback_text(const FunctionNames* functions, trace::CallbackKind kind,
                          ObjectId queue = {});

}  // namespace qs::ui
