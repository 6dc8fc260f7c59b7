// Which backend opens the window, on machines of all kinds: a folder stands for each.
#include "ui/platform/choose.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

struct FakeMachine {
  fs::path root = fs::temp_directory_path() / ("qs-machine-" + std::to_string(getpid()));

  FakeMachine() {
    fs::create_directories(root / "dev/dri");
    fs::create_directories(root / "sys/class/drm");
    start("first");
    for (const char* name : {"DISPLAY", "LIBGL_ALWAYS_SOFTWARE"}) unsetenv(name);
  }
  ~FakeMachine() {
    for (const char* name : {"DISPLAY", "LIBGL_ALWAYS_SOFTWARE"}) unsetenv(name);
    std::error_code none;
    fs::remove_all(root, none);
  }
  void file(const std::string& name, const std::string& text = "") {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text << '\n';
  }
  void start(const std::string& id) { file("proc/sys/kernel/random/boot_id", id); }
  void card(const std::string& node, const std::string& driver) {
    file("dev/dri/" + node);
    fs::create_directories(root / "sys/class/drm" / node / "device");
    fs::create_symlink("../../bus/pci/drivers/" + driver,
                       root / "sys/class/drm" / node / "device/driver");
  }
  Machine look() const { return look_at_machine(root.string()); }
  DrawingMemory memory() const { return DrawingMemory((root / "state/drawing").string()); }
  Backend first() const { return memory().first(look()); }
};

}  // namespace

TEST_CASE("backend: without a graphics card the processor draws, with nothing opened before") {
  FakeMachine m;
  CHECK(m.first() == Backend::sdl2);
  m.card("renderD128", "vgem");  // hands pixels on, draws nothing
  CHECK(m.first() == Backend::sdl2);
  m.file("dev/dri/card0");  // shows pixels, draws nothing
  CHECK(m.first() == Backend::sdl2);
}

TEST_CASE("backend: a card is drawn with, unless the environment says otherwise") {
  FakeMachine m;
  m.card("renderD128", "amdgpu");
  CHECK(m.first() == Backend::glfw_gl3);
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  CHECK(m.first() == Backend::sdl2);
  setenv("LIBGL_ALWAYS_SOFTWARE", "0", 1);
  CHECK(m.first() == Backend::glfw_gl3);
}

TEST_CASE("backend: a driver with a door of its own counts as a card") {
  FakeMachine m;
  m.file("dev/nvidiactl");
  CHECK(m.first() == Backend::glfw_gl3);
}

TEST_CASE("backend: that OpenGL is imitated is remembered until the machine is another") {
  FakeMachine m;
  m.card("renderD128", "virtio-pci");
  CHECK(m.first() == Backend::glfw_gl3);
  m.memory().opengl_is_imitated(m.look());
  CHECK(m.first() == Backend::sdl2);
  setenv("DISPLAY", "far-away:10", 1);
  CHECK(m.first() == Backend::glfw_gl3);
  unsetenv("DISPLAY");
  CHECK(m.first() == Backend::sdl2);
  m.card("renderD129", "amdgpu");
  CHECK(m.first() == Backend::glfw_gl3);
  m.memory().opengl_is_imitated(m.look());
  CHECK(m.first() == Backend::sdl2);
  m.start("second");
  CHECK(m.first() == Backend::glfw_gl3);
}

TEST_CASE("backend: nothing is remembered where nothing can be written, or the memory is damaged") {
  FakeMachine m;
  m.card("renderD128", "i915");
  const DrawingMemory nowhere{""};
  nowhere.opengl_is_imitated(m.look());
  CHECK(nowhere.first(m.look()) == Backend::glfw_gl3);
  m.file("blocked", "a file where a folder would be");
  const DrawingMemory blocked{(m.root / "blocked/drawing").string()};
  blocked.opengl_is_imitated(m.look());
  CHECK(blocked.first(m.look()) == Backend::glfw_gl3);
  m.memory().opengl_is_imitated(m.look());
  m.file("state/drawing", "renderD1");
  CHECK(m.first() == Backend::glfw_gl3);
}
