#include "conform/script_check.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <sstream>

#include "base/limits.h"
#include "conform/runner.h"
#include "trace/events/words.h"

namespace qs::conform {

namespace {

using Words = std::vector<std::string>;

// The arguments of a word, one letter each; those after '?' may be left out, '*' ends the list.
//   q queue, r request, f file, n number, s status, t request type, w any word
//   x anything with a name: an object, queue, file, request, DEVICE or LOCAL
//   o options key=value or flags of that word, checked by name
const std::map<std::string, const char*> kForms = {
    {"queue", "ww*"},       {"dispatch", "qt"},    {"start", ""},
    {"s0idle", ""},         {"timers", ""},        {"power", "w"},
    {"pnp", "w"},           {"open", "w"},         {"cleanup", "f"},
    {"close", "f"},         {"arrive", "wtn*"},    {"cancel", "r"},
    {"complete", "rs?n"},   {"requeue", "r"},      {"forward", "rq"},
    {"mark", "r"},          {"markex", "r"},       {"unmark", "r"},
    {"iscanceled", "r"},    {"enqueue", "r"},      {"stopack", "rw"},
    {"deref", "x"},         {"retrieve", "q"},     {"retrieveall", "q?sn"},
    {"retrievefile", "qf"}, {"find", "q*"},        {"retrievefound", "qr"},
    {"qstart", "q?w"},      {"qstop", "q?w"},      {"qdrain", "q?w"},
    {"qpurge", "q?w"},      {"qstoppurge", "q?w"}, {"qstopsync", "q?w"},
    {"qdrainsync", "q?w"},  {"qpurgesync", "q?w"}, {"qstoppurgesync", "q?w"},
    {"ready", "q?w"},       {"state", "q"},        {"delete", "x"},
    {"block", "w"},         {"release", "w"},      {"lock", "x"},
    {"unlock", "x"},        {"memory", "w"},       {"policy", "qnw*"},
    {"claim", "r"},         {"finish", "r"},       {"lower", "rs?n*"},
    {"ioqueue", "r"},       {"irp", "r"},          {"params", "r"},
    {"getstatus", "r"},     {"info", "r"},         {"setinfo", "rn"},
    {"ref", "x"},           {"send", "r*"},        {"cancelsent", "r"},
    {"boost", "rs"},        {"file", "r"},         {"reserved", "r"},
    {"object", "w*"},       {"timer", "w*"},       {"workitem", "w*"},
    {"dpc", "w*"},          {"target", "w*"},      {"newreq", "w*"},
    {"tstart", "xn"},       {"tstop", "x?w"},      {"wenqueue", "x"},
    {"wflush", "x"},        {"denqueue", "x"},     {"dcancel", "x?w"},
    {"tick", "n"},          {"lowermode", "w?s"},  {"format", "rwn*"},
    {"formatcurrent", "r"}, {"routine", "r?w"},    {"reuse", "rs"},
    {"sendread", "xn*"},    {"topen", "x"},        {"tclose", "x"},
    {"tcloseqr", "x"},      {"tgtstart", "x"},     {"tgtstop", "xw"},
    {"tgtpurge", "xw"},     {"tgtstate", "x"},     {"stopidle", ""},
    {"resumeidle", ""},
};

// Words whose last or only free argument is one of a few.
const std::map<std::string, std::set<std::string>> kChoices = {
    {"power", {"down", "up"}},
    {"pnp",
     {"surprise", "remove", "querystop", "cancelstop", "stop", "queryremove", "start",
      "cancelremove"}},
    {"stopack", {"requeue", "norequeue"}},
    {"ready", {"on", "off"}},
    {"memory", {"none", "plenty"}},
    {"policy", {"always", "examine", "paging"}},
    {"lowermode", {"completes", "stays", "deaf"}},
    {"format", {"read", "write", "ioctl"}},
    {"routine", {"off"}},
    {"tstop", {"wait"}},
    {"dcancel", {"wait"}},
    {"tgtstop", {"leave", "cancel", "wait"}},
    {"tgtpurge", {"wait", "nowait"}},
};

// The words that make an object with a name.
const std::set<std::string> kMakers = {"object", "timer",  "workitem", "dpc",
                                       "target", "newreq", "queue",    "arrive"};

const std::set<std::string> kTypes = {"read", "write", "ioctl", "iioctl"};
const std::set<std::string> kStatuses = {"ok",      "cancelled",    "ioerr",  "overflow",
                                         "pending", "unsuccessful", "invalid"};
const std::set<std::string> kPerRequest = {"on",         "oncancel", "onstop", "onresume",
                                           "oncanceled", "oncaller", "onback", "oncreate"};
const std::set<std::string> kPerQueue = {"onq", "onready", "onstate"};
const std::set<std::string> kPerObject = {"oncleanup", "ondestroy", "ontimer", "onwork", "ondpc"};
const std::set<std::string> kPerFile = {"onfcleanup", "onfclose"};
const std::set<std::string> kOfDevice = {"ond0entry", "ond0exit", "onsurprise"};
// What may follow the fixed arguments; "=" at the end: it has a value.
const std::map<std::string, std::set<std::string>> kOptions = {
    {"option",
     {"verifier=", "minor=", "fileobj=", "devsync=", "devexec=", "filter=", "caller=", "create=",
      "context=", "exclusive=", "lower=", "examine=", "undefined=", "seelower=", "ref=",
      "devevents=", "surprise="}},
    {"queue",
     {"default", "zero", "n=", "power=", "sync=", "exec=", "cb=", "types=", "parent=", "events"}},
    {"arrive", {"out=", "file=", "irql=", "precancel", "paging="}},
    {"find", {"after=", "file="}},
    {"policy", {"events"}},
    {"object", {"parent=", "exec="}},
    {"timer", {"parent=", "period=", "serial=", "exec="}},
    {"workitem", {"parent=", "serial="}},
    {"dpc", {"parent=", "serial="}},
    {"target", {"parent="}},
    {"newreq", {"target="}},
    {"format", {"target="}},
    {"send", {"target=", "forget", "sync", "plain", "ignore", "timeout="}},
    {"sendread", {"timeout="}},
    {"lower", {"irql="}},
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
    for (size_t i = 0; i < w.size(); ++i) {  // also as an operation of a reaction
      bool makes = kMakers.count(w[i]) != 0 && i + 1 < w.size();
      if (!makes) continue;
      objects_.insert(w[i + 1].substr(0, w[i + 1].find(';')));
    }
  }

