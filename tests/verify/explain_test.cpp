// Every report has its explanation, every name of a check leads to a rule, and the texts are fit to
// show.
#include "verify/explain.h"

#include <doctest/doctest.h>

#include <array>
#include <cctype>
#include <set>
#include <sstream>
#include <string>

#include "trace/rules/rules.h"

using namespace qs;
using verify::explain;
using verify::Explanation;
using verify::is_called;

namespace {

// The names that the checks of lessons may use, and the rule each stands for first.
struct CheckName {
  const char* name;
  const char* rule;
};

constexpr CheckName check_names[] = {
    {"complete-twice", "V-06"},
    {"complete-while-cancelable", "V-07"},
    {"use-after-complete", "R-07"},
    {"not-owner", "V-05"},
    {"abandoned-request", "U-01"},
    {"forward-while-cancelable", "V-15"},
    {"forward-same-queue", "V-16"},
    {"requeue-not-manual", "V-18"},
    {"retrieve-parallel", "G-01"},
    {"retrieve-idle-sequential", "V-22"},
    {"sync-call-in-handler", "Q-14"},
    {"wait-at-dispatch", "U-04"},
    {"self-deadlock", "U-02"},
    {"drain-while-stopped", "Q-10"},
    {"delete-routed-queue", "V-29"},
    {"stop-ack-outside-stop", "V-27"},
    {"stop-ack-while-cancelable", "F-31"},
    {"hardware-in-low-power", "U-07"},
    {"send-no-completion-routine", "V-34"},
    {"send-twice", "V-33"},
    {"complete-while-sent", "K-12"},
    {"info-too-long", "V-09"},
    {"device-busy", "U-06"},
    {"notify-twice", "V-21"},
    {"unprotected-shared-data", "U-08"},
};

// Reports that have a name of their own beside the list of the checks.
constexpr CheckName other_names[] = {
    {"unmark-misread", "C-32"},
    {"endless-ready-notify", "D-14"},
    {"data-race", "U-08"},
    {"not-simulated", "U-13"},
    {"driver-crash", "U-12"},
    {"endless-loop", "U-11"},
    {"power-down-waits", "P-12"},
    {"late-acknowledge", "P-25"},
    {"send-while-cancelable", "C-61"},
    {"deadlock", "U-03"},
    {"irql-too-high", "U-05"},
    {"touch-after-complete", "U-09"},
};

std::array<std::string_view, 3> parts(const Explanation& entry) {
  return {entry.what, entry.why, entry.how};
}

// The words that are rule ids: "(V-07)." and "V-07," too.
std::set<std::string> words_like_rules(std::string_view text) {
  std::set<std::string> ids;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
      word += c;
      continue;
    }
    if (word.size() >= 4 && word[1] == '-' && std::isdigit(static_cast<unsigned char>(word[2]))) {
      ids.insert(word);
    }
    word.clear();
  }
  return ids;
}

}  // namespace

TEST_CASE("every violation of the verifier's table has an explanation of its own") {
  for (const trace::Rule& rule : trace::all_rules()) {
    if (rule.section != trace::Section::Verifier || rule.severity == trace::Severity::None)
      continue;
    INFO(rule.id);
    const Explanation* entry = explain(rule.id);
    REQUIRE(entry != nullptr);
    CHECK(entry->rule == rule.id);
  }
}

TEST_CASE("every rule that can be reported is explained, and only such rules are") {
  for (const trace::Rule& rule : trace::all_rules()) {
    if (rule.severity == trace::Severity::None) continue;
    INFO(rule.id);
    CHECK(explain(rule.id) != nullptr);
  }
  for (const Explanation& entry : verify::all_explanations()) {
    INFO(entry.rule);
    const trace::Rule* rule = trace::find_rule(entry.rule);
    REQUIRE(rule != nullptr);
    CHECK(rule->severity != trace::Severity::None);
  }
}

TEST_CASE("each rule is explained once, and a shared name means the same mistake") {
  std::set<std::string_view> rules;
  std::multiset<std::string_view> names;
  for (const Explanation& entry : verify::all_explanations()) {
    INFO(entry.rule);
    CHECK(rules.insert(entry.rule).second);
    CHECK(!entry.name.empty());
    names.insert(entry.name);
    for (const char c : entry.name)
      CHECK((std::islower(static_cast<unsigned char>(c)) || c == '-'));
  }
  const std::set<std::string_view> shared = {"complete-twice", "complete-while-cancelable",
                                             "state-callback-busy"};
  for (const std::string_view name : names) {
    INFO(name);
    CHECK(names.count(name) == (shared.count(name) ? 2 : 1));
  }
}

