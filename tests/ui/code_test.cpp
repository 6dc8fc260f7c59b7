// The code pane: the lexer, where threads are, jumps and breakpoints.
#include "ui/panes/code/code.h"
#include "ui/panes/code/rows.h"
#include "ui/toolkit/core/theme_file.h"

#include "ui/app_window.h"
#include "ui/robot.h"
#include "ui/support/panes_stand.h"

using namespace qs;
using namespace qs::ui;
using test::PanesStand;

namespace {

// "keyword:static type:NTSTATUS …", plain pieces left out.
std::string told(std::string_view line, bool& in_comment, const TypeNames& types = {}) {
  static constexpr const char* names[] = {"plain", "keyword", "type",    "call",
                                          "text",  "number",  "comment", "macro"};
  std::string out;
  for (const CodePiece& p : lex_line(line, in_comment, types)) {
    if (p.kind == CodeKind::plain) continue;
    out += (out.empty() ? "" : " ") + std::string(names[size_t(p.kind)]) + ":" +
           std::string(line.substr(p.from, p.to - p.from));
  }
  return out;
}
std::string told(std::string_view line) {
  bool in_comment = false;
  return told(line, in_comment);
}

}  // namespace

TEST_CASE("code: keywords, types, calls, numbers and constants of a driver") {
  CHECK(told("static NTSTATUS status = STATUS_SUCCESS;") ==
        "keyword:static type:NTSTATUS macro:STATUS_SUCCESS");
  CHECK(told("WdfRequestComplete(Request, status);") == "call:WdfRequestComplete");
  CHECK(told("WDF_IO_QUEUE_CONFIG config; WDFQUEUE queue;") ==
        "type:WDF_IO_QUEUE_CONFIG type:WDFQUEUE");
  CHECK(told("x = 0x1Fu + 12;") == "number:0x1Fu number:12");
  CHECK(told("if (!NT_SUCCESS(status)) return;") == "keyword:if macro:NT_SUCCESS keyword:return");
  CHECK(told("size_t Length") == "type:size_t");
  CHECK(told("MyWdfThing(Wdf, Kernel);") == "");
  CHECK(told("case QsOrderForward:") == "keyword:case");  // not called
  CHECK(told("PQS_ORDER Order, QS_ORDER* o; x = (PORDER)y;") ==
        "type:PQS_ORDER type:QS_ORDER type:PORDER");
  CHECK(told("return CHANNELS * 2;") == "keyword:return macro:CHANNELS number:2");
}

TEST_CASE("code: strings, characters and their escapes") {
  CHECK(told(R"(DbgPrint("a \"quoted\" %u\n", 'x');)") ==
        R"(call:DbgPrint text:"a \"quoted\" %u\n" text:'x')");
  CHECK(told(R"(char c = '\'';)") == R"(keyword:char text:'\'')");
  CHECK(told("\"never closed") == "text:\"never closed");
}

TEST_CASE("code: comments end where they end, over lines too") {
  bool in_comment = false;
  CHECK(told("int a; // rest /* of it", in_comment) == "keyword:int comment:// rest /* of it");
  CHECK_FALSE(in_comment);
  CHECK(told("a /* one */ b /* two", in_comment) == "comment:/* one */ comment:/* two");
  CHECK(in_comment);
  CHECK(told("return; still */ return;", in_comment) == "comment:return; still */ keyword:return");
  CHECK_FALSE(in_comment);
}

TEST_CASE("code: the preprocessor") {
  CHECK(told("#include <wdf.h>") == "macro:#include text:<wdf.h>");
  CHECK(told("#include \"own.h\"") == "macro:#include text:\"own.h\"");
  CHECK(told("  # define CHANNELS 2 // two") ==
        "macro:# define macro:CHANNELS number:2 comment:// two");
  CHECK(told("#if A < B") == "macro:#if");
}

