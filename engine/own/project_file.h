// What a driver's Visual Studio project says of it, so that a driver written for Windows needs no
// other file here. Owns: ProjectFile, read_project. Called by find_own_source; any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace qs::own {

// Of all configurations together, with the projects of libraries that it is linked with and that
// lie beside it: a driver of several projects is one driver. What names a property of the build
// ("$(Platform)") is left out, but for the folders of the project and of its solution.
struct ProjectFile {
  std::vector<std::string> sources;      // C and C++ files that exist, as paths from the folder
  std::vector<std::string> includes;     // folders that exist; absolute
  std::vector<std::string> definitions;  // "UNICODE", "POOL_NX_OPTIN=1"
};

// The .vcxproj in that folder; none when there is no readable one, or when there are several.
std::optional<ProjectFile> read_project(const std::string& folder);

}  // namespace qs::own
