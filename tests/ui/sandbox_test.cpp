// The sandbox's panel, by mouse and by keys: queues, requests, switches, files; and every part of
// it at every size.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "session/programs.h"
#include "tests/support/folder.h"
#include "ui/app_window.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Sandbox : AppWindow {
  explicit Sandbox(int width = 1680, int height = 1400, float scale = 1,
                   std::string_view theme = "dark")
      : AppWindow("sandbox", width, height, scale, theme) {
    settings.reduced_motion = true;
    end();
  }
  session::Session& session() { return *app.session(); }
  void end() {
    session().apply(session::cmd::End{});
    robot.frame();
    robot.frame();
  }
  run::QueueGraph graph() { return session().graph(); }
  const run::QueueSetup& queue(const char* name) {
    static run::QueueGraph kept;
    kept = graph();
    const run::QueueSetup* q = kept.find(name);
    REQUIRE_MESSAGE(q, name);
    return *q;
  }
  void only(std::initializer_list<std::string> sections) {
    app.sandbox.panel.sheet.open = sections;
    robot.frame();
    robot.frame();
  }
};

}  // namespace

TEST_CASE("sandbox panel: a queue is added, named, set up and removed by mouse") {
  Sandbox s;
  s.robot.click("stage/add-queue");
  REQUIRE(s.graph().queues.size() == 4);
  CHECK(s.session().branches().size() == 2);
  s.robot.click("graph/queue q4");
  s.robot.click("graph/mode/Par");
  CHECK(s.queue("q4").dispatch == trace::Dispatch::Parallel);
  s.robot.click("graph/limit");
  s.robot.click("2");  // in the menu
  CHECK(s.queue("q4").limit == 2u);
  s.robot.click("graph/handler write");
  CHECK_FALSE(s.queue("q4").has(run::SetupHandler::Write));
  s.robot.click("graph/route read");
  CHECK(s.queue("q4").has(run::SetupRoute::Read));
  s.robot.click("graph/zero");
  CHECK(s.queue("q4").zero_length);
  s.end();
  s.robot.key("R");
  s.end();
  const session::Moment m = s.session().moment();
  const model::RequestView* r =
      m.after->request(session::find_object(*m.trace, "R1", ObjectKind::Request));
  REQUIRE(r);
  CHECK(m.trace->name(r->queue) == "q4");
  s.robot.click("graph/remove");
  CHECK(s.graph() == s.session().program().graph);
}

TEST_CASE("sandbox panel: what O-07 forbids is grey, says why, and can be tried") {
  Sandbox s;
  s.robot.click("graph/queue writes");
  s.robot.click("graph/default");
  CHECK(s.graph() == s.session().program().graph);  // only the menu with the reason is open
  CHECK(s.app.sandbox.panel.sheet.menu.size() == 1);
  CHECK(s.app.sandbox.panel.sheet.menu[0].entry.reason.find("STATUS_UNSUCCESSFUL (O-07)") !=
        std::string::npos);
  s.robot.key("Enter");
  CHECK(s.graph() == s.session().program().graph);
  s.robot.key("Shift+Enter");
  CHECK(s.queue("writes").is_default);
  s.end();
  CHECK(s.robot.ui.rects.find("graph/queue writes"));
  bool said = false;
  for (const ItemRecord& r : s.robot.ui.rects.all())
    said = said || s.robot.ui.rects.text(r).find("WdfIoQueueCreate for writes returned") == 0;
  CHECK(said);
  CHECK(s.faults() == "");
  // Back on the legal way by the same tick, which is no longer grey.
  s.robot.click("graph/default");
  CHECK_FALSE(s.queue("writes").is_default);
}

TEST_CASE("sandbox panel: by keys alone, a section is unfolded and a handler switched") {
  Sandbox s;
  auto walk_to = [&](const std::string& name) {
    for (int i = 0; i < 200; ++i) {
      if (s.robot.focused().find(name) != std::string::npos) return true;
      s.robot.key("Tab");
    }
    return false;
  };
  REQUIRE(walk_to("graph/queue default"));
  s.robot.key("Enter");
  REQUIRE(walk_to("graph/handler internal"));
  s.robot.key("Space");
  CHECK_FALSE(s.queue("default").has(run::SetupHandler::Internal));
  REQUIRE(walk_to("graph/scope"));
  s.robot.key("Enter");
  s.robot.keys({"Down", "Down", "Enter"});
  CHECK(s.queue("default").scope == run::SetupScope::Queue);
  REQUIRE(walk_to("section/workload"));
  s.robot.key("Enter");
  REQUIRE(walk_to("workload/on"));
  s.robot.key("Space");
  CHECK(s.session().workload());
  REQUIRE(walk_to("workload/count"));
  s.robot.key("Home");
  REQUIRE(s.session().workload());
  CHECK(s.session().workload()->workload.count == 1);
}

