// Everything that can be done by name: what the palette lists, and what a choice does.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/user_folders.h"
#include "language/pattern.h"
#include "lesson/file/course.h"
#include "trace/events/words.h"
#include "trace/rules/rules.h"
#include "ui/app/app.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace fs = std::filesystem;

namespace {

PaletteEntry entry(PaletteEntry::Kind kind, std::string label, std::string hint = {}) {
  PaletteEntry e;
  e.kind = kind;
  e.label = std::move(label);
  e.hint = std::move(hint);
  return e;
}

void add_actions(std::vector<PaletteEntry>& out, const Keymap& keys, bool running, bool acting) {
  for (int i = 1; i < int(Action::count); ++i) {
    const Action a = Action(i);
    const Context c = action_context(a);
    if (a == Action::palette || c == Context::menu || c == Context::klass || c == Context::drive ||
        c == Context::question)
      continue;
    if (c == Context::transport && !running) continue;
    if (c == Context::sandbox && !acting) continue;
    if (a >= Action::preset_1 && a <= Action::preset_0) continue;  // listed by their names instead
    PaletteEntry e = entry(PaletteEntry::action, tr_action(a), keys.key_text(a));
    e.does = a;
    out.push_back(std::move(e));
  }
}

void add_course(std::vector<PaletteEntry>& out) {
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& l : track.lessons) {
      if (!l.written()) continue;
      PaletteEntry e = entry(PaletteEntry::open, l.number + "  " + l.title, tr("palette.lesson"));
      e.name = l.folder;
      out.push_back(std::move(e));
    }
}

void add_objects(std::vector<PaletteEntry>& out, const model::Model& m, const trace::Trace& t) {
  auto add = [&](ObjectId id, const char* kind) {
    PaletteEntry e = entry(PaletteEntry::select, trace::spoken_name(t, id), kind);
    e.object = id;
    out.push_back(std::move(e));
  };
  for (const model::RequestView& r : m.requests) add(r.id, tr("palette.request"));
  for (const model::QueueView& q : m.queues) add(q.id, tr("palette.queue"));
  for (const model::ThreadView& x : m.threads) add(x.id, tr("palette.thread"));
  for (const model::AppView& x : m.apps) add(x.id, tr("palette.app"));
  for (const model::DeviceView& x : m.devices) add(x.id, tr("palette.device"));
  for (const model::ChannelView& x : m.channels) add(x.id, tr("palette.channel"));
  for (const model::TargetView& x : m.targets) add(x.id, tr("palette.target"));
  for (const model::TimerView& x : m.timers) add(x.id, tr("palette.timer"));
  for (const model::LockView& x : m.locks) add(x.id, tr("palette.lock"));
}

void add_bookmarks(std::vector<PaletteEntry>& out, const session::Session& session) {
  for (const session::BookmarkAt& b : session.bookmarks()) {
    const std::string& branch = session.branches()[b.branch]->label;
    PaletteEntry e =
        entry(PaletteEntry::go, trf("timeline.bookmark", b.name), trf("timeline.branch", branch));
    e.branch = b.branch;
    e.event = b.event;
    out.push_back(std::move(e));
  }
}

void add_presets(std::vector<PaletteEntry>& out, const std::vector<session::Preset>& presets) {
  for (size_t i = 0; i < presets.size(); ++i) {
    PaletteEntry e = entry(PaletteEntry::setup, presets[i].title, tr("palette.setup"));
    if (presets[i].key >= 0) e.hint += "  " + std::to_string(presets[i].key);
    e.preset = i;
    out.push_back(std::move(e));
  }
}

// The typed text may name a file; those of this folder are listed.
void add_files(std::vector<PaletteEntry>& out, const std::vector<std::string>& here,
               const std::string& text) {
  std::vector<std::string> all = here;
  std::error_code error;
  const bool named = text.find_first_of("./") != text.npos &&
                     (fs::is_regular_file(text, error) || session::is_own_driver(text));
  if (named && std::find(all.begin(), all.end(), text) == all.end()) all.insert(all.begin(), text);
  for (const std::string& file : all) {
    PaletteEntry e = entry(PaletteEntry::open, file, tr("palette.open_file"));
    e.name = file;
    out.push_back(std::move(e));
  }
}

void add_exports(std::vector<PaletteEntry>& out) {
  auto add = [&](const char* label, ExportKind kind, int scale = 1) {
    PaletteEntry e = entry(PaletteEntry::save, label, tr("palette.file"));
    e.file = kind;
    e.scale = scale;
    out.push_back(std::move(e));
  };
  add(tr("export.picture"), ExportKind::picture);
  add(tr("export.picture2"), ExportKind::picture, 2);
  add(tr("export.picture3"), ExportKind::picture, 3);
  add(tr("export.trace"), ExportKind::trace);
  add(tr("export.perfetto"), ExportKind::perfetto);
  add(tr("export.mermaid"), ExportKind::mermaid);
  add(tr("export.json"), ExportKind::json);
}

