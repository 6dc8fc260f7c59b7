# Files into the program, and the table that finds them: qs_embed() and qs_assets().

# qs_embed(<library> FILES <name=path>...)
# One assembler source that takes the files in as they are (it needs a thousandth of the time of an
# array in C), and defines for each of them
#   const unsigned char qs_file_<id>[], qs_file_<id>_end[];
# The data is followed by a zero byte, so that text can be used as a C string: the end is before it.
# <id> is a hash of the name. Sets in the caller
#   <library>_SOURCE        the source
#   <library>_DECLARATIONS  what declares those arrays, in extern "C"
#   <library>_FILE_<name>   "{name, data, size}" as an EmbeddedFile of engine/base/embedded.h
function(qs_embed library)
  cmake_parse_arguments(E "" "" "FILES" ${ARGN})
  list(REMOVE_DUPLICATES E_FILES)
  set(text "")
  set(paths)
  set(declarations "")
  set(section "  .section .rodata")
  set(object %object)
  set(note "  .section .note.GNU-stack, \"\", %progbits")
  if(EMSCRIPTEN)  # its assembler knows neither
    set(section "  .section .rodata.${library},\"\",@")
    set(object @object)
    set(note "")
  endif()
  foreach(entry ${E_FILES})
    string(REGEX MATCH "^([^=]*)=(.*)$" _ "${entry}")
    set(name "${CMAKE_MATCH_1}")
    set(path "${CMAKE_MATCH_2}")
    list(APPEND paths ${path})
    string(MD5 hash "${name}")
    string(SUBSTRING ${hash} 0 12 hash)
    set(id qs_file_${hash})
    string(APPEND text "  .p2align 4\n  .globl ${id}\n  .globl ${id}_end\n  .type ${id}, ${object}\n"
      "  .type ${id}_end, ${object}\n${id}:\n  .incbin \"${path}\"\n${id}_end:\n  .byte 0\n"
      "  .size ${id}, . - ${id}\n  .size ${id}_end, 1\n")
    string(APPEND declarations "extern const unsigned char ${id}[], ${id}_end[];\n")
    set(${library}_FILE_${name} "{\"${name}\", ${id}, std::size_t(${id}_end - ${id})}" PARENT_SCOPE)
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/embedded/${library}.S)
  file(CONFIGURE OUTPUT ${source} CONTENT "${section}\n${text}${note}\n")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${paths}" COMPILE_OPTIONS -g0)
  set(${library}_SOURCE ${source} PARENT_SCOPE)
  set(${library}_DECLARATIONS "${declarations}" PARENT_SCOPE)
endfunction()

# qs_find_font(<variable> <debian package> <file name>): where the package put it.
function(qs_find_font variable debian file)
  find_file(${variable} ${file} NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH PATHS
    ${QS_FONT_DIR} /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/inter
    /usr/share/fonts/truetype/jetbrains-mono /usr/share/fonts/truetype/dejavu
    /usr/share/fonts/truetype/fork-awesome /usr/share/fonts-fork-awesome/fonts)
  if(NOT ${variable})
    message(FATAL_ERROR "The font ${file} is missing. Run ./dev build, or: "
      "apt-get install ${debian}; elsewhere give the folder that has it: -DQS_FONT_DIR=<folder>.")
  endif()
endfunction()

# qs_assets: library qs_assets, which defines the functions of engine/base/embedded.h over
#   fonts/<name>.<otf|ttf>   with the window only
#   assets/...               every text file there (drivers of programs/: cmake/programs.cmake)
#   lessons/...              lesson.toml, order.toml and the teachers' pages
#   docs/rules/...           the rules themselves, for `queuescope explain` and the window
#   tests/RULES.md           which test shows which rule, for `queuescope explain`
function(qs_assets)
  file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/assets/*.toml ${CMAKE_SOURCE_DIR}/assets/*.json
    ${CMAKE_SOURCE_DIR}/assets/*.txt ${CMAKE_SOURCE_DIR}/assets/*.md
    ${CMAKE_SOURCE_DIR}/assets/starter/*.c
    ${CMAKE_SOURCE_DIR}/lessons/*.toml ${CMAKE_SOURCE_DIR}/lessons/*.md
    ${CMAKE_SOURCE_DIR}/docs/rules/*.md ${CMAKE_SOURCE_DIR}/tests/RULES.md)
  # Of the READMEs, the teachers' pages.
  list(FILTER paths EXCLUDE REGEX "^(assets/.*|docs/.*|lessons/)README\\.md$")
  set(files)
  foreach(path ${paths})
    list(APPEND files "${path}=${CMAKE_SOURCE_DIR}/${path}")
  endforeach()
  if(QS_UI)
    qs_find_font(QS_FONT_INTER fonts-inter Inter-Regular.otf)
    qs_find_font(QS_FONT_INTER_SEMIBOLD fonts-inter Inter-SemiBold.otf)
    qs_find_font(QS_FONT_MONO fonts-jetbrains-mono JetBrainsMono-Regular.ttf)
    qs_find_font(QS_FONT_MONO_BOLD fonts-jetbrains-mono JetBrainsMono-Bold.ttf)
    qs_find_font(QS_FONT_DEJAVU fonts-dejavu-core DejaVuSans.ttf)
    qs_find_font(QS_FONT_ICONS fonts-fork-awesome forkawesome-webfont.ttf)
    list(APPEND files
      fonts/inter-regular.otf=${QS_FONT_INTER}
      fonts/inter-semibold.otf=${QS_FONT_INTER_SEMIBOLD}
      fonts/jetbrains-mono.ttf=${QS_FONT_MONO}
      fonts/jetbrains-mono-bold.ttf=${QS_FONT_MONO_BOLD}
      fonts/dejavu-sans.ttf=${QS_FONT_DEJAVU}
      fonts/fork-awesome.ttf=${QS_FONT_ICONS})
  endif()
  list(SORT files)

  qs_embed(qs_assets FILES ${files})
  set(declarations "${qs_assets_DECLARATIONS}")
  set(rows "")
  foreach(entry ${files})
    string(REGEX REPLACE "=.*" "" name "${entry}")
    string(APPEND rows "      ${qs_assets_FILE_${name}},\n")
  endforeach()
  list(LENGTH files count)
  set(table ${CMAKE_BINARY_DIR}/embedded/assets.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/asset_table.cpp.in ${table} @ONLY)
  add_library(qs_assets STATIC ${table} ${qs_assets_SOURCE})
  target_link_libraries(qs_assets PRIVATE qs_flags PUBLIC qs_base)
endfunction()
