#include "conform/script_check.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <sstream>

#include "base/limits.h"
#include "conform/runner.h"

namespace qs::conform {

namespace {

using Words = std::vector<std::string>;

// The arguments of a word, one letter each; those after '?' may be left out, '*' ends the list.
//   q queue, r request, f file, n number, s status, t request type, w any word
//   o options key=value or flags of that word, checked by name
const std::map<std::string, const char*> kForms = {
    {"queue", "ww*"},       {"dispatch", "qt"},    {"start", ""},
    {"s0idle", ""},         {"timers", ""},        {"power", "w"},
    {"pnp", "w"},           {"open", "w"},         {"cleanup", "f"},
    {"close", "f"},         {"arrive", "wtn*"},    {"cancel", "r"},
    {"complete", "rs?n"},   {"requeue", "r"},      {"forward", "rq"},
    {"mark", "r"},          {"markex", "r"},       {"unmark", "r"},
    {"iscanceled", "r"},    {"enqueue", "r"},      {"stopack", "rw"},
    {"deref", "r"},         {"retrieve", "q"},     {"retrieveall", "q?sn"},
    {"retrievefile", "qf"}, {"find", "q*"},        {"retrievefound", "qr"},
    {"qstart", "q?w"},      {"qstop", "q?w"},      {"qdrain", "q?w"},
    {"qpurge", "q?w"},      {"qstoppurge", "q?w"}, {"qstopsync", "q?w"},
    {"qdrainsync", "q?w"},  {"qpurgesync", "q?w"}, {"qstoppurgesync", "q?w"},
    {"ready", "q?w"},       {"state", "q"},        {"delete", "q"},
    {"block", "w"},         {"release", "w"},      {"lock", "q"},
    {"unlock", "q"},        {"memory", "w"},       {"policy", "qnw"},
    {"claim", "r"},         {"finish", "r"},       {"lower", "rs"},
    {"ioqueue", "r"},       {"irp", "r"},          {"params", "r"},
    {"getstatus", "r"},     {"info", "r"},         {"setinfo", "rn"},
    {"ref", "r"},           {"send", "r?w"},       {"cancelsent", "r"},
    {"boost", "rs"},        {"file", "r"},         {"reserved", "r"},
};

// Words whose last or only free argument is one of a few.
const std::map<std::string, std::set<std::string>> kChoices = {
    {"power", {"down", "up"}},
    {"pnp", {"surprise", "remove", "querystop", "cancelstop", "stop", "queryremove"}},
    {"stopack", {"requeue", "norequeue"}},
    {"ready", {"on", "off"}},
    {"memory", {"none", "plenty"}},
    {"policy", {"always", "examine", "paging"}},
    {"send", {"forget", "plain"}},
};

const std::set<std::string> kTypes = {"read", "write", "ioctl", "iioctl"};
const std::set<std::string> kStatuses = {"ok",      "cancelled",    "ioerr",  "overflow",
                                         "pending", "unsuccessful", "invalid"};
const std::set<std::string> kPerRequest = {"on",         "oncancel", "onstop", "onresume",
                                           "oncanceled", "oncaller", "onback", "oncreate"};
const std::set<std::string> kPerQueue = {"onq", "onready", "onstate"};
// What may follow the fixed arguments; "=" at the end: it has a value.
const std::map<std::string, std::set<std::string>> kOptions = {
    {"option",
     {"verifier=", "minor=", "fileobj=", "devsync=", "devexec=", "filter=", "caller=", "create=",
      "context=", "exclusive=", "lower=", "examine=", "undefined="}},
    {"queue", {"default", "zero", "n=", "power=", "sync=", "exec=", "cb=", "types="}},
    {"arrive", {"out=", "file=", "irql=", "precancel"}},
    {"find", {"after=", "file="}},
};

bool is_number(const std::string& s) {
  constexpr size_t kDigits = 9;  // fits 32 bits
  return !s.empty() && s.size() <= kDigits && s.find_first_not_of("0123456789") == s.npos;
}

bool is_status(const std::string& s) {
  if (kStatuses.count(s)) return true;
  std::string digits = s.compare(0, 2, "0x") == 0 ? s.substr(2) : s;
  constexpr size_t kDigits = 8;
  return !digits.empty() && digits.size() <= kDigits &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
}

class Check {
 public:
  std::string of(const Scenario& scenario) {
    if (scenario.script.size() > limits::kInputs)
      return fmt::format("{} lines are more than the limit, {}", scenario.script.size(),
                         limits::kInputs);
    for (const std::string& line : scenario.script) declare(words(line));
    for (size_t i = 0; i < scenario.script.size(); ++i) {
      const std::string& line = scenario.script[i];
      Words w = words(line);
      if (w.empty() || line[0] == '#') continue;
      std::string problem = top_level(w, line);
      if (!problem.empty()) return fmt::format("line {}: {}", i + 1, problem);
    }
    return "";
  }

 private:
  // Names may be used before the line that makes them: in reactions, which run later.
  void declare(const Words& w) {
    if (w.size() < 2) return;
    if (w[0] == "queue") queues_.insert(w[1]);
    if (w[0] == "open") files_.insert(w[1]);
  }

