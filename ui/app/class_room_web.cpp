// A page cannot serve anybody.
#include "ui/app/class_room.h"

namespace qs::serve {
class ClassServer {};
}  // namespace qs::serve

namespace qs::ui {

ClassRoom::ClassRoom() = default;
ClassRoom::~ClassRoom() = default;

bool ClassRoom::can_serve() { return false; }
std::vector<std::string> ClassRoom::addresses() const { return {}; }
std::string ClassRoom::open(const std::string&) { return "A web page cannot serve a class."; }
void ClassRoom::close() {}
bool ClassRoom::is_open() const { return false; }
std::string ClassRoom::url() const { return ""; }
void ClassRoom::tell(const std::string&) {}
void ClassRoom::ask(const std::string&, const std::vector<std::string>&) {}
size_t ClassRoom::followers() const { return 0; }
std::vector<uint32_t> ClassRoom::counts() const { return {}; }

}  // namespace qs::ui