void add_rules(std::vector<PaletteEntry>& out) {
  for (const trace::Rule& r : trace::all_rules()) {
    PaletteEntry e = entry(PaletteEntry::rule, std::string(r.id) + "  " + std::string(r.text),
                           tr("palette.rule"));
    e.name = r.id;
    out.push_back(std::move(e));
  }
}

// The typed text may itself be an event to run to.
void add_event(std::vector<PaletteEntry>& out, const std::string& text) {
  if (text.empty() || !language::parse_pattern(text)) return;
  for (const bool back : {false, true}) {
    PaletteEntry e = entry(PaletteEntry::run_to, text,
                           back ? tr("palette.run_back") : tr("palette.run_forward"));
    e.name = text;
    e.back = back;
    out.push_back(std::move(e));
  }
}

}  // namespace

// What can be done with what is shown.
void add_verbs(std::vector<PaletteEntry>& out, RunScreen& run) {
  const session::Moment m = run.session->moment();
  const ObjectId object = run.acted_on(m);
  for (Verb& verb : verbs_of(*m.after, *m.trace, object, run.rights()).verbs) {
    PaletteEntry e;
    e.kind = PaletteEntry::verb;
    e.label = verb.label + " · " + m.trace->name(object);
    e.hint = verb.reason.empty() ? call_text(*m.after, *m.trace, verb)
                                 : trf("menu.not_now", verb.reason);
    e.object = object;
    e.name = verb.name;
    out.push_back(std::move(e));
  }
}

std::vector<PaletteEntry> App::palette_entries(const Ui& ui) {
  std::vector<PaletteEntry> out;
  session::Session* const running = session();
  const bool acting = std::count(ui.contexts.begin(), ui.contexts.end(), Context::sandbox) > 0;
  if (acting && run()) add_verbs(out, *run());
  add_actions(out, *ui.keymap, running, acting);
  if (running) {
    const session::Moment m = running->moment();
    add_objects(out, *m.after, *m.trace);
    add_bookmarks(out, *running);
    if (shown_ == ScreenId::sandbox) add_presets(out, presets());
    add_exports(out);
  }
  add_files(out, palette.files, palette.text);
  add_course(out);
  add_rules(out);
  if (running) add_event(out, palette.text);
  return out;
}

// Runs and set-ups in the folder the program was started in, by name, and saved runs, by their
// full paths.
void open_palette(Ui& ui, PaletteState& palette) {
  palette.files.clear();
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const auto add = [&](const fs::path& folder, bool saved) {
    std::vector<std::string> found;
    for (const auto& file : fs::directory_iterator(folder, error)) {
      const std::string end = file.path().extension().string();
      if (end != ".qst" && (saved || (end != ".toml" && end != ".scn" && end != ".c"))) continue;
      found.push_back(saved ? file.path().string() : file.path().filename().string());
      if (found.size() >= 50) break;
    }
    std::sort(found.begin(), found.end());
    palette.files.insert(palette.files.end(), found.begin(), found.end());
  };
  add(here, false);
  if (auto folder = documents_folder(); folder && fs::path(*folder) != here) add(*folder, true);
  open_dialog(ui, palette.dialog);
}

void App::save_run(ExportKind kind) {
  auto written = export_run(*session(), kind);
  desk.say(written ? trf("export.saved", *written) : written.error().text());
}

void App::do_palette(Ui& ui, const PaletteEntry& e) {
  ui.wake_in(0);
  switch (e.kind) {
    case PaletteEntry::action: ui.inject(e.does); break;
    case PaletteEntry::open: desk.open = e.name; break;
    case PaletteEntry::select:
      run()->shared.selected = e.object;
      run()->asked_pane = Pane::inspector;
      break;
    case PaletteEntry::save:
      if (e.file == ExportKind::picture)
        picture_wanted = e.scale;
      else
        save_run(e.file);
      break;
    case PaletteEntry::rule: desk.rule = e.name; break;
    case PaletteEntry::run_to:
      desk.say(session()->apply(session::cmd::RunTo{e.name, e.back}));
      break;
    case PaletteEntry::go:
      session()->apply(session::cmd::ShowBranch{e.branch});
      session()->apply(session::cmd::Seek{double(e.event)});
      break;
    case PaletteEntry::setup: sandbox.show_preset(presets()[e.preset]); break;
    case PaletteEntry::verb: run()->do_verb(ui, e.object, e.name); break;
    case PaletteEntry::nothing: break;
  }
}

}  // namespace qs::ui