  std::string top_level(const Words& w, const std::string& line) {
    bool per_queue = kPerQueue.count(w[0]) != 0;
    if (!per_queue && !kPerRequest.count(w[0]))
      return w[0] == "option" ? options(w, 1) : command(w, line, false);
    if (w.size() < 2) return fmt::format("\"{}\" needs a name", w[0]);
    if (per_queue && !queues_.count(w[1])) return no_queue(w[1]);
    std::stringstream in(line.substr(line.find(w[1], w[0].size()) + w[1].size()));
    for (std::string op; std::getline(in, op, ';');) {
      Words inner = words(op);
      if (inner.empty()) continue;
      std::string problem = command(inner, op, true);
      if (!problem.empty()) return problem;
    }
    return "";
  }

  std::string command(const Words& w, const std::string& line, bool reaction) {
    if (w[0] == "irql2") {
      Words rest(w.begin() + 1, w.end());
      // Each is a call on a stack that is small, and the second one would change nothing.
      if (!rest.empty() && rest[0] == "irql2") return "\"irql2\" stands here more than once";
      return rest.empty() ? "\"irql2\" needs a call" : command(rest, line, reaction);
    }
    auto form = kForms.find(w[0]);
    if (form == kForms.end()) return fmt::format("\"{}\" is not a word of scripts", w[0]);
    size_t at = 1;
    bool optional = false;
    for (const char* c = form->second; *c && *c != '*'; ++c) {
      if (*c == '?') {
        optional = true;
        continue;
      }
      if (at >= w.size()) return optional ? "" : fmt::format("\"{}\" needs {}", w[0], needs(*c));
      std::string problem = argument(*c, w[0], w[at++], reaction);
      if (!problem.empty()) return problem;
    }
    if (w[0] == "queue" && w[2] != "seq" && w[2] != "par" && w[2] != "man")
      return fmt::format("expected seq, par or man, not \"{}\"", w[2]);
    if (std::string(form->second).find('*') != std::string::npos) return options(w, at);
    return at < w.size() ? fmt::format("\"{}\" is too much here", w[at]) : "";
  }

  static const char* needs(char kind) {
    switch (kind) {
      case 'q': return "a queue";
      case 'r': return "a request";
      case 'f': return "a file";
      case 'n': return "a number";
      case 's': return "a status";
      case 't': return "a type of request";
      default: return "one more word";
    }
  }

  std::string argument(char kind, const std::string& verb, const std::string& word, bool reaction) {
    if (reaction && (word == "$" || word == "$q")) return "";
    bool create = verb == "dispatch" && word == "create";
    switch (kind) {
      case 'q': return queues_.count(word) ? "" : no_queue(word);
      case 'f': return files_.count(word) ? "" : fmt::format("no line opens a file {}", word);
      case 'n': return number(verb, word);
      case 's': return is_status(word) ? "" : fmt::format("\"{}\" is not a status", word);
      case 't':
        return kTypes.count(word) || create ? ""
                                            : fmt::format("\"{}\" is no type of request", word);
      case 'w': break;
      default: return "";
    }
    auto choices = kChoices.find(verb);
    if (choices != kChoices.end() && !choices->second.count(word))
      return fmt::format("\"{}\" does not know \"{}\"", verb, word);
    if (verb[0] == 'q' && verb != "queue" && word != "nocb")
      return fmt::format("expected nocb, not \"{}\"", word);
    return "";
  }

  // What a number is for decides how large it may be.
  static std::string number(const std::string& what, const std::string& word) {
    if (!is_number(word)) return fmt::format("\"{}\" is not a number", word);
    const bool bytes = what == "arrive" || what == "out=";
    const uint32_t most = bytes              ? limits::kRequestBytes
                          : what == "policy" ? limits::kReserved
                                             : limits::kNumber;
    if (std::stoul(word) <= most) return "";
    return fmt::format("{} {} is more than the limit, {}", what, word, most);
  }

  std::string options(const Words& w, size_t from) {
    const std::set<std::string>& known = kOptions.at(w[0]);
    for (size_t i = from; i < w.size(); ++i) {
      size_t eq = w[i].find('=');
      bool has_value = eq != std::string::npos;
      std::string key = has_value ? w[i].substr(0, eq + 1) : w[i];
      if (!known.count(key)) return fmt::format("\"{}\" does not know \"{}\"", w[0], w[i]);
      if (!has_value) continue;
      std::string value = w[i].substr(eq + 1);
      bool is_number_key =
          key == "n=" || key == "out=" || key == "irql=" || key == "minor=" || key == "examine=";
      if (is_number_key)
        if (std::string problem = number(key, value); !problem.empty()) return problem;
      if (key == "file=" && !files_.count(value))
        return fmt::format("no line opens a file {}", value);
    }
    return "";
  }

  static std::string no_queue(const std::string& name) {
    return fmt::format("no line makes a queue {}", name);
  }

  std::set<std::string> queues_, files_;
};

}  // namespace

std::string script_problem(const Scenario& scenario) { return Check().of(scenario); }

}  // namespace qs::conform
