#!/bin/sh
# check_globals.sh <folder or object>...
# Fails if a driver object has writable variables, global or static: a lesson's driver keeps its
# state in object contexts. Constants that hold addresses (.data.rel.ro) are read-only once loaded.
set -eu
bad=0 seen=0
for argument; do
  for object in $([ -d "$argument" ] && find "$argument" -maxdepth 1 -name '*.o' | sort ||
                  echo "$argument"); do
    seen=$((seen + 1))
    names=$("${OBJDUMP:-objdump}" --syms "$object" |
      awk '($4 ~ /^(\.t?data|\.t?bss|\*COM\*)/ || $3 ~ /^(\.t?data|\.t?bss)/) &&
           $0 !~ /\.data\.rel\.ro/ && $NF !~ /^\./ { print $NF }')
    [ -z "$names" ] && continue
    bad=1
    echo "$object has variables of its own; put them into an object context:" $names
  done
done
[ $seen -gt 0 ] || { echo "no driver objects in $*"; exit 1; }
exit $bad
