// The inside of the box: `queuescope --runner`, and its child for each run.
#include "own/runner.h"

#include <dlfcn.h>
#include <link.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "base/must.h"
#include "base/toml.h"
#include "explore/elsewhere.h"
#include "kmdf/core/crash.h"
#include "kmdf/core/variables.h"
#include "lesson/file/program_file.h"
#include "own/box.h"
#include "own/boxed.h"
#include "own/object.h"
#include "own/record.h"
#include "run/inputs.h"

namespace qs::own {
namespace {

using Entry = int32_t (*)(void*, void*);

// What is to be run, read by the same readers as any file.
struct Asked {
  run::CompiledDriver driver{};
  run::Program program;
  sched::Schedule schedule;
  std::string more;  // what is wanted besides a run (explore/elsewhere.h); "": nothing
};

std::string read_asked(const std::vector<std::string>& texts, Entry entry, Asked& out) {
  if (texts.size() != 5) return "the request is not whole";
  auto table = parse_toml(texts[1], "program.toml");
  if (!table) return table.error().text();
  toml::table& words = *(*table)["program"].as_table();
  words.insert_or_assign("driver", kOwnDriverName);
  out.driver = {kOwnDriverName, entry, nullptr, 0};
  auto program = lesson::parse_program(words, texts[0], "program.toml", {&out.driver, 1});
  if (!program) return program.error().text();
  auto schedule = run::read_schedule(texts[2]);
  if (!schedule) return schedule.error().text();
  out.program = std::move(*program);
  out.schedule = std::move(*schedule);
  const std::string& most = texts[3];
  std::from_chars(most.data(), most.data() + most.size(), out.program.settings.event_limit);
  out.more = texts[4];
  return {};
}

// The part of the driver that it may write to: what is only written while it is loaded is left out.
kmdf::DriverVariables variables_of(void* driver) {
  struct Wanted {
    uint64_t base;
    kmdf::DriverVariables found;
  };
  link_map* map = nullptr;
  if (dlinfo(driver, RTLD_DI_LINKMAP, &map) != 0) return {};
  Wanted wanted{map->l_addr, {}};
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* data) {
        auto& want = *static_cast<Wanted*>(data);
        if (info->dlpi_addr != want.base) return 0;
        uint64_t begin = 0, end = 0, fixed = 0;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& part = info->dlpi_phdr[i];
          if (part.p_type == PT_LOAD && (part.p_flags & PF_W)) {
            begin = part.p_vaddr;
            end = part.p_vaddr + part.p_memsz;
          }
          if (part.p_type == PT_GNU_RELRO) fixed = part.p_vaddr + part.p_memsz;
        }
        begin = std::max(begin, fixed);
        if (end > begin)
          want.found = {reinterpret_cast<char*>(want.base + begin), size_t(end - begin)};
        return 1;
      },
      &wanted);
  return wanted.found;
}

Entry load_driver(const Result<ObjectLines>& lines, std::string& problem) {
  void* driver = dlopen(fmt::format("/proc/self/fd/{}", kRunnerObject).c_str(), RTLD_NOW);
  if (!driver) {
    problem = fmt::format("the driver cannot be loaded: {}", dlerror());
    return nullptr;
  }
  void* entry = dlsym(driver, "DriverEntry");
  if (lines && entry) use_lines(*lines, entry);
  kmdf::use_variables(variables_of(driver));
  return reinterpret_cast<Entry>(entry);
}

void play(const Asked& asked, RecordWriter& writer) {
  run::Run run(asked.program, asked.schedule, sched::FiberKind::Context);
  bool room = true, more = true;
  while (room && more) {
    more = run.step();
    room = writer.sync(run);
  }
  writer.end(room ? BoxEnd::Finished : BoxEnd::Full);
  _exit(Box::kDone);  // what the run holds goes with the process
}

void explore_more(const Asked& asked, RecordWriter& writer) {
  const explore::Answers answers{[&writer](std::string_view bytes) { writer.answer(bytes); },
                                 [&writer](const run::Run& run) { writer.sync(run); }};
  const bool understood = explore::work(asked.program, asked.schedule, asked.more, answers);
  writer.end(understood ? BoxEnd::Finished : BoxEnd::NotLoaded,
             understood ? "" : "what was asked for is nothing that it knows");
}

RecordWriter* writer_now = nullptr;  // a process writes one record

// Nothing can be printed in here, and it is not the driver's fault.
void say_broken(const Broken& broken) {
  writer_now->end(BoxEnd::EngineWrong, broken.text());
  _exit(Box::kDone);
}

// One run, or what else is asked for, in a process that ends with it.
[[noreturn]] void run_once(const RunRecord& record, Box& box, const Result<ObjectLines>& lines,
                           const BoxLimits& limits) {
  close(kRunnerSocket);
  close(kRunnerRecord);
  RecordWriter writer(record);
  writer_now = &writer;
  on_broken(say_broken);
  const std::vector<std::string> texts = record.asked();
  std::string problem;
  const bool more = texts.size() == 5 && !texts[4].empty();
  Box::limit(limits.cpu_seconds, more ? 2 : 0);
  kmdf::catch_everything(system_call_name);
  if (!box.close_in()) problem = "this system cannot lock a driver in (seccomp)";
  const Entry entry = problem.empty() ? load_driver(lines, problem) : nullptr;
  if (problem.empty() && !box.shut()) problem = "this system cannot lock a driver in (seccomp)";
  Asked asked;
  if (problem.empty()) problem = read_asked(texts, entry, asked);
  if (!problem.empty())
    writer.end(BoxEnd::NotLoaded, problem);
  else if (more)
    explore_more(asked, writer);
  else
    play(asked, writer);
  _exit(Box::kDone);
}

// The child's end; or the maker's, and then the child is ended, too.
bool wait_for(pid_t child, int& status) {
  const int ended = int(syscall(SYS_pidfd_open, child, 0));
  pollfd any[2] = {{ended, POLLIN, 0}, {kRunnerSocket, POLLIN | POLLRDHUP, 0}};
  while (ended >= 0 && poll(any, 2, -1) < 0 && errno == EINTR) {}
  const bool alone = (any[1].revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0;
  if (alone) kill(child, SIGKILL);
  close(ended);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  return !alone;
}

int be_runner() {
  signal(SIGPIPE, SIG_IGN);
  const RunRecord record(kRunnerRecord);
  if (!record.ok()) return 1;
  const Result<ObjectLines> lines = lines_of(kRunnerObject);
  Box::prepare();
  Box::shut_files();
  Box box;
  for (BoxLimits limits; read(kRunnerSocket, &limits, sizeof limits) == sizeof limits;) {
    const pid_t child = fork();
    if (child == 0) run_once(record, box, lines, limits);
    int status = 0;
    if (child < 0 || !wait_for(child, status)) return 1;
    if (send(kRunnerSocket, &status, sizeof status, MSG_NOSIGNAL) != sizeof status) return 1;
  }
  return 0;
}

}  // namespace

bool runner_asked(int argc, char** argv, int& exit_code) {
  if (argc != 2 || std::strcmp(argv[1], kRunnerWord) != 0) return false;
  exit_code = be_runner();
  return true;
}

}  // namespace qs::own
