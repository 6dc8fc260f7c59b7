// The page for a class, and what the teacher's window shows, over HTTP. Owns: ClassServer. Called
// by ui/app on the main thread; answers on two threads of its own. Who implements it is a module
// (http_server.cpp), loaded when a class is let in: HTTP brings ten libraries along.
//
// Below "/<token>/": the files of the page; "live", which tells whoever follows where the teacher
// is (server-sent events); "answer", which takes one option of the question that is open.
// Everything else is not found. What comes in from outside is compared with names, tickets and
// numbers that were made here, and nothing of it goes any further than the count of an option.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace qs::serve {

struct Limits {
  uint32_t connections = 600;  // at once; more are closed at once
  uint32_t per_address = 100;  // of these, from the same machine; 0: no limit
  uint32_t followers = 400;
  uint32_t seconds_silent = 20;  // a connection that neither sends nor takes anything is closed
  uint32_t milliseconds_between = 100;  // two things that are told
};

struct Question {
  std::string text;
  std::vector<std::string> options;  // none: nothing is asked
  bool operator==(const Question&) const = default;
};

class ClassServer {
 public:
  virtual ~ClassServer() = default;  // everybody is sent away

  virtual uint16_t port() const = 0;
  // Where the page is, for a class that reaches this machine as `host`. Whoever does not know this
  // address reaches nothing: there are 128 random bits in it.
  virtual std::string url(const std::string& host) const = 0;

  // Where the teacher is, as a link ("#lesson=…"). Followers get the newest one, not all of them.
  virtual void tell(const std::string& link) = 0;
  // Asks the class; another question than before begins with no answers.
  virtual void ask(const Question& question) = 0;
  // How many follow, and how many of those chose each option.
  virtual size_t followers() const = 0;
  virtual std::vector<uint32_t> counts() const = 0;
};
using ServerResult = Result<std::unique_ptr<ClassServer>>;

struct Place {
  std::string folder;   // of the page; read now, and not again
  std::string address;  // of this machine, as digits; "" is all of them
  uint16_t port = 0;    // 0: any that is free
};

// The error says what is missing or taken.
ServerResult start_class(const Place& place, const Limits& limits = {});

// Of this machine, as others in its networks reach it: digits, those of IPv4 first.
std::vector<std::string> own_addresses();

}  // namespace qs::serve

// What the module has for start_class.
extern "C" {
using QsStartClass = void(const qs::serve::Place* place, const qs::serve::Limits* limits,
                          qs::serve::ServerResult* out);
__attribute__((visibility("default"))) QsStartClass qs_start_class;
}
