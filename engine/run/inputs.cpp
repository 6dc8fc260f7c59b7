#include "run/inputs.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/limits.h"
#include "language/pattern.h"
#include "trace/events/words.h"

namespace qs::run {

using trace::Act;

namespace {

bool is_between(char c) { return c == ' ' || c == ','; }

// The closing quote of what begins at `at`, or the end of the text.
size_t closing_quote(std::string_view text, size_t at) {
  for (; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at, text.size());
}

}  // namespace

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> out;
  out.reserve(4);  // few inputs have more
  for (size_t at = 0; at < text.size();) {
    if (is_between(text[at])) {
      ++at;
      continue;
    }
    size_t equals = std::string_view::npos, end = at;
    for (; end < text.size() && !is_between(text[end]); ++end) {
      if (text[end] != '=' || equals != std::string_view::npos) continue;
      equals = end;
      if (end + 1 < text.size() && text[end + 1] == '"') end = closing_quote(text, end + 2);
    }
    end = std::min(end, text.size());
    const bool bare = equals == std::string_view::npos;
    out.push_back({text.substr(at, std::min(equals, end) - at),
                   bare ? std::string_view() : text.substr(equals + 1, end - equals - 1)});
    at = end;
  }
  return out;
}

namespace {

Error expected(std::string_view found, const char* what) {
  return Error{"", 0, "found '" + std::string(found) + "', expected " + what};
}

// The number in a word, decimal or 0x; saturated where it exceeds 64 bits.
std::optional<uint64_t> number_in(std::string_view word) {
  uint64_t value = 0;
  int base = 10;
  std::string_view digits = word;
  if (digits.substr(0, 2) == "0x") {
    base = 16;
    digits.remove_prefix(2);
  }
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (end != digits.data() + digits.size() || digits.empty()) return {};
  return error == std::errc() ? value : UINT64_MAX;
}

std::string beyond(std::string_view what, std::string_view number, uint64_t most) {
  return fmt::format("{} {} is more than the limit, {}", what, number, most);
}

Result<uint32_t> parse_number(std::string_view word, std::string_view what,
                              uint32_t most = limits::kNumber) {
  const auto value = number_in(word);
  if (!value) return expected(word, "a number");
  if (*value > most) return Error{"", 0, beyond(what, word, most)};
  return uint32_t(*value);
}

// The orders that a subject takes, "complete, forward, ...": each first word once.
std::string order_list(trace::ActSubject subject) {
  std::string out, last;
  for (Act act = Act::Return; trace::is_order(act); act = Act(int(act) + 1)) {
    const trace::ActRow& row = trace::act_row(act);
    if (row.subject != subject && row.subject != trace::ActSubject::Any) continue;
    std::string word = row.word;
    word = word.substr(0, word.find(' '));
    if (word != last) out += (out.empty() ? "" : ", ") + word;
    last = word;
  }
  return out;
}

// The order named by the first `used` words of the text: the longest match. Where a second word is
// missing ("stopack", "ready"), the first row with that first word counts.
std::optional<Act> find_order(const std::vector<Word>& words, trace::ActSubject subject,
                              size_t* used) {
  std::optional<Act> found;
  *used = 1;
  const std::string two = words.size() > 1 && words[1].value.empty()
                              ? std::string(words[0].key) + " " + std::string(words[1].key)
                              : std::string();
  for (Act act = Act::Return; trace::is_order(act); act = Act(int(act) + 1)) {
    const trace::ActRow& row = trace::act_row(act);
    if (row.subject != subject && row.subject != trace::ActSubject::Any) continue;
    const std::string_view word = row.word;
    if (word == two) {
      *used = 2;
      return act;
    }
    if (!found && word.substr(0, word.find(' ')) == words[0].key) found = act;
  }
  return found;
}

}  // namespace

Result<int32_t> parse_status(std::string_view word) {
  struct Short {
    const char* word;
    const char* name;
  };
  static const Short shorts[] = {{"ok", "STATUS_SUCCESS"},
                                 {"cancelled", "STATUS_CANCELLED"},
                                 {"ioerr", "STATUS_IO_DEVICE_ERROR"},
                                 {"unsuccessful", "STATUS_UNSUCCESSFUL"},
                                 {"pending", "STATUS_PENDING"}};
  std::string name(word);
  for (const Short& s : shorts)
    if (word == s.word) name = s.name;
  if (auto value = trace::status_value(name)) return *value;
  if (auto value = trace::status_value("STATUS_" + name)) return *value;
  if (auto number = parse_number(word, "status"); number && word.substr(0, 2) == "0x")
    return int32_t(*number);
  return expected(word, "a status such as STATUS_SUCCESS or 0xC0000120");
}

namespace {

// The limit of a number that has this key, wherever in an input it stands.
uint32_t most_of(std::string_view key) {
  if (key == "out") return limits::kRequestBytes;
  if (key == "delay_us") return limits::kDuration;
  if (key == "delay_ms") return limits::kDuration / 1000;
  return limits::kNumber;
}

}  // namespace

