#!/bin/sh
# driver_overlay.sh <folder> <include dir> [-I<folder>]... <source>...
# Fills <folder>, which then comes before other include folders, with what driver sources expect of
# a build on Windows, so that they need no change:
#   x.tmh       for each that is included: trace macros (qs/wpp.h), also under the names which the
#               sources' "begin_wpp config" comments give them
#   other.h     forwards, for names in another case or with backslashes
#   made.h      headers that the kit's tools make of WMI classes (.mof) and messages (.mc, .man)
# QS_TRACE_FUNCTIONS="Name(LEVEL,FLAGS,MSG,...);..." adds those which a project file names instead.
# Reads the sources and, through their includes, the headers beside them and in the -I folders.
set -eu
out=$1 kit=$2
tools=$(cd "${0%/*}" && pwd)
shift 2
mkdir -p "$out"

# One a line: folders may have spaces, not line ends.
folders=""
for argument; do
  shift
  case $argument in
    -I*) folders="$folders${argument#-I}
" ;;
    -*) ;;
    *) set -- "$@" "$argument" ;;
  esac
done

# The existing file of that path, whatever the case of its letters.
any_case() {
  find "${1%/*}" -maxdepth 1 -type f -iname "${1##*/}" 2>/dev/null | head -n 1
}

# The same of that name in one of the -I folders.
in_folders() {
  while read -r each; do
    [ -n "$each" ] || continue
    if [ -f "$each/$1" ]; then echo "$each/$1"; else any_case "$each/$1"; fi
  done <<END | head -n 1
$folders
END
}

# What the kit's tools would make header <name> of: a .mof, .mc or .man in <folder>, by its name or
# because the project file says so.
made_from() {
  stem=${1%.[hH]}
  for kind in mof mc man; do
    [ -n "$(find "$2" -maxdepth 1 -iname "*.$kind" 2>/dev/null | head -n 1)" ] || continue
    for base in "$stem" "${stem%[mM][oO][fF]}"; do
      any_case "$2/$base.$kind"
    done
    find "$2" -maxdepth 1 -iname '*.vcxproj' 2>/dev/null | while read -r project; do
      named=$(sed -n 's/.*<\(MofComp\|MessageCompile\) Include="\([^"]*\)".*/\2/p' "$project" |
        tr '\\' '/' | tr -d '\r' | head -n 1)
      source=${named##*/}
      sed "s/%(Filename)/${source%.*}/g" "$project" | grep -qiE \
        "<(HeaderOutputFile[^>]*>([^<]*[\\\\/])?$stem[.]h<|GeneratedFilesBaseName[^>]*>$stem<)" ||
        continue
      any_case "$2/$named"
    done
  done | head -n 1
}

make_header() {
  case $1 in
    *.[mM][oO][fF]) awk -f "$tools/driver_mof.awk" "$1" ;;
    *.[mM][cC]) awk -f "$tools/driver_messages.awk" "$1" ;;
    *) awk -v manifest=1 -f "$tools/driver_messages.awk" "$1" ;;
  esac
}

visited="" stubs=""
while [ $# -gt 0 ]; do
  file=$1
  shift
  case "|$visited|" in *"|$file|"*) continue ;; esac
  visited="$visited|$file"
  folder=${file%/*}
  [ "$folder" != "$file" ] || folder=.
  included=$(sed -n 's/^[ \t]*#[ \t]*include[ \t]*["<]\([^">]*\)[">].*/\1/p' "$file" | tr -d '\r ')
  while read -r written; do
    name=$(printf %s "$written" | tr '\\' '/')
    case $name in
      "") continue ;;
      *.tmh) stubs="$stubs $name"; continue ;;
    esac
    found="" kept=""
    if [ -f "$folder/$name" ]; then
      found=$folder/$name
      kept=$found
    else
      found=$(any_case "$folder/$name")
      [ -n "$found" ] || found=$(in_folders "$name")
      kept=$found
      if [ -z "$found" ]; then
        source=$(made_from "${name##*/}" "$folder")
        if [ -n "$source" ]; then
          make_header "$source" > "$out/$name"
          continue
        fi
        if [ -f "$kit/$name" ]; then found=$kit/$name; else found=$(any_case "$kit/$name"); fi
      fi
    fi
    [ -z "$kept" ] || set -- "$@" "$kept"
    # Found as it is written: nothing to do. (A backslash is an ordinary letter to compilers here.)
    [ -n "$found" ] || continue
    [ "$found" = "$folder/$written" ] && continue
    [ "$found" = "$kit/$written" ] && continue
    case "$folders" in *"${found%/"$written"}
"*) [ "$name" != "$written" ] || continue ;; esac
    case $written in */*) mkdir -p "$out/${written%/*}" ;; esac
    printf '#include "%s"\n' "$(cd "${found%/*}" && pwd)/${found##*/}" > "$out/$written"
  done <<END
$included
END
done

[ -n "$stubs" ] || exit 0

IFS='|'
set -f
# shellcheck disable=SC2086
set -- ${visited#|}
unset IFS
set +f
{
  echo '#include "qs/wpp.h"'
  # FUNC Name{FLAG=VALUE}(LEVEL, FLAGS, MSG, ...);   in comments between begin_wpp and end_wpp
  {
    cat "$@"
    echo "begin_wpp config"
    printf %s "${QS_TRACE_FUNCTIONS:-}" | tr ';' '\n' | sed 's/^ *\(..*\)/ FUNC \1;/'
    echo
    echo "end_wpp"
  } | tr -d '\r' | awk '
    BEGIN { trace = "qs_WppTrace(__FILE__, __LINE__, __VA_ARGS__)" }
    /begin_wpp[ \t]+config/ { inside = 1 }
    /end_wpp/ { inside = 0 }
    inside && /(^|[^A-Za-z_])FUNC[ \t]+[A-Za-z_]/ {
      sub(/.*FUNC[ \t]+/, ""); gsub(/\{[^}]*\}/, "")
      name = $0; sub(/[ \t]*\(.*/, "", name)
      shape = $0; sub(/^[^(]*/, "", shape); gsub(/[ \t]/, "", shape); sub(/;.*/, "", shape)
      if (name in seen) next
      seen[name] = 1
      before = shape; sub(/MSG.*/, "", before)
      commas = gsub(/,/, ",", before)
      printf "#undef %s\n", name
      if (shape !~ /MSG/) printf "#define %s(...) ((void)0)\n", name
      else if (shape ~ /^\(\(/) {
        list = ""
        for (i = 0; i < commas; i++) list = list "p" i ", "
        printf "#define QS_INNER_%s(%s...) %s\n", name, list, trace
        printf "#define %s(bracketed) QS_INNER_%s bracketed\n", name, name
      } else {
        list = ""
        for (i = 0; i < commas; i++) list = list "p" i ", "
        if (shape ~ /\(MSG/ && commas)
          printf "#define %s(%sbracketed) QS_WPP_MESSAGE bracketed\n", name, list
        else if (commas) printf "#define %s(%s...) %s\n", name, list, trace
        else printf "#define %s QS_WPP_MESSAGE\n", name
      }
    }'
} > "$out/qs_trace_functions.h"
for stub in $stubs; do
  mkdir -p "$out/$(dirname "$stub")"
  echo '#include "qs_trace_functions.h"' > "$out/$stub"
done
