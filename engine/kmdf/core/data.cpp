#include "kmdf/core/data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "kmdf/core/addresses.h"
#include "kmdf/core/framework.h"
#include "kmdf/core/memory.h"

namespace qs::kmdf {

using rt::emit;

namespace {

constexpr uint8_t kFresh = 0xCD;

// Where the answer of an IRP is.
struct Output {
  const uint8_t* at = nullptr;
  size_t length = 0;
  size_t shared = 0;  // so many bytes at its beginning were input
};

Output output_of(const Irp& irp) {
  Output out;
  if (irp.type == trace::RequestType::Read) {
    out.at = static_cast<const uint8_t*>(irp.buffer);
    out.length = irp.length;
  } else if (is_control(irp.type)) {
    const bool buffered = is_buffered(irp);
    out.at = static_cast<const uint8_t*>(buffered ? irp.buffer : irp.out_buffer);
    out.length = irp.out_length;
    if (buffered) out.shared = std::min(irp.length, irp.out_length);
  }
  if (!out.at) out.length = out.shared = 0;
  return out;
}

uint8_t before(const Irp& irp, const Output& out, size_t i) {
  if (i >= out.shared) return kFresh;
  return i < irp.given_bytes ? irp.given[i] : 0;
}

// One more than the last byte that is not what it was before the driver had it.
size_t written(const Irp& irp, const Output& out) {
  size_t n = out.length;
  while (n > 0 && out.at[n - 1] == before(irp, out, n - 1)) --n;
  return n;
}

bool is_error(int32_t status) { return uint32_t(status) >> 30 == 3; }  // NT_ERROR

void record(const Irp* irp, const uint8_t* at, size_t bytes, bool answer) {
  trace::Trace& trace = rt::sched().trace();
  Framework& f = fw();
  size_t kept = std::min<size_t>(bytes, limits::kKeptBytes);
  if (f.kept_bytes + kept > limits::kAllKeptBytes) kept = 0;
  const size_t texts = trace.string_count();
  const uint32_t text =
      kept ? trace.intern(without_addresses({reinterpret_cast<const char*>(at), kept})) : 0;
  if (trace.string_count() > texts) f.kept_bytes += kept;
  emit(trace::EventCode::Data, irp->id, irp->app, text, uint32_t(bytes), answer ? 1 : 0);
}

void hint(const char* rule, const Irp* irp, const std::string& reason) {
  because(reason);
  emit(trace::EventCode::Hint, irp->id, {}, rt::sched().trace().intern(rule));
}

std::string counted(uint64_t n) { return fmt::format("{} byte{}", n, n == 1 ? "" : "s"); }

}  // namespace

void fill_fresh(void* at, size_t bytes) { std::memset(at, kFresh, bytes); }

void give_data(Irp* irp, std::string_view data) {
  auto* at = static_cast<uint8_t*>(irp->buffer);
  const size_t input = irp->type == trace::RequestType::Read ? 0 : irp->length;
  const size_t bytes = std::max(irp->length, irp->out_length);
  fill_fresh(at + input, bytes - input);
  if (data.empty()) return;
  auto* kept = static_cast<uint8_t*>(fw().arena.allocate(data.size(), 1));
  std::memcpy(kept, data.data(), data.size());
  std::memcpy(at, data.data(), data.size());
  irp->given = kept;
  irp->given_bytes = uint32_t(data.size());
}

void record_given(const Irp* irp) {
  if (irp->given_bytes) record(irp, irp->given, irp->given_bytes, false);
}

void record_answer(const Irp* irp) {
  if (!irp->information || is_error(irp->status) || irp->created_by_driver) return;
  if (!irp->asked_output && !irp->was_below) return;
  const Output out = output_of(*irp);
  const size_t bytes = std::min<uint64_t>(out.length, irp->information);
  if (bytes) record(irp, out.at, bytes, true);
}

void hint_at_completion(const Irp* irp, int32_t status, uint64_t information) {
  if (!irp || irp->created_by_driver) return;
  const bool ok = NT_OK(status);
  if (irp->type == trace::RequestType::Write) {  // H-03
    if (ok && irp->asked_input && information == 0 && irp->length)
      hint("H-03", irp, fmt::format("{} were sent", counted(irp->length)));
    return;
  }
  if (!irp->asked_output) return;
  const Output out = output_of(*irp);
  const size_t last = written(*irp, out);
  if (ok && information == 0 && last > 0)
    return hint("H-01", irp, fmt::format("what was written ends at byte {}", last));
  const size_t there = std::max(last, out.shared);
  if (ok && information > there && information <= out.length && !irp->was_below)
    return hint("H-02", irp,
                fmt::format("Information is {}, but there are {}", information, counted(there)));
  if (is_error(status) && information > 0 && last > 0 && is_buffered(*irp))
    hint("H-04", irp, fmt::format("Information is {}", information));
}

}  // namespace qs::kmdf
