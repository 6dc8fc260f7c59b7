# The libraries we stand on, all of them Debian packages. `./dev build` installs them.

include(FindPkgConfig)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config is missing. Run ./dev build, or: apt-get install pkg-config")
endif()

# qs_need(<cmake package> <debian package> [version]): find it or say what to install.
macro(qs_need package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} is missing. Run ./dev build, or: apt-get install ${debian}")
  endif()
endmacro()

# qs_need_pc(<PREFIX> <pkg-config module> <debian package>): target PkgConfig::<PREFIX>.
macro(qs_need_pc prefix module debian)
  pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${module})
  if(NOT ${prefix}_FOUND)
    message(FATAL_ERROR "${module} is missing. Run ./dev build, or: apt-get install ${debian}")
  endif()
endmacro()

set(THREADS_PREFER_PTHREAD_FLAG ON)
qs_need(Threads g++)
qs_need(fmt libfmt-dev)
qs_need(CLI11 libcli11-dev)
qs_need(nlohmann_json nlohmann-json3-dev)
qs_need_pc(TOMLPP tomlplusplus libtomlplusplus-dev)
qs_need_pc(ZSTD libzstd libzstd-dev)
qs_need_pc(MD4C md4c libmd4c-dev)

# Boost.Context has no pkg-config file, and the CMake files of Boost ask for more than we need.
find_library(QS_BOOST_CONTEXT_LIB boost_context)
find_path(QS_BOOST_INCLUDE boost/context/detail/fcontext.hpp)
if(NOT QS_BOOST_CONTEXT_LIB OR NOT QS_BOOST_INCLUDE)
  message(FATAL_ERROR
    "Boost.Context is missing. Run ./dev build, or: apt-get install libboost-context-dev")
endif()
add_library(qs_boost_context INTERFACE)
target_include_directories(qs_boost_context SYSTEM INTERFACE ${QS_BOOST_INCLUDE})
target_link_libraries(qs_boost_context INTERFACE ${QS_BOOST_CONTEXT_LIB})

if(QS_UI AND NOT EXISTS ${CMAKE_SOURCE_DIR}/ui)
  message(STATUS "There is no ui/ folder: building without the window (QS_UI=OFF)")
  set(QS_UI OFF)
endif()
if(QS_UI)
  qs_need(glfw3 libglfw3-dev 3.3)
  qs_need(SDL2 libsdl2-dev)
  qs_need_pc(STB stb libstb-dev)
  include(imgui)
endif()
if(QS_TESTS)
  qs_need(doctest doctest-dev)
endif()
if(QS_BENCH)
  qs_need(benchmark libbenchmark-dev)
endif()
