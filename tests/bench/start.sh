#!/usr/bin/env bash
# From process start to the first frame on the screen, beside a bare window of Dear ImGui's that has
# none of our code: start.sh BUILD_FOLDER [ROUNDS]. Runs them in turn on an X server in memory and
# prints the best time of each, and the ratio: on a busy machine the best is what tells.
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

# once COMMAND...: microseconds until it says SHOWN.
once() {
  local begin=${EPOCHREALTIME/./} line
  coproc RUN { exec "$@" 2>/dev/null; }
  local pid=$RUN_PID from=${RUN[0]}
  while read -r line <&"$from"; do
    [ "$line" = SHOWN ] || continue
    echo $((${EPOCHREALTIME/./} - begin))
    break
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

best() { sort -n | head -1; }

# row NAME OURS... -- BARE
row() {
  local name=$1 ours=() bare
  shift
  while [ "$1" != -- ]; do ours+=("$1"); shift; done
  bare=$2
  : >"$home/ours"
  : >"$home/bare"
  for _ in $(seq "$rounds"); do
    once "$bare" >>"$home/bare"
    once "${ours[@]}" >>"$home/ours"
  done
  local a b
  a=$(best <"$home/ours") b=$(best <"$home/bare")
  printf '%-28s %8.1f ms   bare %8.1f ms   %s times\n' "$name" "$(bc -l <<<"$a/1000")" \
    "$(bc -l <<<"$b/1000")" "$(bc -l <<<"scale=2;$a/$b")"
}

row "sdl2, list of lessons" "$build/queuescope" --backend sdl2 -- "$build/qs_bare_sdl2"
row "sdl2, lesson 1.1" "$build/queuescope" first-request --backend sdl2 -- "$build/qs_bare_sdl2"
row "glfw, list of lessons" "$build/queuescope" --backend glfw -- "$build/qs_bare_glfw"
row "glfw, lesson 1.1" "$build/queuescope" first-request --backend glfw -- "$build/qs_bare_glfw"
row "as the machine has it" "$build/queuescope" -- "$build/qs_bare_sdl2"
