#include "ui/app/shot.h"

#include <cstdio>

#include <fmt/format.h>

#include "base/visible.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

namespace qs::ui {
namespace {

Pane pane_named(const std::string& view) {
  if (view == "stage") return Pane::stage;
  if (view == "code") return Pane::code;
  if (view == "inspector") return Pane::inspector;
  if (view == "timeline" || view == "threads" || view == "queues" || view == "log")
    return Pane::timeline;
  return Pane::none;
}

TimelineState::Tab tab_named(const std::string& view) {
  if (view == "threads") return TimelineState::threads;
  if (view == "queues") return TimelineState::queues;
  return view == "log" ? TimelineState::log : TimelineState::requests;
}

// Goes to the first beat of a lesson that uses the lesson's own run, in which events are counted.
// "" or why there is none.
std::string to_own_run(App& app, const session::ShotRequest& request) {
  const size_t events = app.session()->moment().trace->size();
  if (app.shown() != ScreenId::lesson || request.beat || request.event <= events) return {};
  lesson::Tutor& tutor = app.lesson.classroom->tutor;
  for (size_t beat = 0; beat < tutor.beats(); ++beat) {
    tutor.start_beat(beat);
    app.lesson.stage_beat(false);
    if (app.session()->moment().trace->size() >= request.event) return {};
  }
  return fmt::format("no beat of {} has an event {}: choose a beat with --beat", request.what,
                     request.event);
}

// Goes to the end of one of the lesson's beats, or where its question is asked; "" or why not.
std::string to_beat(App& app, const session::ShotRequest& request) {
  if (app.shown() != ScreenId::lesson) return request.what + " is not a lesson";
  lesson::Tutor& tutor = app.lesson.classroom->tutor;
  if (request.beat > tutor.beats())
    return fmt::format("{} has {} beats", request.what, tutor.beats());
  tutor.start_beat(request.beat - 1);
  app.lesson.stage_beat(false);
  const size_t end = tutor.scene().until;
  if (!tutor.beat().goal && !tutor.is_asking())
    app.session()->apply(session::cmd::Seek{double(end)});
  if (!request.done) return {};
  LessonAct act{LessonAct::choose, tutor.right_option(), {}};
  if (tutor.beat().goal) act.kind = LessonAct::show;
  std::string message;
  if (app.lesson.classroom->act(act, *app.session(), message)) app.lesson.stage_beat(false);
  app.session()->apply(session::cmd::Pause{});
  if (tutor.beat().goal)
    app.session()->apply(session::cmd::End{});
  else
    app.session()->apply(session::cmd::Seek{double(end)});
  return {};
}

// Presses keys, one after the other, as a person would; "" or which one is not a key.
std::string press(Host& host, App& app, const std::vector<std::string>& keys) {
  for (const std::string& name : keys) {
    Chord chord;
    if (!parse_chord(name, chord))
      return "\"" + name + "\" is not a key; keys are written as in assets/keymap.toml: Ctrl+K";
    if (chord.sign)
      host.platform->input.push_text(name);
    else
      host.platform->input.push_key(chord.key, chord.mods);
    for (int i = 0; i < 3; ++i) {
      host.next();
      if (auto followed = host.follow(app.desk.settings); !followed) return followed.error().text();
      host.frame([&](Ui& ui, double) { app.draw(ui, 0); });
    }
  }
  return {};
}

constexpr uint64_t kSearched = 4000;  // executions

// Switches the window to another mode and, without an event, to the moment that shows it best. ""
// or why not.
std::string to_mode(App& app, const session::ShotRequest& request) {
  if (request.mode == "lesson" && app.shown() != ScreenId::lesson)
    return request.what + " is not a lesson";
  if (request.mode == "sandbox" && !app.session()->program().takes_orders)
    return "the driver of " + request.what + " takes no orders: it decides by itself";
  if (request.mode == "compare") {
    app.open_compare({});
    if (!app.compare.state.error.empty()) return app.compare.state.error;
    if (!request.at_event) go_to_difference(app.compare.state);
  } else if (request.mode == "races") {
    // The run, not the lesson that asks about it.
    if (!app.run()->why_no_compare().empty()) {
      app.program.begin(std::move(app.run()->session), {});
      app.show(ScreenId::program);
    }
    app.open_races();
    if (!app.races.state.error.empty()) return app.races.state.error;
    // So many, whatever the machine: the picture is the same everywhere.
    app.races.search_executions(kSearched);
    if (app.races.state.races) app.races.state.races->try_luck(session::Races::kRandom);
  } else if (request.mode == "drive") {
    if (!app.session()->program().takes_orders)
      return "the driver of " + request.what + " decides by itself";
    if (app.shown() != ScreenId::drive) {
      app.drive.begin(std::move(app.run()->session), {});
      app.show(ScreenId::drive);
    }
  }
  if (app.shown() != ScreenId::drive || request.at_event) return {};
  const size_t first =
      next_question(*app.session()->moment().trace, app.session()->ready(), SIZE_MAX);
  if (first != SIZE_MAX) app.session()->apply(session::cmd::Seek{double(first)});
  return {};
}

}  // namespace

int run_shot(const session::ShotRequest& request) {
  Settings settings;
  settings.projector = request.mode == "projector";
  settings.theme = !request.theme.empty() ? request.theme : settings.projector ? "light" : "dark";
  settings.scale = float(request.scale);
  settings.reduced_motion = true;
  settings.variant = request.variant;
  WindowOptions options;
  options.width = request.width;
  options.height = request.height;
  auto made = Host::create(Backend::headless, options, settings);
  if (!made) {
    std::fprintf(stderr, "queuescope: %s\n", message(made.error().text()).c_str());
    return 2;
  }
  Host& host = **made;
  App app(settings);
  if (request.view != "home") {
    app.open(request.opened);
    const std::string why = request.beat ? to_beat(app, request) : std::string();
    if (!why.empty()) {
      std::fprintf(stderr, "queuescope: %s\n", message(why).c_str());
      return 2;
    }
    const std::string none = request.at_event ? to_own_run(app, request) : std::string();
    if (!none.empty()) {
      std::fprintf(stderr, "queuescope: %s\n", message(none).c_str());
      return 2;
    }
    if (!request.view.empty()) {  // whatever a beat would show first
      app.run()->whole = pane_named(request.view);
      app.run()->timeline.tab = tab_named(request.view);
    }
    if (!request.beat) app.session()->limit(SIZE_MAX);  // a picture of the run, not of its lesson
    if (request.at_event)
      app.session()->apply(session::cmd::Seek{double(request.event)});
    else if (!request.beat)
      app.session()->apply(session::cmd::End{});
    const std::string no = to_mode(app, request);
    if (!no.empty()) {
      std::fprintf(stderr, "queuescope: %s\n", message(no).c_str());
      return 2;
    }
  }
  for (int i = 0; i < 4; ++i) {  // hovering, scrolling and layout settle in a few frames
    if (i) host.next();
    host.frame([&](Ui& ui, double) { app.draw(ui, 0); });
  }
  const std::string no_key = press(host, app, request.keys);
  if (!no_key.empty()) {
    std::fprintf(stderr, "queuescope: %s\n", message(no_key).c_str());
    return 2;
  }
  auto written = write_png(host.platform->read_rgb(), request.file);
  if (written) return 0;
  std::fprintf(stderr, "queuescope: %s\n", message(written.error().text()).c_str());
  return 2;
}

}  // namespace qs::ui
