// Work of strangers in a process of its own: whatever it does, the caller goes on and is told.
#include <doctest/doctest.h>

#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/apart.h"

using namespace qs;

namespace {

ApartLimits small() {
  ApartLimits l;
  l.seconds = 1;
  l.bytes = 64u << 20;
  return l;
}

std::string told(const std::function<std::string()>& work) {
  auto said = run_apart(work, small());
  return said ? "said " + *said : said.error().text();
}

}  // namespace

TEST_CASE("apart: what the work returns comes back as it is") {
  CHECK(told([] { return std::string("a\0b\xFF", 4); }) == "said " + std::string("a\0b\xFF", 4));
  CHECK(told([] { return std::string(); }) == "said ");
  const std::string large(5 << 20, 'x');
  CHECK(run_apart([&] { return large; }, ApartLimits()).value() == large);
}

TEST_CASE("apart: without an end, without limit, with a crash: told in a sentence") {
  CHECK(told([] {
          for (volatile int i = 0; i == 0;) {}
          return std::string();
        }) == "it took longer than 1 s");
  CHECK(told([] {
          pause();  // no time of the processor
          return std::string();
        }) == "it took longer than 1 s");
  CHECK(told([] {
          raise(SIGKILL);
          return std::string();
        }) == "the program crashed at it (Killed)");
  CHECK(told([] {
          _exit(3);
          return std::string();
        }) == "the program ended at it with code 3");
  CHECK(told([]() -> std::string { throw std::runtime_error("no"); }) ==
        "the program ended at it with code 78");
  CHECK(told([] { return std::string(20 << 20, 'x'); }) == "there was no end to what it said");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK(told([] {
          std::vector<std::string> all;
          for (;;) all.emplace_back(1 << 20, 'x');
          return std::string();
        }) == "it needs more than 64 MiB of memory");
  CHECK(told([] {
          *static_cast<volatile int*>(nullptr) = 1;
          return std::string();
        }) == "the program crashed at it (Segmentation fault)");
#endif
}
