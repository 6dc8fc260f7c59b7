# Files of a folder compiled several at once. Most of what compiling a file costs is the same for
# each: reading the precompiled headers, and the templates that all of them use. Each batch is a file
# of build/joined/ that includes the files.
#
# Hence names in anonymous namespaces are unique in a folder. Headers that a file forgets to include
# show where files are compiled alone: with -DQS_JOIN=1, as in the presets noui and plain.
#
# CMake's own UNITY_BUILD writes absolute paths into its batches, which no ccache finds again from
# another folder; and one more file moves those of all folders after it.

set(QS_JOIN 8 CACHE STRING "How many files of a folder are compiled at once; 1: each alone")

# qs_join(<out> <target> <root> <sources>...): <out> is what to compile for <sources>, absolute paths
# below the include folder <root>. Files with SKIP_UNITY_BUILD_INCLUSION stay alone.
function(qs_join out target root)
  set(result)
  set(folders)
  foreach(source ${ARGN})
    get_source_file_property(alone ${source} SKIP_UNITY_BUILD_INCLUSION)
    if(QS_JOIN LESS 2 OR alone OR NOT source MATCHES "\\.cpp$")
      list(APPEND result ${source})
      continue()
    endif()
    cmake_path(GET source PARENT_PATH folder)
    file(RELATIVE_PATH folder ${root} ${folder})
    string(MAKE_C_IDENTIFIER "${folder}" folder)
    list(APPEND folders ${folder})
    file(RELATIVE_PATH name ${root} ${source})
    list(APPEND files_${folder} ${name})
  endforeach()
  list(REMOVE_DUPLICATES folders)
  foreach(folder ${folders})
    list(LENGTH files_${folder} count)
    math(EXPR batches "(${count} + ${QS_JOIN} - 1) / ${QS_JOIN}")
    foreach(batch RANGE 1 ${batches})
      math(EXPR begin "(${batch} - 1) * ${count} / ${batches}")
      math(EXPR length "${batch} * ${count} / ${batches} - ${begin}")
      list(SUBLIST files_${folder} ${begin} ${length} files)
      list(TRANSFORM files REPLACE "(.+)" "#include \"\\1\"\n")
      string(JOIN "" content ${files})
      set(joined ${CMAKE_BINARY_DIR}/joined/${target}/${folder}_${batch}.cpp)
      file(CONFIGURE OUTPUT ${joined} CONTENT "${content}" @ONLY)
      list(APPEND result ${joined})
    endforeach()
  endforeach()
  set(${out} ${result} PARENT_SCOPE)
endfunction()
