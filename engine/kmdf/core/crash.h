// What happens when the driver's own code makes the processor stop: a bad pointer, a division by
// zero (U-12). Owns: the handlers of those signals, for the whole process. Called by World for each
// run; handlers run on the thread that crashed.
#pragma once

namespace qs::kmdf {

// From now on, code of a driver that crashes on this OS thread ends its run with U-12, at its line.
// Any other crash goes to whoever handled it before, such as a sanitizer with its report. Cheap
// when it is called again. Does nothing on processors whose registers it does not know.
void catch_crashes();

}  // namespace qs::kmdf
