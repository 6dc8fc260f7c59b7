#include "kmdf/core/crash.h"

#include <signal.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>

#include "base/sanitizer.h"
#include "kmdf/core/framework.h"
#include "kmdf/core/limits.h"
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

constexpr std::array kSignals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGABRT};
constexpr size_t kOfProcessor = 4;  // the first ones, which are caught in every process

// A crash in the engine while the driver calls it: the driver's bad pointer, or a mistake of ours
// that a sanitizer is to find.
constexpr bool kBlameDriver = !QS_ADDRESS_SANITIZER;

struct sigaction handled_before[kSignals.size()];  // who handled each of them

std::string (*name_of_call)(int) = nullptr;  // set: nothing else lives in this process

struct Registers {
  uint64_t pc, stack;
};

Registers registers_of(const void* context) {
  const auto* registers = static_cast<const ucontext_t*>(context);
#if defined(__x86_64__)
  constexpr int kRsp = 15, kRip = 16;  // REG_RSP, REG_RIP
  return {uint64_t(registers->uc_mcontext.gregs[kRip]),
          uint64_t(registers->uc_mcontext.gregs[kRsp])};
#else
  return {registers->uc_mcontext.pc, registers->uc_mcontext.sp};
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

// The row that called what the processor is in: memset and its like keep nothing but the return
// address on the stack. Only the nearest words, which are within the frames of any callback; where
// a mistake of ours is not to be taken for the driver's, only the return address.
const LineRow* calling_row(uint64_t stack) {
  const int words = name_of_call ? 48 : kBlameDriver ? 0 : 1;
  const auto* word = reinterpret_cast<const uint64_t*>(stack & ~uint64_t(7));
  for (int i = 0; i < words; ++i)
    if (const LineRow* row = row_of(word[i] - 1)) return row;
  return nullptr;
}

// Is that where the stack ends? Its last page, or, when large locals have jumped over that, near
// where the stack is said to be.
bool is_end_of_stack(uint64_t address, const Registers& at, const rt::Thread& t) {
  constexpr uint64_t kPage = 4096, kFrame = 64 * 1024;
  if (address < t.stack_base && t.stack_base - address < sched::kStackBytes + kPage) return true;
  return address + kFrame > at.stack && address < at.stack + kFrame;
}

std::string reason_of(int signal, const siginfo_t& info, const Registers& at, const rt::Thread& t) {
  if (signal == SIGFPE) return "a division by zero, or one whose result is too large";
  if (signal == SIGILL) return "an instruction that does not exist";
  if (signal == SIGABRT) return "it has damaged memory that is not its own";
  if (signal == SIGSYS)
    return "it asked this machine's own system for something (" + name_of_call(info.si_syscall) +
           "), which no driver can";
  constexpr uint64_t kFirstPage = 4096;
  const auto address = reinterpret_cast<uint64_t>(info.si_addr);
  if (info.si_code == SI_KERNEL)
    return "it used a pointer that is no address, as one that was never set";
  if (address < kFirstPage && info.si_code > 0) return "it used a pointer that is NULL";
  if (is_end_of_stack(address, at, t)) return std::string(kStackUsedUp);
  return "it used memory that is not there";
}

void stand_at(const LineRow* row) {
  if (!row) return;  // it stays at the last line or call that is known
  trace::Trace& trace = rt::sched().trace();
  rt::self()->site = trace::Site(trace.intern_file(line_table().files[row->file]), row->line);
}

void on_crash(int signal, siginfo_t* info, void* context) {
  const rt::Thread* t = rt::tls_scheduler ? rt::self() : nullptr;
  const Registers at = registers_of(context);
  if (t && t->callback_depth > 0 && !fw().ended) {
    const bool memory = signal == SIGSEGV || signal == SIGBUS;
    const LineRow* row = row_of(at.pc);
    if (!row) row = calling_row(at.stack);
    stand_at(row);
    if (row || (name_of_call && !memory)) end_crashed_run(reason_of(signal, *info, at, *t));
    if (memory && (name_of_call || kBlameDriver))
      end_crashed_run(
          "a function that it called used memory that is not there: see the "
          "pointers that it was given");
  }
  if (t && fw().misused && !fw().ended && signal == SIGSEGV)
    end_ruined_run("it used memory that is gone");
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
  for (size_t i = 0; i < (name_of_call ? kSignals.size() : kOfProcessor); ++i) {
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

// --- code that stands still ---

namespace {

// The lowest address of a loop of nothing but jumps that `pc` is in, so that the same line is told
// wherever it was interrupted; `pc` itself when it is in no such loop.
uint64_t begin_of_empty_loop(uint64_t pc) {
  uint64_t at = pc, lowest = pc;
  for (int steps = 0; steps < 64; ++steps) {
    const auto* code = reinterpret_cast<const unsigned char*>(at);
#if defined(__x86_64__)
    int32_t far = 0;
    std::memcpy(&far, code + 1, sizeof far);
    if (code[0] == 0x90)
      at += 1;  // nop
    else if (code[0] == 0xEB)
      at += 2 + uint64_t(int64_t(int8_t(code[1])));  // jmp, near and far
    else if (code[0] == 0xE9)
      at += 5 + uint64_t(int64_t(far));
    else
      return pc;
#else
    uint32_t word = 0;
    std::memcpy(&word, code, sizeof word);
    if (word == 0xD503201F)
      at += 4;  // nop
    else if (word >> 26 == 5)
      at += uint64_t(int64_t(int32_t(word << 6)) >> 4);  // b
    else
      return pc;
#endif
    lowest = std::min(lowest, at);
    if (at == pc) return lowest;
  }
  return pc;
}

volatile sig_atomic_t watches_standstill = 1;

// Every twentieth of a second of the processor's time. What a run does never depends on it: it
// looks whether anything at all has happened since.
void on_tick(int, siginfo_t*, void* context) {
  constexpr int kMostTicks = 4, kMostElsewhere = 40;
  static size_t events = 0;
  static uint64_t blocks = 0;
  static int still = 0;
  const rt::Thread* t = watches_standstill && rt::tls_scheduler ? rt::self() : nullptr;
  if (!t || t->callback_depth == 0 || fw().ended) return;
  const bool same = events == rt::sched().trace().size() && blocks == blocks_counted();
  events = rt::sched().trace().size(), blocks = blocks_counted();
  still = same ? still + 1 : 0;
  if (still < kMostTicks) return;
  const uint64_t pc = registers_of(context).pc;
  if (!row_of(pc) && still < kMostElsewhere) return;
  stand_at(row_of(pc) ? row_of(begin_of_empty_loop(pc)) : nullptr);
  end_standing_still();
}

}  // namespace

void watch_standstill(bool on) { watches_standstill = on; }

void catch_everything(std::string (*call_name)(int)) {
  constexpr suseconds_t kTick = 50'000;
  name_of_call = call_name;
  struct sigaction tick {};
  tick.sa_sigaction = on_tick;
  tick.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigaction(SIGPROF, &tick, nullptr);
  const itimerval often{{0, kTick}, {0, kTick}};
  setitimer(ITIMER_PROF, &often, nullptr);
  catch_crashes();
}

#else

void catch_crashes() {}
void catch_everything(std::string (*)(int)) {}
void watch_standstill(bool) {}

#endif

void end_crashed_run(std::string_view reason) {
  because(reason);
  rt::emit(trace::EventCode::Violation, {}, {}, rt::sched().trace().intern("U-12"),
           uint32_t(trace::Severity::Undefined));
  if (fw().observer) fw().observer->on_undefined("U-12");
  end_run(trace::RunEnd::DriverCrash);
}

void end_ruined_run(std::string_view what) {
  because("The framework cannot go on after what was undefined: " + std::string(what));
  end_run(trace::RunEnd::UndefinedMisuse);
}

}  // namespace qs::kmdf
