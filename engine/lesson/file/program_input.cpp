// Inputs as people write them in scripts and on command lines.
#include <charconv>

#include <fmt/format.h>

#include "base/time_text.h"
#include "language/pattern.h"
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

// What follows the event of a moment: ":2", "+900us", ":2+900us" or nothing.
bool parse_count_and_delay(std::string_view text, sched::Input& input) {
  if (const size_t plus = text.rfind('+'); plus != std::string_view::npos) {
    auto delay = parse_time(text.substr(plus + 1));
    if (!delay || input.at_once) return false;
    input.anchor_delay = *delay;
    text = text.substr(0, plus);
  }
  if (text.empty()) return true;
  return text[0] == ':' && parse_count(text.substr(1), input.anchor_count) &&
         input.anchor_count > 0;
}

// "Own:R1:2", as files of earlier versions have it, is "event(Own,R1):2"; anything else stays.
std::string in_words(std::string_view text) {
  const size_t first = text.find(':'), last = text.rfind(':');
  if (text.find('(') != text.npos || first == last || first == 0) return std::string(text);
  const std::string_view object = text.substr(first + 1, last - first - 1);
  return fmt::format("event({}{}{}){}", text.substr(0, first), object.empty() ? "" : ",", object,
                     text.substr(last));
}

// "~own(R1):2+900us" or "@line(driver.c:97)" into the moment of an input; "" or what is wrong.
std::string parse_moment(std::string_view word, sched::Input& input) {
  input.at_once = word[0] == '@';
  const std::string text = in_words(word.substr(1));
  const size_t end = text.rfind(')');
  if (end == text.npos || !parse_count_and_delay(std::string_view(text).substr(end + 1), input))
    return fmt::format(
        "\"{}\" is not a moment; write ~EVENT, as in ~own(R1), ~own(R1):2 or ~own(R1)+900us, or "
        "@EVENT, as in @line(driver.c:41)",
        word);
  auto pattern = language::parse_pattern(std::string_view(text).substr(0, end + 1));
  if (!pattern) return pattern.error().message;
  input.anchor = pattern->word();
  return {};
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
  if (!rest.empty() &&
      (rest[0] == '~' || rest[0] == '@' || rest.starts_with("\"~") || rest.starts_with("\"@"))) {
    if (std::string why = parse_moment(take_word(rest), place); !why.empty())
      return Error{"", 0, std::move(why)};
  }
  auto input = parse_input(rest);
  if (!input) return input.error();
  input->time = *time;
  input->ordinal = place.ordinal;
  input->anchor = place.anchor;
  input->anchor_count = place.anchor_count;
  input->anchor_delay = place.anchor_delay;
  input->at_once = place.at_once;
  return input;
}

namespace {

std::string in_quotes(const std::string& name) {
  return name.find_first_of(kBlank) == std::string::npos ? name : '"' + name + '"';
}

}  // namespace

std::string script_line(const sched::Input& input) {
  std::string out = time_text(input.time);
  if (input.ordinal != sched::Input::kNoOrdinal) out += fmt::format(" #{}", input.ordinal);
  if (!input.anchor.empty()) {
    std::string moment = (input.at_once ? "@" : "~") + input.anchor;
    if (input.anchor_count != 1) moment += fmt::format(":{}", input.anchor_count);
    if (input.anchor_delay) moment += "+" + time_text(input.anchor_delay);
    out += " " + in_quotes(moment);
  }
  out += std::string(" ") + sched::input_word(input.kind);
  if (!input.subject.empty()) out += " " + in_quotes(input.subject);
  if (!input.text.empty()) out += " " + input.text;
  return out;
}

}  // namespace qs::lesson
