// A class that follows this window in its browsers. Owns: ClassRoom. Called by class_sheet.cpp and
// App; main thread only. A page cannot serve anybody (class_room_web.cpp).
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace qs::serve {
class ClassServer;
}

namespace qs::ui {

class ClassRoom {
 public:
  ClassRoom();
  ~ClassRoom();

  static bool can_serve();
  // Addresses of this machine to choose from, and the one chosen last or by the command line.
  std::vector<std::string> addresses() const;
  // "": the address works from now on. Otherwise why not, in a sentence.
  std::string open(const std::string& address);
  void close();
  bool is_open() const;
  std::string url() const;  // "" when closed

  void tell(const std::string& link);
  // No options: nothing is asked.
  void ask(const std::string& question, const std::vector<std::string>& options);
  size_t followers() const;
  std::vector<uint32_t> counts() const;

  std::string wanted;    // an address, from the command line; "": any
  uint16_t port = 8417;  // where it begins to look for a free one
  std::string folder;    // of the page; "": where it is installed or built

 private:
  std::unique_ptr<serve::ClassServer> server_;
  std::string host_;
};

}  // namespace qs::ui
