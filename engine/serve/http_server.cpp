// Module queuescope-serve.so: ClassServer by GNU libmicrohttpd.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <list>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/read_file.h"
#include "serve/class_server.h"

namespace qs::serve {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostOfFile = size_t(64) << 20;
constexpr size_t kMostTold = 16 * 1024;               // bytes of a link; a longer one is not told
constexpr auto kHeartbeat = std::chrono::seconds(5);  // shows who has gone

std::string random_hex(int bytes) {
  std::random_device dice;
  std::string out;
  for (int i = 0; i < bytes; ++i) out += fmt::format("{:02x}", dice() & 0xff);
  return out;
}

const char* kind_of(std::string_view name) {
  const auto ends = [name](std::string_view end) {
    return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
  };
  if (ends(".html")) return "text/html; charset=utf-8";
  if (ends(".js")) return "text/javascript; charset=utf-8";
  if (ends(".wasm")) return "application/wasm";
  return "application/octet-stream";
}

// One line of an event: what a line ends with would end it.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

std::string event(std::string_view name, std::string_view data) {
  return fmt::format("event: {}\ndata: {}\n\n", name, data);
}

MHD_Response* response_of(const std::string& bytes) {
  return MHD_create_response_from_buffer(bytes.size(), const_cast<char*>(bytes.data()),
                                         MHD_RESPMEM_PERSISTENT);
}

struct Server {
  struct File {
    std::string name, bytes, packed;  // packed: by gzip; "": it is not
    MHD_Response *plain = nullptr, *gzip = nullptr;
  };
  // One that follows: a stream that stays open.
  struct Follower {
    Server* server;
    MHD_Connection* connection;
    std::string ticket, pending;             // pending: said, and not yet taken
    uint64_t told = 0, asked = 0, beat = 0;  // the last ones it has had
    bool begun = false, sleeps = false;
    int option = -1;
  };

  Limits limits;
  std::string token;
  std::list<File> files;
  MHD_Response* nothing = nullptr;  // without a body
  MHD_Daemon* daemon = nullptr;
  uint16_t port = 0;

  mutable std::mutex mutex;  // of all below
  std::condition_variable news;
  std::list<Follower> followers;
  std::string link;
  Question question;
  uint64_t told = 0, asked = 0, beat = 0;  // numbers of what was said last
  bool dirty = false, stopping = false;
  std::thread teller;

  // --- what is said ---

  std::string asked_text() const {
    return nlohmann::json{{"id", asked}, {"text", question.text}, {"options", question.options}}
        .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }

  // What it has not had. "": nothing is new.
  std::string what_is_new(Follower& f) const {
    std::string out;
    if (!f.begun) out += "retry: 2000\n\n" + event("ticket", f.ticket);
    if (f.asked != asked) out += event("question", asked_text());
    if (f.told != told) out += event("at", link);
    if (out.empty() && f.beat != beat) out = ":\n\n";
    f.begun = true, f.asked = asked, f.told = told, f.beat = beat;
    return out;
  }

  // Called by the server when a follower can take more.
  static ssize_t read(void* of, uint64_t, char* to, size_t room) {
    auto& f = *static_cast<Follower*>(of);
    const std::lock_guard lock(f.server->mutex);
    if (f.server->stopping) return MHD_CONTENT_READER_END_OF_STREAM;
    if (f.pending.empty()) f.pending = f.server->what_is_new(f);
    if (f.pending.empty()) {
      f.sleeps = true;
      MHD_suspend_connection(f.connection);
      return 0;
    }
    const size_t n = std::min(room, f.pending.size());
    std::memcpy(to, f.pending.data(), n);
    f.pending.erase(0, n);
    return ssize_t(n);
  }

  static void left(void* of) {
    auto* f = static_cast<Follower*>(of);
    Server& server = *f->server;
    const std::lock_guard lock(server.mutex);
    server.followers.remove_if([f](const Follower& other) { return &other == f; });
  }

  void wake_all() {
    for (Follower& f : followers)
      if (std::exchange(f.sleeps, false)) MHD_resume_connection(f.connection);
  }

