// Limits of prose: what a student reads beside the stage has to fit there and be read at a glance.
#include <algorithm>

#include <fmt/format.h>

#include "lesson/check/checker.h"

namespace qs::lesson {
namespace {

struct Limit {
  const char* key;
  size_t characters;
  int sentences;  // 0: any number
};
constexpr Limit kTitle{"title", 48, 0}, kText{"text", 420, 2}, kQuestion{"question", 240, 2},
    kOption{"text", 120, 1}, kWhy{"why", 480, 5}, kGoal{"goal", 320, 3}, kTick{"ticks", 110, 1},
    kHint{"hints", 260, 3}, kLearnt{"learnt", 180, 0}, kCard{"text", 260, 3};

class Prose {
 public:
  Prose(const Lesson& lesson, std::vector<Remark>& remarks) : lesson_(lesson), remarks_(remarks) {}

  void run() {
    head();
    for (const LessonCard& c : lesson_.cards) {
      KeyLines lines{c.line, {}};
      look(lines, kTitle, c.title);
      look(lines, kCard, c.text);
    }
    for (const Beat& b : lesson_.beats) beat(b);
  }

 private:
  void say(int line, std::string text) { remarks_.push_back({line, std::move(text)}); }

  void head() {
    const KeyLines& at = lesson_.lines;
    if (lesson_.number.empty()) say(0, "number: it is missing; write its place in order.toml");
    if (lesson_.goal.empty()) say(0, "goal: it is missing; what can the student do afterward?");
    if (lesson_.minutes < 5 || lesson_.minutes > 40)
      say(at.of("minutes"), fmt::format("minutes: {}; a lesson takes 5 to 40", lesson_.minutes));
    if (lesson_.docs.empty()) say(0, "docs: it is missing; which page tells more?");
    for (const LessonLink& l : lesson_.docs)
      if (l.title.empty() || l.url.find('.') == std::string::npos)
        say(at.of("docs"), fmt::format("docs: \"{}\" has no title or is not an address", l.url));
    if (lesson_.rules.empty()) say(0, "rules: it is missing; which rules does it show?");
    if (lesson_.learnt.empty() || lesson_.learnt.size() > 7)
      say(at.of("learnt"),
          fmt::format("learnt: {} sentences; the last page has 1 to 7", lesson_.learnt.size()));
    for (const std::string& line : lesson_.learnt) look(at, kLearnt, line);
    if (lesson_.beats.empty()) say(0, "beats: there are none");
  }

  void beat(const Beat& b) {
    const KeyLines& at = b.lines;
    if (b.text.empty() && b.question.empty()) say(at.table, "text: it is missing");
    look(at, kTitle, b.title);
    look(at, kText, b.text);
    look(at, kQuestion, b.question);
    if (b.options.size() > 6)
      say(at.table, fmt::format("options: {}; the keys 1 to 6 choose them", b.options.size()));
    for (const BeatOption& o : b.options) {
      look(o.lines, kOption, o.text);
      look(o.lines, kWhy, o.why);
      if (o.why.empty()) say(o.lines.table, "why: it is missing; each option has its explanation");
    }
    if (!b.goal) return;
    look(at, kGoal, b.goal->text);
    if (b.goal->text.empty()) say(at.table, "goal: it is missing; what is to be done?");
    if (b.goal->ticks.empty()) say(at.table, "ticks: missing; one sentence a condition");
    if (b.goal->hints.empty()) say(at.table, "hints: missing; one to five, each a step further");
    if (b.goal->hints.size() > 5)
      say(at.of("hints"), fmt::format("hints: {}; one to five", b.goal->hints.size()));
    for (const std::string& t : b.goal->ticks) look(at, kTick, t);
    for (const std::string& h : b.goal->hints) look(at, kHint, h);
  }

  void look(const KeyLines& lines, const Limit& limit, const std::string& text) {
    const int line = lines.of(limit.key);
    // Characters, not bytes: a dash or a quotation mark is one.
    const size_t length = size_t(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
    if (length > limit.characters)
      say(line,
          fmt::format("{}: {} characters, the limit is {}", limit.key, length, limit.characters));
    if (const int n = sentence_count(text); limit.sentences && n > limit.sentences)
      say(line, fmt::format("{}: {} sentences, the limit is {}", limit.key, n, limit.sentences));
    if (std::count(text.begin(), text.end(), '`') % 2)
      say(line, fmt::format("{}: a ` without its partner", limit.key));
    if (text.find("is blocked") != std::string::npos)
      say(line, fmt::format("{}: \"is blocked\" tells nothing; say which gate is closed, or who "
                            "holds what",
                            limit.key));
    links(line, limit.key, text);
  }

  void links(int line, const char* key, const std::string& text) {
    for (size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
      const size_t end = text.find(')', at);
      const std::string url = text.substr(at + 2, end == std::string::npos ? end : end - at - 2);
      if (end == std::string::npos || url.rfind("https://", 0) != 0 ||
          url.find(' ') != std::string::npos || url.find('.') == std::string::npos)
        say(line,
            fmt::format("{}: \"{}\" is not an address; write [words](https://...)", key, url));
    }
  }

  const Lesson& lesson_;
  std::vector<Remark>& remarks_;
};

}  // namespace

void check_prose(const Lesson& lesson, std::vector<Remark>& remarks) {
  Prose(lesson, remarks).run();
}

int sentence_count(std::string_view text) {
  int n = 0;
  bool code = false, words = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`') code = !code;
    words |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (code) continue;
    const bool ends = c == '.' || c == '?' || c == '!';
    const bool gap = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' ||
                     text[i + 1] == '"' || text[i + 1] == '*';
    if (ends && gap && words) ++n, words = false;
  }
  return n + (words ? 1 : 0);
}

}  // namespace qs::lesson