namespace {

// Reconciles the given bytes with the given length; without a length, their number counts.
std::optional<Error> join_data(SendText& out, bool length_said) {
  if (out.type == trace::RequestType::Read)
    return Error{"", 0, "a read brings no bytes along: data= is for write, ioctl and iioctl"};
  if (!length_said) out.length = uint32_t(out.data.size());
  if (out.data.size() <= out.length) return {};
  return Error{
      "", 0,
      fmt::format("data= has {} bytes, more than the length, {}", out.data.size(), out.length)};
}

}  // namespace

Result<SendText> parse_send(std::string_view text) {
  std::vector<Word> words = split_words(text);
  SendText out;
  if (words.empty()) return Error{"", 0, "expected read, write, ioctl or iioctl and a length"};
  const std::string_view type = words[0].key;
  if (type == "read")
    out.type = trace::RequestType::Read;
  else if (type == "write")
    out.type = trace::RequestType::Write;
  else if (type == "ioctl")
    out.type = trace::RequestType::DeviceControl;
  else if (type == "iioctl")
    out.type = trace::RequestType::InternalControl;
  else
    return expected(type, "read, write, ioctl or iioctl");
  size_t next = 1;
  if (words.size() > 1 && words[1].value.empty() && !words[1].key.empty() &&
      words[1].key[0] >= '0' && words[1].key[0] <= '9') {
    auto length = parse_number(words[1].key, "length", limits::kRequestBytes);
    if (!length) return length.error();
    out.length = *length;
    next = 2;
  }
  for (size_t i = next; i < words.size(); ++i) {
    const Word& w = words[i];
    if (w.key == "file") {
      out.file = w.value;
    } else if (w.key == "precancel") {
      out.precancel = true;
    } else if (w.key == "data") {
      auto bytes = parse_data(w.value);
      if (!bytes) return bytes.error();
      out.data = std::move(*bytes);
    } else if (w.key == "out" || w.key == "code" || w.key == "irql") {
      auto n = parse_number(w.value, w.key, most_of(w.key));
      if (!n) return n.error();
      if (w.key == "out") out.out_length = *n;
      if (w.key == "code") out.code = *n;
      if (w.key == "irql") out.at_dispatch = *n == 2;
    } else {
      return expected(w.key, "data=, out=, file=, code=, precancel or irql=2");
    }
  }
  if (!out.data.empty())
    if (auto error = join_data(out, next == 2)) return *error;
  return out;
}

