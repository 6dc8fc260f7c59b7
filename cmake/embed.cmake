# Files into C arrays, and the table that finds them: qs_embed() and qs_assets().

# qs_embed(<out variable> FILES <name=path>...)
# For each file one generated C source, made anew when the file changes, defining
#   const unsigned char qs_file_<id>[]; const unsigned long qs_file_<id>_size;
# The data is followed by a zero byte, so that text can be used as a C string. <id> is a hash of
# the name.
# Sets <out variable> to the sources and <out variable>_IDS to the ids, in the order given.
function(qs_embed out)
  cmake_parse_arguments(E "" "" "FILES" ${ARGN})
  set(sources)
  set(ids)
  foreach(entry ${E_FILES})
    string(FIND "${entry}" "=" at)
    string(SUBSTRING "${entry}" 0 ${at} name)
    math(EXPR at "${at} + 1")
    string(SUBSTRING "${entry}" ${at} -1 path)
    string(MD5 hash "${name}")
    string(SUBSTRING ${hash} 0 12 id)
    set(generated ${CMAKE_BINARY_DIR}/embedded/${id}.c)
    get_property(known GLOBAL PROPERTY qs_embedded_${id})
    if(NOT known)  # a header may belong to several drivers
      set_property(GLOBAL PROPERTY qs_embedded_${id} ON)
      add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} -DINPUT=${path} -DOUTPUT=${generated} -DID=${id}
                -P ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
        DEPENDS ${path} ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
        COMMENT "Embedding ${name}" VERBATIM)
    endif()
    list(APPEND sources ${generated})
    list(APPEND ids ${id})
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
  set(${out}_IDS ${ids} PARENT_SCOPE)
endfunction()

# qs_find_font(<variable> <debian package> <file name>): where the package put it.
function(qs_find_font variable debian file)
  find_file(${variable} ${file} NO_DEFAULT_PATH PATHS
    /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/inter
    /usr/share/fonts/truetype/jetbrains-mono /usr/share/fonts/truetype/dejavu
    /usr/share/fonts/truetype/fork-awesome /usr/share/fonts-fork-awesome/fonts
    ${QS_FONT_DIR})
  if(NOT ${variable})
    message(FATAL_ERROR "The font ${file} is missing. Run ./dev build, or: "
      "apt-get install ${debian}; elsewhere give the folder that has it: -DQS_FONT_DIR=<folder>.")
  endif()
endfunction()

# qs_assets: library qs_assets, which defines the functions of engine/base/embedded.h over
#   fonts/<name>.<otf|ttf>   with the window only
#   assets/...               every text file there (drivers of programs/: cmake/programs.cmake)
#   lessons/...              lesson.toml, order.toml and prose
#   tests/RULES.md           which test shows which rule, for `queuescope explain`
function(qs_assets)
  file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/assets/*.toml ${CMAKE_SOURCE_DIR}/assets/*.json
    ${CMAKE_SOURCE_DIR}/assets/*.txt ${CMAKE_SOURCE_DIR}/assets/*.md
    ${CMAKE_SOURCE_DIR}/lessons/*.toml ${CMAKE_SOURCE_DIR}/lessons/*.md
    ${CMAKE_SOURCE_DIR}/tests/RULES.md)
  list(FILTER paths EXCLUDE REGEX "README\\.md$")
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

  qs_embed(embedded FILES ${files})
  set(declarations "")
  set(rows "")
  foreach(entry id IN ZIP_LISTS files embedded_IDS)
    string(REGEX REPLACE "=.*" "" name "${entry}")
    string(APPEND declarations
      "extern const unsigned char qs_file_${id}[];\n"
      "extern const unsigned long qs_file_${id}_size;\n")
    string(APPEND rows "      {\"${name}\", qs_file_${id}, qs_file_${id}_size},\n")
  endforeach()
  list(LENGTH files count)
  set(table ${CMAKE_BINARY_DIR}/embedded/assets.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/asset_table.cpp.in ${table} @ONLY)
  add_library(qs_assets STATIC ${table} ${embedded})
  target_link_libraries(qs_assets PRIVATE qs_flags PUBLIC qs_base)
endfunction()
