#include "run/registry.h"

namespace qs::run {

OwnDriver::OwnDriver(std::string n, Texts t, std::string p)
    : name(std::move(n)), texts(std::move(t)), program_text(std::move(p)) {
  for (const auto& [file, text] : texts)
    files.push_back(
        {file.c_str(), reinterpret_cast<const unsigned char*>(text.c_str()), text.size()});
  driver = {name.c_str(), nullptr, files.data(), int(files.size())};
}

}  // namespace qs::run
