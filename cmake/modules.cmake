# qs_module, qs_ui, qs_executable: our own libraries and the program.

# qs_of_this_platform(<out> <sources>...): of x.cpp and x_web.cpp, the one that is for this platform;
# and without what the web has no use for (QS_WEB_WITHOUT, web.cmake).
function(qs_of_this_platform out)
  set(sources ${ARGN})
  if(EMSCRIPTEN)
    foreach(source ${ARGN})
      if(source MATCHES "^(.*)_web\\.cpp$")
        list(REMOVE_ITEM sources ${CMAKE_MATCH_1}.cpp)
      endif()
    endforeach()
    foreach(name ${QS_WEB_WITHOUT})
      list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${name})
    endforeach()
  else()
    list(FILTER sources EXCLUDE REGEX "_web\\.cpp$")
  endif()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# qs_module(<name> [USES <modules>] [LINK <libraries>] [DEFINE <definitions>] [PCH <headers>])
# Static library qs_<name> of engine/<name>, with its folders. Include root: engine/. PCH: headers of
# ours to precompile (pch.cmake).
function(qs_module name)
  cmake_parse_arguments(M "" "" "USES;LINK;DEFINE;PCH" ${ARGN})
  set(dir ${CMAKE_SOURCE_DIR}/engine/${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.cpp ${dir}/*.c)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/engine/cli/main.cpp
    ${CMAKE_SOURCE_DIR}/engine/serve/http_server.cpp)
  qs_of_this_platform(sources ${sources})
  list(TRANSFORM M_USES PREPEND qs_)
  qs_join(sources qs_${name} ${CMAKE_SOURCE_DIR}/engine ${sources})
  add_library(qs_${name} STATIC ${sources})
  if(M_PCH)
    qs_own_pch(qs_${name} ${M_PCH})
  else()
    qs_use_pch(qs_${name} qs_pch)
  endif()
  target_include_directories(qs_${name} PUBLIC ${CMAKE_SOURCE_DIR}/engine)
  target_link_libraries(qs_${name} PRIVATE qs_flags PUBLIC ${M_USES} ${M_LINK})
  target_compile_definitions(qs_${name} PUBLIC ${M_DEFINE})
  if(QS_THREAD_FIBERS AND name STREQUAL "sched")
    target_compile_definitions(qs_${name} PUBLIC QS_THREAD_FIBERS=1)
  endif()
endfunction()

# Static library qs_ui of ui/{app,screens,panes,symbols,toolkit,platform}. Include root: the clone, so
# "ui/app/….h".
# And the backends that open a window, each a module beside the program which loads it when it opens
# one (ui/platform/modules.cpp): the command line, pictures and tests stand on no window library.
function(qs_ui)
  set(globs)
  foreach(folder app screens panes symbols toolkit platform)
    list(APPEND globs ${CMAKE_SOURCE_DIR}/ui/${folder}/*.cpp)
  endforeach()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${globs})
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/ui/platform/glfw_gl3.cpp
    ${CMAKE_SOURCE_DIR}/ui/platform/sdl2.cpp)
  qs_of_this_platform(sources ${sources})
  # Loops over pixels: with -O2 alone compilers take one at a time.
  set_source_files_properties(${CMAKE_SOURCE_DIR}/ui/platform/raster.cpp PROPERTIES
    COMPILE_OPTIONS -O3 SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  # A library of templates by macros is in it.
  set_source_files_properties(${CMAKE_SOURCE_DIR}/ui/toolkit/controls/field.cpp PROPERTIES
    SKIP_UNITY_BUILD_INCLUSION ON)
  qs_join(sources qs_ui ${CMAKE_SOURCE_DIR} ${sources})
  add_library(qs_ui STATIC ${sources})
  qs_own_pch(qs_ui <session/session.h> <ui/toolkit/controls/control.h> <ui/toolkit/core/ui.h>)
  # Pictures are the same on every machine: no product and sum in one where a processor can.
  target_compile_options(qs_ui PRIVATE -ffp-contract=off)
  target_include_directories(qs_ui PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(qs_ui PRIVATE qs_flags PUBLIC
    qs_session qs_assets qs_imgui qs_baked PkgConfig::STB PkgConfig::TOMLPP PkgConfig::MD4C
    PkgConfig::QRENCODE ${CMAKE_DL_LIBS})
  if(EMSCRIPTEN)
    add_library(qs_baked STATIC ${QS_WEB_BAKED})
    return()
  endif()
  target_link_libraries(qs_ui PUBLIC qs_serve)
  qs_bake()
  qs_backend(glfw glfw_gl3.cpp glfw)
  qs_backend(sdl2 sdl2.cpp SDL2::SDL2)
endfunction()

# Library qs_baked: the letters of the window, drawn now, and its texts as a table (ui/bake/main.cpp).
function(qs_bake)
  set(toolkit ${CMAKE_SOURCE_DIR}/ui/toolkit)
  add_executable(qs_bake ${CMAKE_SOURCE_DIR}/ui/bake/main.cpp ${toolkit}/text/fonts.cpp
    ${toolkit}/text/fonts_baked.cpp ${toolkit}/text/texts_file.cpp ${toolkit}/core/compat.cpp
    ${toolkit}/core/input.cpp)
  target_include_directories(qs_bake PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(qs_bake PRIVATE qs_flags qs_assets qs_imgui PkgConfig::STB PkgConfig::TOMLPP)
  set(baked ${CMAKE_BINARY_DIR}/embedded/baked.c)
  add_custom_command(OUTPUT ${baked} COMMAND qs_bake > ${baked} DEPENDS qs_bake
    COMMENT "Drawing the letters of the window, sorting its texts" VERBATIM)
  add_library(qs_baked STATIC ${baked})
endfunction()

# qs_backend(<name> <file of ui/platform> <library>): module queuescope-<name>.so. What it calls of
# Dear ImGui and of ui/ it finds in the program: a copy of its own would have a state of its own.
function(qs_backend name file library)
  set(target queuescope-${name})
  add_library(${target} MODULE ${CMAKE_SOURCE_DIR}/ui/platform/${file})
  set_target_properties(${target} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/engine)
  target_include_directories(${target} SYSTEM PRIVATE ${QS_IMGUI_INCLUDE})
  target_link_libraries(${target} PRIVATE qs_flags ${library})
  install(TARGETS ${target} LIBRARY DESTINATION lib/queuescope)
endfunction()

# qs_loaded(<name> <libraries> <files>): module queuescope-<name>.so, which needs nothing of the program
# (engine/base/modules.h).
function(qs_loaded name libraries)
  set(target queuescope-${name})
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/engine/)
  add_library(${target} MODULE ${ARGN})
  set_target_properties(${target} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/engine)
  target_link_libraries(${target} PRIVATE qs_flags ${libraries})
  install(TARGETS ${target} LIBRARY DESTINATION lib/queuescope)
endfunction()

# qs_opens_windows(<executable>): shows the backends' modules what they look for in it.
function(qs_opens_windows target)
  target_link_options(${target} PRIVATE
    -Wl,--dynamic-list=${CMAKE_SOURCE_DIR}/cmake/for_backends.list)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS
    ${CMAKE_SOURCE_DIR}/cmake/for_backends.list)
  add_dependencies(${target} queuescope-glfw queuescope-sdl2)
endfunction()

# qs_runs_drivers(<executable>): it can be the runner of drivers that are not compiled in
# (engine/own): it has all of the border, and shows it to what it loads.
function(qs_runs_drivers target)
  target_link_options(${target} PRIVATE
    -Wl,--dynamic-list=${CMAKE_SOURCE_DIR}/cmake/for_drivers.list
    -Wl,--whole-archive $<TARGET_FILE:qs_kmdf> -Wl,--no-whole-archive)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS
    ${CMAKE_SOURCE_DIR}/cmake/for_drivers.list)
endfunction()

# build/queuescope: of ui/main.cpp, or without a window of engine/cli/main.cpp.
function(qs_executable)
  if(EMSCRIPTEN)
    qs_web_page()
    return()
  endif()
  if(QS_UI)
    add_executable(queuescope ${CMAKE_SOURCE_DIR}/ui/main.cpp)
    # The library that most names are looked for in, first: the loader asks each in turn.
    target_link_libraries(queuescope PRIVATE stdc++ qs_flags qs_cli qs_ui)
    qs_opens_windows(queuescope)
  else()
    add_executable(queuescope ${CMAKE_SOURCE_DIR}/engine/cli/main.cpp)
    target_link_libraries(queuescope PRIVATE qs_flags qs_cli)
  endif()
  # Ten thousand addresses to be set when it is loaded take a bit each instead of 24 bytes. For the program
  # alone, whose start counts.
  include(CheckLinkerFlag)
  check_linker_flag(CXX -Wl,-z,pack-relative-relocs QS_PACKS_ADDRESSES)
  if(QS_PACKS_ADDRESSES)
    target_link_options(queuescope PRIVATE -Wl,-z,pack-relative-relocs)
  endif()
  qs_runs_drivers(queuescope)
endfunction()
