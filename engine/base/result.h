// Result of reading files and text from outside. Owns: Error, Result<T>. Used by everything that
// reads bad input: trace files, schedules, lessons, settings, command lines.
#pragma once
#include <optional>
#include <string>
#include <utility>

namespace qs {

// Where and why a file or a piece of text was refused. `line` is 1-based, 0 when there is none.
struct Error {
  std::string file;
  int line = 0;
  std::string message;  // a sentence that says what was found and what was expected

  // "file:line: message" (parts that are missing are left out).
  std::string text() const;
};

// A value or the Error that prevented it.
template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  T& value() { return *value_; }
  const T& value() const { return *value_; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const Error& error() const { return error_; }

 private:
  std::optional<T> value_;
  Error error_;
};

}  // namespace qs
