#include "ui/panes/sandbox/panel.h"

#include <filesystem>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// A queue that is picked on the stage unfolds here.
void follow_selection(const SandboxPanelInput& in, SandboxPanelState& state) {
  if (state.followed == in.shared.selected) return;
  state.followed = in.shared.selected;
  if (state.followed.kind() == ObjectKind::Queue)
    state.queue = in.moment.trace->name(state.followed);
}

std::string draw_presets(Sheet& sheet, const SandboxPanelInput& in,
                         std::vector<session::Command>& out) {
  std::string message;
  for (const session::Preset& p : in.presets)
    if (p.program == in.session.program().name &&
        sheet.pick("preset/" + std::to_string(p.key), std::to_string(p.key) + "  " + p.title)) {
      out.push_back(session::cmd::LoadSetup{p});
      message = p.title + ": " + p.note;
    }
  return message;
}

Result<std::string> saved_over(const session::SetupFile& setup, const std::string& path) {
  auto saved = session::save_setup(setup, path);
  if (!saved) return saved.error();
  return path;
}

// Into the file that is open here, else into a new one: nothing that is there is ever replaced.
void save(const SandboxPanelInput& in, SandboxPanelState& state) {
  state.files_read = -1;
  auto path = session::setup_path(state.file);
  if (!path) {
    state.saved = path.error().text();
    return;
  }
  session::SetupFile setup = session::setup_of(in.session);
  setup.title = state.file;
  auto saved =
      state.opened == *path ? saved_over(setup, *path) : session::save_new_setup(setup, *path);
  state.saved = saved ? trf("setup.saved", *saved) : saved.error().text();
  if (!saved) return;
  state.opened = *saved;
  if (*saved != *path) state.file = std::filesystem::path(*saved).stem().string();
}

void open(const std::string& name, SandboxPanelState& state, std::vector<session::Command>& out) {
  auto path = session::setup_path(name);
  auto setup = path ? session::load_setup(*path) : Result<session::SetupFile>(path.error());
  state.saved = setup ? trf("setup.opened", *path) : setup.error().text();
  if (!setup) return;
  state.file = name;
  state.opened = *path;
  out.push_back(session::cmd::LoadSetup{*setup});
}

void draw_file(Ui& ui, Sheet& sheet, const SandboxPanelInput& in, SandboxPanelState& state,
               std::vector<session::Command>& out) {
  sheet.text(tr("setup.file_text"));
  const Rect field = sheet.take(ui.px(30), ui.px(4));
  const FieldResult typed =
      text_field(ui, field, "file/name", state.file, state.file_field, tr("setup.file_hint"));
  const std::string no_name = state.file.empty() ? tr("setup.no_name") : "";
  const bool press = sheet.press("file/save", tr("setup.save"), no_name);
  if (press || (typed.submitted && no_name.empty())) save(in, state);
  if (!state.saved.empty()) sheet.path(state.saved);
  if (state.files_read < 0 || ui.now > state.files_read + 2) {
    state.files = session::list_setups();
    state.files_read = ui.now;
  }
  if (state.files.empty()) return;
  sheet.head(tr("setup.files_in"));
  if (auto folder = session::setup_folder()) sheet.path(*folder);
  for (const std::string& name : state.files)
    if (sheet.pick("file/open/" + name, name)) open(name, state, out);
}

}  // namespace

std::string draw_sandbox_panel(Ui& ui, const Rect& rect, const SandboxPanelInput& in,
                               SandboxPanelState& state, std::vector<session::Command>& out) {
  std::string message;
  const Panel panel(ui, rect, "side");
  Rect r = inset(rect, ui.px(12), ui.px(10));
  Rect foot = cut_bottom(r, ui.px(32), ui.px(8));
  follow_selection(in, state);
  {
    ScrollArea area(ui, r, "side/body", state.sheet.scroll);
    Rect line = area.content();
    line.h = 1e6f;
    const float top = line.y;
    Sheet sheet(ui, line, state.sheet, out);
    if (!in.graph.empty() && sheet.section("graph", tr("setup.graph")))
      draw_graph_section(ui, sheet, in, state);
    const bool on = in.session.workload() != nullptr;
    if (sheet.section("workload", tr("setup.workload"), on ? tr("setup.on") : ""))
      draw_workload_section(ui, sheet, in, state, out);
    if (sheet.section("switches", tr("setup.switches"), changed_switches(in, state)))
      draw_switches_section(sheet, in, state);
    if (sheet.section("presets", tr("setup.presets"))) message = draw_presets(sheet, in, out);
    if (sheet.section("file", tr("setup.file"))) draw_file(ui, sheet, in, state, out);
    if (sheet.section("help", tr("setup.help"))) sheet.text(tr("setup.help_text"));
    area.end(sheet.bottom() - top);
  }
  const float reset_w = button_width(ui, tr("app.reset")),
              copy_w = button_width(ui, tr("app.copy_run"));
  const auto cells = divide_row(foot, {share(reset_w), share(copy_w)}, ui.px(8));
  ButtonStyle style;
  style.font = reset_w + copy_w + ui.px(8) > foot.w ? &ui.fonts->small_bold : nullptr;
  if (button(ui, cells[0], "side/reset", tr("app.reset"), style).clicked)
    out.push_back(session::cmd::ResetRun{});
  const std::string key = ui.keymap->key_text(Action::copy_schedule);
  style.key = key.c_str();
  if (button(ui, cells[1], "side/copy", tr("app.copy_run"), style).clicked && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, in.session.schedule_text());
    message = tr("app.schedule_copied");
  }
  return message;
}

}  // namespace qs::ui
