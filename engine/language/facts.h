// What happened in a run, in the closed vocabulary of facts.inc: "present(R1, default, EvtIoRead)".
// Owns: FactKind, Fact, Reader. Called by pattern.h, and by whoever asks what a lesson's words
// point at in a trace; any thread.
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "trace/events/trace.h"

namespace qs::language {

// What an argument names. `Any` matches the name of whatever object it is.
enum class ArgKind : uint8_t {
  Request,
  Queue,
  File,
  App,
  Target,
  Channel,
  Callback,
  Function,  // of the driver's interface
  Status,    // a name, with or without STATUS_
  Number,
  Word,
  Rule,
  Line,  // driver.c:41, or 41
  Time,
  Event,  // a code of events.inc
  Any
};

enum class FactId : uint8_t {
#define QS_FACT(id, ...) id,
#include "language/facts.inc"
  Count
};

using FactSet = std::bitset<size_t(FactId::Count)>;

struct FactKind {
  FactId id{};
  const char* name;
  std::vector<ArgKind> args;
  const char* meaning;     // for the authoring guide and for errors
  const char* words = "";  // the values allowed for its Word: "requeue keep"
  bool after = false;      // it needs what came before it in the trace
};
// The whole vocabulary, in the order of the table.
const std::vector<FactKind>& fact_kinds();
const FactKind* find_fact_kind(std::string_view name);

// An argument as the trace has it; its text is made when somebody asks.
struct Arg {
  enum class Form : uint8_t { None, Object, Status, Number, Text, Site, Span };
  Form form = Form::None;
  ObjectId object;
  uint32_t number = 0, from = 0;  // Span: the clock went from `from` to `number`
  std::string_view text;
  trace::Site site;
};

struct Fact {
  static constexpr size_t kMostArgs = 4;
  const FactKind* kind = nullptr;
  std::array<Arg, kMostArgs> args;  // those of the kind; the rest are None
  size_t event = 0;                 // number of its event in the trace
};

// The argument as people write it: "R1", "STATUS_SUCCESS", "-" for none.
std::string arg_text(const trace::Trace& trace, const Arg& arg);

// Turns the events of a trace into facts, one event after the other. The trace may grow meanwhile.
// With `history` it keeps a model of the run, which the kinds that say `after` need; it then has to
// begin at the beginning, and leaves those kinds out otherwise.
class Reader {
 public:
  enum class History : bool { No, Yes };
  Reader(const trace::Trace& trace, size_t from, History history);

  // Facts of other kinds are left out from now on.
  void only(FactSet kinds) { wanted_ = kinds; }
  // Number of events read so far, and how many there are: there is a next one while it is less.
  size_t at() const { return at_; }
  bool more() const { return at_ < trace_.size(); }
  // The facts of the next event; valid until the next call.
  std::span<const Fact> next();
  // With history, when all has been read: what nobody is left to finish, told when nothing can
  // help.
  std::span<const Fact> at_end();

 private:
  struct Call {
    trace::ApiFn fn{};
    ObjectId queue;  // the queue its request belonged to when it was made
    ObjectId found;  // by WdfIoQueueFindRequest: it got a reference (G-10)
  };

  void say(FactId id, std::initializer_list<Arg> args);
  void say_of_files(const trace::Event& e);
  void say_of_requests(const trace::Event& e);
  void say_of_device(const trace::Event& e);
  void say_of_run(const trace::Event& e);
  void callback(const trace::Event& e);
  void entered(const trace::Event& e);
  void left(const trace::Event& e);
  void before(const trace::Event& e);
  void refused(const trace::Event& e);
  ObjectId queue_of(ObjectId request) const;
  ObjectId routed_to(const model::RequestView& r) const;

  const trace::Trace& trace_;
  const std::vector<FactKind>& kinds_;
  bool history_;
  FactSet wanted_ = FactSet().set();
  std::vector<Fact> facts_;
  model::Model model_;
  std::map<uint32_t, std::vector<Call>> calls_;  // by thread, with history
  size_t at_ = 0;
};

}  // namespace qs::language
