// A run as a link: "#lesson=4.2&run=qs1:7;…&at=112&select=R2" behind the address of the page.
// Owns: Link. Called by ui, in the window and in the page alike, and by cli for what is typed; any
// thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace qs::session {

struct Link {
  std::string program;   // a lesson's number or a program's name, as open_run() takes it
  std::string schedule;  // what was done, as Schedule::print() gives it; "": the program's own run
  std::optional<size_t> at;  // events before the playhead
  std::string selected;      // the name of what is selected; "": nothing
};

// Does it look like one? An address with "#lesson=" in it, or only that part.
bool is_link(std::string_view text);

// The error names the part that is wrong. What is in the run is for the program to judge.
Result<Link> parse_link(std::string_view text);

// "<address>#lesson=…": only signs that no chat, mail or shell takes for the end of a link.
std::string print_link(const Link& link, std::string_view address);

// Where a link is to lead when nobody says: the page that a person has open, set by it, or what the
// settings name. "": the part behind the address alone.
void use_address(std::string address);
const std::string& link_address();

}  // namespace qs::session
