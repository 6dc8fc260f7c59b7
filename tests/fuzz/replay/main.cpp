// Gives every file of a folder to a fuzzer's function, once: what has been found stays found,
// without clang. Called by ctest, as qs_replay <fuzzer> tests/fuzz/corpus/<fuzzer>. QS_FUZZERS, a
// FUZZER(name) each, comes from tests/CMakeLists.txt.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#define FUZZER(name) extern "C" int qs_fuzz_##name(const std::uint8_t* data, std::size_t size);
QS_FUZZERS
#undef FUZZER

namespace {

struct Fuzzer {
  std::string_view name;
  int (*take)(const std::uint8_t* data, std::size_t size);
};

constexpr Fuzzer kFuzzers[] = {
#define FUZZER(name) {#name, qs_fuzz_##name},
    QS_FUZZERS
#undef FUZZER
};

int give(const Fuzzer& fuzzer, const char* folder) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::printf("%s\n", entry.path().c_str());  // the last one is the one that crashed
    std::fflush(stdout);
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    fuzzer.take(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++files;
  }
  return files > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  for (const Fuzzer& fuzzer : kFuzzers)
    if (argc == 3 && fuzzer.name == argv[1]) return give(fuzzer, argv[2]);
  std::fputs("usage: qs_replay <fuzzer> <folder>\n", stderr);
  return 2;
}