TEST_CASE("code: names that the file declares are types") {
  const TypeNames types = declared_types(test::kDriverC);
  CHECK(types.count("DEVICE_CONTEXT"));
  CHECK(types.count("PDEVICE_CONTEXT"));
  CHECK_FALSE(types.count("Busy"));
  CHECK_FALSE(types.count("EvtIoRead"));
  bool in_comment = false;
  CHECK(told("DEVICE_CONTEXT* dev;", in_comment, types) == "type:DEVICE_CONTEXT");
}

TEST_CASE("code: every line of a file is there, and the pieces cover all but blanks") {
  const auto lines = lex_file(test::kDriverC, declared_types(test::kDriverC));
  CHECK(lines.size() == size_t(std::count(test::kDriverC.begin(), test::kDriverC.end(), '\n')));
  for (const CodeLine& l : lines) {
    std::string covered(l.text.size(), ' ');
    for (const CodePiece& p : l.pieces)
      for (uint32_t i = p.from; i < p.to; ++i) covered[i] = 'x';
    for (size_t i = 0; i < l.text.size(); ++i)
      if (l.text[i] != ' ') CHECK(covered[i] == 'x');
  }
}

TEST_CASE("code: the thread of the moment comes first; those outside the driver are not there") {
  PanesStand stand(false, 1e9);
  const session::Moment m = test::moment_at(stand.timeline, double(stand.run.trace->size()));
  const auto threads = threads_in_code(m);
  REQUIRE_FALSE(threads.empty());
  CHECK(threads[0].running);
  for (size_t i = 1; i < threads.size(); ++i) CHECK_FALSE(threads[i].running);
  const session::Moment start = test::moment_at(stand.timeline, 3);
  CHECK(threads_in_code(start).empty());
}

TEST_CASE("code: the next run of a line, the one before, and around the ends") {
  PanesStand stand;
  const trace::Site site(1, 20);
  const auto hits = stand.timeline.line_hits(site);
  REQUIRE(hits.size() >= 3);
  CHECK(next_run(stand.timeline, site, 0, false) == int64_t(hits[0]) + 1);
  CHECK(next_run(stand.timeline, site, hits[0] + 1, false) == int64_t(hits[1]) + 1);
  CHECK(next_run(stand.timeline, site, hits[1] + 1, true) == int64_t(hits[0]) + 1);
  CHECK(next_run(stand.timeline, site, hits.back() + 1, false) == int64_t(hits[0]) + 1);
  CHECK(next_run(stand.timeline, site, hits[0] + 1, true) == int64_t(hits.back()) + 1);
  CHECK(next_run(stand.timeline, trace::Site(1, 2), 0, false) == qs::ui::kNoEvent);
}

TEST_CASE("code: scrolling moves only when the line would leave the view") {
  CHECK(scroll_to_line(100, 400, 20, 12, 200) == 100);       // in view
  const float down = scroll_to_line(100, 400, 20, 60, 200);  // below
  CHECK(down > 100);
  CHECK(60 * 20.0f >= down);
  CHECK(61 * 20.0f <= down + 400);
  CHECK(scroll_to_line(down, 400, 20, 61, 200) == down);  // its neighbour: no jump
  CHECK(scroll_to_line(1000, 400, 20, 0, 200) == 0);
  CHECK(scroll_to_line(0, 400, 20, 199, 200) == 200 * 20 - 400);
}

