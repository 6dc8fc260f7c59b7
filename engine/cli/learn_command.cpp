// queuescope learn: a lesson as text, with the same beats, questions and checks as in the window.
#include <algorithm>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "base/visible.h"
#include "cli/commands.h"
#include "cli/learn_moment.h"
#include "cli/learn_race.h"
#include "cli/learn_write.h"
#include "cli/narration.h"
#include "language/pattern.h"
#include "lesson/file/program_file.h"
#include "lesson/tutor/progress.h"
#include "lesson/tutor/receipt.h"
#include "lesson/tutor/tutor.h"
#include "own/own.h"
#include "session/programs.h"
#include "session/session.h"
#include "trace/events/words.h"

namespace qs::cli {
namespace {

class Class {
 public:
  Class(Cli& cli, std::shared_ptr<const lesson::Lesson> lesson, const LearnOptions& options)
      : cli_(cli),
        tutor_(lesson),
        progress_(lesson::Progress::default_path(&note_), &note_, lesson::wall_clock),
        receipt_(options.receipt),
        student_(options.student) {
    if (!note_.empty()) cli_.err << message(note_) << "\n";
    tutor_.resume(progress_.of(lesson->key()));
  }

  // Until the lesson ends, the student leaves, or there is nothing more to read.
  void run() {
    const lesson::Lesson& l = tutor_.lesson();
    cli_.out << fmt::format("{} {}\n{}\n", visible(l.number), visible(l.title), plain(l.goal));
    cli_.out << "Enter goes on; back, quit. In a task also: hint, show, skip, reset, help.\n";
    while (!tutor_.finished() && open_ && beat()) {}
    save();
    if (!tutor_.finished()) {
      cli_.out << fmt::format("You leave at beat {} of {}. The same command goes on from there.\n",
                              tutor_.state().beat + 1, tutor_.beats());
      return;
    }
    cli_.out << "\nThis was the lesson. What you learned:\n";
    for (const std::string& line : l.learnt) cli_.out << plain("- " + line);
    if (receipt_) hand_in();
  }

  void hand_in() {
    const lesson::Lesson& l = tutor_.lesson();
    if (student_.empty()) ask_student();
    if (auto kept = progress_.set_student(student_); !kept)
      cli_.err << message(kept.error().text()) << "\n";
    const lesson::Receipt receipt =
        lesson::receipt_of(l, progress_.of(l.key()), student_, lesson::wall_clock());
    auto file = lesson::write_receipt(receipt);
    if (!file) return cli_.fail(file.error());
    cli_.out << "Your receipt is " << visible(*file) << "\n";
    const lesson::Grade grade = lesson::grade(l, receipt, own::rewritten);
    cli_.out << plain(fmt::format(
        "{} of {} questions, {} of {} goals: {}", grade.right, grade.questions, grade.reached,
        grade.goals, grade.passed(l.pass) ? "passed." : "not passed. " + grade.reasons() + "."));
  }

  // Enter takes what was said last time, else the name of the account.
  void ask_student() {
    const char* user = std::getenv("USER");
    const std::string usual =
        !progress_.student().empty() ? progress_.student() : visible(user ? user : "", 100);
    const std::string prompt =
        fmt::format("Your name or number, for the receipt [{}]: ", visible(usual));
    if (!read(student_, prompt.c_str()) || student_.empty()) student_ = usual;
  }

 private:
  // One beat; false when the student leaves.
  bool beat() {
    const lesson::Beat& b = tutor_.beat();
    const size_t index = tutor_.state().beat;
    cli_.out << fmt::format("\n[{}/{}] {}\n", index + 1, tutor_.beats(), visible(b.title));
    cli_.out << plain(b.text);
    const lesson::Scene scene = tutor_.scene();
    stage(scene);
    switch (b.mode) {
      case lesson::BeatMode::Watch:
        narrate(scene.from, scene.until);
        tutor_.seen();
        break;
      case lesson::BeatMode::Predict:
        if (!predict()) return false;
        if (tutor_.state().beat != index) return true;
        show_decision();
        break;
      default:
        if (!act()) return false;
        if (tutor_.state().beat != index) return true;
    }
    return go_on(index);
  }

  void stage(const lesson::Scene& scene) {
    rests_ = false;
    if (session_ && staged_ == scene.run->id && tutor_.beat().mode == lesson::BeatMode::Watch)
      return;
    put_on_stage(*scene.run);
    session_->apply(session::cmd::Seek{double(scene.until)});
  }

  void put_on_stage(const lesson::LessonRun& run) {
    session_ = std::make_unique<session::Session>(run.program, run.schedule());
    staged_ = run.id;
  }

