// CPU time to build a frame (no pixels), beside Dear ImGui's own demo window in the same run; and
// the time to a first picture beside an empty one.
#if QS_HAVE_UI
#include <benchmark/benchmark.h>

#include <imgui.h>

#include <cmath>
#include <map>

#include "session/programs.h"
#include "tests/ui/support/panes_trace.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

using namespace qs;
using namespace qs::ui;

namespace {

std::unique_ptr<Host> make_host(Backend backend, const Settings& settings) {
  auto made = Host::create(backend, {}, settings);
  return made ? std::move(*made) : nullptr;
}

void vertices(benchmark::State& state) {
  state.counters["vertices"] = ImGui::GetDrawData() ? ImGui::GetDrawData()->TotalVtxCount : 0;
}

// Dear ImGui's own window with the chapters of its contents open, tall enough to show them: as much
// on screen as our window has. Headings that another version does not have do no harm.
void open_demo_chapters() {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({1680, 980});
  if (ImGui::Begin("Dear ImGui Demo"))
    for (const char* heading :
         {"Help", "Configuration", "Window options", "Widgets", "Layout & Scrolling",
          "Popups & Modal windows", "Tables & Columns", "Filtering", "Inputs, Navigation & Focus"})
      ImGui::GetStateStorage()->SetInt(ImGui::GetID(heading), 1);
  ImGui::End();
}

void demo_window(benchmark::State& state) {
  Settings settings;
  auto host = make_host(Backend::null_host, settings);
  for (int i = 0; i < 3; ++i) {  // a window sizes itself to its contents in its first frames
    host->frame([](Ui&, double) {
      open_demo_chapters();
      ImGui::ShowDemoWindow();
    });
    host->next();
  }
  for (auto _ : state) {
    host->frame([](Ui&, double) { ImGui::ShowDemoWindow(); });
    host->next();
  }
  vertices(state);
}
BENCHMARK(demo_window)->Unit(benchmark::kMicrosecond);

// The sandbox with so many reads waiting, drawn again and again:
//   still: nothing happens (what a blinking caret or a moving mouse costs);
//   playing: the run plays at the usual speed, a frame every 1/60 s;
//   stepping: every frame shows another event.
enum class Doing : int { still, playing, stepping };

void window_with_requests(benchmark::State& state) {
  Settings settings;
  auto host = make_host(Backend::null_host, settings);
  auto opened = session::open_run("sandbox");
  if (!opened) return state.SkipWithError("there is no sandbox");
  for (int64_t i = 0; i < state.range(0); ++i) {
    qs::sched::Input send;
    send.kind = sched::InputKind::Send;
    send.text = "read 16 file=A";
    opened->schedule.inputs.push_back(send);
  }
  App app(settings);
  app.open(std::move(*opened));
  session::Session& session = *app.session();
  session.apply(session::cmd::End{});
  const auto doing = Doing(state.range(1));
  const double end = session.position(), begin = end - std::min(end / 2, 100.0);
  if (doing == Doing::playing)
    session.apply(session::cmd::Seek{begin}), session.apply(session::cmd::Play{});
  double at = begin;
  const auto frame = [&] {
    if (doing == Doing::stepping)
      session.apply(session::cmd::Seek{at = at + 1 < end ? at + 1 : begin});
    if (doing == Doing::playing && !session.playing())
      session.apply(session::cmd::Seek{begin}), session.apply(session::cmd::Play{});
    host->frame([&](Ui& ui, double) { app.draw(ui, doing == Doing::playing ? 1.0 / 60 : 0); });
    host->next();
  };
  for (int i = 0; i < 8; ++i) frame();
  for (auto _ : state) frame();
  vertices(state);
}
BENCHMARK(window_with_requests)
    ->ArgsProduct({{20, 200, 2000}, {0, 1, 2}})
    ->ArgNames({"requests", "doing"})
    ->Unit(benchmark::kMicrosecond);

// The timeline pane alone in a run of so many events; the tab is the second number. Scrubbed: every
// frame is elsewhere in the run (and pays for going there); else the run plays, 15 frames an event.
void timeline_pane(benchmark::State& state) {
  const size_t events = size_t(state.range(0));
  static std::map<size_t, std::shared_ptr<const trace::Trace>> traces;
  auto& trace = traces[events];
  if (!trace) trace = test::long_trace(events);
  model::Timeline timeline(trace);
  timeline.at(trace->size());
  const RunInfo info{7, 0, 0, {{0, 0, 0, "main", trace->size()}}, {}};
  TimelineState pane;
  pane.tab = static_cast<decltype(pane.tab)>(state.range(1));
  UiState shared;
  std::vector<session::Command> out;
  Settings settings;
  auto host = make_host(Backend::null_host, settings);
  const bool scrubbed = state.range(2) != 0;
  double at = double(events) / 2;
  const auto frame = [&] {
    at = std::fmod(at + (scrubbed ? double(events / 97) : 1.0 / 15), double(events));
    host->frame([&](Ui& ui, double) {
      shared.begin_frame();
      const session::Moment m = test::moment_at(timeline, scrubbed ? std::floor(at) : at);
      draw_timeline(ui, inset(ui.screen, 6), {&m, &info}, pane, shared, out);
      out.clear();
    });
    host->next();
  };
  for (int i = 0; i < 100; ++i) frame();  // what is kept from frame to frame is there
  for (auto _ : state) frame();
  vertices(state);
}
BENCHMARK(timeline_pane)
    ->ArgsProduct({{10'000, 100'000, 1'000'000}, {0, 1, 2}, {0, 1}})
    ->ArgNames({"events", "tab", "scrubbed"})
    ->Unit(benchmark::kMicrosecond);

// None of our code: a context, its own font, its demo. (Whole windows from the start of the program
// on: bench/start.sh.)
void first_frame_bare(benchmark::State& state) {
  for (auto _ : state) {
    ImGui::CreateContext();
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    ImGui::GetIO().DisplaySize = ImVec2(1680, 980);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::NewFrame();
    ImGui::ShowDemoWindow();
    ImGui::Render();
    benchmark::DoNotOptimize(ImGui::GetDrawData()->TotalVtxCount);
    ImGui::DestroyContext();
  }
}
BENCHMARK(first_frame_bare)->Unit(benchmark::kMillisecond);

void first_frame_lesson(benchmark::State& state) {
  Settings settings;
  for (auto _ : state) {
    auto host = make_host(Backend::null_host, settings);
    App app(settings);
    app.open_named("first-request");
    host->frame([&](Ui& ui, double) { app.draw(ui, 0); });
    host->next();
  }
}
BENCHMARK(first_frame_lesson)->Unit(benchmark::kMillisecond);

}  // namespace
#endif
