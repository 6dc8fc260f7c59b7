#include "own/record.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "explore/elsewhere.h"
#include "trace/events/trace_check.h"
#include "trace/events/trace_file.h"

namespace qs::own {
namespace {

struct RecordHeader {
  uint64_t asked = 0;                 // bytes of the request
  std::atomic<uint64_t> committed{};  // bytes of entries that are whole
};
static_assert(std::atomic<uint64_t>::is_always_lock_free);
constexpr size_t kRecordHead = 64;

enum EntryKind : uint32_t {
  kText = 1,
  kFile,
  kName,      // object, text
  kEvents,    // as they are in memory
  kOutcome,   // numbers, then four texts
  kDecision,  // pairs of events and ordinal
  kEnd,
  kAnswer
};
struct EntryHead {
  uint32_t kind, bytes;
};

constexpr size_t padded(size_t bytes) { return (bytes + 7) & ~size_t(7); }
RecordHeader& header_of(char* memory) { return *reinterpret_cast<RecordHeader*>(memory); }

void put_number(std::string& out, uint32_t value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void put_words(std::string& out, std::string_view text) {
  put_number(out, uint32_t(text.size()));
  out += text;
}

// Numbers and texts off the front; remembers that there was too little.
struct Taker {
  std::string_view bytes;
  bool ok = true;

  uint32_t number() {
    uint32_t value = 0;
    if (bytes.size() < sizeof value) return ok = false, 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
  }
  std::string_view words() {
    const uint32_t size = number();
    if (!ok || bytes.size() < size) return ok = false, std::string_view();
    const std::string_view out = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return out;
  }
};

}  // namespace

RunRecord::RunRecord() {
  fd_ = memfd_create("queuescope-run", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd_ < 0 || ftruncate(fd_, off_t(kBytes)) != 0) return;
  fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  void* at = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd_, 0);
  if (at != MAP_FAILED) memory_ = static_cast<char*>(at);
}

RunRecord::RunRecord(int fd) : fd_(fd) {
  void* at = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd_, 0);
  if (at != MAP_FAILED) memory_ = static_cast<char*>(at);
}

RunRecord::~RunRecord() {
  if (memory_) munmap(memory_, kBytes);
  if (fd_ >= 0) close(fd_);
}

bool RunRecord::ask(const std::vector<std::string>& texts) {
  std::string bytes;
  put_number(bytes, uint32_t(texts.size()));
  for (const std::string& text : texts) put_words(bytes, text);
  if (kRecordHead + bytes.size() > kBytes / 2) return false;
  fallocate(fd_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, off_t(kBytes));
  std::memcpy(memory_ + kRecordHead, bytes.data(), bytes.size());
  header_of(memory_).asked = bytes.size();
  return true;
}

std::vector<std::string> RunRecord::asked() const {
  Taker in{{memory_ + kRecordHead, size_t(header_of(memory_).asked)}};
  std::vector<std::string> texts(in.number());
  for (std::string& text : texts) text = in.words();
  return texts;
}

// --- in the box ---

RecordWriter::RecordWriter(const RunRecord& record)
    : memory_(record.memory()), at_(kRecordHead + padded(header_of(memory_).asked)) {}

char* RecordWriter::take(uint32_t kind, size_t bytes) {
  if (full_ || bytes > UINT32_MAX || at_ + sizeof(EntryHead) + padded(bytes) > RunRecord::kBytes) {
    full_ = true;
    return nullptr;
  }
  const EntryHead head{kind, uint32_t(bytes)};
  std::memcpy(memory_ + at_, &head, sizeof head);
  char* out = memory_ + at_ + sizeof head;
  at_ += sizeof head + padded(bytes);
  return out;
}

void RecordWriter::text(uint32_t kind, std::string_view bytes) {
  if (char* to = take(kind, bytes.size())) std::memcpy(to, bytes.data(), bytes.size());
}

bool RecordWriter::commit() {
  if (!full_)
    header_of(memory_).committed.store(at_ - kRecordHead - padded(header_of(memory_).asked));
  return !full_;
}

bool RecordWriter::sync(const run::Run& run) {
  const trace::Trace& t = run.trace();
  for (; strings_ < t.string_count() && !full_; ++strings_)
    text(kText, t.string(uint32_t(strings_)));
  for (; files_ < t.files().size() && !full_; ++files_) text(kFile, t.files()[files_]);
  if (const size_t count = t.names().size() - names_; count > 0)
    if (char* to = take(kName, count * 8)) {
      for (; names_ < t.names().size(); ++names_, to += 8) {
        const auto [object, name] = t.names()[names_];
        std::memcpy(to, &object, 4), std::memcpy(to + 4, &name, 4);
      }
    }
  if (const size_t count = t.size() - events_; count > 0)
    if (char* to = take(kEvents, count * sizeof(trace::Event)))
      for (; events_ < t.size(); ++events_, to += sizeof(trace::Event))
        std::memcpy(to, &t[events_], sizeof(trace::Event));
  for (; outcomes_ < run.outcomes().size() && !full_; ++outcomes_) {
    const run::InputOutcome& o = run.outcomes()[outcomes_];
    std::string bytes;
    for (const uint32_t n :
         {uint32_t(o.index), uint32_t(o.from_schedule), uint32_t(o.applied), o.event})
      put_number(bytes, n);
    for (const std::string* words : {&o.words, &o.problem, &o.rule, &o.why})
      put_words(bytes, *words);
    text(kOutcome, bytes);
  }
  if (const size_t count = run.decisions().size() - decisions_; count > 0)
    if (char* to = take(kDecision, count * 8))
      for (; decisions_ < run.decisions().size(); ++decisions_, to += 8) {
        const auto [events, ordinal] = run.decisions()[decisions_];
        std::memcpy(to, &events, 4), std::memcpy(to + 4, &ordinal, 4);
      }
  return commit();
}

