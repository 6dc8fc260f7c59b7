// The class server, as browsers use it and as they should not.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/class_server.h"

namespace fs = std::filesystem;
using namespace qs::serve;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    path = fs::temp_directory_path() / ("qs-serve-" + std::to_string(getpid()));
    fs::create_directories(path);
    std::ofstream(path / "index.html") << "<p>page</p>";
    std::ofstream(path / "queuescope.js") << "plain";
    std::ofstream(path / "queuescope.js.gz") << "packed";
  }
  ~Folder() { fs::remove_all(path); }
};

// A connection as bytes. The sockets of a test never wait longer than 10 s.
class Client {
 public:
  explicit Client(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected = connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;

  void send(const std::string& bytes) const {
    (void)!::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  // Everything until it says `end`, or closes.
  std::string until(const std::string& end) {
    std::string piece(4096, '\0');
    while (said.find(end) == std::string::npos) {
      pollfd asked{socket_, POLLIN, 0};
      if (poll(&asked, 1, 10'000) <= 0) break;
      const ssize_t n = recv(socket_, piece.data(), piece.size(), 0);
      if (n <= 0) break;
      said.append(piece.data(), size_t(n));
    }
    return said;
  }
  std::string all() { return until("\1never"); }
  bool connected = false;
  std::string said;

 private:
  int socket_;
};

struct Class {
  Folder folder;
  std::unique_ptr<ClassServer> server;
  std::string token;

  explicit Class(Limits limits = {}) {
    limits.per_address = 0;  // all of a test come from one
    auto made = start_class({folder.path.string(), "127.0.0.1", 0}, limits);
    REQUIRE_MESSAGE(made, made.error().text());
    server = std::move(*made);
    const std::string url = server->url("127.0.0.1");
    token = url.substr(url.find('/', 8) + 1);
    token.pop_back();
  }
  std::string get(const std::string& path, const std::string& more = "",
                  const std::string& method = "GET") const {
    Client c(server->port());
    c.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n");
    return c.all();
  }
  std::string below(const std::string& name, const std::string& more = "",
                    const std::string& method = "GET") const {
    return get("/" + token + "/" + name, more, method);
  }
  std::unique_ptr<Client> follow() const {
    auto c = std::make_unique<Client>(server->port());
    c->send("GET /" + token + "/live HTTP/1.1\r\nHost: x\r\n\r\n");
    return c;
  }
  std::string ticket_of(Client& c) const {
    const std::string said = c.until("data: ");
    c.until("\n\n\r\n");
    const size_t at = c.said.find("event: ticket\ndata: ");
    return at == std::string::npos ? "" : c.said.substr(at + 20, 16);
  }
};

bool says(const std::string& answer, const std::string& text) {
  return answer.find(text) != std::string::npos;
}

template <class F>
bool comes_true(F is) {
  for (int i = 0; i < 500; ++i) {
    if (is()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace

TEST_CASE("serve: the page, to those who know its address") {
  const Class c;
  CHECK(says(c.below(""), "<p>page</p>"));
  CHECK(says(c.below("index.html"), "text/html"));
  CHECK(says(c.below("queuescope.js"), "plain"));
  CHECK(says(c.below("queuescope.js", "Accept-Encoding: gzip, br\r\n"), "packed"));
  for (const std::string path :
       {"/", "/index.html", "/0123/index.html", "//", "/..", "/../../../etc/passwd"})
    CHECK(says(c.get(path), "404"));
  CHECK(says(c.below("../index.html"), "404"));
  CHECK(says(c.below("%2e%2e/index.html"), "404"));
  CHECK(says(c.below("queuescope.js.gz"), "404"));
  CHECK(says(c.below("index.html", "", "DELETE"), "404"));
  const Class other;
  CHECK(other.token.size() == 32);
  CHECK(other.token != c.token);
}

TEST_CASE("serve: what it needs is said in a sentence") {
  const Folder folder;
  CHECK(says(start_class({"/nowhere", "", 0}).error().text(), "there is no page"));
  CHECK(says(start_class({folder.path.string(), "router", 0}).error().text(), "expected digits"));
  const Class c;
  CHECK(says(start_class({folder.path.string(), "127.0.0.1", c.server->port()}).error().text(),
             "cannot listen"));
}

TEST_CASE("serve: followers are told where the teacher is, the newest place only") {
  Class c;
  c.server->tell("#lesson=1.1&at=1");
  const auto one = c.follow();
  CHECK(says(one->until("at=1\n"), "event: at\ndata: #lesson=1.1&at=1\n\n"));
  CHECK(c.server->followers() == 1);
  for (int i = 2; i <= 2000; ++i) c.server->tell("#lesson=1.1&at=" + std::to_string(i));
  one->until("at=2000\n");
  CHECK(says(one->said, "at=2000\n"));
  size_t times = 0;
  for (size_t at = 0; (at = one->said.find("event: at", at)) != std::string::npos; ++at) ++times;
  CHECK(times < 30);
  c.server->tell("#lesson=1.2\n\nevent: question\ndata: {}");  // stays one line
  one->until("#lesson=1.2");
  CHECK_FALSE(says(one->until("data: {}"), "\nevent: question\ndata: {}"));
}

TEST_CASE("serve: a class answers in counts, one for each who follows") {
  Class c;
  c.server->ask({"Where does R1 go?\n\"", {"default", "done"}});
  const auto one = c.follow();
  const std::string a = c.ticket_of(*one);
  REQUIRE(a.size() == 16);
  one->until("options");
  CHECK(says(one->said, R"({"id":1,"options":["default","done"],"text":"Where does R1 go?\n\""})"));
  auto two = c.follow();
  const std::string b = c.ticket_of(*two);
  const auto answer = [&](const std::string& words) {
    return c.below("answer?" + words, "Content-Length: 0\r\n", "POST");
  };
  CHECK(says(answer("ticket=" + a + "&question=1&option=0"), "204"));
  CHECK(says(answer("ticket=" + a + "&question=1&option=1"), "204"));  // thought again
  CHECK(says(answer("ticket=" + b + "&question=1&option=1"), "204"));
  CHECK(c.server->counts() == std::vector<uint32_t>{0, 2});
  for (const std::string& words : std::vector<std::string>{
           "ticket=" + b + "&question=1&option=2", "ticket=" + b + "&question=1&option=-1",
           "ticket=" + b + "&question=2&option=0", "ticket=" + b + "&question=1&option=1x",
           "ticket=" + b + "&question=1", std::string("ticket=0&question=1&option=0"),
           std::string("ticket=&question=1&option=0"), std::string("question=1&option=0"),
           "ticket=" + b + "&question=99999999999999999999&option=0", std::string()})
    CHECK(says(answer(words), "404"));
  CHECK(c.server->counts() == std::vector<uint32_t>{0, 2});
  two.reset();
  int at = 0;
  CHECK(comes_true([&] {  // who is gone shows when something is to be said
    c.server->tell("#lesson=1.1&at=" + std::to_string(++at));
    return c.server->counts() == std::vector<uint32_t>{0, 1};
  }));
  c.server->ask({});
  CHECK(c.server->counts().empty());
  CHECK(says(answer("ticket=" + a + "&question=2&option=0"), "404"));
}

TEST_CASE("serve: 10,000 requests of garbage change nothing") {
  Class c;
  c.server->ask({"?", {"a", "b"}});
  const auto one = c.follow();
  const std::string ticket = c.ticket_of(*one);
  std::vector<std::thread> all;
  for (unsigned seed = 0; seed < 4; ++seed)
    all.emplace_back([&c, seed] {
      std::mt19937 dice(seed);
      const std::string words[] = {"GET ",     "POST ",
                                   "/",        c.token + "/",
                                   "live",     "answer?",
                                   "\r\n",     "HTTP/1.1",
                                   "Host: ",   "ticket=",
                                   "\r\n\r\n", "Content-Length: 99999999999\r\n",
                                   "%00%ff",   "Transfer-Encoding: chunked\r\n"};
      for (int i = 0; i < 2500; ++i) {
        std::string bytes;
        for (unsigned n = dice() % 12; n-- > 0;)
          if (dice() % 3)
            bytes += words[dice() % std::size(words)];
          else
            bytes += char(dice());
        const Client client(c.server->port());
        client.send(bytes);
      }
    });
  for (std::thread& t : all) t.join();
  CHECK(c.server->counts() == std::vector<uint32_t>{0, 0});
  CHECK(says(c.below("answer?ticket=" + ticket + "&question=1&option=1", "", "POST"), "204"));
  CHECK(c.server->counts() == std::vector<uint32_t>{0, 1});
  CHECK(says(c.below(""), "<p>page</p>"));
}

TEST_CASE("serve: huge headers and bodies are not taken") {
  const Class c;
  const std::string huge(1'000'000, 'x');
  CHECK_FALSE(says(c.below(huge), "200 OK"));
  CHECK_FALSE(says(c.below("", "Cookie: " + huge + "\r\n"), "200 OK"));
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "a" + std::to_string(i) + ": b\r\n";
  CHECK_FALSE(says(c.below("", many), "200 OK"));
  {
    Client body(c.server->port());
    body.send("POST /" + c.token +
              "/answer HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    body.send(huge);
    CHECK_FALSE(says(body.until("\r\n\r\n"), "204"));
  }
  CHECK(says(c.below(""), "<p>page</p>"));
}

TEST_CASE("serve: those who read slowly, or say nothing, hold up nobody") {
  Limits limits;
  limits.connections = 40, limits.followers = 30, limits.seconds_silent = 1;
  Class c(limits);
  c.server->ask({"?", {std::string(1000, 'a'), std::string(1000, 'b')}});
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 20; ++i) slow.push_back(c.follow());  // and read nothing
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<Client>(c.server->port()));
    slow.back()->send("GET /");  // and no more
  }
  for (int i = 0; i < 3000; ++i)
    c.server->tell("#lesson=sandbox&run=" + std::string(2000, 'x') + std::to_string(i));
  CHECK(comes_true([&] { return says(c.below(""), "<p>page</p>"); }));  // the silent are let go
  slow.clear();
  int at = 0;
  CHECK(comes_true([&] {
    c.server->tell("#lesson=1.1&at=" + std::to_string(++at));
    return c.server->followers() == 0;
  }));
}

TEST_CASE("serve: 200 followers keep up, and more than there is room for are refused") {
  Limits limits;
  limits.followers = 200;
  Class c(limits);
  std::vector<std::unique_ptr<Client>> room;
  for (int i = 0; i < 200; ++i) room.push_back(c.follow());
  for (auto& follower : room) REQUIRE(c.ticket_of(*follower).size() == 16);
  CHECK(c.server->followers() == 200);
  CHECK(says(c.below("live"), "503"));
  for (int step = 1; step <= 5; ++step) {
    const std::string place = "#lesson=4.2&at=" + std::to_string(step);
    c.server->tell(place);
    for (auto& follower : room) CHECK(says(follower->until(place + "\n"), place + "\n"));
  }
  c.server.reset();  // sends them away
  for (auto& follower : room) follower->all();
}
