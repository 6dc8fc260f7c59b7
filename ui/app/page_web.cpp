// queuescope as a page: the window of ui/app, drawn when the browser asks for a frame and something
// has changed. Everything that lies around it (files, the address, what is kept) is web/page.js.
#include "ui/app/page_web.h"

#include <emscripten.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "lesson/tutor/progress.h"
#include "session/link.h"
#include "ui/app/window.h"
#include "ui/panes/stage/sentence.h"

// What only the page's own script can do: web/page.js.
EM_JS(void, qs_page_failed, (const char* why), { Module.page.failed(UTF8ToString(why)); });
EM_JS(void, qs_page_drawn, (void), { Module.page.drawn(); });
EM_JS(void, qs_page_narrates, (const char* text), { Module.page.narrates(UTF8ToString(text)); });
EM_JS(int, qs_page_wakes, (void), { return Module.page.wakes(); });

namespace {

using qs::ui::App;

struct Page {
  qs::ui::Settings settings;
  std::unique_ptr<qs::ui::Host> host;
  std::unique_ptr<App> app;
  std::unique_ptr<qs::ui::WindowLoop> loop;
  double due = 0;      // when the next frame is to be drawn though nothing comes in
  std::string spoken;  // last
  std::string wanted;  // to be opened in the next frame
};

Page* page = nullptr;

// What just happened, for those who hear the page: a screen reader speaks it (web/page.js).
void narrate() {
  qs::session::Session* session = page->app->session();
  std::string sentence = session ? qs::ui::stage_sentence(session->moment(), {}) : std::string();
  if (sentence == page->spoken) return;
  page->spoken = std::move(sentence);
  qs_page_narrates(page->spoken.c_str());
}

// Called by the browser before each picture that it shows.
void turn() {
  const double now = page->host->platform->seconds();
  if (!page->host->platform->input.pending() && !qs_page_wakes() && now < page->due) return;
  // In a frame, since a run needs a stack that can be left (fiber_context_web.cpp).
  if (!page->wanted.empty()) page->app->open_named(std::exchange(page->wanted, {}));
  page->loop->turn();
  page->app->quit = false;  // a page is closed by its browser
  const double sleep = page->host->ui.sleep_seconds();
  page->due = sleep < 0 ? 1e18 : now + sleep;
  if (page->host->platform->input.pending()) page->due = 0;
  narrate();
  qs_page_drawn();
}

}  // namespace

// Opens what a person might type: a lesson's number, a link, a file of the page's own folder.
extern "C" EMSCRIPTEN_KEEPALIVE void qs_open(const char* what) {
  if (!page || !*what) return;
  page->wanted = what;
  page->due = 0;
}

// What is not written yet is written now: the page is going.
extern "C" EMSCRIPTEN_KEEPALIVE void qs_leave() {
  if (page) page->loop->finish();
}

int qs::ui::run_page(int argc, char** argv) {
  static Page made;
  std::string note;
  const std::string path = qs::ui::settings_path();
  made.settings = qs::ui::load_settings(path, note);
  auto host = qs::ui::open_host("glfw", made.settings);
  if (!host) return qs_page_failed(host.error().text().c_str()), 1;
  made.host = std::move(*host);
  made.app = std::make_unique<App>(made.settings);
  made.app->desk.progress_file = qs::lesson::Progress::default_path();
  made.loop = std::make_unique<qs::ui::WindowLoop>(*made.host, *made.app, made.settings, path,
                                                   std::getenv("QS_READY") != nullptr);
  made.app->message.say(note, 0, 20);
  page = &made;
  if (argc > 1) qs::session::use_address(argv[1]);
  if (argc > 2) qs_open(argv[2]);
  emscripten_set_main_loop(turn, 0, 0);
  return 0;
}
