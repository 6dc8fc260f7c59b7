# One driver's LLVM IR, with calls that say where it is, and everything in it local but the function
# `entry`. Writes the C file `files` with what those calls name. See driver_web.sh.
#
# Each change of line becomes a call. Which instructions count follows what GCC's line table says of
# the same source, so that a run shows the same lines here as on a desktop: loads, addresses and the
# end of a function are no step of their own; break, continue, goto and return are. For these the
# source is looked at, below the folder `root`. Before what is called for each use of memory
# (__tsan_) stands at which line it is used.

BEGIN { paths = 0 }

function source_at(path, wanted,   line, name, text) {
  if (!(path in read)) {
    read[path]
    name = path ~ /^\// ? path : root "/" path
    for (line = 1; (getline text < name) > 0; line++) source[path, line] = text
    close(name)
  }
  return source[path, wanted]
}

# Does the source say there that control goes elsewhere?
function leaves(path, where) {
  return substr(source_at(path, line_of[where]), column_of[where]) ~ /^(break|continue|goto|return)[^A-Za-z0-9_]/
}

# GCC lets the only `return;` of a function whose locals have addresses go over into its end.
function goes_over(path, function_name,   all, n, i, seen, returns) {
  if (!(function_name in hands_on)) return 0
  n = split(jumps[function_name], all, " ")
  returns = 0
  split("", seen)
  for (i = 1; i <= n; i++)
    if (!(all[i] in seen) && source_at(path, line_of[all[i]]) ~ /return *;/ && leaves(path, all[i])) {
      seen[all[i]]
      returns++
    }
  return returns == 1
}

