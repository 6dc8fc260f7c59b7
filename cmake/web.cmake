# What is built for a browser, of the same sources: by emcc, with -DCMAKE_TOOLCHAIN_FILE as ./dev web
# gives it. Of x.cpp and x_web.cpp the latter is taken.

set(QS_WEB_LINK_LEVEL s CACHE STRING "How far the page is optimized when it is linked: 0 to 3, s, z")

include(web_packages)

# The drivers that are not compiled in need a compiler and processes.
set(QS_WEB_WITHOUT engine/own/box.cpp engine/own/kit.cpp engine/own/landlock.cpp
  engine/own/object.cpp engine/own/process.cpp engine/own/record.cpp engine/own/runner.cpp)

set_source_files_properties(${CMAKE_SOURCE_DIR}/ui/app/page_web.cpp
  ${CMAKE_SOURCE_DIR}/ui/platform/modules_web.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

set(CMAKE_C_FLAGS_RELWITHDEBINFO "-Os")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-Os")
# What more there is to gain in ours binaryen finds when it links: -Os takes half as long again for
# the same size.
target_compile_options(qs_flags INTERFACE -O1)
set(CMAKE_EXE_LINKER_FLAGS_RELWITHDEBINFO "-O${QS_WEB_LINK_LEVEL}")
# An exception that may be caught makes each call on its way a detour through JavaScript. Only two of
# ours are: a text that is not TOML, and the end of a run.
set_source_files_properties(${CMAKE_SOURCE_DIR}/engine/base/toml.cpp
  ${CMAKE_SOURCE_DIR}/engine/run/run.cpp PROPERTIES
  COMPILE_OPTIONS -fexceptions SKIP_UNITY_BUILD_INCLUSION ON SKIP_PRECOMPILE_HEADERS ON)

set(qs_web_link -fexceptions -sASYNCIFY
  -sASYNCIFY_REMOVE=@${CMAKE_CURRENT_LIST_DIR}/web_never_parked.txt -sALLOW_MEMORY_GROWTH=1
  -sINITIAL_MEMORY=67108864 -sTOTAL_STACK=1048576 -sENVIRONMENT=web,worker,node)

# The page, and for tests the command line in Node.
function(qs_web_page)
  target_compile_options(qs_cli PRIVATE -fexceptions)  # of CLI11 and nlohmann
  set_target_properties(qs_cli PROPERTIES DISABLE_PRECOMPILE_HEADERS ON)
  add_executable(queuescope-node EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/engine/cli/main.cpp)
  target_link_libraries(queuescope-node PRIVATE qs_flags qs_cli)
  target_link_options(queuescope-node PRIVATE ${qs_web_link} -sNODERAWFS=1 -sEXIT_RUNTIME=1)

  add_executable(queuescope ${CMAKE_SOURCE_DIR}/ui/main_web.cpp)
  target_link_libraries(queuescope PRIVATE qs_flags qs_ui)
  target_link_options(queuescope PRIVATE ${qs_web_link} -sMIN_WEBGL_VERSION=2
    -sMAX_WEBGL_VERSION=2 -sEXPORTED_RUNTIME_METHODS=ccall,FS)
  foreach(file index.html page.js class.js)
    configure_file(${CMAKE_SOURCE_DIR}/web/${file} ${CMAKE_BINARY_DIR}/page/${file} COPYONLY)
  endforeach()
  set_target_properties(queuescope PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/page)
endfunction()
