#include "session/workload.h"

#include <algorithm>
#include <random>

#include <fmt/format.h>

namespace qs::session {

using sched::Input;

namespace {

// The same everywhere for a seed: the standard specifies the engine, but not the distributions.
class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}
  // 0 .. below - 1
  uint32_t roll(uint32_t below) { return uint32_t((uint64_t(engine_()) * below) >> 32); }

 private:
  std::mt19937 engine_;
};

struct Sender {
  std::string app, file;
};

std::vector<Sender> senders_of(const run::Program& program) {
  std::string any;
  for (const run::AppSpec& app : program.apps)
    if (any.empty() && !app.files.empty()) any = app.files.front();
  std::vector<Sender> out;
  for (const run::AppSpec& app : program.apps) {
    const std::string file = app.files.empty() ? any : app.files.front();
    if (!file.empty()) out.push_back({app.name, file});
  }
  return out;
}

Input make(sched::InputKind kind, std::string subject, std::string text) {
  Input input;
  input.kind = kind;
  input.subject = std::move(subject);
  input.text = std::move(text);
  return input;
}

Input after(Input input, const char* event, const std::string& object, uint32_t delay,
            uint32_t time) {
  input.time = time;
  input.anchor = fmt::format("{}({})", event, object);
  input.anchor_delay = delay;
  return input;
}

}  // namespace

Workload clamped(Workload w) {
  const auto keep = [](uint32_t& value, uint32_t least, uint32_t most) {
    value = std::clamp(value, least, most);
  };
  keep(w.count, 1, kMostRequests);
  keep(w.rate, 1, 1'000'000);
  keep(w.burst, 1, 100);
  for (uint32_t* weight : {&w.reads, &w.writes, &w.controls}) keep(*weight, 0, 100);
  if (w.reads + w.writes + w.controls == 0) w.reads = 1;
  keep(w.length, 0, 1u << 20);
  keep(w.cancels, 0, 100);
  keep(w.answer_us, 0, 10'000'000);
  keep(w.start_us, 0, 3'000'000'000u);
  for (uint32_t* sent : {&w.sent_reads, &w.sent_writes, &w.sent_controls})
    keep(*sent, 0, 1'000'000);
  return w;
}

std::vector<Input> make_workload(const Workload& given, const run::Program& program) {
  const Workload w = clamped(given);
  const std::vector<Sender> senders = senders_of(program);
  std::vector<Input> out;
  if (senders.empty()) return out;
  Dice dice(w.seed);
  const double gap = 1e6 * w.burst / w.rate;  // between bursts, on average
  uint32_t numbers[] = {w.sent_reads, w.sent_writes, w.sent_controls};
  double time = w.start_us;
  for (uint32_t i = 0; i < w.count; ++i) {
    if (i > 0 && i % w.burst == 0) time += gap * (0.5 + dice.roll(1001) / 1000.0);
    const auto now = uint32_t(std::min(time, 4e9));
    const uint32_t pick = dice.roll(w.reads + w.writes + w.controls);
    const int kind = pick < w.reads ? 0 : pick < w.reads + w.writes ? 1 : 2;
    const Sender& who = senders[i % senders.size()];
    const std::string name = fmt::format("{}{}", "RWC"[kind], ++numbers[kind]);
    static constexpr const char* words[] = {"read", "write", "ioctl"};
    std::string text = fmt::format("{} {}", words[kind], w.length);
    if (kind == 2) text += fmt::format(" out={}", w.length);
    text += " file=" + who.file;
    if (w.at_dispatch) text += " irql=2";
    Input send = make(sched::InputKind::Send, who.app, std::move(text));
    send.time = now;
    out.push_back(std::move(send));
    const bool cancelled = dice.roll(100) < w.cancels;
    const uint32_t patience = 1 + dice.roll(uint32_t(std::clamp(gap * 4, 200.0, 1e7)));
    if (cancelled)
      out.push_back(after(make(sched::InputKind::Cancel, name, ""), "send", name, patience, now));
    if (w.answers) {
      const std::string how = fmt::format("complete STATUS_SUCCESS {}", w.length);
      out.push_back(after(make(sched::InputKind::Order, name, how), "own", name, w.answer_us, now));
    }
  }
  return out;
}

std::optional<size_t> place_of(const std::vector<Input>& inputs, const std::vector<Input>& all) {
  if (inputs.empty()) return {};
  const auto at = std::search(all.begin(), all.end(), inputs.begin(), inputs.end());
  if (at == all.end()) return {};
  return size_t(at - all.begin());
}

}  // namespace qs::session
