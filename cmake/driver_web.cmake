# qs_add_driver() for the web. What cmake/driver.cmake does with the tools of ELF is done here to the
# compiler's own text, LLVM IR: see driver_web.awk.

set(QS_DRIVER_INCLUDE ${CMAKE_SOURCE_DIR}/engine/include)
set(QS_DRIVER_DIR ${CMAKE_BINARY_DIR}/drivers)
file(MAKE_DIRECTORY ${QS_DRIVER_DIR})
# The compiler behind emcc, which takes longer to start than a driver takes to compile.
execute_process(COMMAND em-config LLVM_ROOT OUTPUT_VARIABLE QS_WEB_LLVM
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_C_COMPILER} --cflags OUTPUT_VARIABLE QS_WEB_CFLAGS
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "--sysroot=[^ ]+" QS_WEB_SYSROOT "${QS_WEB_CFLAGS}")
file(GLOB_RECURSE QS_DRIVER_HEADERS CONFIGURE_DEPENDS ${QS_DRIVER_INCLUDE}/*.h)

function(qs_add_driver target)
  cmake_parse_arguments(D "" "ENTRY" "SOURCES;INCLUDES;FLAGS" ${ARGN})
  set(sources)
  foreach(source ${D_SOURCES})
    get_filename_component(source ${source} ABSOLUTE)
    list(APPEND sources ${source})
  endforeach()
  set(joined ${QS_DRIVER_DIR}/${target}.o)
  add_custom_command(OUTPUT ${joined}
    COMMAND ${CMAKE_COMMAND} -E env LLVM_LINK=${QS_WEB_LLVM}/llvm-link
            WASM_LD=${QS_WEB_LLVM}/wasm-ld
            sh ${CMAKE_SOURCE_DIR}/cmake/driver_web.sh ${joined} ${D_ENTRY} ${QS_DRIVER_INCLUDE}
            ${QS_WEB_LLVM}/clang --target=wasm32-unknown-emscripten ${QS_WEB_SYSROOT}
            -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= ${D_FLAGS} ${sources}
    DEPENDS ${sources} ${QS_DRIVER_HEADERS} ${CMAKE_SOURCE_DIR}/cmake/driver_web.sh
            ${CMAKE_SOURCE_DIR}/cmake/driver_web.awk
    COMMAND_EXPAND_LISTS VERBATIM COMMENT "Driver ${target}")
  add_library(${target} STATIC ${joined})
  set_source_files_properties(${joined} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)
endfunction()
