// Any bytes are refused with a sentence or are a trace that can be folded, sought in and told. The
// bytes are tried as a file, and as the payload of a file whose header and checksum are right,
// which a fuzzer would never guess.
#include <zstd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "model/timeline/timeline.h"
#include "trace/events/trace_file.h"
#include "trace/export/narrate.h"

namespace {

constexpr std::uint64_t payload_limit = 1 << 20;

template <typename T>
void put(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

std::string file_of(std::string_view payload) {
  // The magic of the format, from a file that the writer made.
  static const std::string model = qs::trace::encode_trace(qs::trace::Trace{}, "", "");
  std::string packed(ZSTD_compressBound(payload.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), 1));
  std::string out = model.substr(0, 8);
  put(out, qs::trace::kTraceVersion);
  put(out, std::uint32_t{0});
  put(out, std::uint64_t{payload.size()});
  put(out, std::uint64_t{packed.size()});
  put(out, qs::trace::trace_checksum(payload));
  return out + packed;
}

void try_file(std::string_view bytes) {
  auto file = qs::trace::decode_trace(bytes, "fuzz", payload_limit);
  if (!file.ok()) {
    if (file.error().message.empty()) std::abort();
    return;
  }
  const qs::trace::Trace& trace = *file->trace;
  qs::model::Timeline timeline(trace);
  timeline.at(trace.size());
  timeline.at(trace.size() / 2);
  timeline.verdicts();
  for (const qs::ObjectId request : timeline.requests()) timeline.request_spans(request);
  for (const qs::ObjectId queue : timeline.queues()) timeline.queue_samples(queue, 0, ~0u, 5);
  for (const qs::ObjectId thread : timeline.threads())
    timeline.thread_spans(thread, qs::model::ThreadSpan::Callback, 0, ~0u, 5);
  for (std::size_t event = 0; event < trace.size(); ++event) qs::trace::print_event(trace, event);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try_file(bytes);
  try_file(file_of(bytes));
  return 0;
}
