// Finds what to run by the name a person gives: "sandbox", "first-request", "1.1",
// "lessons/01-first-request", "run.qst", "my-queues.toml". Owns: ProgramInfo, Opened. Called by cli
// and ui on any thread. Names stand for what is compiled in; a folder on disk with a lesson.toml is
// read from disk.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/file/lesson.h"
#include "own/own.h"
#include "run/program.h"
#include "sched/schedule.h"
#include "session/setup_file.h"
#include "trace/events/trace_file.h"

namespace qs::session {

struct ProgramInfo {
  std::string name;    // "01-first-request"
  std::string number;  // "1.1"; "" when it is not a lesson
  std::string title;
  std::string file;  // the TOML file, as a path from the root of the clone
};

// Everything that is compiled in: first the programs, then the lessons in order. Read once.
const std::vector<ProgramInfo>& list_programs();

// The error names the closest names there are, or the line of the file that is wrong.
Result<run::Program> load_program(std::string_view what);

// The lesson of that name; it is an error when the file is a program without beats.
Result<std::shared_ptr<const lesson::Lesson>> load_lesson(std::string_view what,
                                                          const lesson::Variant& variant = {});

// The same as it is for the student of that number ("": for nobody in particular). A lesson in
// which nothing may vary is the same for all.
Result<std::shared_ptr<const lesson::Lesson>> lesson_for(std::string_view what,
                                                         const std::string& student);

// The teachers' own lessons join the course (lesson/file/course.h): those in the folder lessons of
// data_folder(), those that settings.toml names (lessons = ["DIR"]), and `folders`. Called when the
// program starts. Says what cannot be read.
std::vector<Error> use_own_lessons(const std::vector<std::string>& folders);

// What a name on the command line stands for: a program, or a trace file and (when it can be
// replayed) the program and the schedule that produced it.
struct Opened {
  run::Program program;  // driver == nullptr: the trace can only be viewed
  sched::Schedule schedule;
  std::optional<SetupFile> setup;  // when a set-up file was meant: the schedule is its own
  trace::TraceFile recording;      // recording.trace is null when no trace file was meant
  // On disk, when that was meant: the folder of a program, the path of a set-up file. "": what is
  // compiled in.
  std::string folder;
  std::shared_ptr<const own::OwnProgram> own;  // when a driver that is not compiled in was meant
};
Result<Opened> open_run(std::string_view what);
// The same of a driver that has been made already. The error is the first that the compiler said.
Result<Opened> opened_own(own::OwnProgram made);
// Does the name stand for a driver that is not compiled in? Names of programs come first.
bool is_own_driver(std::string_view what);

bool is_trace_file(std::string_view what);
// The path of the set-up file that a name stands for, here or in setup_folder(); "" when it stands
// for something else.
std::string setup_file_named(std::string_view what);

}  // namespace qs::session
