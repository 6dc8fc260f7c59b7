#include "session/link.h"

#include <doctest/doctest.h>

using qs::session::Link;
using qs::session::parse_link;
using qs::session::print_link;

TEST_CASE("a link names lesson, run and moment") {
  const auto link =
      parse_link("https://example.org/q/#lesson=4.2&run=qs1:7;@0%20send=read%2016%20file=A&at=112");
  REQUIRE(link.ok());
  CHECK(link->program == "4.2");
  CHECK(link->schedule == "qs1:7;@0 send=read 16 file=A");
  CHECK(link->at == size_t(112));
  CHECK(qs::session::is_link("#lesson=1.1"));
  CHECK_FALSE(qs::session::is_link("lessons/01-first-request"));
}

TEST_CASE("a link comes back as it was printed, whatever is in it") {
  for (const char* schedule :
       {"", "qs1:7", "qs1:7;@0 send=read 16 file=A;@900#41~own(R1) cancel R1;!12=3",
        "a&b=c#d%20+e\"<>\xC3\xA4"}) {
    const Link link{"sandbox", schedule, size_t(3), "spin lock 1"};
    const std::string text = print_link(link, "https://example.org/");
    CHECK(text.find_first_of(" \"<>") == std::string::npos);
    const auto read = parse_link(text);
    REQUIRE(read.ok());
    CHECK(read->program == "sandbox");
    CHECK(read->schedule == schedule);
    CHECK(read->at == size_t(3));
    CHECK(read->selected == "spin lock 1");
  }
}

TEST_CASE("a damaged link is refused with the part that is wrong") {
  CHECK(parse_link("#lesson=").error().message.find("no lesson") != std::string::npos);
  CHECK(parse_link("#lesson=1.1&at=many").error().message.find("at=many") != std::string::npos);
  CHECK(parse_link("#lesson=1.1&run=%2").error().message.find("run=%2") != std::string::npos);
  CHECK(parse_link("#lesson=1.1&run").error().message.find("\"run\"") != std::string::npos);
  CHECK_FALSE(parse_link("nothing").ok());
  CHECK(parse_link("#lesson=1.1&later=1").ok());  // what a later version says is passed over
}
