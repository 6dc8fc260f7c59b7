# Language levels, build types and the flags of our own code.
#
# qs_flags (INTERFACE): linked by every target made from our sources, never by third-party sources
# nor by drivers, which have flags of their own (cmake/driver.cmake).

set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# The default: fast, with line numbers, and with asserts (no NDEBUG): an engine that is wrong must
# say so.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Debug, RelWithDebInfo or Release" FORCE)
endif()
foreach(lang C CXX)
  set(CMAKE_${lang}_FLAGS_RELWITHDEBINFO "-O2 -g1")
endforeach()

# ccache when it is there and nobody chose otherwise.
find_program(QS_CCACHE ccache)
if(QS_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${QS_CCACHE})
  # What ccache asks for where headers are precompiled (its manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${QS_CCACHE})
endif()

# No paths of the building machine in binaries: __FILE__ and debug lines are relative to the clone.
# Also for third-party sources and drivers, hence not part of qs_flags. The first match of the last
# option wins, so the build folder (often inside the clone) comes last. It counts as the root, too:
# compilers run there, and debuggers and test failures show names that are relative to it.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# A ccache with a base_dir hands the compiler names that are relative to the build folder.
file(RELATIVE_PATH QS_SOURCE_FROM_BUILD ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR})
add_compile_options(-ffile-prefix-map=${QS_SOURCE_FROM_BUILD}=)
add_compile_options(-ffile-prefix-map=${CMAKE_BINARY_DIR}=.)

add_library(qs_flags INTERFACE)
target_compile_options(qs_flags INTERFACE -Wall -Wextra -Wshadow -Wno-missing-field-initializers)
# Pictures are the same on every machine: no product and sum in one where a processor can.
target_compile_options(qs_flags INTERFACE -ffp-contract=off)
if(QS_WERROR)
  target_compile_options(qs_flags INTERFACE -Werror)
endif()

if(QS_SANITIZE STREQUAL "address")
  set(qs_sanitize_flags -fsanitize=address,undefined -fno-sanitize-recover=undefined
                        -fno-omit-frame-pointer)
elseif(NOT QS_SANITIZE STREQUAL "")
  message(FATAL_ERROR "QS_SANITIZE is '${QS_SANITIZE}': use nothing or address.")
endif()
if(QS_FUZZ)
  target_compile_options(qs_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(QS_SANITIZE)
  target_compile_options(qs_flags INTERFACE ${qs_sanitize_flags})
  target_link_options(qs_flags INTERFACE ${qs_sanitize_flags})
endif()
