#include "ui/app/class_room.h"

#include <filesystem>

#include "serve/class_server.h"

namespace qs::ui {
namespace {

namespace fs = std::filesystem;

// Where it is installed, as seen from the program; where ./dev web builds it.
std::string page_folder() {
  std::error_code none;
  const fs::path here = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (const char* place : {"../share/queuescope/page", "../build-web/page"})
    if (fs::exists(here / place / "index.html", none)) return (here / place).string();
  return "";
}

}  // namespace

ClassRoom::ClassRoom() = default;
ClassRoom::~ClassRoom() = default;

bool ClassRoom::can_serve() { return true; }

std::vector<std::string> ClassRoom::addresses() const {
  if (!wanted.empty()) return {wanted};
  std::vector<std::string> all = serve::own_addresses();
  all.emplace_back("127.0.0.1");
  return all;
}

std::string ClassRoom::open(const std::string& address) {
  const std::string page = folder.empty() ? page_folder() : folder;
  if (page.empty())
    return "The page is not here: build it with ./dev web, or name its folder with --page.";
  constexpr uint16_t kTries = 20;
  Error last;
  for (uint16_t i = 0; i < kTries && !server_; ++i) {
    auto made = serve::start_class({page, address, uint16_t(port + i)});
    if (made)
      server_ = std::move(*made);
    else
      last = made.error();
  }
  host_ = address;
  return server_ ? "" : last.text();
}

void ClassRoom::close() { server_.reset(); }
bool ClassRoom::is_open() const { return server_ != nullptr; }
std::string ClassRoom::url() const { return server_ ? server_->url(host_) : ""; }

void ClassRoom::tell(const std::string& link) {
  if (server_) server_->tell(link);
}
void ClassRoom::ask(const std::string& question, const std::vector<std::string>& options) {
  if (server_) server_->ask({question, options});
}
size_t ClassRoom::followers() const { return server_ ? server_->followers() : 0; }
std::vector<uint32_t> ClassRoom::counts() const {
  return server_ ? server_->counts() : std::vector<uint32_t>();
}

}  // namespace qs::ui
