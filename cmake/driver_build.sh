#!/bin/sh
# driver_build.sh <out> <entry> <include dir> <cc> [-I<folder> -D<name>]... <source>...
# A student's own driver from its sources, C or C++, in one go: overlay, compilation, joining.
# Sources of several projects (a driver and its static library) can be given together. <out>.so is
# made when <out> ends so, else a joined object. CFLAGS: further flags (such as -w for samples as
# they are).
set -eu
here=$(cd "${0%/*}" && pwd)
out=$1 entry=$2 include=$3 cc=$4
shift 4
work=$out.build
mkdir -p "$work"
sh "$here/driver_overlay.sh" "$work/overlay" "$include" "$@"
clang=""
if "$cc" --version 2>/dev/null | grep -q clang; then clang=@$include/qs/driver.clang.flags; fi
sources=""
for argument; do  # flags stay in "$@", sources go into a list of one a line
  shift
  case $argument in
    -*) set -- "$@" "$argument" ;;
    *) sources="$sources$argument
" ;;
  esac
done
number=0
assembly=""
while read -r source; do
  [ -n "$source" ] || continue
  number=$((number + 1))
  flags=@$include/qs/driver.flags
  language=""
  case $source in
    *.[cC][pP][pP] | *.cc | *.cxx)
      language=@$include/qs/driver.cxx.flags
      grep -v '^-std=' "$include/qs/driver.flags" > "$work/flags"
      flags=@$work/flags
      ;;
  esac
  # Twice where it must be: sources may keep to what only Microsoft's compiler takes.
  # shellcheck disable=SC2086
  compile() {
    sh "$here/driver_compile.sh" "$cc" "$flags" $language $clang -fPIC -DEVENT_TRACING ${CFLAGS:-} \
      -I"$work/overlay" "$@" -I"$include"
  }
  if ! compile "$@" -S "$source" -o "$work/$number.s" 2> "$work/errors"; then
    fixed=$work/$number.${language:+i}i
    if ! compile "$@" -DQS_LOOSE_HANDLES -E "$source" > "$work/preprocessed" 2> /dev/null ||
      ! awk -f "$here/driver_dialect.awk" "$work/preprocessed" > "$fixed" ||
      ! compile -fpreprocessed -S "$fixed" -o "$work/$number.s" 2> /dev/null; then
      cat "$work/errors" >&2
      exit 1
    fi
  else
    cat "$work/errors" >&2
  fi
  assembly="$assembly $work/$number.s"
done <<END
$sources
END
# shellcheck disable=SC2086
case $out in
  *.so)
    sh "$here/driver_link.sh" "$work/driver.o" "$entry" "$include" "$cc" $assembly
    "$cc" -shared -o "$out" "$work/driver.o"
    ;;
  *) sh "$here/driver_link.sh" "$out" "$entry" "$include" "$cc" $assembly ;;
esac