namespace {

struct CodeHands {
  PanesStand stand;
  Robot robot;
  explicit CodeHands(double at, bool violation = false, int w = 560, int h = 460)
      : stand(violation, at),
        robot(
            [this](Ui& ui) {
              stand.begin(ui);
              stand.code_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            w, h) {}
};

}  // namespace

TEST_CASE("code: it shows the line of the running thread") {
  CodeHands h(1e9, true);
  CHECK(h.robot.sees("line-28"));
  CHECK(h.stand.code_state.scroll.y > 0);
  const auto hits = h.stand.timeline.line_hits(trace::Site(1, 20));
  h.stand.position = double(hits[0]) + 1;
  h.robot.frame();
  h.robot.frame();
  CHECK(h.robot.sees("line-20"));
}

TEST_CASE(
    "code: a click on a number goes to the next run of the line, with Shift to the one before") {
  CodeHands h(0);
  const auto hits = h.stand.timeline.line_hits(trace::Site(1, 20));
  h.stand.shared.show_line = trace::Site(1, 20);
  h.robot.frame();
  h.robot.frame();
  h.robot.click("line-20");
  CHECK(h.stand.position == double(hits[0]) + 1);
  h.robot.click("line-20");
  CHECK(h.stand.position == double(hits[1]) + 1);
  const Rect r = h.robot.find("line-20").visible;
  h.robot.platform->input.push_mouse(r.center().x, r.center().y);
  h.robot.platform->input.push_button(MouseButton::left, true, mod_shift);
  h.robot.platform->input.push_button(MouseButton::left, false, mod_shift);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.position == double(hits[0]) + 1);
  CHECK(h.robot.find("line-21").disabled);  // never runs
}

TEST_CASE("code: a breakpoint is set in the gutter; F5 runs to it, Shift+F5 back to it") {
  CodeHands h(0);
  h.stand.shared.show_line = trace::Site(1, 28);
  h.robot.frame();
  h.robot.frame();
  h.robot.click("stop-28");
  CHECK(h.stand.shared.breakpoints.has(stop_at_line("lessons/00-test/driver.c", 28)));
  const auto hits = h.stand.timeline.line_hits(trace::Site(1, 28));
  REQUIRE(hits.size() == 1);
  h.robot.key("F5");
  CHECK(h.stand.position == double(hits[0]) + 1);
  h.stand.position = double(h.stand.run.trace->size());
  h.robot.frame();
  h.robot.key("Shift+F5");
  CHECK(h.stand.position == double(hits[0]) + 1);
  h.robot.click("stop-28");
  CHECK(h.stand.shared.breakpoints.empty());
}

TEST_CASE("code: the list of stops runs to them and takes them away") {
  CodeHands h(0);
  h.stand.shared.breakpoints.toggle(stop_at_line("lessons/00-test/driver.c", 28));
  h.stand.shared.breakpoints.toggle(stop_at_handler(trace::CallbackKind::EvtIoWrite));
  h.robot.frame();
  h.robot.frame();
  h.robot.click("code/stops");
  h.robot.click("Run to the next breakpoint");
  CHECK(h.stand.position > 0);
  h.robot.click("code/stops");
  h.robot.click("driver.c:28");
  CHECK(h.stand.shared.breakpoints.stops ==
        std::vector{stop_at_handler(trace::CallbackKind::EvtIoWrite)});
  h.robot.click("code/stops");
  h.robot.click("Remove all");
  CHECK(h.stand.shared.breakpoints.empty());
}

TEST_CASE("breakpoints: handlers, requests and events stop a run too") {
  test::PanesRun run;
  Breakpoints b;
  CHECK(b.next_stop(*run.trace, 0, false) == qs::ui::kNoEvent);
  b.toggle(stop_at_handler(trace::CallbackKind::EvtIoWrite));
  const int64_t write = b.next_stop(*run.trace, 0, false);
  REQUIRE(write > 0);
  CHECK((*run.trace)[size_t(write) - 1].code == trace::EventCode::CallbackEnter);
  const int64_t second = b.next_stop(*run.trace, size_t(write), false);
  CHECK(second > write);
  CHECK(b.next_stop(*run.trace, size_t(second), true) == write);
  b = {};
  b.toggle(stop_at_request("C1"));
  CHECK((*run.trace)[size_t(b.next_stop(*run.trace, 0, false)) - 1].s == run.r["C1"]);
  b = {};
  b.toggle(stop_at_event(trace::EventCode::Cancelable));
  CHECK((*run.trace)[size_t(b.next_stop(*run.trace, 0, false)) - 1].code ==
        trace::EventCode::Cancelable);
}

