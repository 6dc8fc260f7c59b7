// The one main() of all test executables. A run that selects no test case fails: a renamed file
// must not pass for a green one.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

#include "base/look.h"

// Tests that run a stranger's driver are its runner as well; the others do not have engine/own.
namespace qs::own {
__attribute__((weak)) bool runner_asked(int argc, char** argv, int& exit_code);
}

namespace {

unsigned cases_run = 0;

struct CountCases : doctest::IReporter {
  explicit CountCases(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats& stats) override {
    cases_run = stats.numTestCasesPassingFilters;
  }
  void test_case_start(const doctest::TestCaseData&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
DOCTEST_REGISTER_LISTENER("count_cases", 1, CountCases);

}  // namespace

int main(int argc, char** argv) {
  if (int exit_code = 0; qs::own::runner_asked && qs::own::runner_asked(argc, argv, exit_code))
    return exit_code;
  qs::look_after_every_decision();
  doctest::Context context(argc, argv);
  const int failed = context.run();
  if (context.shouldExit()) return failed;
  if (cases_run == 0) {
    std::fprintf(stderr, "No test case was selected.\n");
    return 1;
  }
  return failed;
}
