# qs_imgui: Dear ImGui with its drawing by OpenGL 3 (which finds OpenGL when it is called), as system
# headers. QS_IMGUI_INCLUDE: where they are, for the backends' modules, which find the rest in the
# program.
#
# Either Debian's package (1.86 and later: a static library), or any source folder:
# -DQS_IMGUI_DIR=<folder>.

if(QS_IMGUI_DIR)
  set(imgui_gl3 ${QS_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
  file(GLOB imgui_core CONFIGURE_DEPENDS ${QS_IMGUI_DIR}/imgui*.cpp)
  if(NOT imgui_core OR NOT EXISTS ${imgui_gl3})
    message(FATAL_ERROR "QS_IMGUI_DIR=${QS_IMGUI_DIR} has no imgui.cpp or no "
      "backends/imgui_impl_opengl3.cpp: give the root of a Dear ImGui source tree (1.86 or later).")
  endif()
  add_library(qs_imgui STATIC ${imgui_core} ${imgui_gl3})
  set(QS_IMGUI_INCLUDE ${QS_IMGUI_DIR} ${QS_IMGUI_DIR}/backends)
  target_include_directories(qs_imgui SYSTEM PUBLIC ${QS_IMGUI_INCLUDE})
  target_compile_options(qs_imgui PRIVATE -w)
  target_link_libraries(qs_imgui PUBLIC ${CMAKE_DL_LIBS})
  set(imgui_header ${QS_IMGUI_DIR}/imgui.h)
else()
  qs_need_pc(IMGUI imgui libimgui-dev)
  pkg_get_variable(imgui_include imgui includedir)
  set(QS_IMGUI_INCLUDE ${imgui_include} ${imgui_include}/backends)
  add_library(qs_imgui INTERFACE)
  target_include_directories(qs_imgui SYSTEM INTERFACE ${QS_IMGUI_INCLUDE})
  target_link_libraries(qs_imgui INTERFACE PkgConfig::IMGUI ${CMAKE_DL_LIBS})
  set(imgui_header ${imgui_include}/imgui.h)
endif()

file(STRINGS ${imgui_header} imgui_version REGEX "^#define IMGUI_VERSION_NUM")
string(REGEX REPLACE "[^0-9]" "" imgui_version "${imgui_version}")
message(STATUS "Dear ImGui ${imgui_version}")