TEST_CASE("code: nothing overlaps at any size, scale and theme") {
  for (const std::string_view theme : theme_names())
    for (const auto& [w, h, scale] :
         {std::tuple{300, 240, 1.0f}, {440, 400, 1.0f}, {1200, 900, 2.0f}, {1500, 1200, 3.0f}}) {
      PanesStand stand(true, 1e9);
      Robot robot(
          [&](Ui& ui) {
            stand.begin(ui);
            stand.code_pane(ui, inset(ui.screen, 6));
            stand.end(ui);
          },
          w, h, scale, theme);
      const auto faults = layout_faults(robot.ui.rects, robot.ui.screen);
      for (const auto& f : faults) MESSAGE(f);
      CAPTURE(w);
      CHECK(faults.empty());
    }
}

TEST_CASE("code: a stop where nothing can run goes to the next line that can") {
  const std::string text =
      "/* what\n it is */\nVOID\nEvtIoRead(_In_ WDFQUEUE Queue)\n{\n    NTSTATUS status;\n"
      "    ULONG n = 0;\n\n    status = Begin(n);\n    Go();\n}\n";
  const auto lines = lex_file(text, {});
  CHECK(line_to_stop_at(lines, 1) == 7);
  CHECK(line_to_stop_at(lines, 4) == 7);
  CHECK(line_to_stop_at(lines, 6) == 7);
  CHECK(line_to_stop_at(lines, 7) == 7);
  CHECK(line_to_stop_at(lines, 8) == 9);
  CHECK(line_to_stop_at(lines, 10) == 10);
  CHECK(line_to_stop_at(lines, 11) == 11);  // there is none
}

TEST_CASE("code: at rest it shows the line of a thread that waits in the driver") {
  AppWindow w("sandbox");
  w.robot.key("1");
  w.settle();
  w.robot.keys({"End", "S"});
  w.robot.frame();
  const auto threads = threads_in_code(w.app.session()->moment());
  REQUIRE_FALSE(threads.empty());
  CHECK_FALSE(threads[0].running);
  CHECK(w.robot.sees("code/text/line-" + std::to_string(threads[0].site.line())));
}

TEST_CASE("code: long lines are reached by a bar under the code, by mouse and by keys") {
  CodeHands h(0, false, 300, 460);
  h.robot.frame();
  const Rect bar = h.robot.find("code/across").rect;
  CHECK(h.stand.code_state.x == 0);
  h.robot.drag({bar.x + 10, bar.center().y}, {bar.right() - 4, bar.center().y});
  const float far = h.stand.code_state.x;
  CHECK(far > 20);
  h.robot.ui.focus(h.robot.find("code/across").id);
  h.robot.key("Left");
  CHECK(h.stand.code_state.x < far);
}

TEST_CASE("code: of many threads at one line some are named and the others counted") {
  AppWindow w("sandbox", 900, 700);
  w.robot.key("7");
  w.robot.key("Home");
  REQUIRE(w.app.session()->apply(session::cmd::RunTo{"event Arrive R2", false}).empty());
  w.robot.frame();
  w.robot.frame();
  const auto threads = threads_in_code(w.app.session()->moment());
  REQUIRE(threads.size() > 4);
  w.app.run()->shared.show_line = threads.back().site;  // where all but the worker wait
  w.robot.frame();
  w.robot.frame();
  const ItemRecord* more = nullptr;
  for (const ItemRecord& r : w.robot.ui.rects.all())
    if (w.robot.ui.rects.name(r).find("code/text/threads-") != std::string_view::npos) more = &r;
  REQUIRE(more);
  CHECK(w.robot.ui.rects.text(*more)[0] == '+');
  Rect pane;
  for (const ItemRecord& r : w.robot.ui.rects.all())
    if (w.robot.ui.rects.name(r) == "code") pane = r.rect;
  CHECK(more->rect.x > pane.x + pane.w * 0.4f);
}

