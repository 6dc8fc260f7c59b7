# WDF drivers in C and C++: qs_add_driver().

set(QS_DRIVER_INCLUDE ${CMAKE_SOURCE_DIR}/engine/include)
set(QS_DRIVER_DIR ${CMAKE_BINARY_DIR}/drivers)
file(STRINGS ${QS_DRIVER_INCLUDE}/qs/driver.flags QS_DRIVER_FLAGS)
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  file(STRINGS ${QS_DRIVER_INCLUDE}/qs/driver.clang.flags flags)
  list(APPEND QS_DRIVER_FLAGS ${flags})
endif()
set(QS_DRIVER_CXX_FLAGS ${QS_DRIVER_FLAGS})
list(FILTER QS_DRIVER_CXX_FLAGS EXCLUDE REGEX "^-std=")
file(STRINGS ${QS_DRIVER_INCLUDE}/qs/driver.cxx.flags flags)
list(APPEND QS_DRIVER_CXX_FLAGS ${flags})
if(QS_WERROR)
  list(APPEND QS_DRIVER_FLAGS -Werror)
endif()
if(QS_FUZZ)
  # The fuzzer's own coverage hook ends the program; fuzzers need no lit lines.
  list(FILTER QS_DRIVER_FLAGS EXCLUDE REGEX "sanitize-coverage")
  list(FILTER QS_DRIVER_CXX_FLAGS EXCLUDE REGEX "sanitize-coverage")
endif()
set(QS_READELF ${CMAKE_READELF})
if(QS_READELF MATCHES "llvm")  # which prints no decoded lines
  find_program(QS_GNU_READELF readelf REQUIRED)
  set(QS_READELF ${QS_GNU_READELF})
endif()
set(QS_DRIVER_LAUNCHER sh ${CMAKE_SOURCE_DIR}/cmake/driver_compile.sh)
list(APPEND QS_DRIVER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
file(GLOB_RECURSE QS_DRIVER_HEADERS CONFIGURE_DEPENDS ${QS_DRIVER_INCLUDE}/*.h)

# qs_add_driver(<target> ENTRY <symbol> SOURCES <a.c>... [INCLUDES <folder>...] [FLAGS <flag>...])
# Library <target> of one driver. It has one global symbol, <symbol>, which is its DriverEntry;
# calls into the engine (qs_*) and coverage hooks stay undefined. The sources see the kit headers of
# engine/include and INCLUDES. The joined object is <build>/drivers/<target>.o.
function(qs_add_driver target)
  cmake_parse_arguments(D "" "ENTRY" "SOURCES;INCLUDES;FLAGS" ${ARGN})
  if(NOT D_ENTRY OR NOT D_SOURCES OR D_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qs_add_driver(${target}): give ENTRY <symbol> and SOURCES <file>...")
  endif()
  set(sources)
  foreach(source ${D_SOURCES})
    get_filename_component(source ${source} ABSOLUTE)
    list(APPEND sources ${source})
  endforeach()

  # Trace stubs (.tmh) and the like, for the drivers that want them.
  set(overlay)
  foreach(source ${sources})
    file(STRINGS ${source} wanted REGEX "#[ \t]*include.*\\.tmh")
    if(wanted)
      set(overlay ${QS_DRIVER_DIR}/${target}.overlay)
    endif()
  endforeach()
  if(overlay)
    execute_process(COMMAND sh ${CMAKE_SOURCE_DIR}/cmake/driver_overlay.sh ${overlay}
      ${QS_DRIVER_INCLUDE} ${sources} COMMAND_ERROR_IS_FATAL ANY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  endif()

  add_library(${target}_objects OBJECT ${sources})
  target_include_directories(${target}_objects PRIVATE
    ${overlay} ${D_INCLUDES} ${QS_DRIVER_INCLUDE})
  # -S goes over CMake's own -c: these "objects" are assembly, which driver_link.sh assembles.
  target_compile_options(${target}_objects PRIVATE "$<$<COMPILE_LANGUAGE:C>:${QS_DRIVER_FLAGS}>"
    "$<$<COMPILE_LANGUAGE:CXX>:${QS_DRIVER_CXX_FLAGS}>" ${D_FLAGS} -S)
  if(overlay)
    target_compile_definitions(${target}_objects PRIVATE EVENT_TRACING)
  endif()
  # Drivers rest between calls while others run: no sanitizer of ours, no standard but gnu11.
  set_target_properties(${target}_objects PROPERTIES C_STANDARD 11 C_EXTENSIONS ON
    CXX_STANDARD 20 CXX_EXTENSIONS ON POSITION_INDEPENDENT_CODE ON
    C_COMPILER_LAUNCHER "${QS_DRIVER_LAUNCHER}" CXX_COMPILER_LAUNCHER "${QS_DRIVER_LAUNCHER}")
  set_source_files_properties(${sources} PROPERTIES
    OBJECT_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/driver_compile.sh)

  file(MAKE_DIRECTORY ${QS_DRIVER_DIR})
  set(joined ${QS_DRIVER_DIR}/${target}.o)
  add_custom_command(OUTPUT ${joined}
    COMMAND ${CMAKE_COMMAND} -E env LD=${CMAKE_LINKER} OBJCOPY=${CMAKE_OBJCOPY}
            READELF=${QS_READELF} sh ${CMAKE_SOURCE_DIR}/cmake/driver_link.sh ${joined}
            ${D_ENTRY} ${QS_DRIVER_INCLUDE} ${CMAKE_C_COMPILER} $<TARGET_OBJECTS:${target}_objects>
    DEPENDS ${target}_objects $<TARGET_OBJECTS:${target}_objects>
            ${CMAKE_SOURCE_DIR}/cmake/driver_link.sh ${CMAKE_SOURCE_DIR}/cmake/driver_lines.awk
            ${CMAKE_SOURCE_DIR}/cmake/driver_loops.awk
    COMMAND_EXPAND_LISTS VERBATIM COMMENT "Joining driver ${target}")
  add_library(${target} STATIC ${joined})
  set_source_files_properties(${joined} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)

  # Driver state lives in object contexts, so that a run can begin anew at any time.
  get_property(tested GLOBAL PROPERTY QS_DRIVERS_TESTED)
  if(QS_TESTS AND NOT tested)
    set_property(GLOBAL PROPERTY QS_DRIVERS_TESTED ON)
    add_test(NAME drivers/no_globals
      COMMAND sh ${CMAKE_SOURCE_DIR}/cmake/check_globals.sh ${QS_DRIVER_DIR})
  endif()
endfunction()
