#include "trace/events/trace_file.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

#include "base/read_file.h"
#include "trace/events/trace_check.h"

namespace qs::trace {
namespace {

constexpr std::string_view kMagic = "QSTRACE\x1A";
constexpr size_t kHeader = 8 + 4 + 4 + 8 + 8 + 8;
constexpr uint32_t kFlagNoProgram = 1;  // recorded from a scenario: no program plays it again
constexpr uint32_t kFlagSources = 2;    // the driver's sources come after the events
constexpr size_t kMostSources = 1024;
constexpr int kLevel = 1;               // of zstd: columns pack well at any, and it is the fastest

// Little-endian, whatever the machine is.
template <class T>
T load(const char* p) {
  T value = 0;
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(&value, p, sizeof(T));
  else
    for (size_t i = 0; i < sizeof(T); ++i)
      value = T(value | T(T(static_cast<unsigned char>(p[i])) << (8 * i)));
  return value;
}
template <class T>
void store(char* p, T value) {
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(p, &value, sizeof(T));
  else
    for (size_t i = 0; i < sizeof(T); ++i) p[i] = char(uint64_t(value) >> (8 * i) & 0xFF);
}

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  store(bytes, value);
  out.append(bytes, sizeof(T));
}
void put_text(std::string& out, std::string_view text) {
  put(out, uint32_t(text.size()));
  out += text;
}

// Where each member of `count` events stands: as columns, because equal neighbors compress far
// better than whole records.
template <class Byte>
struct Columns {
  Byte *code, *irql, *thread, *time, *s, *o, *a, *b, *c, *site;
  Columns(Byte* at, size_t count) {
    const auto next = [&](size_t each) { return std::exchange(at, at + each * count); };
    code = next(1), irql = next(1), thread = next(2), time = next(4), s = next(4), o = next(4);
    a = next(4), b = next(4), c = next(4), site = next(4);
  }
};

struct Bytes {  // not cleared before they are written: there can be gigabytes
  std::unique_ptr<char[]> data;
  size_t size = 0;
  explicit Bytes(size_t n) : data(new char[n]), size(n) {}
  std::string_view view() const { return {data.get(), size}; }
};

std::string tail_of(const TraceSources& sources) {
  std::string tail;
  if (sources.empty()) return tail;
  put_text(tail, sources.program);
  put(tail, uint32_t(sources.files.size()));
  for (const auto& [name, text] : sources.files) put_text(tail, name), put_text(tail, text);
  return tail;
}

Bytes payload_of(const Trace& t, std::string_view program, std::string_view schedule,
                 const TraceSources& sources) {
  const std::string tail = tail_of(sources);
  std::string head;
  put_text(head, program);
  put_text(head, schedule);
  put(head, uint32_t(t.string_count() - 1));
  for (uint32_t i = 1; i < t.string_count(); ++i) put_text(head, t.string(i));
  put(head, uint32_t(t.files().size() - 1));
  for (size_t i = 1; i < t.files().size(); ++i) put_text(head, t.files()[i]);
  std::vector<std::pair<uint32_t, uint32_t>> names(t.names().begin(), t.names().end());
  std::sort(names.begin(), names.end());
  put(head, uint32_t(names.size()));
  for (auto [id, text] : names) {
    put(head, id);
    put(head, text);
  }
  put(head, uint64_t(t.size()));

  Bytes out(head.size() + t.size() * sizeof(Event) + tail.size());
  std::copy(head.begin(), head.end(), out.data.get());
  std::copy(tail.begin(), tail.end(), out.data.get() + out.size - tail.size());
  const Columns<char> to(out.data.get() + head.size(), t.size());
  for (size_t i = 0; i < t.size(); ++i) {
    const Event& e = t[i];
    to.code[i] = char(e.code);
    to.irql[i] = char(e.irql | (e.thread >> 16) << 4);  // few runs have more than 65,535 threads
    store(to.thread + 2 * i, uint16_t(e.thread));
    store(to.time + 4 * i, e.time);
    store(to.s + 4 * i, e.s.raw);
    store(to.o + 4 * i, e.o.raw);
    store(to.a + 4 * i, e.a);
    store(to.b + 4 * i, e.b);
    store(to.c + 4 * i, e.c);
    store(to.site + 4 * i, e.site.raw);
  }
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
    pos_ += sizeof(T);
    return load<T>(bytes_.data() + pos_ - sizeof(T));
  }
  std::string_view text() {
    auto size = get<uint32_t>();
    if (!need(size)) return {};
    pos_ += size;
    return bytes_.substr(pos_ - size, size);
  }
  std::string_view rest() const { return bytes_.substr(pos_); }
  void skip(size_t n) {
    if (need(n)) pos_ += n;
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
    if (flags & ~(kFlagNoProgram | kFlagSources))
      return error(fmt::format("unknown flags 0x{:X}, expected 0 to 3", flags));
    uint64_t body = bytes_.size() - kHeader;
    if (packed > body)
      return error(
          fmt::format("the file ends early: {} bytes after the header, expected {}", body, packed));
    if (packed < body) return error(fmt::format("{} bytes too many at the end", body - packed));
    if (std::string problem = check_claim(size, packed); !problem.empty()) return error(problem);
    Bytes payload(size);
    if (std::string problem = unpack(bytes_.substr(kHeader), payload); !problem.empty())
      return error(problem);
    const std::string_view content = payload.view();
    if (trace_checksum(content) != sum)
      return error("the content was changed: its checksum is wrong");
    file_.replayable = (flags & kFlagNoProgram) == 0;
    has_sources_ = (flags & kFlagSources) != 0;
    return read(content);
  }