OpenText parse_open(std::string_view text) {
  OpenText out;
  const std::string_view word = kSynchronous;
  if (text == word || text.ends_with(" " + std::string(word))) {
    out.synchronous = true;
    text.remove_suffix(word.size());
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  out.app = text;
  return out;
}

Result<LowerText> parse_lower(std::string_view text) {
  LowerText out;
  for (const Word& w : split_words(text)) {
    if (w.key == "delay_us" || w.key == "delay_ms") {
      auto n = parse_number(w.value, w.key, most_of(w.key));
      if (!n) return n.error();
      out.delay = w.key == "delay_ms" ? *n * 1000 : *n;
    } else if (w.key == "deaf" && (w.value == "on" || w.value == "off")) {
      out.deaf = w.value == "on";
    } else if (w.key == "status") {
      auto status = parse_status(w.value);
      if (!status) return status.error();
      out.status = *status;
    } else {
      return expected(w.key, "delay_us=N, delay_ms=N, deaf=on|off or status=STATUS");
    }
  }
  if (!out.delay && !out.deaf && !out.status)
    return expected(text, "delay_us=N, delay_ms=N, deaf=on|off or status=STATUS");
  return out;
}

Result<MemoryText> parse_memory(std::string_view text) {
  if (text == "plenty") return MemoryText{trace::MemoryMode::Plenty};
  if (text == "none") return MemoryText{trace::MemoryMode::NoneLeft};
  if (text == "sometimes") return MemoryText{trace::MemoryMode::Sometimes};
  if (text.substr(0, 4) == "nth=") {
    auto n = parse_number(text.substr(4), "nth");
    if (!n) return n.error();
    if (*n > 0) return MemoryText{trace::MemoryMode::NthFails, *n};
  }
  return expected(text, "plenty, none, sometimes or nth=N, N from 1");
}

namespace {

// What an order must say besides its name.
std::optional<Error> parse_arguments(const std::vector<Word>& words, size_t at, trace::Order& out) {
  auto word = [&](size_t i) { return i < words.size() ? words[i].key : std::string_view(); };
  switch (trace::act_row(out.act).takes) {
    case trace::ActTakes::Nothing: return {};
    case trace::ActTakes::Status:
    case trace::ActTakes::Information: {
      if (at >= words.size())
        return Error{"", 0, "complete needs a status, such as STATUS_SUCCESS"};
      auto status = parse_status(words[at].key);
      if (!status) return status.error();
      out.status = *status;
      if (at + 1 >= words.size()) return {};
      out.act = Act::CompleteWithInformation;
      ++at;
      break;
    }
    case trace::ActTakes::Bytes: break;
    case trace::ActTakes::ToQueue: return {};  // names may have spaces: taken from the text
    case trace::ActTakes::OfFile: out.file = word(at); return {};
    case trace::ActTakes::ThatRequest: out.request = word(at); return {};
  }
  auto n = parse_number(word(at), "information");
  if (!n) return n.error();
  out.information = *n;
  return {};
}

}  // namespace

Result<trace::Order> parse_order(std::string_view text, trace::ActSubject subject) {
  std::vector<Word> words = split_words(text);
  if (words.empty()) return Error{"", 0, "expected what the driver is to do"};
  size_t used = 1;
  auto act = find_order(words, subject, &used);
  if (!act)
    return Error{"", 0,
                 fmt::format("found '{}', expected one of: {}", words[0].key, order_list(subject))};
  trace::Order out;
  out.act = *act;
  if (auto error = parse_arguments(words, used, out)) return *error;
  if (out.act == Act::Forward) {
    std::string_view queue = text.substr(text.find("forward") + 7);
    queue.remove_prefix(std::min(queue.find_first_not_of(' '), queue.size()));
    if (queue.empty()) return Error{"", 0, "forward needs the name of a queue"};
    out.queue = std::string(queue);
  }
  if (out.act == Act::Find)
    for (const Word& w : words) {
      if (w.key == "after") out.request = w.value;
      if (w.key == "file") out.file = w.value;
    }
  return out;
}

Result<uint32_t> parse_presses(const sched::Input& input) {
  const std::string& text = input.text.empty() ? input.subject : input.text;
  if (text.empty()) return uint32_t(1);
  auto n = parse_number(text, "button", limits::kPresses);
  if (n && *n == 0) return uint32_t(1);
  return n;
}

namespace {

// The first number of an input that is beyond its limit, or what is wrong with its bytes, in words;
// "" when all is well. Nothing else is checked: an input that makes no sense is left as it is.
std::string beyond_in(const sched::Input& input) {
  const auto over = [](std::string_view what, std::string_view word, uint32_t most) {
    const auto n = number_in(word);
    return n && *n > most ? beyond(what, word, most) : std::string();
  };
  if (input.kind == sched::InputKind::Button)
    return over("button", input.text.empty() ? input.subject : input.text, limits::kPresses);
  const bool send = input.kind == sched::InputKind::Send;
  bool data = false;
  for (const Word& w : split_words(input.text)) {
    data = data || (send && w.key == "data");
    if (send && w.key == "data") continue;
    const bool bare = w.value.empty();
    std::string problem = bare ? over(send ? "length" : "number", w.key,
                                      send ? limits::kRequestBytes : limits::kNumber)
                               : over(w.key, w.value, most_of(w.key));
    if (!problem.empty()) return problem;
  }
  if (!data) return {};
  auto parsed = parse_send(input.text);
  return parsed ? std::string() : parsed.error().message;
}

}  // namespace

Result<bool> check_input(const sched::Input& input) {
  if (std::string problem = beyond_in(input); !problem.empty()) return Error{"", 0, problem};
  return true;
}

Result<bool> check_inputs(const std::vector<sched::Input>& inputs) {
  if (inputs.size() > limits::kInputs)
    return Error{
        "", 0,
        beyond("the number of inputs,", std::to_string(inputs.size()) + ",", limits::kInputs)};
  uint64_t bytes = 0, presses = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const sched::Input& input = inputs[i];
    const auto fail = [&](const std::string& problem) {
      return Error{"", 0,
                   fmt::format("input {}, \"{}\": {}", i + 1, sched::input_text(input), problem)};
    };
    if (std::string problem = beyond_in(input); !problem.empty()) return fail(problem);
    if (input.kind == sched::InputKind::Send)
      if (auto text = parse_send(input.text))
        if (bytes += uint64_t(text->length) + text->out_length; bytes > limits::kAllRequestBytes)
          return fail(beyond("the sum of all lengths so far,", std::to_string(bytes) + ",",
                             limits::kAllRequestBytes));
    if (input.kind == sched::InputKind::Button)
      if (auto n = parse_presses(input))
        if (presses += *n; presses > limits::kAllPresses)
          return fail(beyond("the number of presses so far,", std::to_string(presses) + ",",
                             limits::kAllPresses));
  }
  return true;
}

Result<sched::Schedule> read_schedule(std::string_view text) {
  auto schedule = sched::Schedule::parse(text);
  if (!schedule) return schedule;
  auto checked = check_inputs(schedule->inputs);
  for (const sched::Input& input : schedule->inputs) {
    if (!checked || input.anchor.empty()) continue;
    if (auto pattern = language::parse_pattern(input.anchor); !pattern) checked = pattern.error();
  }
  if (checked && schedule->picks.size() > limits::kInputs)
    checked = Error{"", 0,
                    beyond("the number of picks,", std::to_string(schedule->picks.size()) + ",",
                           limits::kInputs)};
  if (!checked) return Error{"schedule", 0, checked.error().message};
  return schedule;
}

}  // namespace qs::run
