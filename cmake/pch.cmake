# Precompiled headers. qs_pch has those of the standard library and fmt, qs_test_pch doctest as well;
# where a folder's files include the same headers of ours nearly all, they have precompiled headers of
# their own with these.
#
# Files still include what they use: the presets noui and plain are built without, so that what is
# missing shows.

option(QS_PCH "Precompile the headers of other libraries (gcc, and for the page)" ON)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT EMSCRIPTEN)
  set(QS_PCH OFF)  # clang wants the same definitions in every file that uses one
endif()

set(qs_std_headers
  <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <cstdio> <cstdlib> <cstring> <deque>
  <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream>
  <string> <string_view> <unordered_map> <utility> <variant> <vector> <fmt/format.h>)

# Tests run for seconds and are compiled for minutes: no optimization, and asserts that are small.
set(QS_TEST_FLAGS $<$<CONFIG:RelWithDebInfo>:-O0> -DDOCTEST_CONFIG_SUPER_FAST_ASSERTS)

# A file that uses precompiled headers must be compiled with their flags: of one set of libraries
# and options, hence one target for ours and one for the tests.
function(qs_pch_target target)
  cmake_parse_arguments(P "" "" "HEADERS;LINK;FLAGS" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${target}.cpp CONTENT "")
  add_library(${target} OBJECT ${CMAKE_BINARY_DIR}/${target}.cpp)
  target_link_libraries(${target} PRIVATE qs_flags fmt::fmt Threads::Threads ${P_LINK})
  target_compile_options(${target} PRIVATE ${P_FLAGS})
  target_precompile_headers(${target} PRIVATE ${P_HEADERS})
endfunction()

if(QS_PCH)
  qs_pch_target(qs_pch HEADERS ${qs_std_headers})
  if(QS_TESTS)
    qs_pch_target(qs_test_pch HEADERS ${qs_std_headers} <doctest/doctest.h>
      LINK doctest::doctest FLAGS ${QS_TEST_FLAGS})
  endif()
endif()

# qs_use_pch(<target> <qs_pch or qs_test_pch>)
function(qs_use_pch target pch)
  if(QS_PCH)
    target_precompile_headers(${target} REUSE_FROM ${pch})
  endif()
endfunction()

# qs_own_pch(<target> <header>...): the common ones and these.
function(qs_own_pch target)
  if(QS_PCH)
    target_precompile_headers(${target} PRIVATE ${qs_std_headers} ${ARGN})
  endif()
endfunction()
