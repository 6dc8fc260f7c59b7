// queuescope handout: a lesson as a page that prints well, for work without a computer.
#include <fmt/format.h>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/html.h"
#include "cli/open.h"
#include "lesson/file/program_file.h"
#include "lesson/tutor/judge.h"
#include "own/temporary.h"
#include "session/programs.h"

namespace qs::cli {
namespace {

constexpr uint64_t kPicture = 64u << 20;  // bytes of a PNG

constexpr const char* kStyle = R"(
  body { font: 11pt/1.45 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
  h1, h2, .mode { font-family: Helvetica, Arial, sans-serif; }
  h2 { margin: 1.6em 0 .3em; font-size: 13pt; }
  .mode, footer { color: #555; font-size: 9.5pt; }
  code { font-size: 92%; }
  section { break-inside: avoid; }
  img { max-width: 100%; border: 1px solid #ccc; margin: .4em 0; }
  ol, ul { margin: .3em 0 .6em; }
  ul.boxes { list-style: none; padding-left: .4em; }
  .right { font-weight: bold; }
  .why { font-size: 10pt; }
  .lines { height: 4.5em; border-bottom: 1px solid #999; }
  .who span { display: inline-block; width: 14em; border-bottom: 1px solid #333; }
  @page { margin: 18mm; }
)";

// A folder of its own for pictures, which goes with it.
class Pictures {
 public:
  Pictures(Cli& cli, const HandoutOptions& of)
      : cli_(cli), lesson_(of.lesson), variant_(of.variant) {}

  // The stage where beat `number` (from 1) begins, or asks; "" when it cannot be drawn.
  std::string of(size_t number) {
    auto opened = open_any(lesson_, cli_.err);
    if (work_.folder().empty() || !opened) return {};
    session::ShotRequest r;
    r.what = lesson_;
    r.variant = variant_;
    r.view = "stage";
    r.theme = "light";
    r.width = 1200;
    r.height = 640;
    r.beat = number;
    r.file = work_.path("beat.png");
    r.opened = std::move(*opened);
    if (cli_.hooks.shot(r) != 0) return {};
    auto png = read_file(r.file, kPicture);
    return png ? html_picture(*png, fmt::format("The stage in beat {}", number)) : std::string();
  }

 private:
  Cli& cli_;
  std::string lesson_, variant_;
  own::Temporary work_;
};

class Handout {
 public:
  Handout(const lesson::Lesson& lesson, bool answers, Pictures* pictures)
      : lesson_(lesson), judge_(lesson), answers_(answers), pictures_(pictures) {}

  std::string page() {
    head();
    for (size_t i = 0; i < lesson_.beats.size(); ++i) beat(i);
    foot();
    return std::move(page_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    page_ += fmt::format(form, std::forward<Args>(args)...) + "\n";
  }

  void head() {
    const std::string title = html_text(lesson_.number + " " + lesson_.title);
    put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    put("<title>{}</title>\n<style>{}</style>\n</head>\n<body>", title, kStyle);
    put("<h1>{}</h1>", title);
    put("<p>{} <span class=\"mode\">{} minutes{}</span></p>", html_prose(lesson_.goal),
        lesson_.minutes, answers_ ? ", with the answers" : "");
    if (!answers_) put("<p class=\"who\">Name <span>&nbsp;</span> Number <span>&nbsp;</span></p>");
    if (!lesson_.variant.id.empty())
      put("<p class=\"mode\">Variant {}</p>", html_text(lesson_.variant.id));
  }

  void beat(size_t i) {
    const lesson::Beat& b = lesson_.beats[i];
    put("<section>\n<h2>{}. {}</h2>", i + 1, html_prose(b.title));
    put("<p>{}</p>", html_prose(b.text));
    if (pictures_) put("{}", pictures_->of(i + 1));
    if (b.mode == lesson::BeatMode::Predict) question(b);
    if (b.goal) goal(b);
    put("</section>");
  }

  void question(const lesson::Beat& b) {
    put("<p><strong>{}</strong></p>\n<ul class=\"boxes\">", html_prose(b.question));
    const int right = answers_ ? judge_.right_option(b) : -1;
    for (size_t i = 0; i < b.options.size(); ++i) {
      const bool holds = int(i) == right;
      put("<li{}>{} {}", holds ? " class=\"right\"" : "", holds ? "&#9745;" : "&#9744;",
          html_prose(b.options[i].text));
      if (answers_) {
        const std::string& tag = b.options[i].misconception;
        put("<div class=\"why\">{}{}</div>", html_prose(b.options[i].why),
            tag.empty() ? "" : " <em>" + html_text(tag) + "</em>");
      }
      put("</li>");
    }
    put("</ul>");
    if (!answers_) put("<p class=\"mode\">Why?</p>\n<div class=\"lines\"></div>");
  }

  void goal(const lesson::Beat& b) {
    put("<p><strong>Your turn.</strong> {}</p>", html_prose(b.goal->text));
    if (!b.cards.empty()) put("<ul class=\"boxes\">");
    for (const std::string& id : b.cards)
      if (const lesson::LessonCard* card = lesson_.card(id))
        put("<li>&#9744; {}: {}</li>", html_prose(card->title), html_prose(card->text));
    if (!b.cards.empty()) put("</ul>");
    put("<p class=\"mode\">It is reached when</p>\n<ul>");
    for (const std::string& tick : b.goal->ticks) put("<li>{}</li>", html_prose(tick));
    put("</ul>");
    if (answers_)
      solution(b);
    else
      put("<p class=\"mode\">What do you do, and when?</p>\n<div class=\"lines\"></div>");
  }

  // What the student has to add to what the beat begins with.
  void solution(const lesson::Beat& b) {
    const lesson::LessonRun& run = *lesson_.run(b.goal->solution);
    if (const lesson::LessonCard* card = lesson_.card(run.card))
      put("<p class=\"right\">{}</p>", html_prose(card->title));
    const auto& from = lesson_.run(run.card.empty() ? b.run : run.card)->program.script;
    size_t next = 0;
    std::string lines;
    for (const sched::Input& input : run.program.script) {
      if (next < from.size() && from[next] == input)
        ++next;
      else
        lines += "<li><code>" + html_text(lesson::script_line(input)) + "</code></li>\n";
    }
    if (!lines.empty()) put("<ol class=\"right\">\n{}</ol>", lines);
    for (const std::string& hint : b.goal->hints) put("<p class=\"why\">{}</p>", html_prose(hint));
  }

  void foot() {
    if (answers_) {
      put("<h2>What was learned</h2>\n<ul>");
      for (const std::string& line : lesson_.learnt) put("<li>{}</li>", html_prose(line));
      put("</ul>");
    }
    put("<footer>\n<p>Documentation:");
    for (const lesson::LessonLink& link : lesson_.docs)
      put("<a href=\"{}\">{}</a>;", html_text(link.url), html_text(link.title));
    put("rules {}.</p>", html_text(fmt::format("{}", fmt::join(lesson_.rules, ", "))));
    put("<p>QueueScope: <code>queuescope {}</code></p>\n</footer>\n</body>\n</html>",
        html_text(lesson_.id));
  }

  const lesson::Lesson& lesson_;
  lesson::Judge judge_;
  bool answers_;
  Pictures* pictures_;
  std::string page_;
};

}  // namespace

void handout_command(Cli& cli, const HandoutOptions& options) {
  auto lesson = session::load_lesson(options.lesson, {options.variant, {}});
  if (!lesson) return cli.fail(lesson.error());
  const bool draws = cli.hooks.shot && !options.bare;
  Pictures pictures(cli, options);
  const std::string page = Handout(**lesson, options.answers, draws ? &pictures : nullptr).page();
  if (auto written = write_file(options.file, page, Target::Anything); !written)
    return cli.fail(written.error());
}

}  // namespace qs::cli