TEST_CASE("sandbox panel: requests are made, are in the schedule, and go away again") {
  Sandbox s;
  s.only({"workload"});
  s.robot.click("workload/answers");
  s.robot.click("workload/on");
  REQUIRE(s.session().workload());
  s.end();
  CHECK(s.session().moment().after->sent_total == 20);
  CHECK(s.session().schedule_text().find("send notepad=") != std::string::npos);
  s.robot.click("workload/on");
  CHECK_FALSE(s.session().workload());
  CHECK(s.session().schedule_text() == "qs1:7");
}

TEST_CASE("sandbox panel: switches change the run, or what happens from now on") {
  Sandbox s;
  s.only({"switches"});
  s.robot.click("switch/verifier");
  CHECK(s.session().schedule_text().find("option=verifier=off") != std::string::npos);
  s.robot.click("switch/version");
  s.robot.click("KMDF 1.9");
  CHECK(s.session().schedule_text().find("minor=9") != std::string::npos);
  s.end();
  s.robot.click("switch/memory");
  s.robot.click("none left");
  s.end();
  CHECK(s.session().moment().after->memory == trace::MemoryMode::NoneLeft);
  s.robot.click("switch/deaf");
  s.end();
  CHECK((s.session().moment().after->targets.front().bits & trace::kTargetDeaf) != 0);
  s.robot.click("switch/irql");
  s.robot.key("W");
  CHECK(s.session().schedule_text().find("irql=2") != std::string::npos);
  s.end();
  s.robot.click("Power down");
  s.end();
  CHECK(s.session().moment().after->devices.front().power != trace::DevicePower::D0);
  CHECK(s.faults() == "");
}

TEST_CASE("sandbox panel: a run is saved in a file and opened again") {
  namespace fs = std::filesystem;
  const fs::path home = fs::temp_directory_path() / "queuescope-panel-test";
  fs::remove_all(home);
  setenv("XDG_DATA_HOME", home.c_str(), 1);
  run::QueueGraph made;
  {
    Sandbox s;
    s.robot.click("stage/add-queue");
    made = s.graph();
    s.only({"file"});
    s.robot.click("file/name");
    s.robot.type("Four queues");
    s.robot.click("file/save");
    CHECK(fs::exists(home / "queuescope/sandbox/four-queues.toml"));
    CHECK(s.app.sandbox.panel.saved.find("four-queues.toml") != std::string::npos);
    s.robot.click("side/reset");
    CHECK(s.graph().queues.size() == 3);
    s.robot.click("file/open/four-queues");
    CHECK(s.graph() == made);
    CHECK(s.faults() == "");
    s.robot.click("file/save");  // the file that is open is saved again
    CHECK(session::list_setups() == std::vector<std::string>{"four-queues"});
  }
  Sandbox other;  // knows nothing of that file, and takes another name
  other.only({"file"});
  other.robot.click("file/name");
  other.robot.type("Four queues");
  other.robot.click("file/save");
  CHECK(session::list_setups() == std::vector<std::string>{"four-queues", "four-queues-1"});
  CHECK(other.app.sandbox.panel.saved.find("/four-queues-1.toml") != std::string::npos);
  CHECK(other.app.sandbox.panel.file == "four-queues-1");
  other.robot.click("file/save");
  CHECK(session::list_setups().size() == 2);
  CHECK(session::Session(*session::load_program("sandbox"),
                         session::load_setup(session::setup_path("four-queues").value())->schedule)
            .graph() == made);
  unsetenv("XDG_DATA_HOME");
  fs::remove_all(home);
}

TEST_CASE("sandbox: a set-up file that somebody saves in an editor is read again") {
  namespace fs = std::filesystem;
  const qs::test::Folder folder("setup-file");
  const std::string path = folder.file("mine.toml");
  Sandbox s;
  auto saves = [&](const char* text, int seconds) {
    folder.put("mine.toml", text);
    fs::last_write_time(path, fs::file_time_type() + std::chrono::seconds(seconds));
    s.robot.frame();
    s.robot.frame();
  };
  saves("inputs = [\"0 send read 16 file=A\"]\n", 1);
  s.app.open_named(path);
  s.robot.frame();
  CHECK(s.session().branch().schedule.inputs.size() == 1);
  saves("inputs = [\"0 send read 16 file=A\", \"1ms send read 8 file=A\"]\n", 2);
  CHECK(s.session().branch().schedule.inputs.size() == 2);
  saves("inputs = [\"0 sand read 16 file=A\"]\n", 3);
  CHECK(s.session().branch().schedule.inputs.size() == 2);
  CHECK_MESSAGE(s.app.message.text.find("mine.toml:1") != std::string::npos, s.app.message.text);
}

