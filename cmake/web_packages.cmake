# The libraries of packages.cmake, for the web: compiled here, from the sources of the same Debian
# packages, since those are for this machine. `./dev web` unpacks the sources into QS_WEB_SOURCES;
# libraries of headers alone are taken as they are installed.

set(QS_WEB_SOURCES "" CACHE PATH "Where ./dev web has unpacked the sources of libraries")
set(QS_WEB_BAKED "" CACHE FILEPATH "What qs_bake of a build for this machine has written")

# qs_web_source(<variable> <package>): its folder.
function(qs_web_source variable package)
  file(GLOB found ${QS_WEB_SOURCES}/${package}-*)
  list(LENGTH found count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "The sources of ${package} are not in '${QS_WEB_SOURCES}'. Run ./dev web.")
  endif()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

# qs_web_headers(<target> <name in /usr/include>): that folder alone, and not what is beside it.
function(qs_web_headers target name)
  set(folder ${CMAKE_BINARY_DIR}/headers/${name})
  file(MAKE_DIRECTORY ${folder})
  if(NOT EXISTS /usr/include/${name})
    message(FATAL_ERROR "/usr/include/${name} is missing. Run ./dev web.")
  endif()
  file(CREATE_LINK /usr/include/${name} ${folder}/${name} SYMBOLIC)
  target_include_directories(${target} SYSTEM INTERFACE ${folder})
endfunction()

function(qs_web_library target folder)
  cmake_parse_arguments(W "" "" "SOURCES;DEFINE" ${ARGN})
  add_library(${target} STATIC ${W_SOURCES})
  target_include_directories(${target} SYSTEM PUBLIC ${folder})
  target_compile_definitions(${target} PUBLIC ${W_DEFINE})
  target_compile_options(${target} PRIVATE -w -Os)
endfunction()

qs_web_source(source fmtlib)
qs_web_library(qs_fmt ${source}/include SOURCES ${source}/src/format.cc)
add_library(fmt::fmt ALIAS qs_fmt)

qs_web_source(source md4c)
qs_web_library(qs_md4c ${source}/src SOURCES ${source}/src/md4c.c DEFINE MD4C_USE_UTF8)
add_library(PkgConfig::MD4C ALIAS qs_md4c)

qs_web_source(source libzstd)
file(GLOB sources ${source}/lib/common/*.c ${source}/lib/compress/*.c ${source}/lib/decompress/*.c)
qs_web_library(qs_zstd ${source}/lib SOURCES ${sources} DEFINE ZSTD_DISABLE_ASM)
target_compile_definitions(qs_zstd PRIVATE  # small rather than fast, as its own Makefile has it
  HUF_FORCE_DECOMPRESS_X1 ZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT ZSTD_NO_INLINE
  ZSTD_STRIP_ERROR_STRINGS DYNAMIC_BMI2=0)
add_library(PkgConfig::ZSTD ALIAS qs_zstd)

qs_web_source(source qrencode)
foreach(name bitstream mask mmask mqrspec qrencode qrinput qrspec rsecc split)
  list(APPEND qrencode ${source}/${name}.c)
endforeach()
qs_web_library(qs_qrencode ${source} SOURCES ${qrencode} DEFINE STATIC_IN_RELEASE=static
  MAJOR_VERSION=4 MINOR_VERSION=0 MICRO_VERSION=0 VERSION=\"4\")
add_library(PkgConfig::QRENCODE ALIAS qs_qrencode)

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/toml.cpp
  CONTENT "#define TOML_IMPLEMENTATION\n#include <toml++/toml.h>\n")
add_library(qs_toml STATIC ${CMAKE_BINARY_DIR}/toml.cpp)
target_compile_options(qs_toml PRIVATE -w -Os -fexceptions)
target_compile_definitions(qs_toml PUBLIC TOML_HEADER_ONLY=0)
add_library(qs_toml_headers INTERFACE)
qs_web_headers(qs_toml_headers toml++)
target_link_libraries(qs_toml PUBLIC qs_toml_headers)
add_library(PkgConfig::TOMLPP ALIAS qs_toml)

add_library(qs_json INTERFACE)
qs_web_headers(qs_json nlohmann)
add_library(nlohmann_json::nlohmann_json ALIAS qs_json)

add_library(qs_cli11 INTERFACE)
qs_web_headers(qs_cli11 CLI)
add_library(CLI11::CLI11 ALIAS qs_cli11)

add_library(qs_stb INTERFACE)
qs_web_headers(qs_stb stb)
target_include_directories(qs_stb SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers/stb/stb)
add_library(PkgConfig::STB ALIAS qs_stb)

add_library(qs_boost_context INTERFACE)  # fibers are the browser's: engine/sched/fiber_web.cpp
add_library(Threads::Threads INTERFACE IMPORTED)

qs_web_source(QS_IMGUI_DIR imgui)
include(imgui)
# WebGL 2 has no offset into vertices: indices as large as it takes.
target_compile_definitions(qs_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3 "ImDrawIdx=unsigned int")

# For drivers of one's own, which need processes (QS_WEB_WITHOUT).
foreach(name SECCOMP DW ELF)
  add_library(PkgConfig::${name} INTERFACE IMPORTED)
endforeach()