  // The thread that lets followers know, so many times a second and no more.
  void tell_on() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      if (!news.wait_for(lock, kHeartbeat, [this] { return dirty || stopping; })) ++beat;
      dirty = false;
      wake_all();
      news.wait_for(lock, std::chrono::milliseconds(limits.milliseconds_between),
                    [this] { return stopping; });
    }
  }

  // --- what is asked ---

  MHD_Result say_nothing(MHD_Connection* c, unsigned status) const {
    return MHD_queue_response(c, status, nothing);
  }

  MHD_Result give(MHD_Connection* c, const File& file) const {
    const char* takes = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding");
    const bool packed = file.gzip && takes && std::strstr(takes, "gzip");
    return MHD_queue_response(c, MHD_HTTP_OK, packed ? file.gzip : file.plain);
  }

  MHD_Result follow(MHD_Connection* c) {
    Follower* f = nullptr;
    {
      const std::lock_guard lock(mutex);
      if (stopping || followers.size() >= limits.followers)
        return say_nothing(c, MHD_HTTP_SERVICE_UNAVAILABLE);
      followers.emplace_back();
      f = &followers.back();
      f->server = this, f->connection = c, f->ticket = random_hex(8);
    }
    constexpr size_t kPiece = 2048;
    MHD_Response* stream =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kPiece, &read, f, &left);
    if (!stream) return left(f), MHD_NO;
    MHD_add_response_header(stream, "Content-Type", "text/event-stream");
    MHD_add_response_header(stream, "Cache-Control", "no-store");
    const MHD_Result queued = MHD_queue_response(c, MHD_HTTP_OK, stream);
    MHD_destroy_response(stream);
    return queued;
  }

  static std::optional<uint64_t> number(MHD_Connection* c, const char* name) {
    const char* text = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
    if (!text) return std::nullopt;
    uint64_t value = 0;
    const char* end = text + std::strlen(text);
    const auto [at, status] = std::from_chars(text, end, value);
    return status == std::errc() && at == end && at != text ? std::optional(value) : std::nullopt;
  }

  MHD_Result answer(MHD_Connection* c) {
    const char* ticket = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "ticket");
    const auto of = number(c, "question"), option = number(c, "option");
    const std::lock_guard lock(mutex);
    if (!ticket || of != asked || !option || *option >= question.options.size())
      return say_nothing(c, MHD_HTTP_NOT_FOUND);
    for (Follower& f : followers)
      if (f.ticket == ticket) {
        f.option = int(*option);
        return say_nothing(c, MHD_HTTP_NO_CONTENT);
      }
    return say_nothing(c, MHD_HTTP_NOT_FOUND);
  }

  // Bodies are not read: nothing that is asked here needs one.
  static MHD_Result asked_for(void* of, MHD_Connection* c, const char* url, const char* method,
                              const char*, const char*, size_t*, void**) {
    Server& s = *static_cast<Server*>(of);
    const std::string_view path = url, begin = path.substr(0, s.token.size() + 2);
    if (begin != "/" + s.token + "/") return s.say_nothing(c, MHD_HTTP_NOT_FOUND);
    std::string_view name = path.substr(begin.size());
    if (name.empty()) name = "index.html";
    const bool gets = std::strcmp(method, "GET") == 0, posts = std::strcmp(method, "POST") == 0;
    if (gets && name == "live") return s.follow(c);
    if (posts && name == "answer") return s.answer(c);
    for (const File& file : s.files)
      if (gets && file.name == name) return s.give(c, file);
    return s.say_nothing(c, MHD_HTTP_NOT_FOUND);
  }

  // --- its beginning and end ---

  // A file "x.gz" is how "x" goes to whoever takes it like that.
  std::optional<Error> read_files(const std::string& folder) {
    std::error_code trouble;
    for (const auto& entry : fs::directory_iterator(folder, trouble)) {
      const std::string path = entry.path().string(), name = entry.path().filename().string();
      if (!entry.is_regular_file(trouble) || entry.path().extension() == ".gz") continue;
      auto bytes = read_file(path, kMostOfFile);
      if (!bytes) return bytes.error();
      File& file = files.emplace_back();
      file.name = name, file.bytes = std::move(*bytes);
      if (auto packed = fs::exists(path + ".gz", trouble) ? read_file(path + ".gz", kMostOfFile)
                                                          : Result<std::string>(std::string()))
        file.packed = std::move(*packed);
    }
    const bool found = std::any_of(files.begin(), files.end(),
                                   [](const File& file) { return file.name == "index.html"; });
    if (!found) return Error{folder, 0, "there is no page in it: expected index.html"};
    return std::nullopt;
  }

  void make_responses() {
    nothing = MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
    for (File& file : files) {
      file.plain = response_of(file.bytes);
      if (!file.packed.empty()) {
        file.gzip = response_of(file.packed);
        MHD_add_response_header(file.gzip, "Content-Encoding", "gzip");
      }
      for (MHD_Response* r : {file.plain, file.gzip}) {
        if (!r) continue;
        MHD_add_response_header(r, "Content-Type", kind_of(file.name));
        MHD_add_response_header(r, "Vary", "Accept-Encoding");
        MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
        MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
      }
    }
  }

  std::optional<Error> listen(const std::string& address, uint16_t wanted) {
    sockaddr_in four{};
    sockaddr_in6 six{};
    four.sin_family = AF_INET, four.sin_port = htons(wanted);
    six.sin6_family = AF_INET6, six.sin6_port = htons(wanted);
    const bool is_six = address.find(':') != std::string::npos;
    if (is_six ? inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) != 1
               : inet_pton(AF_INET, address.empty() ? "0.0.0.0" : address.c_str(),
                           &four.sin_addr) != 1)
      return Error{"", 0, "'" + address + "' is no address: expected digits, as in 192.168.1.7"};
    const unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME |
                           (is_six ? unsigned(MHD_USE_IPv6) : 0);
    constexpr size_t kMemory = 16 * 1024;  // of a connection: its headers must fit
    const auto* where =
        is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
    daemon =
        MHD_start_daemon(flags, wanted, nullptr, nullptr, &asked_for, this, MHD_OPTION_SOCK_ADDR,
                         where, MHD_OPTION_CONNECTION_LIMIT, unsigned(limits.connections),
                         MHD_OPTION_PER_IP_CONNECTION_LIMIT, unsigned(limits.per_address),
                         MHD_OPTION_CONNECTION_TIMEOUT, unsigned(limits.seconds_silent),
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, kMemory, MHD_OPTION_END);
    if (!daemon)
      return Error{"", 0,
                   fmt::format("cannot listen at {} port {}: {}",
                               address.empty() ? "this machine's addresses," : address, wanted,
                               std::strerror(errno))};
    port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    teller = std::thread([this] { tell_on(); });
    return std::nullopt;
  }

  ~Server() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
      wake_all();
    }
    news.notify_all();
    if (teller.joinable()) teller.join();
    if (daemon) MHD_stop_daemon(daemon);
    for (const File& file : files)
      for (MHD_Response* r : {file.plain, file.gzip})
        if (r) MHD_destroy_response(r);
    if (nothing) MHD_destroy_response(nothing);
  }
};