void RecordWriter::answer(std::string_view bytes) {
  text(kAnswer, bytes);
  commit();
}

void RecordWriter::end(BoxEnd how, std::string_view why) {
  full_ = false;  // there may be room for this
  std::string bytes;
  put_number(bytes, uint32_t(how));
  put_words(bytes, why);
  text(kEnd, bytes);
  commit();
}

// --- outside ---

namespace {

class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}

  Result<RecordedRun> read() {
    if (std::string wrong = split(); !wrong.empty()) return Error{"", 0, wrong};
    if (std::string wrong = read_events(); !wrong.empty()) return Error{"", 0, wrong};
    for (const run::InputOutcome& o : out_.execution.outcomes)
      if (o.event > trace_->size() || o.index >= out_.execution.outcomes.size())
        return Error{"", 0, "an input came in after an event that there is not"};
    uint32_t last = 0;
    for (const auto& [events, ordinal] : out_.execution.ordinals) {
      if (events < last || events > trace_->size())
        return Error{"", 0, "a decision stands after an event that there is not"};
      last = events;
    }
    out_.execution.trace = trace_;
    if (answer_.size() > explore::kMostAnswered) return Error{"", 0, "an answer is too long"};
    out_.answer = answer_;
    return std::move(out_);
  }

 private:
  // Everything but the events, which can be looked at once all texts are known.
  std::string split() {
    while (!bytes_.empty()) {
      EntryHead head;
      if (bytes_.size() < sizeof head) return "an entry ends early";
      std::memcpy(&head, bytes_.data(), sizeof head);
      if (bytes_.size() - sizeof head < padded(head.bytes)) return "an entry ends early";
      const std::string_view content = bytes_.substr(sizeof head, head.bytes);
      bytes_.remove_prefix(sizeof head + padded(head.bytes));
      if (std::string wrong = entry(head.kind, content); !wrong.empty()) return wrong;
    }
    return {};
  }

  std::string entry(uint32_t kind, std::string_view content) {
    trace::Trace& t = *trace_;
    switch (kind) {
      case kText:
        if (t.string_count() != t.intern(content)) return "a text is empty or stands twice";
        return {};
      case kFile: {
        const size_t number = t.files().size();
        if (number >= 4096) return "there are more than 4,095 source files";
        return t.intern_file(content) == number ? "" : "a source file stands twice";
      }
      case kName: return names(content);
      case kEvents:
        if (content.size() % sizeof(trace::Event)) return "an event is not whole";
        events_.push_back(content);
        return {};
      case kOutcome: return outcome(content);
      case kDecision: return decisions(content);
      case kEnd: return end(content);
      case kAnswer: answer_ = content; return {};
      default: return fmt::format("there is an entry of kind {}", kind);
    }
  }

  std::string names(std::string_view content) {
    for (Taker in{content}; !in.bytes.empty();) {
      const ObjectId id(in.number());
      const uint32_t text = in.number();
      if (!in.ok || id.kind() == ObjectKind::None || id.kind() >= ObjectKind::Count)
        return "a name belongs to nothing";
      if (text >= trace_->string_count() || !trace_->add_name(id, text))
        return "an object has two names, or one that there is not";
    }
    return {};
  }

  std::string outcome(std::string_view content) {
    Taker in{content};
    run::InputOutcome o;
    o.index = in.number();
    o.from_schedule = in.number() != 0;
    o.applied = in.number() != 0;
    o.event = in.number();
    for (std::string* words : {&o.words, &o.problem, &o.rule, &o.why}) *words = in.words();
    out_.execution.outcomes.push_back(std::move(o));
    return in.ok && in.bytes.empty() ? "" : "the outcome of an input is not whole";
  }

  std::string decisions(std::string_view content) {
    Taker in{content};
    while (in.ok && !in.bytes.empty()) {
      const uint32_t events = in.number();
      out_.execution.ordinals.emplace_back(events, in.number());
    }
    return in.ok ? "" : "a decision is not whole";
  }

  std::string end(std::string_view content) {
    Taker in{content};
    const uint32_t how = in.number();
    out_.why = in.words();
    if (!in.ok || how > uint32_t(BoxEnd::EngineWrong)) return "the end is not one";
    out_.how = BoxEnd(how);
    return {};
  }

  std::string read_events() {
    const trace::EventCheck check(*trace_);
    for (std::string_view piece : events_)
      for (; !piece.empty(); piece.remove_prefix(sizeof(trace::Event))) {
        trace::Event e;
        std::memcpy(static_cast<void*>(&e), piece.data(), sizeof e);
        if (!check.ok(e))
          return fmt::format("event {}: {}", trace_->size(), trace::check_event(*trace_, e));
        if (e.code == trace::EventCode::RunEnd) out_.execution.ended = true;
        trace_->push(e);
      }
    return {};
  }

  std::string_view bytes_;
  std::vector<std::string_view> events_;
  std::string_view answer_;
  std::shared_ptr<trace::Trace> trace_ = std::make_shared<trace::Trace>();
  RecordedRun out_;
};

}  // namespace

Result<RecordedRun> read_record(const RunRecord& record) {
  RecordHeader& header = header_of(record.memory());
  // The request is the reader's own, but the box could write there as well.
  const uint64_t asked = padded(header.asked), committed = header.committed.load();
  if (asked > RunRecord::kBytes / 2 || committed > RunRecord::kBytes - kRecordHead - asked)
    return Error{"", 0, "it claims more than it can hold"};
  return RecordReader({record.memory() + kRecordHead + asked, size_t(committed)}).read();
}

}  // namespace qs::own
