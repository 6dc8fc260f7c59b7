#!/bin/sh
# driver_link.sh <out.o> <entry> <include dir> <cc> <assembly>...
# Assembles what the compiler made of one driver's sources (cc -S), with loops counted that the
# compiler leaves out (driver_loops.awk). Joins the objects into <out.o>, with its line table, and
# makes everything in it local but <entry>, the new name of its DriverEntry. So any number of drivers
# go into one program although their functions have the same names. ELF only.
set -eu
out=$1 entry=$2 include=$3 cc=$4
shift 4
work=${out%.o}
# Tools of another target come with their own names: OBJCOPY=... driver_link.sh
LD=${LD:-ld} OBJCOPY=${OBJCOPY:-objcopy} READELF=${READELF:-readelf}

number=0
for assembly; do
  shift
  number=$((number + 1))
  awk -f "${0%/*}/driver_loops.awk" "$assembly" > "$work.$number.s"
  "$cc" -c "$work.$number.s" -o "$work.$number.o"
  set -- "$@" "$work.$number.o"
done

"$LD" -r -o "$work.all.o" "$@"
"$OBJCOPY" --redefine-sym "DriverEntry=$entry" "$work.all.o"

{
  "$READELF" --symbols --wide "$work.all.o" | sed 's/^/S /'
  "$READELF" --relocs --wide "$work.all.o" | sed 's/^/R /'
  "$READELF" --debug-dump=decodedline --wide "$work.all.o" | sed 's/^/L /'
} | awk -v entry="$entry" -f "${0%/*}/driver_lines.awk" > "$work.lines.c"
"$cc" -std=gnu11 -O0 -g0 -fPIC -I"$include" -c "$work.lines.c" -o "$work.lines.o"

"$LD" -r -o "$out" "$work.all.o" "$work.lines.o"
"$OBJCOPY" --keep-global-symbol="$entry" "$out"
for object; do rm -f "$object" "${object%.o}.s"; done
rm -f "$work.all.o" "$work.lines.o"
