#!/bin/sh
# driver_web.sh <out.o> <entry> <include dir> <clang> [<flag>...] <source>...
# One driver for the web, from its sources: as driver_compile.sh and driver_link.sh make it for this
# machine, but on the compiler's text (LLVM IR), where driver_web.awk counts blocks, tells lines and
# makes everything local but <entry>, the new name of DriverEntry.
set -eu
here=$(cd "${0%/*}" && pwd)
root=${ROOT:-$(dirname "$here")}
out=$1 entry=$2 include=$3 cc=$4
shift 4
work=${out%.o}
flags="-O0 -g -w -D_KERNEL_MODE=1 -DDriverEntry=$entry -fms-extensions -fms-compatibility
  -fno-strict-aliasing -fno-common -ftrivial-auto-var-init=pattern -I$include"
# The driver of clang has no such sanitizer for WebAssembly; the compiler behind it has.
accesses="-Xclang -fsanitize=thread -mllvm -tsan-instrument-func-entry-exit=0"
given="" sources=""
for argument; do
  case $argument in
    -*) given="$given $argument" ;;
    *) sources="$sources $argument" ;;
  esac
done
number=0
texts=""
for source in $sources; do
  number=$((number + 1))
  case $source in
    *.c) language=-std=gnu11 kind=i cxx=0 ;;
    *) language="-std=gnu++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics" kind=ii cxx=1 ;;
  esac
  # shellcheck disable=SC2086
  "$cc" $flags $language $given -E "$source" -o "$work.$number.pre"
  awk -v cxx=$cxx -f "$here/driver_web_text.awk" "$work.$number.pre" > "$work.$number.$kind"
  # shellcheck disable=SC2086
  "$cc" $flags $accesses $language $given -S -emit-llvm "$work.$number.$kind" -o "$work.$number.ll"
  texts="$texts $work.$number.ll"
done
if [ $number -gt 1 ]; then
  # shellcheck disable=SC2086
  "${LLVM_LINK:-llvm-link}" -S $texts -o "$work.all.ll"
else
  mv "$work.1.ll" "$work.all.ll"
fi
awk -v entry="$entry" -v root="$root" -v files="$work.files.c" -f "$here/driver_web.awk" "$work.all.ll" "$work.all.ll" > "$work.lines.ll"
# shellcheck disable=SC2086
"$cc" -w -O1 $given -c "$work.lines.ll" -o "$work.code.o"
# shellcheck disable=SC2086
"$cc" -O1 $given -I"$include" -c "$work.files.c" -o "$work.files.o"
"${WASM_LD:-wasm-ld}" -r -o "$out" "$work.code.o" "$work.files.o"
rm -f "$work".*.pre "$work".*.i "$work".*.ii "$work.code.o" "$work.files.o"
