# The drivers compiled into the program, and the table that finds them (engine/run/registry.h).
#
# Convention, for lessons/<name>/, assets/programs/<name>/ and tests/<module>/drivers/:
#   <name>/<file>.c       is a driver of its own, called "<name>/<file>": driver.c, card-2.c, …
#   <name>/<folder>/*.c   are one driver together, called "<name>/<folder>"
#   .cpp                  the same in C++
#   *.h                   beside them belong to each driver of that folder
# A test driver is called "<module>/<file>".

# qs_collect_drivers(<out> <name> <folder>): appends "<driver name>|<path>;<path>..." items to
# <out>, with commas for the inner semicolons.
function(qs_collect_drivers out name folder)
  set(items ${${out}})
  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.h)
  file(GLOB singles CONFIGURE_DEPENDS ${folder}/*.c ${folder}/*.cpp)
  foreach(source ${singles})
    get_filename_component(stem ${source} NAME_WE)
    string(JOIN "," paths ${source} ${headers})
    list(APPEND items "${name}/${stem}|${paths}")
  endforeach()
  file(GLOB children CONFIGURE_DEPENDS LIST_DIRECTORIES true ${folder}/*)
  foreach(child ${children})
    file(GLOB sources CONFIGURE_DEPENDS ${child}/*.c ${child}/*.cpp ${child}/*.h)
    if(IS_DIRECTORY ${child} AND "${sources}" MATCHES "\\.c(pp)?(;|$)")
      get_filename_component(stem ${child} NAME)
      string(JOIN "," paths ${sources})
      list(APPEND items "${name}/${stem}|${paths}")
    endif()
  endforeach()
  set(${out} ${items} PARENT_SCOPE)
endfunction()

# qs_driver_table(<library> FUNCTION <name> DRIVERS <items>): static library of the drivers, their
# sources as text, and qs::run::<name>() which lists them.
function(qs_driver_table library)
  cmake_parse_arguments(T "" "FUNCTION" "DRIVERS" ${ARGN})
  list(SORT T_DRIVERS)
  set(all)  # files of all drivers, as name=path
  foreach(item ${T_DRIVERS})
    string(REGEX REPLACE "^[^|]*\\|" "" paths "${item}")
    string(REPLACE "," ";" paths "${paths}")
    foreach(path ${paths})
      file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR} ${path})
      list(APPEND all "${relative}=${path}")
    endforeach()
  endforeach()
  qs_embed(${library} FILES ${all})

  set(declarations "${${library}_DECLARATIONS}")
  set(entries "")   # extern declarations
  set(files "")     # arrays of EmbeddedFile
  set(rows "")      # the table
  set(driver_targets)
  foreach(item ${T_DRIVERS})
    string(REGEX MATCH "^([^|]*)\\|(.*)$" _ "${item}")
    set(name ${CMAKE_MATCH_1})
    string(REPLACE "," ";" paths "${CMAKE_MATCH_2}")
    string(MAKE_C_IDENTIFIER "qs_driver_${name}" symbol)
    set(sources ${paths})
    list(FILTER sources INCLUDE REGEX "\\.c(pp)?$")
    qs_add_driver(${symbol} ENTRY ${symbol}_entry SOURCES ${sources})
    target_link_libraries(${symbol} INTERFACE qs_kmdf)  # what the driver calls comes after it
    list(APPEND driver_targets ${symbol})

    string(APPEND entries "std::int32_t ${symbol}_entry(void*, void*);\n")
    string(APPEND files "  static const EmbeddedFile ${symbol}_files[] = {\n")
    foreach(path ${paths})
      file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR} ${path})
      string(APPEND files "      ${${library}_FILE_${relative}},\n")
    endforeach()
    string(APPEND files "  };\n")
    list(LENGTH paths count)
    string(APPEND rows "      {\"${name}\", ${symbol}_entry, ${symbol}_files, ${count}},\n")
  endforeach()

  list(LENGTH T_DRIVERS count)
  set(function ${T_FUNCTION})
  set(table ${CMAKE_BINARY_DIR}/embedded/${library}.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/driver_table.cpp.in ${table} @ONLY)
  add_library(${library} STATIC ${table} ${${library}_SOURCE})
  target_include_directories(${library} PRIVATE ${CMAKE_SOURCE_DIR}/engine)
  target_link_libraries(${library} PRIVATE qs_flags PUBLIC ${driver_targets})
endfunction()

# qs_programs: library qs_programs, which defines qs::run::compiled_drivers().
function(qs_programs)
  if(NOT COMMAND qs_add_driver OR NOT EXISTS ${CMAKE_SOURCE_DIR}/engine/run/registry.h)
    add_library(qs_programs INTERFACE)
    return()
  endif()
  set(drivers)
  file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true
    ${CMAKE_SOURCE_DIR}/lessons/* ${CMAKE_SOURCE_DIR}/assets/programs/*)
  foreach(folder ${folders})
    if(IS_DIRECTORY ${folder})
      get_filename_component(name ${folder} NAME)
      qs_collect_drivers(drivers ${name} ${folder})
    endif()
  endforeach()
  qs_driver_table(qs_programs FUNCTION compiled_drivers DRIVERS ${drivers})
  target_link_libraries(qs_programs PUBLIC qs_kmdf)
endfunction()

# qs_test_drivers(<executable> <module>): the drivers of tests/<module>/drivers, as
# qs::run::test_drivers().
function(qs_test_drivers target module)
  set(folder ${CMAKE_SOURCE_DIR}/tests/${module}/drivers)
  if(NOT EXISTS ${folder} OR NOT COMMAND qs_add_driver)
    return()
  endif()
  set(drivers)
  qs_collect_drivers(drivers ${module} ${folder})
  qs_driver_table(qs_test_drivers_${module} FUNCTION test_drivers DRIVERS ${drivers})
  target_link_libraries(${target} PRIVATE qs_test_drivers_${module})
endfunction()
