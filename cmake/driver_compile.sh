#!/bin/sh
# driver_compile.sh <compiler> <argument>... -S ... -o <out.s>
# One source of a driver to assembly. Locals that the driver never writes get a fixed value: what the
# stack has held before depends on the machine, and would show in what the driver prints. The
# compiler does that at the declaration, as if the declaration ran; so the lines are those of the
# same source without it. Stands before the compiler as its launcher.
set -eu
out=""
last=""
for argument; do
  if [ "$last" = -o ]; then out=$argument; fi
  last=$argument
done
"$@"
case $out in *.s | *.o) ;; *) exit 0 ;; esac  # the build's own questions to the compiler
mv "$out" "$out.plain"
"$@" -ftrivial-auto-var-init=pattern
awk '
  $1 == ".loc" {
    at = $2 " " $3
    if (FNR == NR) runs[at]
    else if (!(at in runs)) next
  }
  FNR != NR { print }
' "$out.plain" "$out" > "$out.filled"
mv "$out.filled" "$out"
rm -f "$out.plain"
