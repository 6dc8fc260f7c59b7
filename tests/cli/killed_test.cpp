// kill -9 while a trace, a set-up, a record of progress or a receipt is saved: nothing is damaged
// and nothing is lost.
#include <doctest/doctest.h>

#include "lesson/tutor/progress.h"
#include "lesson/tutor/receipt.h"
#include "session/programs.h"
#include "session/session.h"
#include "session/setup_file.h"
#include "tests/support/folder.h"
#include "tests/support/killed.h"
#include "tests/support/seed.h"
#include "trace/events/trace_file.h"

using namespace qs;
using namespace qs::test;

TEST_CASE("killed while a trace is saved over another") {
  QS_TEST_SEED(seed, 11);
  Random random(seed);
  const Folder f("killed-trace");
  auto program = session::load_program("first-request");
  REQUIRE(program.ok());
  const auto trace = run::execute(*program, {}).trace;
  kill_while_saving(
      random,
      [&](int version) {
        return trace::write_trace_file(f.file("a.qst"), *trace, std::to_string(version), "qs1:7")
            .ok();
      },
      [&](int version) {
        auto file = trace::read_trace_file(f.file("a.qst"));
        return file && file->program == std::to_string(version) &&
               file->trace->size() == trace->size();
      });
}

TEST_CASE("killed while a set-up is saved over another") {
  QS_TEST_SEED(seed, 12);
  Random random(seed);
  const Folder f("killed-setup");
  const auto setup = [](int version) {
    session::SetupFile s;
    s.title = std::to_string(version);
    s.note = std::string(20000, 'n');
    return s;
  };
  kill_while_saving(
      random,
      [&](int version) { return session::save_setup(setup(version), f.file("a.toml")).ok(); },
      [&](int version) {
        auto read = session::load_setup(f.file("a.toml"));
        return read && *read == setup(version);
      });
}

TEST_CASE("killed while progress is saved") {
  QS_TEST_SEED(seed, 13);
  Random random(seed);
  const Folder f("killed-progress");
  const auto progress = [](int version) {
    lesson::LessonProgress p;
    p.begun = true;
    p.beat = 2;
    p.runs[1] = {"empty", "qs1:7;@0 send=read 16 file=A", size_t(version)};
    return p;
  };
  {
    lesson::Progress other(f.file("p.toml"));
    for (int i = 0; i < 50; ++i)
      REQUIRE(other.set("lesson-" + std::to_string(i), progress(i)).ok());
  }
  kill_while_saving(
      random,
      [&](int version) {
        return lesson::Progress(f.file("p.toml")).set("mine", progress(version)).ok();
      },
      [&](int version) {
        const lesson::Progress p(f.file("p.toml"));
        bool all = p.of("mine") == progress(version);
        for (int i = 0; i < 50; ++i) all &= p.of("lesson-" + std::to_string(i)) == progress(i);
        return all;
      });
}

TEST_CASE("killed while receipts are written: each is whole, none is replaced") {
  QS_TEST_SEED(seed, 14);
  Random random(seed);
  const Folder f("killed-receipt");
  setenv("XDG_DOCUMENTS_DIR", f.path.c_str(), 1);
  lesson::Receipt receipt;
  receipt.lesson = "first-request";
  receipt.student = "Ada";
  receipt.beats.resize(100);
  kill_while_saving(
      random, [&](int) { return lesson::write_receipt(receipt).ok(); },
      [&](int version) {
        int whole = 0;
        for (const std::string& name : f.names()) {
          if (name[0] == '.') continue;  // left over by a file system without nameless files
          auto read = lesson::parse_receipt(f.text(name), name);
          if (!read || read->beats.size() != 100) return false;
          ++whole;
        }
        return whole == version;
      });
  unsetenv("XDG_DOCUMENTS_DIR");
}
