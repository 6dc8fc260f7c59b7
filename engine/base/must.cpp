#include "base/must.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "base/look.h"
#include "base/misuse.h"

namespace qs {

namespace {
// Set once by whoever is linked in, and by tests.
std::atomic<BrokenHandler> handler{nullptr};
std::atomic<uint64_t (*)()> number{nullptr};
std::atomic<void (*)(const Broken&)> end_if_misused{nullptr};
#ifdef QS_LOOK_OFTEN
std::atomic<bool> often{true};
#else
std::atomic<bool> often{false};
#endif
}  // namespace

std::string Broken::text() const {
  const std::string whose =
      object ? fmt::format("{} {}", kind_name(object.kind()), object.serial()) : "the run";
  return fmt::format("{} does not hold for {} at decision {}: {} ({}:{})", rule, whose, decision,
                     what, file, line);
}

void broken(const char* rule, ObjectId object, const char* what, const char* file, int line) {
  auto* count = number.load();
  const Broken b{rule, object, what, file, line, count ? count() : 0};
  if (auto* end = end_if_misused.load()) end(b);
  if (auto* handle = handler.load()) return handle(b);
  std::fprintf(stderr,
               "queuescope: the engine is wrong, not your driver: %s\nPlease report this line "
               "together with the run.\n",
               b.text().c_str());
  std::abort();
}

BrokenHandler on_broken(BrokenHandler next) { return handler.exchange(next); }

void look_after_every_decision() { often.store(true); }
bool looks_after_every_decision() { return kChecks && often.load(); }

void decisions_from(uint64_t (*from)()) { number.store(from); }
void misuse_ends_run(void (*end)(const Broken&)) { end_if_misused.store(end); }

}  // namespace qs