// What the window holds: each call locks what the server's threads use, too.
class HttpServer final : public ClassServer {
 public:
  explicit HttpServer(std::unique_ptr<Server> server) : s_(std::move(server)) {}

  uint16_t port() const override { return s_->port; }

  std::string url(const std::string& host) const override {
    const bool is_six = host.find(':') != std::string::npos;
    return fmt::format("http://{}{}{}:{}/{}/", is_six ? "[" : "", host, is_six ? "]" : "", s_->port,
                       s_->token);
  }

  void tell(const std::string& link) override {
    if (link.size() > kMostTold) return;
    const std::lock_guard lock(s_->mutex);
    if (s_->link == link) return;
    s_->link = one_line(link);
    ++s_->told;
    s_->dirty = true;
    s_->news.notify_one();
  }

  void ask(const Question& question) override {
    const std::lock_guard lock(s_->mutex);
    if (s_->question == question) return;
    s_->question = question;
    ++s_->asked;
    for (Server::Follower& f : s_->followers) f.option = -1;
    s_->dirty = true;
    s_->news.notify_one();
  }

  size_t followers() const override {
    const std::lock_guard lock(s_->mutex);
    return s_->followers.size();
  }

  std::vector<uint32_t> counts() const override {
    const std::lock_guard lock(s_->mutex);
    std::vector<uint32_t> out(s_->question.options.size());
    for (const Server::Follower& f : s_->followers)
      if (f.option >= 0) ++out[size_t(f.option)];
    return out;
  }

 private:
  std::unique_ptr<Server> s_;
};

ServerResult start(const Place& place, const Limits& limits) {
  auto server = std::make_unique<Server>();
  server->limits = limits;
  server->token = random_hex(16);
  if (const auto wrong = server->read_files(place.folder)) return *wrong;
  server->make_responses();
  if (const auto wrong = server->listen(place.address, place.port)) return *wrong;
  return std::unique_ptr<ClassServer>(std::make_unique<HttpServer>(std::move(server)));
}

}  // namespace
}  // namespace qs::serve

void qs_start_class(const qs::serve::Place* place, const qs::serve::Limits* limits,
                    qs::serve::ServerResult* out) {
  *out = qs::serve::start(*place, *limits);
}
