#include "trace/trace_file.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/read_file.h"

namespace qs {
namespace {

constexpr std::string_view kMagic = "QSTRACE\x1A";
constexpr size_t kHeader = 8 + 4 + 4 + 8 + 8 + 8;
constexpr uint32_t kFlagRealThreads = 1;

uint64_t checksum(std::string_view bytes) {
  uint64_t h = 0xCBF29CE484222325u;
  for (char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return h;
}

template <class T>
void put(std::string& out, T value) {
  for (size_t i = 0; i < sizeof(T); ++i) out += char(uint64_t(value) >> (8 * i) & 0xFF);
}
void put_text(std::string& out, std::string_view text) {
  put(out, uint32_t(text.size()));
  out += text;
}

// Event members as columns: equal neighbours compress far better than whole records.
template <class Get>
void put_column(std::string& out, const Trace& trace, Get get) {
  for (size_t i = 0; i < trace.size(); ++i) put(out, get(trace[i]));
}

std::string payload_of(const Trace& t, std::string_view program, std::string_view schedule) {
  std::string out;
  out.reserve(t.size() * sizeof(Event) + 4096);
  put_text(out, program);
  put_text(out, schedule);
  put(out, uint32_t(t.string_count() - 1));
  for (uint32_t i = 1; i < t.string_count(); ++i) put_text(out, t.string(i));
  put(out, uint32_t(t.files().size() - 1));
  for (size_t i = 1; i < t.files().size(); ++i) put_text(out, t.files()[i]);
  std::vector<std::pair<uint32_t, uint32_t>> names(t.names().begin(), t.names().end());
  std::sort(names.begin(), names.end());
  put(out, uint32_t(names.size()));
  for (auto [id, text] : names) {
    put(out, id);
    put(out, text);
  }
  put(out, uint64_t(t.size()));
  put_column(out, t, [](const Event& e) { return uint8_t(e.code); });
  put_column(out, t, [](const Event& e) { return e.irql; });
  put_column(out, t, [](const Event& e) { return e.thread; });
  put_column(out, t, [](const Event& e) { return e.time; });
  put_column(out, t, [](const Event& e) { return e.s.raw; });
  put_column(out, t, [](const Event& e) { return e.o.raw; });
  put_column(out, t, [](const Event& e) { return e.a; });
  put_column(out, t, [](const Event& e) { return e.b; });
  put_column(out, t, [](const Event& e) { return e.c; });
  put_column(out, t, [](const Event& e) { return e.site.raw; });
  return out;
}

// Reads numbers and texts off the front; remembers the first failure.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool ok() const { return ok_; }
  size_t left() const { return bytes_.size() - pos_; }

  template <class T>
  T get() {
    if (!need(sizeof(T))) return T();
    uint64_t value = 0;
    for (size_t i = 0; i < sizeof(T); ++i)
      value |= uint64_t(static_cast<unsigned char>(bytes_[pos_ + i])) << (8 * i);
    pos_ += sizeof(T);
    return T(value);
  }
  std::string_view text() {
    auto size = get<uint32_t>();
    if (!need(size)) return {};
    pos_ += size;
    return bytes_.substr(pos_ - size, size);
  }
  // How many entries of at least `each` bytes may follow.
  bool fits(uint64_t count, size_t each) {
    if (!ok_ || count > left() / each) ok_ = false;
    return ok_;
  }

 private:
  bool need(size_t n) {
    if (left() < n) ok_ = false;
    return ok_;
  }
  std::string_view bytes_;
  size_t pos_ = 0;
  bool ok_ = true;
};

class Decoder {
 public:
  Decoder(std::string_view bytes, std::string_view name, uint64_t limit)
      : bytes_(bytes), name_(name), limit_(limit) {}

  Result<TraceFile> decode() {
    if (bytes_.size() < kHeader || bytes_.substr(0, kMagic.size()) != kMagic) return not_a_trace();
    Reader header(bytes_.substr(kMagic.size()));
    auto version = header.get<uint32_t>();
    auto flags = header.get<uint32_t>();
    auto size = header.get<uint64_t>();
    auto packed = header.get<uint64_t>();
    auto sum = header.get<uint64_t>();
    if (version != kTraceVersion)
      return error(
          fmt::format("version {}, this program reads version {}", version, kTraceVersion));
    if (flags & ~kFlagRealThreads)
      return error(fmt::format("unknown flags 0x{:X}, expected 0 or 1", flags));
    uint64_t body = bytes_.size() - kHeader;
    if (packed > body)
      return error(
          fmt::format("the file ends early: {} bytes after the header, expected {}", body, packed));
    if (packed < body) return error(fmt::format("{} bytes too many at the end", body - packed));
    std::string payload;
    if (std::string problem = unpack(bytes_.substr(kHeader), size, payload); !problem.empty())
      return error(problem);
    if (checksum(payload) != sum) return error("the content was changed: its checksum is wrong");
    file_.replayable = (flags & kFlagRealThreads) == 0;
    return read(payload);
  }

 private:
  Error error(std::string message) const { return {std::string(name_), 0, std::move(message)}; }

  Error not_a_trace() const {
    bool begins = bytes_.substr(0, kMagic.size()) == kMagic.substr(0, bytes_.size());
    if (begins && bytes_.size() < kHeader)
      return error(fmt::format("{} bytes, expected a header of {}", bytes_.size(), kHeader));
    return error("not a QueueScope trace: it should begin with \"QSTRACE\"");
  }

