#!/usr/bin/env bash
# on_display.sh COMMAND...: runs it with an X server of its own that draws into memory (Xvfb), and a
# home folder that goes with it.
set -euo pipefail

home=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap end EXIT
mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1680x980x24 +extension GLX 3>"$home/display" >"$home/server" 2>&1 &
server=$!
read -r -t 30 number <"$home/display" || { cat "$home/server"; exit 1; }
unset WAYLAND_DISPLAY SDL_VIDEODRIVER
DISPLAY=:$number HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data \
  XDG_STATE_HOME=$home/state XDG_RUNTIME_DIR=$home "$@"
