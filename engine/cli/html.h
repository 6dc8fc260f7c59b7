// What a printed page is made of. Owns: html_text, html_prose, html_picture. Called by
// handout_command; any thread.
#pragma once
#include <string>
#include <string_view>

namespace qs::cli {

// Any text, so that nothing in it is taken for markup; the same for XML.
std::string html_text(std::string_view text);
// Markdown of a lesson, as the inside of a paragraph: emphasis, code and links.
std::string html_prose(std::string_view markdown);
// A picture that is part of the page itself; `png`: the bytes of the file.
std::string html_picture(std::string_view png, std::string_view alt);

}  // namespace qs::cli