 private:
  Error error(std::string message) const { return {std::string(name_), 0, std::move(message)}; }

  Error not_a_trace() const {
    bool begins = bytes_.substr(0, kMagic.size()) == kMagic.substr(0, bytes_.size());
    if (begins && bytes_.size() < kHeader)
      return error(fmt::format("{} bytes, expected a header of {}", bytes_.size(), kHeader));
    return error("not a QueueScope trace: it should begin with \"QSTRACE\"");
  }

  std::string check_claim(uint64_t size, uint64_t packed) const {
    if (size > limit_)
      return fmt::format("the content claims {} bytes, the limit is {} (about {} events)", size,
                         limit_, limit_ / sizeof(Event));
    // zstd packs at most 128 KiB into 4 bytes; a larger claim is a lie, and memory is not taken for
    // it.
    if (size > packed * 40000 + 4096)
      return fmt::format("the content claims {} bytes, too many for {} packed ones", size, packed);
    return {};
  }

  static std::string unpack(std::string_view packed, Bytes& out) {
    size_t got = ZSTD_decompress(out.data.get(), out.size, packed.data(), packed.size());
    if (ZSTD_isError(got))
      return fmt::format("the content cannot be unpacked ({})", ZSTD_getErrorName(got));
    if (got != out.size) return fmt::format("the content has {} bytes, expected {}", got, out.size);
    return {};
  }

  Result<TraceFile> read(std::string_view payload) {
    Reader in(payload);
    file_.program = in.text();
    file_.schedule = in.text();
    if (std::string problem = read_tables(in); !problem.empty()) return error(problem);
    if (std::string problem = read_events(in); !problem.empty()) return error(problem);
    if (std::string problem = read_sources(in); !problem.empty()) return error(problem);
    if (in.left() > 0) return error(fmt::format("{} bytes too many after the events", in.left()));
    file_.trace = std::move(trace_);
    return std::move(file_);
  }

  std::string read_sources(Reader& in) {
    if (!has_sources_) return {};
    file_.sources.program = in.text();
    const auto count = in.get<uint32_t>();
    if (!in.ok() || count == 0 || count > kMostSources)
      return fmt::format("{} sources, expected 1 to {}", count, kMostSources);
    for (uint32_t i = 0; i < count; ++i) {
      const std::string_view name = in.text();
      file_.sources.files.emplace_back(name, in.text());
      if (!in.ok()) return fmt::format("source {} of {} ends early", i + 1, count);
    }
    return {};
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
    trace_->reserve_names(count);
    for (uint32_t i = 0; i < count; ++i) {
      ObjectId id(in.get<uint32_t>());
      auto text = in.get<uint32_t>();
      if (id.kind() == ObjectKind::None || id.kind() >= ObjectKind::Count)
        return fmt::format("a name for object 0x{:08X}, which has no kind", id.raw);
      if (text >= trace_->string_count())
        return fmt::format("a name uses text {}, but there are {}", text, trace_->string_count());
      if (!trace_->add_name(id, text)) return fmt::format("two names for object 0x{:08X}", id.raw);
    }
    return {};
  }

