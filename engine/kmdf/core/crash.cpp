#include "kmdf/core/crash.h"

#include <signal.h>

#include <array>
#include <memory>
#include <string>

#include "kmdf/core/framework.h"
#include "kmdf/core/line_table.h"
#include "kmdf/core/lines.h"
#include "trace/rules/rules.h"

#if defined(__x86_64__) || defined(__aarch64__)
#define QS_CATCHES_CRASHES 1
#else
#define QS_CATCHES_CRASHES 0
#endif

namespace qs::kmdf {

#if QS_CATCHES_CRASHES

namespace {

constexpr std::array kSignals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};

// A crash in the engine while the driver calls it: the driver's bad pointer, or a mistake of ours
// that a sanitizer is to find.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kBlameDriver = false;
#else
constexpr bool kBlameDriver = true;
#endif

struct sigaction handled_before[kSignals.size()];  // who handled each of them

uint64_t pc_of(const void* context) {
  const auto* registers = static_cast<const ucontext_t*>(context);
#if defined(__x86_64__)
  constexpr int kRip = 16;  // REG_RIP
  return uint64_t(registers->uc_mcontext.gregs[kRip]);
#else
  return registers->uc_mcontext.pc;
#endif
}

// The row of the driver's code that the pc is in; nullptr: it is in no driver.
const LineRow* row_of(uint64_t pc) {
  const LineTable& table = line_table();
  const size_t after = table.first_at(pc + 1);
  if (after == 0) return nullptr;
  const LineRow& row = table.rows[after - 1];
  const uint64_t end = table.function_end(pc);
  return pc < end && end == table.function_end(row.pc) ? &row : nullptr;
}

// Both of these stop at the first page: of a NULL pointer's fields, and of a stack that is full.
constexpr uint64_t kPage = 4096;

std::string_view reason_of(int signal, const siginfo_t& info, const rt::Thread* t) {
  if (signal == SIGFPE) return "a division by zero, or one whose result is too large";
  if (signal == SIGILL) return "an instruction that does not exist";
  const auto address = reinterpret_cast<uint64_t>(info.si_addr);
  if (info.si_code == SI_KERNEL)
    return "it used a pointer that is no address, as one that was never set";
  if (address < kPage) return "it used a pointer that is NULL";
  if (address < t->stack_base && t->stack_base - address < sched::kStackBytes + kPage)
    return kStackUsedUp;
  return "it used memory that is not there";
}

void on_crash(int signal, siginfo_t* info, void* context) {
  rt::Thread* t = rt::tls_scheduler ? rt::self() : nullptr;
  if (t && t->callback_depth > 0 && !fw().ended) {
    if (const LineRow* row = row_of(pc_of(context))) {
      trace::Trace& trace = rt::sched().trace();
      t->site = trace::Site(trace.intern_file(line_table().files[row->file]), row->line);
      end_crashed_run(reason_of(signal, *info, t));
    }
    if (kBlameDriver && (signal == SIGSEGV || signal == SIGBUS))
      end_crashed_run(
          "a function that it called used memory that is not there: see the "
          "pointers that it was given");
  }
  for (size_t i = 0; i < kSignals.size(); ++i)
    if (kSignals[i] == signal)
      sigaction(signal, &handled_before[i], nullptr);  // it will come again
}

// A driver that has used up its stack needs another one for this. A sanitizer has given the thread
// one, and takes whatever it finds there at the thread's end for its own.
void give_thread_a_stack() {
  constexpr size_t kBytes = 64 * 1024;
  static thread_local std::unique_ptr<char[]> stack;
  stack_t now{};
  sigaltstack(nullptr, &now);
  if (!(now.ss_flags & SS_DISABLE)) return;
  if (!stack) stack = std::make_unique<char[]>(kBytes);
  stack_t mine{};
  mine.ss_sp = stack.get();
  mine.ss_size = kBytes;
  sigaltstack(&mine, nullptr);
}

}  // namespace

void catch_crashes() {
  give_thread_a_stack();
  for (size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction now {};
    sigaction(kSignals[i], nullptr, &now);
    if (now.sa_flags & SA_SIGINFO && now.sa_sigaction == on_crash) continue;
    handled_before[i] = now;
    struct sigaction mine {};
    mine.sa_sigaction = on_crash;
    mine.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigaction(kSignals[i], &mine, nullptr);
  }
}

#else

void catch_crashes() {}

#endif

void end_crashed_run(std::string_view reason) {
  because(reason);
  rt::emit(trace::EventCode::Violation, {}, {}, rt::sched().trace().intern("U-12"),
           uint32_t(trace::Severity::Undefined));
  if (fw().observer) fw().observer->on_undefined("U-12");
  end_run(trace::RunEnd::DriverCrash);
}

}  // namespace qs::kmdf
