// What a search writes down to go on later, as a row of numbers and texts. Owns: Writer, Reader.
// Used by the files of this folder.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sched/schedule.h"

namespace qs::explore {

class Writer {
 public:
  void number(uint64_t n) {  // seven bits a byte, the lowest first
    for (; n >= 0x80; n >>= 7) bytes_.push_back(char(n | 0x80));
    bytes_.push_back(char(n));
  }
  void text(std::string_view t) {
    number(t.size());
    bytes_.append(t);
  }
  void picks(const std::vector<sched::Pick>& picks);
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

// Whatever it is given: once something is not as written, it is bad, and all it says is 0.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  uint64_t number();
  uint64_t number(uint64_t most);  // larger ones are bad
  bool flag() { return number(1) != 0; }
  std::string text();
  // How many items follow, each at least a byte.
  size_t count();
  std::vector<sched::Pick> picks();
  void refuse() { good_ = false; }
  bool good() const { return good_; }
  bool at_end() const { return left_.empty(); }
  std::string_view rest() const { return left_; }

 private:
  std::string_view left_;
  bool good_ = true;
};

}  // namespace qs::explore
