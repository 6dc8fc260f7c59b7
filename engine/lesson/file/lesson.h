// A lesson as its file says it: beats, questions, goals, cards and named runs. Owns: Lesson and its
// parts, parse_lesson. The vocabulary is closed; lessons/README.md is its guide. Called by tutor,
// check, session and ui; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/file/variant.h"
#include "lesson/language/predicate.h"
#include "run/program.h"

namespace qs::lesson {

enum class BeatMode : uint8_t { Watch, Predict, Do, Drive, Patch, Race, Prove };
const char* beat_mode_word(BeatMode mode);  // "watch"

// Where the keys of a table stand in their file, so that remarks can name the line.
struct KeyLines {
  int table = 0;
  std::vector<std::pair<std::string, int>> keys;
  int of(std::string_view key) const;  // the table's own line when it has no such key
};

struct LessonLink {
  std::string title, url;
};

// The program under other settings: what the scenario is called with a card, another script, more
// inputs. The first one, "scenario", is [program] as it stands.
struct LessonRun {
  std::string id;
  std::string card;             // the card it is made with; "" = none
  std::optional<Pattern> mark;  // the moment that counts as marked
  run::Program program;
  std::vector<sched::Pick> picks;  // at these decisions another thread goes on
  int line = 0;

  sched::Schedule schedule() const {
    sched::Schedule s;
    s.picks = picks;
    return s;
  }
};

// A prepared variant that the student can choose.
struct LessonCard {
  std::string id, title, text;
  int line = 0;
};

struct BeatOption {
  std::string text;
  Check holds;                  // over the beat's `judge` run
  std::string why;              // Markdown; said when this one was chosen
  std::string misconception;    // "M12" or ""
  std::optional<Pattern> show;  // the event that shows why
  std::string drop;             // the place to which the beat's `drags` goes; "" = it says no place
  KeyLines lines;
};

struct Goal {
  std::string text;  // Markdown
  Check check;
  std::vector<std::string> ticks;  // one sentence a condition
  std::vector<std::string> hints;
  std::string solution;  // id of a run that reaches it
};

struct Beat {
  BeatMode mode{};
  std::string title, text;         // Markdown, at most two sentences
  std::vector<std::string> focus;  // "queue default", "request R1", "handler EvtIoRead", ...
  std::string run = "scenario";    // what is on the stage
  std::optional<Pattern> from;     // the playhead goes there first
  bool from_start = false;
  std::optional<Pattern> until;  // the beat plays up to and including this
  bool until_end = false;
  std::optional<Pattern> pause;  // what plays rests after each of these, so that one can act
  std::string question;
  std::string judge;  // the run that the options speak of; `run` when not given
  std::vector<BeatOption> options;
  std::string drags;  // the request whose token may be dragged to where it will go; "" = none
  std::optional<Goal> goal;
  std::vector<std::string> cards;
  std::string write;  // of these, the one whose driver the student may write anew; "" = none
  KeyLines lines;
};

struct Lesson {
  std::string id;      // "first-request"
  std::string folder;  // "01-first-request"
  std::string file;
  std::string number, title, goal;
  int minutes = 0;
  std::vector<std::string> needs;  // numbers of lessons
  std::vector<LessonLink> docs;
  std::vector<std::string> rules;
  std::vector<std::string> learnt;  // what the last page says
  std::vector<LessonCard> cards;
  std::vector<LessonRun> runs;
  std::vector<Beat> beats;  // a challenge is the last one
  KeyLines lines;
  double pass = 1;             // what a receipt needs, of its questions and goals together
  bool last_answers = false;   // whoever goes through again may answer again; else the first counts
  Variant variant;             // which one this is
  std::vector<size_t> varies;  // how many rows each [[vary]] has
  bool shuffles = false;
  std::string hash;  // of its text and its drivers: 16 hex digits (variant.h)

  // Are there variants of it?
  bool may_vary() const { return shuffles || !varies.empty(); }
  // What its progress is kept under: each variant has its own.
  std::string key() const { return variant.id.empty() ? id : id + "@" + variant.id; }
  const LessonRun* run(std::string_view name) const;
  const LessonCard* card(std::string_view name) const;
};

// --- lesson_beat.cpp ---
struct BeatFault {
  int line = 0;
  std::string message;
};
// What a beat of its mode lacks, or has no use for.
std::optional<BeatFault> fault_of(const Beat& beat);

// --- lesson_variant.cpp ---
// Puts the options of each question into the order of the lesson's variant.
void shuffle_options(Lesson& lesson);
// Of the text of its file and of the drivers that it runs.
std::string lesson_hash(std::string_view text, const Lesson& lesson);

// The option that a student means who drags `request` to `place` while the question is open: the
// name of a queue, callback, application or target, or "done"; "driver" in an option stands for
// every callback. -1: the drop is no answer to this question.
int answer_for_drop(const Beat& beat, std::string_view request, std::string_view place);

// `folder`: "01-first-request"; `file` is named in errors, which say the line, the key and what may
// stand there. `drivers`: those that it may name.
Result<Lesson> parse_lesson(std::string_view text, std::string_view folder, std::string_view file,
                            std::span<const run::CompiledDriver> drivers = run::compiled_drivers(),
                            const Variant& variant = {});

}  // namespace qs::lesson