  std::string top_level(const Words& w, const std::string& line) {
    if (kOfDevice.count(w[0])) return reaction(line.substr(w[0].size()));
    bool per_queue = kPerQueue.count(w[0]) != 0;
    bool other = kPerObject.count(w[0]) || kPerFile.count(w[0]);
    if (!per_queue && !other && !kPerRequest.count(w[0]))
      return w[0] == "option" ? options(w, 1) : command(w, line, false);
    if (w.size() < 2) return fmt::format("\"{}\" needs a name", w[0]);
    if (per_queue && !queues_.count(w[1])) return no_queue(w[1]);
    if (kPerFile.count(w[0]) && !files_.count(w[1]))
      return fmt::format("no line opens a file {}", w[1]);
    return reaction(line.substr(line.find(w[1], w[0].size()) + w[1].size()));
  }

  std::string reaction(const std::string& operations) {
    std::stringstream in(operations);
    for (std::string op; std::getline(in, op, ';');) {
      Words inner = words(op);
      if (inner.empty()) continue;
      bool sets = inner[0].compare(0, 2, "on") == 0;  // a reaction may set reactions
      std::string problem =
          sets ? top_level(inner, op.substr(op.find(inner[0]))) : command(inner, op, true);
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
      if (optional && w[at].find('=') != w[at].npos) break;  // an option already
      std::string problem = argument(*c, w[0], w[at++], reaction);
      if (!problem.empty()) return problem;
    }
    if (w[0] == "queue" && !trace::dispatch_of(w[2]))
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
                                            : fmt::format("\"{}\" is not a type of request", word);
      case 'w': break;
      case 'x': return is_known(word) ? "" : no_name(word);
      default: return "";
    }
    auto choices = kChoices.find(verb);
    if (choices != kChoices.end() && !choices->second.count(word))
      return fmt::format("\"{}\" does not know \"{}\"", verb, word);
    if (verb[0] == 'q' && verb != "queue" && word != "nocb" && word != "sync")
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
      bool is_number_key = key == "n=" || key == "out=" || key == "irql=" || key == "minor=" ||
                           key == "examine=" || key == "period=" || key == "timeout=";
      if (is_number_key)
        if (std::string problem = number(key, value); !problem.empty()) return problem;
      if (key == "file=" && !files_.count(value))
        return fmt::format("no line opens a file {}", value);
      if ((key == "parent=" || key == "target=") && !is_known(value)) return no_name(value);
    }
    return "";
  }

  static std::string no_queue(const std::string& name) {
    return fmt::format("no line makes a queue {}", name);
  }

  bool is_known(const std::string& name) const {
    return name == "DEVICE" || name == "LOCAL" || objects_.count(name) || files_.count(name);
  }

  static std::string no_name(const std::string& name) {
    return fmt::format("nothing in the script is called {}", name);
  }

  std::set<std::string> queues_, files_, objects_;
};

}  // namespace

std::string script_problem(const Scenario& scenario) { return Check().of(scenario); }

}  // namespace qs::conform