  std::string read_events(Reader& in) {
    auto count = in.get<uint64_t>();
    if (!in.ok() || !in.fits(count, sizeof(Event))) return "the events end early";
    const EventCheck check(*trace_);
    const Columns<const char> from(in.rest().data(), count);
    in.skip(count * sizeof(Event));
    for (size_t i = 0; i < count; ++i) {
      Event e;
      e.code = EventCode(from.code[i]);
      const auto irql = uint8_t(from.irql[i]);
      e.irql = irql & 0xFu;
      e.thread = uint32_t(irql >> 4) << 16 | load<uint16_t>(from.thread + 2 * i);
      e.time = load<uint32_t>(from.time + 4 * i);
      e.s = ObjectId(load<uint32_t>(from.s + 4 * i));
      e.o = ObjectId(load<uint32_t>(from.o + 4 * i));
      e.a = load<uint32_t>(from.a + 4 * i);
      e.b = load<uint32_t>(from.b + 4 * i);
      e.c = load<uint32_t>(from.c + 4 * i);
      e.site = Site(load<uint32_t>(from.site + 4 * i));
      if (!check.ok(e)) return fmt::format("event {}: {}", i, check_event(*trace_, e));
      trace_->push(e);
    }
    return {};
  }

  std::string_view bytes_, name_;
  uint64_t limit_;
  bool has_sources_ = false;
  TraceFile file_;
  std::shared_ptr<Trace> trace_ = std::make_shared<Trace>();
};

// Appends the payload, compressed. False: there is not enough memory.
bool pack(const Bytes& payload, std::string& out) {
  const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> zstd(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (!zstd) return false;
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setPledgedSrcSize(zstd.get(), payload.size);
  const Bytes piece(ZSTD_CStreamOutSize());
  ZSTD_inBuffer from{payload.data.get(), payload.size, 0};
  for (size_t left = 1; left > 0;) {
    ZSTD_outBuffer to{piece.data.get(), piece.size, 0};
    left = ZSTD_compressStream2(zstd.get(), &to, &from, ZSTD_e_end);
    if (ZSTD_isError(left)) return false;
    out.append(piece.data.get(), to.pos);
  }
  return true;
}

}  // namespace

uint64_t trace_checksum(std::string_view bytes) {
  uint64_t h = 0xCBF29CE484222325u;
  const auto mix = [&](uint64_t word) {
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
  };
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) mix(load<uint64_t>(bytes.data() + at));
  char rest[8] = {};
  std::copy(bytes.begin() + std::ptrdiff_t(at), bytes.end(), rest);
  if (at < bytes.size()) mix(load<uint64_t>(rest));
  return h;
}

std::string encode_trace(const Trace& trace, std::string_view program, std::string_view schedule,
                         bool replayable, const TraceSources& sources) {
  const Bytes payload = payload_of(trace, program, schedule, sources);
  std::string out(kMagic);
  put(out, kTraceVersion);
  put(out, (replayable ? 0 : kFlagNoProgram) | (sources.empty() ? 0 : kFlagSources));
  put(out, uint64_t(payload.size));
  put(out, uint64_t(0));  // how much follows: written when it is known
  put(out, trace_checksum(payload.view()));
  if (!pack(payload, out)) return {};
  store(out.data() + kHeader - 16, uint64_t(out.size() - kHeader));
  return out;
}

Result<TraceFile> decode_trace(std::string_view bytes, std::string_view file_name,
                               uint64_t payload_limit) {
  return Decoder(bytes, file_name, payload_limit).decode();
}

Result<bool> write_trace_file(const std::string& path, const Trace& trace, std::string_view program,
                              std::string_view schedule, bool replayable, Target target,
                              const TraceSources& sources) {
  std::string bytes = encode_trace(trace, program, schedule, replayable, sources);
  if (bytes.empty()) return Error{path, 0, "not written: there is not enough memory to pack it"};
  return write_file(path, bytes, target);
}

Result<TraceFile> read_trace_file(const std::string& path) {
  auto bytes = read_file(path, kTracePayloadLimit);
  if (!bytes) return bytes.error();
  return decode_trace(*bytes, path);
}

}  // namespace qs::trace