TEST_CASE("sandbox: the queue's menu removes it, or shows its settings") {
  Sandbox s;
  s.robot.right_click("stage/writes");
  s.robot.key("V");
  CHECK(s.graph().queues.size() == 2);
  CHECK_FALSE(s.graph().find("writes"));
  s.end();
  s.robot.right_click("stage/default");
  s.robot.key("G");
  s.robot.frame();
  CHECK(s.app.sandbox.panel.queue == "default");
}

TEST_CASE("sandbox: a preset with queues and a workload of its own, by its digit") {
  Sandbox s;
  s.robot.key("7");
  s.end();
  CHECK(s.graph().queues.size() == 3);
  REQUIRE(s.session().workload());
  CHECK(s.session().moment().after->sent_total == 24);
  CHECK(s.session().moment().after->done_total == 24);
  CHECK(s.faults() == "");
}

TEST_CASE("layout: the sandbox's panel, section by section, at every size, scale and theme") {
  constexpr int sizes[][2] = {{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}};
  for (const auto& [width, height] : sizes)
    for (const float scale : {1.0f, 2.0f, 3.0f})
      for (const std::string_view theme : theme_names()) {
        CAPTURE(width);
        CAPTURE(scale);
        CAPTURE(theme);
        Sandbox s(width, height, scale, theme);
        s.app.run()->front = Pane::side;
        s.app.sandbox.panel.saved =
            "/a/folder/with/a/rather/long/name/of/a/set-up-that-was-saved.toml";
        s.app.sandbox.panel.workload.answers = true;
        for (const char* section : {"graph", "workload", "switches", "presets", "file", "help"}) {
          CAPTURE(section);
          s.only({section});
          s.app.sandbox.panel.queue = "writes";
          s.app.sandbox.panel.device = true;
          // From top to bottom, a page at a time.
          ScrollState& scroll = s.app.sandbox.panel.sheet.scroll;
          for (float y = 0;; y += float(height) * 0.4f) {
            scroll.y = y;
            CHECK(s.faults() == "");
            if (scroll.y < y || scroll.at_end) break;
          }
        }
      }
}

TEST_CASE("layout: the menus of the sandbox's panel at every size and scale") {
  for (const auto& [width, height] : {std::pair{1024, 700}, {1440, 900}, {3840, 2160}})
    for (const float scale : {1.0f, 2.0f, 3.0f}) {
      CAPTURE(width);
      CAPTURE(scale);
      Sandbox s(width, height, scale);
      s.app.run()->front = Pane::side;
      s.app.sandbox.panel.queue = "writes";
      for (const auto& [section, name] : {std::pair{"graph", "graph/limit"},
                                          {"switches", "switch/version"},
                                          {"switches", "switch/memory"},
                                          {"switches", "switch/result"}}) {
        CAPTURE(name);
        s.only({section});
        // To where it can be seen.
        s.app.sandbox.panel.sheet.scroll.y = 0;
        s.robot.frame();
        const float up = s.robot.find(name).rect.y - s.robot.find("side/body").rect.y;
        s.app.sandbox.panel.sheet.scroll.y = up - 10;
        s.robot.frame();
        s.robot.click(name);
        CHECK(s.robot.ui.menu.owner != 0);
        CHECK(s.faults() == "");
        s.robot.key("Esc");
      }
    }
}

TEST_CASE("layout: 2 and 8 queues with 3, 30 and 300 requests") {
  for (const size_t queues : {2, 8})
    for (const uint32_t requests : {3, 30, 300})
      for (const auto& [width, height] : {std::pair{1024, 700}, {1440, 900}, {3840, 2160}}) {
        CAPTURE(queues);
        CAPTURE(requests);
        CAPTURE(width);
        Sandbox s(width, height, width == 3840 ? 2 : 1);
        run::QueueGraph g = s.graph();
        g.queues.resize(1);
        for (size_t n = 2; n <= queues; ++n) {
          run::QueueSetup q = g.queues[0];
          q.name = "queue " + std::to_string(n);
          q.is_default = false;
          if (n == 2) q.routes = run::setup_bit(run::SetupRoute::Write);
          if (n == 3) q.routes = run::setup_bit(run::SetupRoute::Control);
          if (n > 3) q.dispatch = trace::Dispatch::Manual, q.handlers = 0;
          g.queues.push_back(q);
        }
        CHECK(s.session().apply(session::cmd::SetGraph{g, "many"}).empty());
        s.end();
        session::Workload w;
        w.count = requests;
        CHECK(s.session().apply(session::cmd::SetWorkload{w}).empty());
        s.end();
        CHECK(s.session().moment().after->sent_total == requests);
        CHECK(s.faults() == "");
      }
}
