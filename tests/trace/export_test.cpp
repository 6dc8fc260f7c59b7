// Exports: valid JSON with balanced slices, a diagram that names everybody.
#include "trace/export/export.h"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/model/story.h"
#include "tests/support/seed.h"
#include "trace/export/narrate.h"

using namespace qs;
using namespace qs::test;
using Json = nlohmann::json;

namespace {

trace::Trace echo() {
  Story s;
  s.set_up().send(1).arrive(1).insert(1).take(1);
  s.time = 1500;
  s.deliver(1).at_line(41).complete(1, 1, 0, 16).leave_handler(1);
  return std::move(s.trace);
}

Json perfetto(const trace::Trace& t, trace::ExportRange range = {}) {
  std::ostringstream out;
  trace::export_perfetto(t, "echo", out, range);
  return Json::parse(out.str());
}

// Slices of a thread, and of a request, open and close like brackets; time never goes back.
void check_balanced(const Json& j) {
  std::map<int, std::vector<std::string>> threads;
  std::map<std::string, std::vector<std::string>> requests;
  double now = 0;
  for (const Json& e : j["traceEvents"]) {
    std::string ph = e["ph"];
    if (ph != "M") {
      CHECK(e["ts"].get<double>() >= now);
      now = e["ts"].get<double>();
    }
    if (ph == "B") threads[e["tid"]].push_back(e["name"]);
    if (ph == "b") requests[e["id"]].push_back(e["name"]);
    if (ph == "E" || ph == "e") {
      auto& stack = ph == "E" ? threads[e["tid"]] : requests[e["id"]];
      REQUIRE_FALSE(stack.empty());
      CHECK(stack.back() == e["name"].get<std::string>());
      stack.pop_back();
    }
  }
  for (auto& [id, stack] : threads) CHECK(stack.empty());
  for (auto& [id, stack] : requests) CHECK(stack.empty());
}

}  // namespace

TEST_CASE("JSON export has every event with its sentence") {
  trace::Trace t = echo();
  std::ostringstream out;
  trace::export_json(t, "echo", "qs1:7", out);
  Json j = Json::parse(out.str());
  CHECK(j["program"] == "echo");
  CHECK(j["schedule"] == "qs1:7");
  REQUIRE(j["events"].size() == t.size());
  for (size_t i = 0; i < t.size(); ++i) {
    CHECK(j["events"][i]["n"] == i + 1);
    CHECK(j["events"][i]["event"] == trace::event_name(t[i].code));
    CHECK(j["events"][i]["text"] == trace::narrate(t, i));
  }
  std::ostringstream part;
  trace::export_json(t, "echo", "", part, {2, 5});
  CHECK(Json::parse(part.str())["events"].size() == 3);
  std::ostringstream none;
  trace::export_json(t, "echo", "", none, {9, 9});
  CHECK(Json::parse(none.str())["events"].empty());
}

TEST_CASE("Perfetto export: threads, requests and queue counters") {
  Json j = perfetto(echo());
  check_balanced(j);
  int handlers = 0, counters = 0, owned_by_driver = 0;
  for (const Json& e : j["traceEvents"]) {
    handlers += e["ph"] == "B" && e["name"] == "EvtIoRead";
    counters += e["ph"] == "C" && e["name"] == "default";
    owned_by_driver += e["ph"] == "b" && e["name"] == "driver";
  }
  CHECK(handlers == 1);
  CHECK(counters == 4);
  CHECK(owned_by_driver == 1);
}

TEST_CASE("Perfetto export of parts and of traces no run would make stays balanced") {
  QS_TEST_SEED(seed, 41);
  trace::Trace run = random_run(seed, 3000), noise = random_noise(seed, 3000);
  check_balanced(perfetto(run));
  check_balanced(perfetto(run, {1000, 1500}));
  check_balanced(perfetto(noise));
}

TEST_CASE("names that are no text do not break an export") {
  trace::Trace t;
  t.set_name(request(1), "R\xFF\"1\n");
  trace::Event e;
  e.code = trace::EventCode::Present;
  e.s = request(1);
  t.push(e);
  std::ostringstream out;
  trace::export_json(t, "\xC3", "", out);
  CHECK(Json::parse(out.str())["events"].size() == 1);
}

TEST_CASE("Mermaid export tells who hands what to whom, in order") {
  std::ostringstream out;
  trace::export_mermaid(echo(), out);
  std::string text = out.str();
  INFO(text);
  CHECK(text.substr(0, 16) == "sequenceDiagram\n");
  size_t at = 0;
  for (const char* line : {"as notepad", "as default", ": R1 waits", "R1 (it was delivered)",
                           "driver-->>", "R1 STATUS_SUCCESS"}) {
    size_t found = text.find(line, at);
    CHECK_MESSAGE(found != std::string::npos, line);
    if (found != std::string::npos) at = found;
  }
}

TEST_CASE("Mermaid export stops at its limit and says so; odd names are escaped") {
  QS_TEST_SEED(seed, 42);
  trace::Trace t = random_run(seed, 5000);
  t.set_name(queue(1), "a;b#c\nd");
  std::ostringstream out;
  trace::export_mermaid(t, out, {}, 10);
  std::string text = out.str();
  CHECK(text.find("more events are left out") != std::string::npos);
  CHECK(text.find("a;b") == std::string::npos);
  size_t messages = 0;
  for (size_t i = text.find(">>"); i != std::string::npos; i = text.find(">>", i + 2)) ++messages;
  CHECK(messages <= 10);
}