# Functions that macros of the kit make are no step of the driver's: their names are not followed by
# their parameters.
function is_written(path, scope,   text, at) {
  text = source_at(path, begins[scope])
  at = index(text, name_of[scope])
  if (name_of[scope] == entry) return 1
  return at && substr(text, at + length(name_of[scope])) ~ /^[ \t]*\(/
}

# The lines of the file are needed before the functions: they stand at the end of the text.
FNR == NR && /^!/ {
  name = $1
  if ($0 ~ /DILocation\(/) {
    match($0, /line: [0-9]+/)
    line_of[name] = substr($0, RSTART + 6, RLENGTH - 6)
    if (match($0, /column: [0-9]+/)) column_of[name] = substr($0, RSTART + 8, RLENGTH - 8)
  } else if ($0 ~ /DISubprogram\(|DILexicalBlock(File)?\(/) {
    if (match($0, /file: ![0-9]+/)) file_in[name] = substr($0, RSTART + 6, RLENGTH - 6)
    if (match($0, / line: [0-9]+/)) begins[name] = substr($0, RSTART + 7, RLENGTH - 7)
    if (match($0, /name: "[^"]*"/)) name_of[name] = substr($0, RSTART + 7, RLENGTH - 8)
  } else if ($0 ~ /DIFile\(/) {
    match($0, /filename: "[^"]*"/)
    path_of[name] = substr($0, RSTART + 11, RLENGTH - 12)
  }
}
# With what the compiler fills locals that the driver has not (-ftrivial-auto-var-init): no step of it.
FNR == NR && /^@__const\./ && / -1[ ,)]/ { fills[$1] }
function is_fill(   at) {
  if ($0 ~ /@memset\([^,]*, i32 255,/) return 1
  return match($0, /@__const\.[^ )]*/) && substr($0, RSTART, RLENGTH) in fills
}
# Of each function: is the address of a local handed on, and from where does control leave?
FNR == NR && /^define / { split("", local); now = $0; sub(/^[^@]*@/, "", now); sub(/\(.*/, "", now) }
FNR == NR && / = alloca / { local[$1] }
FNR == NR && / call / && !/llvm\.dbg\.|@__tsan_/ {
  for (i = 1; i <= NF; i++) {
    word = $i
    sub(/[,)]+.*$/, "", word)
    if (word in local && $(i - 1) != "=") hands_on[now]
  }
}
FNR == NR && $1 == "br" && $2 == "label" && match($0, /!dbg ![0-9]+/) {
  jumps[now] = jumps[now] " " substr($0, RSTART + 5, RLENGTH - 5)
}
FNR == NR { next }
/^attributes / { sub(/ optnone/, "") }

# Everything local but the entry.
/^define / && $0 !~ "@" entry "\\(" && !/^define internal / { sub(/^define /, "define internal ") ; sub(/internal (dso_local|hidden|linkonce_odr|weak|weak_odr) /, "internal ") }
/^@[^ ]+ = ((dso_local|hidden|weak|weak_odr|linkonce_odr|local_unnamed_addr|unnamed_addr) )*(global|constant) / {
  sub(/ = ((dso_local|hidden|weak|weak_odr|linkonce_odr) )*/, " = internal ")
  sub(/, comdat/, "")
}

/^define / {
  match($0, /!dbg ![0-9]+/)
  scope = substr($0, RSTART + 5, RLENGTH - 5)
  file = file_in[scope]
  path = path_of[file]
  covered = RLENGTH > 0 && path ~ /\.(c|cpp)$/ && path !~ /^engine\/include\//
  if (covered) covered = is_written(path, scope)
  now = $0
  sub(/^[^@]*@/, "", now)
  sub(/\(.*/, "", now)
  ends_void = covered && / void @/ && goes_over(path, now)
  at = ""
  if (covered && !(path in number)) { number[path] = paths; path_named[paths++] = path }
  print
  if (covered) block = 1
  next
}
/^}/ { covered = 0 }
/^[0-9A-Za-z._]+:/ { print; if (covered) block = 1; next }
# The lines of one instruction together: a switch lists its cases.
covered && (whole != "" || / switch .*\[ *$/) {
  whole = whole (whole == "" ? "" : "\n") $0
  if ($1 !~ /^\]/) next
  $0 = whole
  whole = ""
}
!covered || /^ *$/ || /^ *;/ || / = alloca / || / = phi / || /llvm\.dbg\./ { print; next }
{
  if (block) {
    print "  call void @" entry "_block(i32 " number[path] ")"
    block = 0
    at = ""
    used_at = ""
  }
  if (match($0, /!dbg ![0-9]+/)) {
    where = substr($0, RSTART + 5, RLENGTH - 5)
    line = line_of[where]
    if (/@__tsan_/ && line != used_at) {
      print "  call void @" entry "_access(i32 " number[path] ", i32 " line ")"
      used_at = line
    } else if (/ call / && !/@__tsan_/) {
      used_at = ""
    }
    counts = line > 0 && $1 != "unreachable" && !is_fill() && $0 !~ /!annotation|@__tsan_(un|read|write)/ &&
      $0 !~ / = (load|getelementptr|bitcast|inttoptr|ptrtoint|zext|sext|trunc|extractvalue|insertvalue) /
    if (counts && ($1 == "ret" || ($1 == "br" && $2 == "label"))) counts = leaves(path, where) && !ends_void
    if (counts && line != at) {
      print "  call void @" entry "_line(i32 " number[path] ", i32 " line ")"
      at = line
    }
  }
  print
}
END {
  print "declare void @" entry "_line(i32, i32)"
  print "declare void @" entry "_block(i32)"
  print "declare void @" entry "_access(i32, i32)"
  print "#include \"qs/abi_told.h\"\n\nstatic const char* const names[] = {" > files
  for (i = 0; i < paths; i++) print "    \"" path_named[i] "\"," > files
  print "    0};" > files
  print "void " entry "_line(uint32_t file, uint32_t line) { qs_driver_line(names[file], line); }" > files
  print "void " entry "_access(uint32_t file, uint32_t line) { qs_driver_access(names[file], line); }" > files
  print "void " entry "_block(uint32_t file) { (void)file; qs_driver_block(); }" > files
}
