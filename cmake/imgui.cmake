# qs_imgui: Dear ImGui with the backends glfw, opengl3, sdl2 and sdlrenderer, as system headers.
#
# Either Debian's package (1.86 in Debian 12, 1.90 in 13: a static library that has all of it but
# the sdlrenderer backend, whose source lies among the package's examples), or any source folder:
# -DQS_IMGUI_DIR=<folder>.

# qs_imgui_backend(<out> <folder> <name>...): the source of a backend under the first of its names
# that is there: 1.86 to 1.89 said sdl and sdlrenderer, later releases put a 2 after them.
function(qs_imgui_backend out folder)
  set(${out} "" PARENT_SCOPE)
  foreach(name ${ARGN})
    if(EXISTS ${folder}/imgui_impl_${name}.cpp)
      set(${out} ${folder}/imgui_impl_${name}.cpp PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

if(QS_IMGUI_DIR)
  set(imgui_backends ${QS_IMGUI_DIR}/backends)
  file(GLOB imgui_core CONFIGURE_DEPENDS ${QS_IMGUI_DIR}/imgui*.cpp)
  set(imgui_backend_sources)
  foreach(names "glfw" "opengl3" "sdl2;sdl" "sdlrenderer2;sdlrenderer")
    qs_imgui_backend(found ${imgui_backends} ${names})
    list(GET names 0 name)
    if(NOT found)
      message(FATAL_ERROR "QS_IMGUI_DIR=${QS_IMGUI_DIR} has no backends/imgui_impl_${name}.cpp: "
        "give the root of a Dear ImGui source tree (1.86 or later).")
    endif()
    list(APPEND imgui_backend_sources ${found})
  endforeach()
  if(NOT imgui_core)
    message(FATAL_ERROR "QS_IMGUI_DIR=${QS_IMGUI_DIR} has no imgui.cpp.")
  endif()
  add_library(qs_imgui STATIC ${imgui_core} ${imgui_backend_sources}
    ${QS_IMGUI_DIR}/misc/cpp/imgui_stdlib.cpp)
  target_include_directories(qs_imgui SYSTEM PUBLIC
    ${QS_IMGUI_DIR} ${imgui_backends} ${QS_IMGUI_DIR}/misc/cpp)
  target_compile_options(qs_imgui PRIVATE -w)
  target_link_libraries(qs_imgui PUBLIC glfw SDL2::SDL2 OpenGL::GL ${CMAKE_DL_LIBS})
  set(imgui_header ${QS_IMGUI_DIR}/imgui.h)
else()
  qs_need_pc(IMGUI imgui libimgui-dev)
  pkg_get_variable(imgui_include imgui includedir)
  pkg_get_variable(imgui_prefix imgui prefix)
  qs_imgui_backend(imgui_sdlrenderer ${imgui_prefix}/share/doc/libimgui-dev/examples/backends
    sdlrenderer2 sdlrenderer)
  if(NOT imgui_sdlrenderer)
    message(FATAL_ERROR
      "The SDL_Renderer backend of Dear ImGui is missing: libimgui-dev keeps its source "
      "(imgui_impl_sdlrenderer2.cpp) among its documentation, which this machine's dpkg settings "
      "(path-exclude) left out. Run ./dev build, which installs it, or:\n"
      "  apt-get install --reinstall -o Dpkg::Options::='--path-include=*/doc/libimgui-dev/*' "
      "libimgui-dev\n"
      "Or build without the window: -DQS_UI=OFF; or give a source tree: -DQS_IMGUI_DIR=<folder>.")
  endif()
  add_library(qs_imgui STATIC ${imgui_sdlrenderer})
  target_include_directories(qs_imgui SYSTEM PUBLIC ${imgui_include} ${imgui_include}/backends)
  target_compile_options(qs_imgui PRIVATE -w)
  target_link_libraries(qs_imgui PUBLIC PkgConfig::IMGUI glfw SDL2::SDL2 OpenGL::GL
    ${CMAKE_DL_LIBS})
  set(imgui_header ${imgui_include}/imgui.h)
endif()

file(STRINGS ${imgui_header} imgui_version REGEX "^#define IMGUI_VERSION_NUM")
string(REGEX REPLACE "[^0-9]" "" imgui_version "${imgui_version}")
message(STATUS "Dear ImGui ${imgui_version}")
