// Every function that the kit's headers declare for drivers has a body in the library.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;

namespace {

// Names declared with a site, which every call of a driver carries.
std::set<std::string> declared() {
  std::set<std::string> names;
  const std::regex declaration("(qs_\\w+)\\(QS_SITE");
  for (const auto& entry : std::filesystem::directory_iterator("engine/include/qs")) {
    if (entry.path().filename().string().rfind("abi", 0) != 0) continue;
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const std::string s = text.str();
    for (std::sregex_iterator i(s.begin(), s.end(), declaration), end; i != end; ++i)
      names.insert((*i)[1]);
  }
  return names;
}

std::set<std::string> defined_in(const std::string& library) {
  std::set<std::string> names;
  FILE* nm = popen(("nm -g --defined-only '" + library + "' 2>/dev/null").c_str(), "r");
  REQUIRE(nm);
  char line[1024];
  while (std::fgets(line, sizeof line, nm)) {
    std::stringstream in(line);
    std::string address, kind, name;
    if (in >> address >> kind >> name && kind == "T") names.insert(name);
  }
  pclose(nm);
  return names;
}

WDFSTRING new_string() {
  WDFSTRING s = nullptr;
  CHECK(qs_WdfStringCreate(AT, nullptr, nullptr, &s) == 0);
  return s;
}

std::string text_of(WDFSTRING s) {
  qs_UNICODE_STRING u{};
  qs_WdfStringGetUnicodeString(AT, s, &u);
  return std::string(u.Buffer, u.Buffer + u.Length / 2);
}

}  // namespace

TEST_CASE("every function declared for drivers has a body") {
  auto names = declared();
  CHECK(names.size() > 200);
  std::string folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  auto bodies = defined_in(folder + "/libqs_kmdf.a");
  REQUIRE(bodies.size() > 200);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(bodies.count(name) == 1);
  }
}

TEST_CASE("what drivers ask about the WDM side of device, driver and file") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  uint16_t name[] = {'\\', 'D', 'e', 'v'};
  b.on_init = [&](PWDFDEVICE_INIT init) {
    qs_UNICODE_STRING text{sizeof name, sizeof name, name};
    CHECK(qs_WdfDeviceInitAssignName(AT, init, &text) == 0);
  };
  b.start();
  b.run_now([&] {
    qs_DEVICE_OBJECT* own = qs_WdfDeviceWdmGetDeviceObject(AT, b.device);
    qs_DEVICE_OBJECT* below = qs_WdfDeviceWdmGetAttachedDevice(AT, b.device);
    REQUIRE(own);
    REQUIRE(below);
    CHECK(own != below);
    CHECK(own == qs_WdfDeviceWdmGetDeviceObject(AT, b.device));
    CHECK(qs_WdfDeviceWdmGetPhysicalDevice(AT, b.device) == below);
    CHECK(qs_WdfWdmDeviceGetWdfDeviceHandle(AT, own) == b.device);
    CHECK(qs_WdfWdmDeviceGetWdfDeviceHandle(AT, below) == nullptr);

    WDFDRIVER driver = qs_WdfGetDriver(AT);
    CHECK(qs_WdfDriverWdmGetDriverObject(AT, driver) != nullptr);
    CHECK(qs_WdfDriverGetRegistryPath(AT, driver)[0] == 0);
    WDFSTRING s = new_string();
    CHECK(qs_WdfDriverRetrieveVersionString(AT, driver, s) == 0);
    CHECK(text_of(s).find("1.33") != std::string::npos);
    CHECK(qs_WdfDeviceRetrieveDeviceName(AT, b.device, s) == 0);
    CHECK(text_of(s) == "\\Dev");

    qs_WDF_DEVICE_STATE state{};
    state.Size = sizeof state;
    qs_WdfDeviceGetDeviceState(AT, b.device, &state);
    CHECK(state.Removed == 0);
    CHECK(qs_WdfPdoMarkMissing(AT, b.device) < 0);  // not a child
  });
  CHECK(b.rules().empty());
}

TEST_CASE("a file object has its WDM view, and is found by it") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  b.on_init = [](PWDFDEVICE_INIT init) {
    qs_WDF_FILEOBJECT_CONFIG c{};
    c.Size = sizeof c;
    c.FileObjectClass = qs_WdfFileObjectWdfCannotUseFsContexts;
    qs_WdfDeviceInitSetFileObjectConfig(AT, init, &c, nullptr);
  };
  b.start();
  b.run_now([&] {
    kmdf::FileObject* f = kmdf::make_file(b.the_device());
    kmdf::Irp* irp = kmdf::make_irp(trace::RequestType::Create, 0, 0, f, {});
    b.the_device()->file_create(f, irp);
    auto file = kmdf::handle<WDFFILEOBJECT>(f);
    qs_FILE_OBJECT* view = qs_WdfFileObjectWdmGetFileObject(AT, file);
    REQUIRE(view);
    CHECK(view->DeviceObject == qs_WdfDeviceWdmGetDeviceObject(AT, b.device));
    CHECK(qs_WdfDeviceGetFileObject(AT, b.device, view) == file);
    CHECK(qs_WdfDeviceGetFileObject(AT, b.device, nullptr) == nullptr);
    CHECK(qs_WdfFileObjectGetFileName(AT, file)->Length == 0);
    CHECK(qs_WdfFileObjectGetFlags(AT, file) == 0);
    CHECK(qs_WdfFileObjectGetInitiatorProcessId(AT, file) != 0);
    CHECK(qs_WdfFileObjectGetDevice(AT, file) == b.device);
  });
}

TEST_CASE("static children start and go with their parent; a missing one goes by itself") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  WDFDEVICE first = nullptr, second = nullptr;
  b.on_add = [&](WDFDEVICE d) {
    for (WDFDEVICE* child : {&first, &second}) {
      PWDFDEVICE_INIT init = qs_WdfPdoInitAllocate(AT, d);
      CHECK(qs_WdfDeviceCreate(AT, &init, nullptr, child) == 0);
      CHECK(qs_WdfFdoAddStaticChild(AT, d, *child) == 0);
      CHECK(qs_WdfFdoAddStaticChild(AT, d, *child) == QS_STATUS_INVALID_DEVICE_STATE);
    }
    CHECK(qs_WdfPdoGetParent(AT, first) == d);
  };
  b.start();
  REQUIRE(b.framework->devices.size() == 3);
  kmdf::Device* one = b.framework->devices[1];
  kmdf::Device* two = b.framework->devices[2];
  CHECK(one->in_d0());
  b.run([&] {
    CHECK(qs_WdfDeviceWdmGetPhysicalDevice(AT, first) == qs_WdfDeviceWdmGetDeviceObject(AT, first));
    CHECK(qs_WdfPdoMarkMissing(AT, first) == 0);
  });
  CHECK(one->removed);
  CHECK_FALSE(two->removed);
  qs_WDF_DEVICE_STATE state{};
  state.Size = sizeof state;
  b.run([&] { b.the_device()->pnp_remove(); });
  CHECK(two->removed);
}