  void narrate(size_t from, size_t until) {
    Narration n{*session_->moment().trace, &session_->program(), cli_.color, false};
    n.name_workers();
    cli_.out << n.lines(from, until);
  }

  bool read(std::string& line, const char* prompt) {
    cli_.out << prompt << std::flush;
    if (!std::getline(cli_.in ? *cli_.in : std::cin, line)) {
      cli_.out << "\n";
      return open_ = false;
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    return true;
  }

  bool predict() {
    const lesson::Beat& b = tutor_.beat();
    cli_.out << "\n" << plain(b.question);
    for (size_t i = 0; i < b.options.size(); ++i)
      cli_.out << plain(fmt::format("{}) {}", i + 1, b.options[i].text), "  ");
    std::string line;
    for (;;) {
      if (!read(line, "Your answer: ")) return false;
      if (line == "quit") return false;
      if (line == "back") {
        tutor_.back();
        return true;
      }
      const int chosen = line.size() == 1 ? line[0] - '1' : -1;
      if (chosen >= 0 && chosen < int(b.options.size())) {
        tutor_.choose(chosen);
        break;
      }
      cli_.out << fmt::format("A number from 1 to {}, or back, or quit.\n", b.options.size());
    }
    const int right = tutor_.right_option();
    cli_.out << (tutor_.state().chosen == right ? "Right. " : "No. ")
             << plain(tutor_.answer()->why);
    if (tutor_.state().chosen != right && right >= 0)
      cli_.out << plain(fmt::format("The engine says: {}. {}", b.options[size_t(right)].text,
                                    b.options[size_t(right)].why));
    save();
    return true;
  }

  // After the answer the engine runs and shows who was right.
  void show_decision() {
    const lesson::Scene scene = tutor_.scene();
    if (scene.run->id != staged_) put_on_stage(*scene.run);
    session_->apply(session::cmd::Seek{double(scene.until)});
    narrate(scene.from, scene.until);
    if (!tutor_.wrong() || tutor_.shown_by_answer() == lesson::Story::kNone) return;
    cli_.out << "This line shows why:\n";
    narrate(tutor_.shown_by_answer() - 1, tutor_.shown_by_answer());
  }

  void help() {
    cli_.out << plain(
        "Write what an application or the device does: send read 16, send write 4 "
        "file=A, cancel R1, close A, exit notepad, power down, button 1. To a driver "
        "that asks: order R1 complete SUCCESS, queue waiting retrieve. A queue is "
        "made again with override default dispatch=par.");
    cli_.out << plain(
        "An input comes when all is over, or at a moment: cancel R1 when mark(R1). The run rests "
        "there, and so does the next input; when EVENT alone goes there, go plays on.");
    cli_.out << plain(
        "mark N marks the moment of line N, mark EVENT that of the first such event "
        "(mark owner R2 driver); card NAME takes a card.");
    cli_.out << plain(
        "Where a driver may be written anew, write makes your copy of it and says where it is, and "
        "run compiles and runs it. Where several threads could go on, let NAME says which does: "
        "the run rests before each line of the driver. go plays to the end.");
  }

  // "97", or "owner R2 driver"; nothing: the moment that is shown.
  void mark(const std::string& words) {
    const session::Moment m = session_->moment();
    size_t at = m.event;
    if (!words.empty() && words.find_first_not_of("0123456789") == std::string::npos &&
        words.size() < 10) {
      at = size_t(std::stoul(words));
    } else if (!words.empty()) {
      auto event = language::parse_pattern(words);
      if (!event) {
        cli_.out << plain(message(event.error().message));
        return;
      }
      at = language::find(*m.trace, *event, session_->ready(), false);
    }
    if (at == 0 || at > m.trace->size()) {
      cli_.out << "There is no such moment in this run.\n";
      return;
    }
    tutor_.mark(at);
    cli_.out << fmt::format("Marked: the moment of line {}.\n", at);
  }

  void show_ticks() {
    for (const lesson::Tick& t : tutor_.ticks())
      cli_.out << plain(fmt::format("[{}] {}",
                                    t.truth == lesson::Truth::Holds    ? "x"
                                    : t.truth == lesson::Truth::Broken ? "!"
                                                                       : " ",
                                    t.text),
                        "  ");
    if (tutor_.lost())
      cli_.out << "From here the goal cannot be reached anymore: say reset.\n";
    else if (!tutor_.state().done)
      cli_.out << "From here the goal can be reached.\n";
  }

  // The student acts until the goal is reached. False when they leave.
  bool act() {
    const lesson::Beat& b = tutor_.beat();
    const size_t index = tutor_.state().beat;
    cli_.out << "\nYour turn: " << plain(b.goal->text);
    for (const std::string& card : b.cards) {
      const lesson::LessonCard* c = tutor_.lesson().card(card);
      cli_.out << plain(fmt::format("card {}: {} {}", c->id, c->title, c->text), "  ");
    }
    if (!b.write.empty())
      cli_.out << plain(
          fmt::format("write: your own, beginning with {}", tutor_.lesson().card(b.write)->title),
          "  ");
    observe();
    show_ticks();
    if (b.mode == lesson::BeatMode::Race) to_choice(scene_start());
    std::string line;
    while (!tutor_.state().done) {
      if (!read(line, "> ") || line == "quit") return false;
      if (line.empty()) continue;
      if (line == "skip") {
        tutor_.skip();
        return true;
      }
      if (line == "back") {
        tutor_.back();
        return true;
      }
      command(line);
      if (tutor_.state().beat != index) return true;
    }
    cli_.out << (tutor_.state().helped
                     ? "The goal is reached, with show: it does not count. Say reset and do it.\n"
                     : "The goal is reached.\n");
    keep_run(index);
    return true;
  }

  void command(const std::string& line) {
    const lesson::Beat& b = tutor_.beat();
    if (line == "hint") {
      tutor_.hint();
      const int n = tutor_.state().hints;
      if (n > 0) cli_.out << plain("Hint: " + b.goal->hints[size_t(n) - 1]);
    } else if (line == "go") {
      rests_ = false;
      const size_t from = session_->moment().event;
      session_->apply(session::cmd::End{});
      narrate(from, session_->moment().event);
    } else if (line == "reset") {
      tutor_.reset_beat();
      staged_.clear();
      stage(tutor_.scene());
      if (b.mode == lesson::BeatMode::Race) to_choice(scene_start());
    } else if (line == "show") {
      open(tutor_.show_me());
      prove();
    } else if (line.rfind("card ", 0) == 0) {
      const std::string id = line.substr(5);
      // Only these are where the beat may begin: a receipt with another one would not pass.
      const bool offered = std::find(b.cards.begin(), b.cards.end(), id) != b.cards.end();
      const lesson::LessonRun* run = offered ? tutor_.lesson().run(id) : nullptr;
      if (!run) {
        cli_.out << message(fmt::format("There is no card \"{}\" here.", id)) << "\n";
        return;
      }
      tutor_.pick_card(id);
      open(run);
      prove();
    } else if (line == "mark" || line.rfind("mark ", 0) == 0) {
      mark(line.size() > 5 ? line.substr(5) : std::string());
    } else if (line == "write" || line == "run") {
      if (!own_driver(line == "run")) return;
    } else if (line == "help") {
      return help();
    } else if (line.rfind("let ", 0) == 0) {
      let(line.substr(4));
    } else if (line == "play" && tutor_.proof() && tutor_.proof()->wrong()) {
      play_wrong(*tutor_.proof()->wrong());
    } else {
      input(line);
    }
    observe();
    show_ticks();
  }

  // The driver that the student writes in this beat. False: nothing new runs.
  bool own_driver(bool runs) {
    auto program = written_driver(cli_, tutor_, runs);
    if (!program) return false;
    tutor_.pick_card("");
    session_ = std::make_unique<session::Session>(std::move(*program));
    staged_ = tutor_.beat().write;
    play_all();
    return true;
  }

  // --- the student as the scheduler ---

  size_t scene_start() { return std::max(session_->ready(), tutor_.scene().until); }

  std::optional<session::Choice> choice_at(size_t from) {
    Narration n{*session_->moment().trace, &session_->program(), cli_.color, false};
    n.name_workers();
    return session::choice_from(*session_, from, &n.names);
  }

  // The run rests at the next choice, which is told.
  void to_choice(size_t from) {
    const auto choice = choice_at(from);
    if (choice) session_->apply(session::cmd::Seek{double(choice->event)});
    rests_ = choice.has_value();
    cli_.out << choice_lines(choice);
  }

  // The thread of that name goes on, at the choice at which the run rests, else at the next one.
  void let(const std::string& name) {
    const size_t from = session_->moment().event;
    const auto choice = choice_at(from);
    const auto way = way_of(choice, name);
    const std::string why =
        way ? session::choose(*session_, *choice, *way)
            : message(fmt::format("\"{}\" is no thread that could go on here.", name));
    if (!why.empty()) {
      cli_.out << plain(why);
      return;
    }
    narrate(from, session_->moment().event);
    to_choice(choice->event + 1);
  }

  // --- proofs ---

  void prove() {
    constexpr uint64_t kAtOnce = 256;
    while (tutor_.prove(kAtOnce)) {}
    if (!tutor_.proof()) return;
    cli_.out << plain(tutor_.proof()->sentence());
    if (tutor_.proof()->wrong()) cli_.out << "play shows how.\n";
  }

  void play_wrong(const explore::Finding& f) {
    session_->apply(session::cmd::LoadSchedule{f.schedule.print()});
    session_->apply(session::cmd::End{});
    narrate(session_->ready(), session_->moment().trace->size());
  }

  void open(const lesson::LessonRun* run) {
    if (!run) return;
    put_on_stage(*run);
    play_all();
  }

  void play_all() {
    rests_ = false;
    const size_t from = session_->ready();
    session_->apply(session::cmd::End{});
    narrate(from, session_->moment().trace->size());
  }

  // "cancel R1", when all is over or where the run rests; "cancel R1 when mark(R1)", which rests
  // there; "when mark(R1)" alone.
  void input(const std::string& line) {
    const WhenWords said = split_when(line);
    std::optional<sched::Input> wanted;
    if (!said.words.empty()) {
      auto parsed = lesson::parse_input(said.words);
      if (!parsed) {
        cli_.out << message(parsed.error().message) << "\n";
        return;
      }
      wanted = *parsed;
    }
    if (!said.when.empty() && !go_to(said.when)) return;
    if (!rests_) session_->apply(session::cmd::End{});
    const size_t from = session_->moment().event;
    if (wanted) {
      const std::string why = session_->apply(session::cmd::Do{*wanted});
      if (!why.empty()) {
        cli_.out << plain(why);
        return;
      }
      if (!rests_) session_->apply(session::cmd::End{});
      narrate(from, session_->moment().event);
    }
    if (rests_) tell_place();
    if (rests_ && tutor_.beat().mode == lesson::BeatMode::Race) to_choice(session_->moment().event);
  }

  // Plays to the next such event and rests there. False, and a sentence, when there is none.
  bool go_to(const std::string& when) {
    const size_t from = session_->moment().event;
    auto at = moment_of(*session_, when);
    if (!at) {
      cli_.out << plain(message(at.error().message));
      return false;
    }
    session_->apply(session::cmd::Seek{double(*at)});
    if (*at > from) narrate(from, *at);
    return rests_ = true;
  }

  void tell_place() {
    const session::Moment m = session_->moment();
    cli_.out << fmt::format("The run rests at event {}, {}; go plays on.\n", m.event,
                            m.event ? trace::time_text((*m.trace)[m.event - 1].time) : "0 ms");
  }

  void observe() {
    const session::Moment m = session_->moment();
    tutor_.observe(session_->branch().execution.trace, m.event, m.at_end);
  }

  void keep_run(size_t index) {
    if (tutor_.state().helped) return;
    lesson::LessonProgress p = progress_.of(tutor_.lesson().key());
    p.runs[index] = {staged_, session_->schedule_text(), tutor_.state().marked,
                     own::written_source(session_->program())};
    store(std::move(p));
  }

  bool go_on(size_t index) {
    std::string line;
    const bool last = index + 1 == tutor_.beats();
    if (!read(line, last ? "Enter ends the lesson: " : "Enter goes on: ")) return false;
    if (line == "quit") return false;
    if (line == "back")
      tutor_.back();
    else if (line == "reset")
      tutor_.reset_beat();
    else
      tutor_.next();
    save();
    return true;
  }

  void save() { store(progress_.of(tutor_.lesson().key())); }

  void store(lesson::LessonProgress p) {
    auto saved = progress_.set(tutor_.lesson().key(), tutor_.record(std::move(p)));
    if (!saved && !complained_) {
      complained_ = true;
      cli_.err << message(saved.error().text()) << "\n";
    }
  }

  Cli& cli_;
  lesson::Tutor tutor_;
  std::string note_;
  lesson::Progress progress_;
  std::unique_ptr<session::Session> session_;
  std::string staged_;  // id of the run on the stage
  bool open_ = true, complained_ = false, receipt_ = false;
  bool rests_ = false;  // at a moment that the student has named; else inputs come at the end
  std::string student_;
};

}  // namespace

void learn_command(Cli& cli, const LearnOptions& options) {
  auto lesson = session::load_lesson(options.lesson, {options.variant, {}});
  if (!lesson) return cli.fail(lesson.error());
  if (!options.variant.empty() && !(*lesson)->may_vary())
    return cli.fail((*lesson)->id + " has no variants: nothing in it may vary");
  Class(cli, *lesson, options).run();
}

}  // namespace qs::cli
