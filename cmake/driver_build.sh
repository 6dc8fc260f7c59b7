#!/bin/sh
# driver_build.sh <out> <entry> <include dir> <cc> <source>...
# A student's own driver from its sources, in one go: overlay, compilation, joining. <out>.so is made
# when <out> ends so, else a joined object. CFLAGS: further flags (such as -w for samples as they are).
set -eu
here=$(cd "${0%/*}" && pwd)
out=$1 entry=$2 include=$3 cc=$4
shift 4
work=$out.build
mkdir -p "$work"
sh "$here/driver_overlay.sh" "$work/overlay" "$include" "$@"
clang=""
if "$cc" --version 2>/dev/null | grep -q clang; then clang=@$include/qs/driver.clang.flags; fi
number=0
assembly=""
for source; do
  number=$((number + 1))
  # shellcheck disable=SC2086
  sh "$here/driver_compile.sh" "$cc" "@$include/qs/driver.flags" $clang -fPIC -DEVENT_TRACING ${CFLAGS:-} -I"$work/overlay" \
    -I"$include" -S "$source" -o "$work/$number.s"
  assembly="$assembly $work/$number.s"
done
# shellcheck disable=SC2086
case $out in
  *.so)
    sh "$here/driver_link.sh" "$work/driver.o" "$entry" "$include" "$cc" $assembly
    "$cc" -shared -o "$out" "$work/driver.o"
    ;;
  *) sh "$here/driver_link.sh" "$out" "$entry" "$include" "$cc" $assembly ;;
esac
