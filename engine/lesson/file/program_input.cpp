// Inputs as people write them in scripts and on command lines.
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/limits.h"
#include "lesson/file/program_file.h"
#include "run/inputs.h"

namespace qs::lesson {

using sched::InputKind;

namespace {

constexpr std::string_view kBlank = " \t";

std::string_view trim(std::string_view text) {
  size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Takes the first word off `rest`; a word in double quotes may have blanks in it.
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  std::string_view word;
  if (!rest.empty() && rest[0] == '"') {
    size_t end = rest.find('"', 1);
    word = rest.substr(1, end == std::string_view::npos ? end : end - 1);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  } else {
    size_t end = rest.find_first_of(kBlank);
    word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  }
  rest = trim(rest);
  return word;
}

enum class Shape { SubjectAndText, SubjectAndMaybeText, SubjectOnly, TextOnly, Nothing };

Shape shape_of(InputKind kind) {
  switch (kind) {
    case InputKind::Order:
    case InputKind::QueueOrder:
    case InputKind::TargetOrder:
    case InputKind::Setup:
    case InputKind::Override: return Shape::SubjectAndText;
    case InputKind::OpenFile: return Shape::SubjectAndMaybeText;
    case InputKind::Cancel:
    case InputKind::CloseHandle:
    case InputKind::CloseFile:
    case InputKind::AppExit:
    case InputKind::Button: return Shape::SubjectOnly;
    case InputKind::Timers: return Shape::Nothing;
    default: return Shape::TextOnly;
  }
}

const char* example_of(InputKind kind) {
  switch (kind) {
    case InputKind::Send: return "send read 16 file=A\" or \"send backup read 16";
    case InputKind::Cancel: return "cancel R1";
    case InputKind::OpenFile: return "open A";
    case InputKind::CloseHandle: return "close A";
    case InputKind::CloseFile: return "closefile A";
    case InputKind::AppExit: return "exit notepad";
    case InputKind::Power: return "power down";
    case InputKind::Pnp: return "pnp remove";
    case InputKind::Timers: return "timers";
    case InputKind::Order: return "order R1 complete SUCCESS";
    case InputKind::QueueOrder: return "queue waiting retrieve";
    case InputKind::TargetOrder: return "target \"IoTarget 1\" stop cancel";
    case InputKind::Button: return "button 1";
    case InputKind::Memory: return "memory none";
    case InputKind::Lower: return "lower delay_ms=10 deaf=on";
    case InputKind::Setup: return "setup writes dispatch=par handlers=write routes=write";
    case InputKind::Override: return "override default dispatch=par";
    case InputKind::Option: return "option verifier=off";
  }
  return "";
}

Error wrong(InputKind kind, std::string_view words, std::string_view what) {
  return Error{"", 0, fmt::format("\"{}\": {}, as in \"{}\"", words, what, example_of(kind))};
}

Result<InputKind> parse_kind(std::string_view word) {
  std::string known;
  for (int i = 0; i <= int(InputKind::Option); ++i) {
    const char* name = sched::input_word(InputKind(i));
    if (word == name) return InputKind(i);
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return Error{"", 0,
               fmt::format("\"{}\" is not a kind of input; expected one of {}", word, known)};
}

// "send backup read 16": the sender may be named; otherwise it is who opened the file.
bool names_sender(InputKind kind, std::string_view rest) {
  if (kind != InputKind::Send) return false;
  std::string_view word = rest.substr(0, rest.find_first_of(kBlank));
  return word != "read" && word != "write" && word != "ioctl" && word != "iioctl";
}

bool parse_count(std::string_view text, uint32_t& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// "~Own:R1:2" or "~Own:R1:2+900us" into the anchor of an input.
bool parse_anchor(std::string_view text, sched::Input& input) {
  if (const size_t plus = text.rfind('+'); plus != std::string_view::npos) {
    auto delay = parse_time(text.substr(plus + 1));
    if (!delay) return false;
    input.anchor_delay = *delay;
    text = text.substr(0, plus);
  }
  size_t last = text.rfind(':');
  if (last == std::string_view::npos || last == 0) return false;
  size_t first = text.find(':');
  std::string_view count = text.substr(last + 1);
  if (first == last || !parse_count(count, input.anchor_count)) return false;
  input.anchor_event = text.substr(0, first);
  input.anchor_object = text.substr(first + 1, last - first - 1);
  return input.anchor_count > 0;
}

}  // namespace

Result<sched::Input> parse_input(std::string_view words) {
  std::string_view rest = trim(words);
  if (rest.empty()) return Error{"", 0, "there is no input here; write \"send read 16\", say"};
  auto kind = parse_kind(take_word(rest));
  if (!kind) return kind.error();
  sched::Input input;
  input.kind = *kind;
  const Shape shape = shape_of(*kind);
  const bool nothing = shape == Shape::Nothing, text_only = shape == Shape::TextOnly;
  if ((!nothing && !text_only) || names_sender(*kind, rest)) input.subject = take_word(rest);
  if (!nothing && shape != Shape::SubjectOnly) {
    input.text = rest;
    rest = {};
  }
  if (!text_only && !nothing && input.subject.empty())
    return wrong(*kind, trim(words), "it does not say what it is about");
  const bool wants_text = text_only || shape == Shape::SubjectAndText;
  if (wants_text && input.text.empty())
    return wrong(*kind, trim(words), "it does not say what to do");
  if (!rest.empty()) return wrong(*kind, trim(words), fmt::format("\"{}\" is too much", rest));
  if (auto checked = run::check_input(input); !checked) return checked.error();
  return input;
}

Result<uint32_t> parse_time(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view unit(end, size_t(text.data() + text.size() - end));
  double factor = unit == "us" ? 1 : unit == "ms" ? 1000 : unit == "s" ? 1e6 : 0;
  if (unit.empty() && value == 0) factor = 1;
  double microseconds = value * factor;
  if (error != std::errc() || factor == 0 || !(microseconds >= 0))
    return Error{"", 0, fmt::format("\"{}\" is not a time; write 0, 900us, 4ms or 1.5s", text)};
  if (microseconds > limits::kTime)
    return Error{"", 0,
                 fmt::format("the time {} is more than the limit, {}us", text, limits::kTime)};
  return uint32_t(std::llround(microseconds));
}

Result<sched::Input> parse_script_line(std::string_view line) {
  std::string_view rest = trim(line);
  auto time = parse_time(take_word(rest));
  if (!time) return time.error();
  sched::Input place;
  if (!rest.empty() && rest[0] == '#') {
    std::string_view word = take_word(rest);
    if (!parse_count(word.substr(1), place.ordinal))
      return Error{"", 0, fmt::format("\"{}\" is not a decision; write #N, as in #41", word)};
  }
  if (!rest.empty() && rest[0] == '~') {
    std::string_view word = take_word(rest);
    if (!parse_anchor(word.substr(1), place))
      return Error{
          "", 0,
          fmt::format("\"{}\" is not an anchor; write ~EVENT:OBJECT:COUNT, as in ~Own:R1:1", word)};
  }
  auto input = parse_input(rest);
  if (!input) return input.error();
  input->time = *time;
  input->ordinal = place.ordinal;
  input->anchor_event = place.anchor_event;
  input->anchor_object = place.anchor_object;
  input->anchor_count = place.anchor_count;
  input->anchor_delay = place.anchor_delay;
  return input;
}

namespace {

std::string time_word(uint32_t us) {
  if (us == 0) return "0";
  return us % 1000 ? fmt::format("{}us", us) : fmt::format("{}ms", us / 1000);
}

std::string in_quotes(const std::string& name) {
  return name.find_first_of(kBlank) == std::string::npos ? name : '"' + name + '"';
}

}  // namespace

std::string script_line(const sched::Input& input) {
  std::string out = time_word(input.time);
  if (input.ordinal != sched::Input::kNoOrdinal) out += fmt::format(" #{}", input.ordinal);
  if (!input.anchor_event.empty()) {
    std::string anchor =
        fmt::format("~{}:{}:{}", input.anchor_event, input.anchor_object, input.anchor_count);
    if (input.anchor_delay) anchor += "+" + time_word(input.anchor_delay);
    out += " " + in_quotes(anchor);
  }
  out += std::string(" ") + sched::input_word(input.kind);
  if (!input.subject.empty()) out += " " + in_quotes(input.subject);
  if (!input.text.empty()) out += " " + input.text;
  return out;
}

}  // namespace qs::lesson