  std::string unpack(std::string_view packed, uint64_t size, std::string& out) const {
    if (size > limit_)
      return fmt::format("the content claims {} bytes, the limit is {}", size, limit_);
    // zstd packs at most 128 KiB into 4 bytes; a larger claim is a lie, and memory is not taken for
    // it.
    if (size > packed.size() * 40000 + 4096)
      return fmt::format("the content claims {} bytes, too many for {} packed ones", size,
                         packed.size());
    out.resize(size);
    size_t got = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(got))
      return fmt::format("the content cannot be unpacked ({})", ZSTD_getErrorName(got));
    if (got != size) return fmt::format("the content has {} bytes, expected {}", got, size);
    return {};
  }

  Result<TraceFile> read(std::string_view payload) {
    Reader in(payload);
    file_.program = in.text();
    file_.schedule = in.text();
    if (std::string problem = read_tables(in); !problem.empty()) return error(problem);
    if (std::string problem = read_events(in); !problem.empty()) return error(problem);
    if (in.left() > 0) return error(fmt::format("{} bytes too many after the events", in.left()));
    file_.trace = std::move(trace_);
    return std::move(file_);
  }

  std::string read_tables(Reader& in) {
    auto strings = in.get<uint32_t>();
    if (!in.fits(strings, 4)) return "the texts end early";
    for (uint32_t i = 1; i <= strings; ++i)
      if (std::string_view text = in.text(); !in.ok())
        return fmt::format("text {} of {} ends early", i, strings);
      else if (trace_->intern(text) != i)
        return fmt::format("text {} is empty or stands twice", i);
    auto files = in.get<uint32_t>();
    if (!in.fits(files, 4)) return "the file names end early";
    if (files >= 4096) return fmt::format("{} source files, expected at most 4095", files);
    for (uint32_t i = 1; i <= files; ++i)
      if (std::string_view path = in.text(); !in.ok())
        return fmt::format("file name {} of {} ends early", i, files);
      else if (trace_->intern_file(path) != i)
        return fmt::format("file name {} stands twice", i);
    return read_names(in);
  }

  std::string read_names(Reader& in) {
    auto count = in.get<uint32_t>();
    if (!in.fits(count, 8)) return "the names end early";
    for (uint32_t i = 0; i < count; ++i) {
      ObjectId id(in.get<uint32_t>());
      auto text = in.get<uint32_t>();
      if (id.kind() == ObjectKind::None || id.kind() >= ObjectKind::Count)
        return fmt::format("a name for object 0x{:08X}, which has no kind", id.raw);
      if (trace_->has_name(id)) return fmt::format("two names for object 0x{:08X}", id.raw);
      if (text >= trace_->string_count())
        return fmt::format("a name uses text {}, but there are {}", text, trace_->string_count());
      trace_->set_name(id, trace_->string(text));
    }
    return {};
  }

  std::string read_events(Reader& in) {
    auto count = in.get<uint64_t>();
    if (!in.ok() || !in.fits(count, sizeof(Event))) return "the events end early";
    std::vector<Event> events(count);
    for (Event& e : events) e.code = EventCode(in.get<uint8_t>());
    for (Event& e : events) e.irql = in.get<uint8_t>();
    for (Event& e : events) e.thread = in.get<uint16_t>();
    for (Event& e : events) e.time = in.get<uint32_t>();
    for (Event& e : events) e.s = ObjectId(in.get<uint32_t>());
    for (Event& e : events) e.o = ObjectId(in.get<uint32_t>());
    for (Event& e : events) e.a = in.get<uint32_t>();
    for (Event& e : events) e.b = in.get<uint32_t>();
    for (Event& e : events) e.c = in.get<uint32_t>();
    for (Event& e : events) e.site = Site(in.get<uint32_t>());
    for (size_t i = 0; i < events.size(); ++i) {
      if (std::string problem = check_event(*trace_, events[i]); !problem.empty())
        return fmt::format("event {}: {}", i, problem);
      trace_->push(events[i]);
    }
    return {};
  }

  std::string_view bytes_, name_;
  uint64_t limit_;
  TraceFile file_;
  std::shared_ptr<Trace> trace_ = std::make_shared<Trace>();
};

}  // namespace

std::string encode_trace(const Trace& trace, std::string_view program, std::string_view schedule,
                         bool replayable) {
  std::string payload = payload_of(trace, program, schedule);
  std::string packed(ZSTD_compressBound(payload.size()), '\0');
  size_t size = ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), 3);
  // The bound above is what zstd asks for; it has no other way to fail than to lack memory.
  if (ZSTD_isError(size)) return {};
  std::string out(kMagic);
  put(out, kTraceVersion);
  put(out, uint32_t(replayable ? 0 : kFlagRealThreads));
  put(out, uint64_t(payload.size()));
  put(out, uint64_t(size));
  put(out, checksum(payload));
  out.append(packed, 0, size);
  return out;
}

Result<TraceFile> decode_trace(std::string_view bytes, std::string_view file_name,
                               uint64_t payload_limit) {
  return Decoder(bytes, file_name, payload_limit).decode();
}

Result<bool> write_trace_file(const std::string& path, const Trace& trace, std::string_view program,
                              std::string_view schedule, bool replayable, Target target) {
  std::string bytes = encode_trace(trace, program, schedule, replayable);
  if (bytes.empty()) return Error{path, 0, "not written: there is not enough memory to pack it"};
  return write_file(path, bytes, target);
}

Result<TraceFile> read_trace_file(const std::string& path) {
  auto bytes = read_file(path, kTracePayloadLimit);
  if (!bytes) return bytes.error();
  return decode_trace(*bytes, path);
}

}  // namespace qs