TEST_CASE(
    "code: a page around a line shows it and what comes next, and rests while it is gone along") {
  const CodeRange range{10, 60};
  for (int rows = 1; rows <= 15; ++rows) {
    CAPTURE(rows);
    uint32_t before = range.first;
    int moved = 0;
    for (uint32_t line = range.first; line <= range.last; ++line) {
      CAPTURE(line);
      const uint32_t first = page_of(range, line, rows);
      CHECK(first >= before);
      CHECK(first <= line);
      CHECK(line < first + uint32_t(rows));
      if (rows >= 3 && line + 1 < range.last) CHECK(line + 1 < first + uint32_t(rows));
      moved += first != before;
      before = first;
    }
    if (rows >= 5) CHECK(moved < 30);
  }
  CHECK(page_of({10, 12}, 11, 7) == 10);
}

TEST_CASE("code: the body of a function is what its braces hold") {
  const std::string text =
      "VOID F(\n    int a)\n{\n    x();\n\n    y();\n}\nint G() { return 1; }\n";
  const auto lines = lex_file(text, {});
  const auto functions = trace::defined_functions(text);
  REQUIRE(functions.size() == 2);
  const CodeRange body = body_of(lines, functions[0]);
  CHECK(body.first == 4);
  CHECK(body.last == 6);
  CHECK(body_of(lines, functions[1]).first == 8);
  CHECK(code_indent("    x();") == 4);
  CHECK(code_indent("\tx();") == 4);
  CHECK(code_columns("a\tb") == 5);
}

TEST_CASE("code: a line that is too long goes on in rows that hang, and nothing of it is lost") {
  const std::string_view line =
      "    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);";
  CHECK(code_rows(line, 4, 80).size() == 1);
  for (int columns = 12; columns <= 70; ++columns) {
    CAPTURE(columns);
    const auto rows = code_rows(line, 4, columns);
    std::string all;
    for (size_t i = 0; i < rows.size(); ++i) {
      const size_t to = std::min(rows[i].to, line.size());
      const std::string_view part = line.substr(rows[i].from, to - rows[i].from);
      CHECK(int(to) - rows[i].skip - part.ends_with(' ') <= columns);
      if (i > 0) CHECK(int(rows[i].from) > rows[i].skip);  // it hangs
      if (i > 0) CHECK(part[0] != ' ');
      all += part;
    }
    CHECK(all == line);
  }
  const auto two = code_rows(line, 4, 50);
  REQUIRE(two.size() == 2);
  CHECK(line.substr(two[1].from) == "STATUS_SUCCESS, length);");
}

TEST_CASE("code: a row ends between names, or where a name has an end of its own") {
  const auto rows = [](std::string_view line, int columns) {
    std::vector<std::string> out;
    for (const CodePart& part : code_rows(line, 0, columns))
      out.emplace_back(line.substr(part.from, std::min(part.to, line.size()) - part.from));
    return out;
  };
  using Rows = std::vector<std::string>;
  // A short row rather than a name in two.
  CHECK(rows("status = WdfIoQueueRetrieveNextRequest(context->Reads, &request);", 34) ==
        Rows{"status = ", "WdfIoQueueRetrieveNextRequest(", "context->Reads, &request);"});
  // A name that no row holds is broken between its words.
  CHECK(rows("status = WdfIoQueueRetrieveNextRequest(context->Reads, &request);", 27) ==
        Rows{"status = WdfIoQueueRetrieve", "NextRequest(", "context->Reads, ", "&request);"});
  CHECK(rows("WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);", 27) ==
        Rows{"WdfRequestComplete(Request, ", "STATUS_INSUFFICIENT_", "RESOURCES);"});
  CHECK(rows("f(Request, parameters.Parameters.Write.Length);", 27) ==
        Rows{"f(Request, parameters", ".Parameters.Write", ".Length);"});
  CHECK(rows("c = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));", 50) ==
        Rows{"c = DeviceGetContext(", "(WDFDEVICE)WdfDpcGetParentObject(Dpc));"});
  // A semicolon does not stand alone.
  CHECK(rows("return WdfRequestMarkCancelableEx(Request, EvtCancel);", 53) ==
        Rows{"return WdfRequestMarkCancelableEx(Request, ", "EvtCancel);"});
}
