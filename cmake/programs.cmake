function(qs_programs)
  add_library(qs_programs INTERFACE)
endfunction()
