#!/usr/bin/env bash
# From process start to the first frame on the screen, beside a bare window of Dear ImGui's that has
# none of our code: start.sh BUILD_FOLDER [ROUNDS]. Runs them in turn on an X server in memory and
# prints the best time of each, and the ratio: on a busy machine the best is what tells. Then the
# same of the processor time of all their threads, which says something even on a very busy one.
set -euo pipefail

build=$(realpath "$1") rounds=${2:-15}
home=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap end EXIT
mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1680x980x24 +extension GLX 3>"$home/display" >/dev/null 2>&1 &
server=$!
read -r -t 30 number <"$home/display"
export DISPLAY=:$number HOME=$home XDG_RUNTIME_DIR=$home QS_READY=1
unset WAYLAND_DISPLAY SDL_VIDEODRIVER XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME

# once FILE COMMAND...: microseconds until it says SHOWN, into FILE; the processor's into FILE.cpu.
once() {
  local into=$1
  shift
  local begin=${EPOCHREALTIME/./} line
  coproc RUN { exec "$@" 2>/dev/null; }
  local pid=$RUN_PID from=${RUN[0]}
  while read -r line <&"$from"; do
    [ "$line" = SHOWN ] || continue
    echo $((${EPOCHREALTIME/./} - begin)) >>"$into"
    awk '{ ns += $1 } END { printf "%d\n", ns / 1000 }' /proc/"$pid"/task/*/schedstat \
      >>"$into.cpu" 2>/dev/null || true  # threads come and go
    break
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

best() { sort -n | head -1; }

# show WHAT OURS BARE: the best of two files of microseconds, and their ratio.
show() {
  local a b
  a=$(best <"$home/$2") b=$(best <"$home/$3")
  printf '  %s %6.1f ms, bare %6.1f ms: %5.2f' "$1" "$(bc -l <<<"$a/1000")" \
    "$(bc -l <<<"$b/1000")" "$(bc -l <<<"$a/$b")"
}

# row NAME OURS... -- BARE
row() {
  local name=$1 ours=() bare
  shift
  while [ "$1" != -- ]; do ours+=("$1"); shift; done
  bare=$2
  for file in ours bare ours.cpu bare.cpu; do : >"$home/$file"; done
  for _ in $(seq "$rounds"); do
    once "$home/bare" "$bare"
    once "$home/ours" "${ours[@]}"
  done
  printf '%-24s' "$name"
  show "" ours bare
  show "processor" ours.cpu bare.cpu
  echo
}

row "sdl2, list of lessons" "$build/queuescope" --backend sdl2 -- "$build/qs_bare_sdl2"
row "sdl2, lesson 1.1" "$build/queuescope" first-request --backend sdl2 -- "$build/qs_bare_sdl2"
row "glfw, list of lessons" "$build/queuescope" --backend glfw -- "$build/qs_bare_glfw"
row "glfw, lesson 1.1" "$build/queuescope" first-request --backend glfw -- "$build/qs_bare_glfw"
row "as the machine has it" "$build/queuescope" -- "$build/qs_bare_sdl2"
