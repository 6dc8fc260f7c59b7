// Small drivers made after public reports of people who write them, each with the outcome that is
// right: what becomes of the run and its requests, what is reported, and at which line.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "run/registry.h"
#include "tests/cases/outcome.h"

using namespace qs;
using namespace qs::test;

namespace {

struct Case {
  const char* name;
  const char* facts;                     // Outcome::facts
  std::array<const char*, 3> says = {};  // what the explanations must say
};

constexpr Case cases[] = {
    {"01-error-path",
     "settled\nW1 STATUS_SUCCESS 16\nW2 is the driver's\nW3 waits in its queue\n"
     "U-01 W2 driver.c:48\n",
     {"W3 waits behind it"}},
    {"02-forward-to-other-device",
     "settled\nC1 STATUS_INVALID_DEVICE_REQUEST 0\nV-16 C1 driver.c:86\n",
     {"Here: that queue is another device's.", "WdfRequestForwardToParentDeviceIoQueue"}},
    {"03-information-too-long",
     "ended: bug check\nC1 STATUS_SUCCESS 16\nC2 is the driver's\nV-09 C2 driver.c:45\n",
     {"16 > 8", "WdfRequestCompleteWithInformation reported"}},
    {"04-forgot-information", "settled\nC1 STATUS_SUCCESS 0\n", {"wrote into the output buffer"}},
    {"05-create-not-completed",
     "settled\nU-01 O1\n",
     {"the last callback that had it is EvtDeviceFileCreate"}},
    {"06-send-unformatted",
     "settled\nR1 STATUS_REQUEST_NOT_ACCEPTED 0\nV-32 R1 driver.c:63\n",
     {"WdfRequestFormatRequestUsingCurrentType"}},
    {"08-acknowledged-and-completed",
     "settled\nW1 STATUS_SUCCESS 16\nV-05 W1 driver.c:92\n",
     {"it waits in a queue", "driver.c:83"}},
    {"10-work-item-deletes-itself", "settled\nW1 STATUS_SUCCESS 16\nW2 STATUS_SUCCESS 16\n"},
    {"12-work-item-of-a-request", "settled\nW1 STATUS_SUCCESS 16\nW2 STATUS_SUCCESS 16\n"},
    {"14-unmark-not-asked", "settled\nR1 STATUS_SUCCESS 16\n"},
    {"15-delete-queue-at-cleanup",
     "settled\nR1 is the driver's\nR2 STATUS_CANCELLED 0\nW1 STATUS_SUCCESS 4\n"
     "O-10 driver.c:112\n",
     {"; the driver owns R1 (", "driver.c:88)"}},
    {"16-reference-kept",
     "settled\nR1 STATUS_SUCCESS 16\nR2 STATUS_INVALID_BUFFER_SIZE 0\nU-10 R2 driver.c:71\n"},
    {"17-sent-again",
     "ended: bug check\nrequest 1 is at the target\nV-33 request 1 driver.c:69\n",
     {"WdfRequestSend was called for request 1"}},
    {"19-caller-buffer-in-handler",
     "settled\nC1 STATUS_INVALID_DEVICE_REQUEST 0\nV-26 C1 driver.c:66\n",
     {"this is not EvtIoInCallerContext, and its transfer method is not METHOD_NEITHER either"}},
    {"20-written-after-completion",
     "settled\nR1 STATUS_SUCCESS 4\nR2 STATUS_SUCCESS 4\n"
     "U-09 R1 driver.c:69\nU-09 R2 driver.c:69\n"},
    {"21-purge-from-the-back",
     "settled\nR1 STATUS_SUCCESS 16\nR2 is the driver's\nQ-14 driver.c:82\n",
     {"WdfIoQueuePurgeSynchronously was called for front",
      "EvtIoRead > WdfRequestForwardToIoQueue > EvtIoRead > WdfIoQueuePurgeSynchronously"}},
    {"22-completed-under-a-lock",
     "settled\nR1 STATUS_SUCCESS 16\nR2 STATUS_SUCCESS 16\nR3 is the driver's\n"
     "U-02 driver.c:77\n",
     {"waits in WdfSpinLockAcquire"}},
    {"23-timer-stopped-in-cancel",
     "settled\nR1 is the driver's\nU-03 driver.c:96\n",
     {"notepad waits until the timer's callback has ended", "driver.c:96",
      "timer 1 waits for a lock somebody else holds"}},
    {"24-ready-twice", "settled\nR1 STATUS_SUCCESS 16\nR2 STATUS_DEVICE_BUSY 0\n"},
    {"25-passive-assumed",
     "ended: undefined misuse\nR1 STATUS_SUCCESS 16\nR2 is the driver's\nU-04 driver.c:68\n",
     {"EvtIoRead was called at the level of its caller, the sender", "WdfExecutionLevelPassive"}},
    {"27-stop-in-own-callback", "settled\nR1 STATUS_SUCCESS 16\nV-48 driver.c:80\n"},
    {"28-one-buffer-for-both", "settled\nC1 STATUS_DATA_ERROR 0\n"},
    {"29-own-thread", "settled\nR1 STATUS_SUCCESS 16\nR2 STATUS_SUCCESS 16\n"},
    {"31-level-of-a-completion-routine",
     "ended: undefined misuse\nR1 is the driver's\nU-04 driver.c:88\n",
     {"CompletionRoutine was called at the level of its caller, a DPC",
      "completion routines need a work item"}},
    {"32-paged-code",
     "settled\nC1 STATUS_SUCCESS 0\nC2 STATUS_SUCCESS 0\nU-05 driver.c:63\n",
     {"PAGED_CODE() says that EvtIoDeviceControl may be paged out"}},
    {"33-acknowledged-after-lost-unmark", "settled\nR1 STATUS_CANCELLED 0\nR2 is the driver's\n"},
    {"34-nap-and-wake",
     "settled\nR1 STATUS_SUCCESS 0\nR2 STATUS_SUCCESS 0\nR3 STATUS_SUCCESS 0\nthe device naps\n"},
    {"35-locked-in-the-wrong-process",
     "settled\nC1 STATUS_SUCCESS 8\nC2 STATUS_INVALID_DEVICE_REQUEST 0\nV-26a C2 driver.c:105\n"},
    {"36-queue-of-a-session",
     "settled\nR1 STATUS_CANCELLED 0\nR2 STATUS_CANCELLED 0\nW1 STATUS_SUCCESS 4\n"
     "R3 STATUS_INVALID_DEVICE_STATE 0\n"},
    {"37-synchronous-handle", "settled\nR1 waits in its queue\nR2 has not arrived\n"},
};

// What differs from the right outcome; "" when all is as it should be.
std::string difference(const Case& c) {
  const Outcome o = play_case(c.name);
  if (o.facts != c.facts) return "expected:\n" + std::string(c.facts) + "but got:\n" + o.facts;
  for (const char* text : c.says)
    if (text && o.told.find(text) == std::string::npos)
      return "expected to be told: " + std::string(text) + "\nbut was told:\n" + o.told;
  return {};
}

}  // namespace

TEST_CASE("cases from practice come out as they should") {
  for (const Case& c : cases) {
    INFO(std::string(c.name));
    const std::string wrong = difference(c);
    CHECK_MESSAGE(wrong.empty(), wrong);
  }
}

TEST_CASE("each driver of a case is played") {
  auto is_case = [](std::string_view name) {
    return std::any_of(std::begin(cases), std::end(cases),
                       [name](const Case& c) { return name == c.name; });
  };
  constexpr std::string_view kModule = "cases/";
  for (const run::CompiledDriver& d : run::test_drivers())
    CHECK_MESSAGE(is_case(std::string_view(d.name).substr(kModule.size())), d.name);
}
