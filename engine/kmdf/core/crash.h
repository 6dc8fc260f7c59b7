// What happens when the driver's own code makes the processor stop: a bad pointer, a division by
// zero (U-12). Owns: the handlers of those signals, for the whole process. Called by World for each
// run; handlers run on the thread that crashed.
#pragma once
#include <string>
#include <string_view>

namespace qs::kmdf {

// From now on, code of a driver that crashes on this OS thread ends its run with U-12, at its line;
// so does a function that it called and gave a bad pointer (not under AddressSanitizer, which is to
// report what the engine itself does wrong). Any other crash goes to whoever handled it before.
// Cheap when called again. Does nothing on processors whose registers it does not know.
void catch_crashes();

inline constexpr std::string_view kStackUsedUp =
    "it used up its stack, by calls within calls or by large locals";
// Ends the run with U-12 at the line where the running thread is. The frames of the driver stay as
// they are on the fiber's stack, which never runs again.
[[noreturn]] void end_crashed_run(std::string_view reason);

// The run was let go on after undefined misuse, and now the framework's own state is broken.
// `what`: what was found. Ends the run; does not return.
[[noreturn]] void end_ruined_run(std::string_view what);

// For a process that does nothing but execute runs of one driver (engine/own). Whatever stops
// the processor while the driver is called is then told so, wherever it was: also in a function
// that the driver gave a bad pointer to, at a system call that the process may not make (SIGSYS;
// `call_name` names it), and at abort(). And code that stands still is ended with U-11: an empty
// loop, which no coverage hook counts. Never undone.
void catch_everything(std::string (*call_name)(int number));
// Whether to look if code stands still; at first it is looked. Not while a run is being set back to
// how it was, nor when there is none: then nothing of it may be touched.
void watch_standstill(bool on);

}  // namespace qs::kmdf
