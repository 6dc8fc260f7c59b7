# One driver's assembly with a coverage call in each loop that is nothing but jumps: for (;;) ; and
# the like. GCC puts none into a basic block without statements, so the engine would never learn
# that the driver spins. See driver_link.sh, which calls this.
#
# here: the labels of the running block while it has no instruction, `labels` of them; empty: those
# of the function's blocks that only jump. A jump from one such block to another closes a loop.

BEGIN { labels = 0 }

# .L2:   # maybe a comment
/^[.$A-Za-z_][.$A-Za-z0-9_]*:/ {
  label = $1
  sub(/:.*/, "", label)
  here[label]
  labels++
  print
  next
}

$1 == ".size" {  # the function ends; the next one may have no coverage
  call = ""
  split("", empty)
}
NF == 0 || $1 ~ /^[.#]/ || $1 == "nop" { print; next }

/__sanitizer_cov_trace_pc/ { call = $0 }
$1 == "jmp" && labels {
  if (!($2 in here) && !($2 in empty)) for (label in here) empty[label]
  else if (call != "") print call
}
{
  print
  split("", here)
  labels = 0
}
