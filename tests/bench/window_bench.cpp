// CPU time to build a frame (no pixels), beside Dear ImGui's own demo window in the same run; and
// the time to a first picture beside an empty one.
#if QS_HAVE_UI
#include <benchmark/benchmark.h>

#include <imgui.h>

#include "session/programs.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

using namespace qs;
using namespace qs::ui;

namespace {

std::unique_ptr<Host> make_host(Backend backend, const Settings& settings) {
  auto made = Host::create(backend, {}, settings);
  return made ? std::move(*made) : nullptr;
}

void demo_window(benchmark::State& state) {
  Settings settings;
  auto host = make_host(Backend::null_host, settings);
  for (auto _ : state) {
    host->frame([](Ui&, double) { ImGui::ShowDemoWindow(); });
    host->next();
  }
}
BENCHMARK(demo_window)->Unit(benchmark::kMicrosecond);

// The sandbox with so many reads waiting.
void window_with_requests(benchmark::State& state) {
  Settings settings;
  auto host = make_host(Backend::null_host, settings);
  auto opened = open_run("sandbox");
  if (!opened) return state.SkipWithError("there is no sandbox");
  for (int64_t i = 0; i < state.range(0); ++i) {
    qs::Input send;
    send.kind = InputKind::Send;
    send.text = "read 16 file=A";
    opened->schedule.inputs.push_back(send);
  }
  App app(settings);
  app.open(std::move(*opened));
  app.session->apply(cmd::End{});
  for (auto _ : state) {
    host->frame([&](Ui& ui, double) { app.draw(ui, 0); });
    host->next();
  }
}
BENCHMARK(window_with_requests)->Arg(20)->Arg(200)->Arg(2000)->Unit(benchmark::kMicrosecond);

void first_frame_empty(benchmark::State& state) {
  Settings settings;
  for (auto _ : state) {
    auto host = make_host(Backend::headless, settings);
    host->frame([](Ui&, double) { ImGui::ShowDemoWindow(); });
    host->next();
  }
}
BENCHMARK(first_frame_empty)->Unit(benchmark::kMillisecond);

void first_frame_lesson(benchmark::State& state) {
  Settings settings;
  for (auto _ : state) {
    auto host = make_host(Backend::headless, settings);
    App app(settings);
    app.open_named("first-request");
    host->frame([&](Ui& ui, double) { app.draw(ui, 0); });
    host->next();
  }
}
BENCHMARK(first_frame_lesson)->Unit(benchmark::kMillisecond);

}  // namespace
#endif
