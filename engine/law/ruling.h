// The outcome of a call. Owns: Report, Ruling. Made by rule_for(); carried out by kmdf, shown by
// menus.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace qs::law {

enum class ReportKind : uint8_t {
  Finding,    // works, but nobody can mean it
  Break,      // the verifier's text, and a debugger break when breaks are on (V-01 K)
  Undefined,  // misuse whose effect is undefined in the original: ends the run (V-02)
  BugCheck    // WDF_VIOLATION (V-03)
};

struct Report {
  ReportKind kind;
  const char* rule;
  uint32_t code;      // BugCheck: parameter 1
  uint64_t sub_code;  // BugCheck: parameter 2, where it is a number
  bool later;         // told by whoever meets it further on, not where the call is judged
};

struct Ruling {
  std::array<Report, 6> reports;  // the first `count` are set, in the order in which they are told
  size_t count = 0;
  bool refused = false;       // the call does nothing more than to report and return
  bool impossible = false;    // nobody can do it: there is nothing to do it to
  bool hangs = false;         // the call never returns: it waits for its own caller
  bool status_known = false;  // what it returns is known beforehand: `status`
  int32_t status = 0;
  const char* rule = "";          // what describes the call here: of the first report, if any
  const char* why = "";           // in a few words, for people; "" where nothing need be said
  uint64_t given = 0, limit = 0;  // V-09: the numbers that `why` compares, where it does

  bool reported() const { return count > 0; }
  // `why`, with its numbers.
  std::string words() const {
    std::string out = why;
    if (given > limit) out += ": " + std::to_string(given) + " > " + std::to_string(limit);
    return out;
  }
  // Something worse than a finding.
  bool broken() const {
    for (size_t i = 0; i < count; ++i)
      if (reports[i].kind != ReportKind::Finding) return true;
    return false;
  }

  // --- for the rules ---
  static Ruling fine(const char* rule, const char* why = "") {
    Ruling r;
    r.rule = rule;
    r.why = why;
    return r;
  }
  // Legal, and it is known to return this.
  static Ruling returns(int32_t status, const char* rule, const char* why) {
    Ruling r = fine(rule, why);
    r.status_known = true;
    r.status = status;
    return r;
  }
  // Of acts of others: who is asked refuses, with `why`.
  static Ruling not_possible(const char* rule, const char* why) {
    Ruling r = fine(rule, why);
    r.impossible = true;
    return r;
  }
  // The call is made and waits forever.
  static Ruling waits_for_itself(const char* rule, const char* why) {
    Ruling r = fine(rule, why);
    r.hangs = true;
    return r;
  }
  Ruling& report(ReportKind kind, const char* by, const char* because, uint32_t code = 0,
                 uint64_t sub_code = 0) {
    if (count == 0) {
      rule = by;
      why = because;
    }
    if (count < reports.size()) reports[count++] = {kind, by, code, sub_code, false};
    return *this;
  }
  Ruling& report_later(const char* by, const char* because) {
    report(ReportKind::Break, by, because);
    reports[count - 1].later = true;
    return *this;
  }
  Ruling& refuse(int32_t with) {
    refused = status_known = true;
    status = with;
    return *this;
  }
};

}  // namespace qs::law