TEST_CASE("every name used in checks leads to its rule") {
  for (const CheckName& check : check_names) {
    INFO(check.name);
    const Explanation* entry = explain(check.name);
    REQUIRE(entry != nullptr);
    CHECK(entry->rule == check.rule);
    CHECK(is_called(check.rule, check.name));
  }
  for (const CheckName& check : other_names) {
    INFO(check.name);
    const Explanation* entry = explain(check.name);
    REQUIRE(entry != nullptr);
    CHECK(entry->rule == check.rule);
  }
}

TEST_CASE("further names lead somewhere and hide nothing") {
  for (const Explanation& entry : verify::all_explanations()) {
    std::istringstream words{std::string(entry.also)};
    for (std::string word; words >> word;) {
      INFO(entry.rule, ": ", word);
      CHECK(explain(word) != nullptr);
      CHECK(is_called(entry.rule, word));
      const bool id = word.size() >= 4 && word[1] == '-';
      if (id) CHECK(trace::find_rule(word) != nullptr);
      if (id) CHECK(explain(word) == &entry);  // no explanation of its own is passed over
    }
  }
}

TEST_CASE("explanations are short, clean and say all three things") {
  for (const Explanation& entry : verify::all_explanations()) {
    INFO(entry.rule);
    CHECK(entry.title.size() >= 5);
    CHECK(entry.title.size() <= 60);
    CHECK(entry.title.back() != '.');
    for (const std::string_view part : parts(entry)) {
      INFO(part);
      CHECK(part.size() >= 20);
      CHECK(part.size() <= 260);
      CHECK(part.find("  ") == std::string_view::npos);
      CHECK(part.front() != ' ');
      CHECK(part.back() == '.');
      for (const char c : part) CHECK((c >= ' ' && c < 0x7f));
      for (const std::string& id : words_like_rules(part)) CHECK(trace::find_rule(id) != nullptr);
    }
  }
}

TEST_CASE("explanations have no blanks but those that fill knows") {
  for (const Explanation& entry : verify::all_explanations()) {
    INFO(entry.rule);
    for (const std::string_view part : parts(entry)) {
      const std::string filled = verify::fill(part, {"R1", "reads", "WdfRequestComplete"});
      CHECK(filled.find('{') == std::string::npos);
      CHECK(filled.find('}') == std::string::npos);
      CHECK(std::isupper(static_cast<unsigned char>(verify::fill(part, {}).front())));
    }
  }
}

TEST_CASE("fill puts names in, and plain words where there is none") {
  CHECK(verify::fill("{fn} took {R} from {Q}.", {"R2", "waiting", "WdfIoQueuePurge"}) ==
        "WdfIoQueuePurge took R2 from waiting.");
  CHECK(verify::fill("{R} is done. {Q} waits for {R}, so {fn} does too.", {}) ==
        "The request is done. The queue waits for the request, so the call does too.");
  CHECK(verify::fill("{R} in reads. {Q} is it.", {"r1", "reads", ""}) ==
        "r1 in reads. reads is it.");
  CHECK(verify::fill("{X} and {R and }", {"R1", "", ""}) == "{X} and {R and }");
  CHECK(verify::fill("", {}).empty());
}

TEST_CASE("a check's name matches reports with the verifier on and off") {
  CHECK(is_called("V-07", "complete-while-cancelable"));
  CHECK(is_called("K-10", "complete-while-cancelable"));
  CHECK_FALSE(is_called("V-08", "complete-while-cancelable"));
  CHECK(is_called("V-06", "complete-twice"));
  CHECK(is_called("K-11", "complete-twice"));
  CHECK(is_called("V-20", "wait-at-dispatch"));
  CHECK(is_called("U-09", "use-after-complete"));
  CHECK(is_called("V-07", "V-07"));
  CHECK(is_called("device-busy", "U-06"));
  CHECK(is_called("V-07", "*"));
  CHECK_FALSE(is_called("V-07", ""));
  CHECK_FALSE(is_called("no-such-rule", "not-owner"));
}

TEST_CASE("hang names what never ends by itself") {
  for (const char* rule : {"U-01", "U-02", "U-03", "Q-10", "Q-14", "O-10", "P-12", "P-25"}) {
    INFO(rule);
    CHECK(is_called(rule, "hang"));
  }
  CHECK_FALSE(is_called("V-05", "hang"));
  CHECK_FALSE(is_called("U-06", "hang"));
}

TEST_CASE("unknown names are not explained") {
  CHECK(explain("") == nullptr);
  CHECK(explain("c-22") == nullptr);
  CHECK(explain("complete") == nullptr);
}
