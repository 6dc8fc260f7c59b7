#include "ui/panes/code/function_names.h"

#include <algorithm>
#include <cctype>

#include "ui/panes/code/code.h"

namespace qs::ui {

using trace::CallbackKind;

namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

struct Role {
  CallbackKind kind;
  std::string_view type;
};
constexpr Role kRoles[] = {
    {CallbackKind::EvtIoDefault, "EVT_WDF_IO_QUEUE_IO_DEFAULT"},
    {CallbackKind::EvtIoRead, "EVT_WDF_IO_QUEUE_IO_READ"},
    {CallbackKind::EvtIoWrite, "EVT_WDF_IO_QUEUE_IO_WRITE"},
    {CallbackKind::EvtIoDeviceControl, "EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL"},
    {CallbackKind::EvtIoInternalDeviceControl, "EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL"},
    {CallbackKind::EvtIoStop, "EVT_WDF_IO_QUEUE_IO_STOP"},
    {CallbackKind::EvtIoResume, "EVT_WDF_IO_QUEUE_IO_RESUME"},
    {CallbackKind::EvtIoCanceledOnQueue, "EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE"},
    {CallbackKind::EvtRequestCancel, "EVT_WDF_REQUEST_CANCEL"},
    {CallbackKind::CompletionRoutine, "EVT_WDF_REQUEST_COMPLETION_ROUTINE"},
    {CallbackKind::EvtTimerFunc, "EVT_WDF_TIMER"},
    {CallbackKind::EvtDpcFunc, "EVT_WDF_DPC"},
    {CallbackKind::EvtWorkItem, "EVT_WDF_WORKITEM"},
    {CallbackKind::StartRoutine, "KSTART_ROUTINE"},
};

void add(std::vector<std::string>& list, std::string_view name) {
  if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end())
    list.emplace_back(name);
}

}  // namespace

std::vector<std::string_view> declared_for(std::string_view text, CallbackKind kind) {
  std::vector<std::string_view> out;
  for (const Role& role : kRoles) {
    if (role.kind != kind) continue;
    for (size_t at = text.find(role.type); at != text.npos; at = text.find(role.type, at + 1)) {
      size_t from = at + role.type.size();
      const bool whole = (at == 0 || !in_name(text[at - 1])) && from < text.size() &&
                         std::isspace(static_cast<unsigned char>(text[from]));
      if (!whole) continue;
      from = std::min(text.find_first_not_of(" \t\r\n", from), text.size());
      size_t end = from;
      while (end < text.size() && in_name(text[end])) ++end;
      const std::string_view name = text.substr(from, end - from);
      if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end())
        out.push_back(name);
    }
  }
  return out;
}

FunctionNames::Place FunctionNames::place(const trace::Trace& trace, trace::Site site) const {
  const int file = source_of(files_, trace, site.file());
  if (file < 0) return {};
  for (const DefinedFunction& f : defined_[size_t(file)])
    if (f.first <= site.line() && site.line() <= f.last) return {file, f};
  return {};
}

FunctionNames::Place FunctionNames::place(std::string_view name) const {
  for (size_t i = 0; i < defined_.size(); ++i)
    for (const DefinedFunction& f : defined_[i])
      if (f.name == name) return {int(i), f};
  return {};
}

trace::Site FunctionNames::opening(const trace::Trace& trace, const model::Model& now,
                                   const model::Activation& who) const {
  if (const auto thread = entries_.find(who.thread.serial()); thread != entries_.end()) {
    const auto& all = thread->second;
    auto it = std::partition_point(all.begin(), all.end(), [&](const StageCast::Entry& entry) {
      return entry.event < now.events;
    });
    while (it != all.begin()) {
      if ((--it)->depth != who.depth) continue;
      const Place at = place(trace, it->first);
      if (at.file >= 0) return trace::Site(it->first.file(), at.function.first);
      break;
    }
  }
  const Place at = place(of_callback(who.kind, who.queue));
  const uint32_t file = at.file < 0 ? 0 : trace_file_of(files_[size_t(at.file)], trace);
  return file ? trace::Site(file, at.function.first) : trace::Site();
}

std::string_view FunctionNames::of_callback(CallbackKind kind, ObjectId queue) const {
  std::string_view found;
  for (size_t i = 0; i < keys_.size(); ++i) {
    if (keys_[i].kind != kind || keys_[i].backstage) continue;
    if (queue && keys_[i].queue && keys_[i].queue != queue) continue;
    for (const std::string& name : rooms_[i]) {
      if (!found.empty() && found != name) return {};
      found = name;
    }
  }
  return found;
}

std::string_view FunctionNames::of_thread(ObjectId thread) const {
  const auto found = workers_.find(thread);
  return found == workers_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view FunctionNames::at(const trace::Trace& trace, trace::Site site) const {
  return place(trace, site).function.name;
}

std::vector<std::string> FunctionNames::room_names(const StageCast& cast, const trace::Trace& trace,
                                                   const RoomKey& room) const {
  std::vector<std::string> names;
  for (const StageCast::FirstLine& line : cast.first_lines)
    if (line.kind == room.kind && (!room.queue || line.queue == room.queue))
      add(names, at(trace, line.site));
  if (!names.empty()) return names;
  for (const EmbeddedFile& file : files_)
    for (const std::string_view name : declared_for(file.text(), room.kind)) add(names, name);
  if (names.size() > 1) names.clear();
  return names;
}

void FunctionNames::look(const StageCast& cast, const trace::Trace& trace,
                         std::span<const EmbeddedFile> files) {
  const bool same_files = files.data() == files_.data() && files.size() == files_.size();
  if (same_files && cast.version == version_ && rooms_.size() == cast.rooms.size()) return;
  if (!same_files) {
    defined_.clear();
    for (const EmbeddedFile& file : files)
      defined_.push_back(trace::defined_functions(file.text()));
  }
  files_ = files;
  version_ = cast.version;
  rooms_.clear();
  keys_ = cast.rooms;
  for (const RoomKey& room : cast.rooms) rooms_.push_back(room_names(cast, trace, room));
  entries_ = cast.entries;
  workers_ = trace::worker_names(trace, cast.workers, files);
}

std::string callback_text(const FunctionNames* functions, CallbackKind kind, ObjectId queue) {
  const std::string_view own = functions ? functions->of_callback(kind, queue) : "";
  return std::string(own.empty() ? trace::callback_name(kind) : own);
}

}  // namespace qs::ui
