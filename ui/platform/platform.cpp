#include "ui/platform/platform.h"

#include "base/write_file.h"
#include "ui/platform/imgui_host.h"

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#include <stb_image_write.h>
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

namespace qs::ui {

std::string_view backend_name(Backend backend) {
  switch (backend) {
    case Backend::glfw_gl3: return "glfw";
    case Backend::sdl2: return "sdl2";
    case Backend::headless: return "headless";
    case Backend::null_host: return "null";
  }
  return "";
}

bool find_backend(std::string_view name, Backend& out) {
  for (const Backend b :
       {Backend::glfw_gl3, Backend::sdl2, Backend::headless, Backend::null_host}) {
    if (backend_name(b) == name) {
      out = b;
      return true;
    }
  }
  return false;
}

PlatformResult Platform::create(Backend backend, const WindowOptions& options) {
  switch (backend) {
    case Backend::glfw_gl3:
    case Backend::sdl2: return create_window(backend, options);
    case Backend::headless:
    case Backend::null_host: break;
  }
  return create_headless(backend, options);
}

Platform::Platform(Backend backend) : backend_(backend) {}
Platform::~Platform() = default;

Result<std::string> encode_png(const Picture& picture) {
  if (picture.rgb.empty()) return Error{"", 0, "there is no picture to save"};
  std::string bytes;
  const auto take = [](void* to, void* data, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data), std::size_t(size));
  };
  if (!stbi_write_png_to_func(take, &bytes, picture.width, picture.height, 3, picture.rgb.data(),
                              picture.width * 3))
    return Error{"", 0, "there is not enough memory for this picture"};
  return bytes;
}

Result<bool> write_png(const Picture& picture, const std::string& path) {
  auto bytes = encode_png(picture);
  if (!bytes) return Error{path, 0, bytes.error().message};
  return write_file(path, *bytes, Target::Anything);
}

}  // namespace qs::ui
