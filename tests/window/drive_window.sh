#!/usr/bin/env bash
# A real window, driven by a real mouse and keyboard: drive_window.sh PROGRAM BACKEND
# Starts an X server of its own that draws into memory (Xvfb), opens lesson 1.1, plays by key, steps
# by mouse, goes home, and quits by key. Fails with what it waited for and what the window said.
set -euo pipefail

program=$(realpath "$1") backend=$2
home=$(mktemp -d)
said=$home/said
server= window=

end() {
  [ -z "$window" ] || kill "$window" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap end EXIT

fail() {
  echo "drive_window ($backend): $*"
  echo "--- the window said:"
  tail -20 "$said" 2>/dev/null || true
  exit 1
}

# wait_for WHAT COMMAND...: until the command succeeds, at most half a minute.
wait_for() {
  local what=$1
  shift
  for _ in $(seq 300); do
    if "$@"; then return 0; fi
    kill -0 "$window" 2>/dev/null || fail "the window is gone while waiting for $what"
    sleep 0.1
  done
  fail "waited half a minute for $what"
}

mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1680x980x24 +extension GLX 3>"$home/display" >"$home/server" 2>&1 &
server=$!
read -r -t 30 number <"$home/display" || fail "no X server: $(cat "$home/server")"
export DISPLAY=:$number
unset WAYLAND_DISPLAY SDL_VIDEODRIVER
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home

: >"$said"
cd "$home"  # what it saves lands there
QS_READY=1 "$program" first-request --backend "$backend" >"$said" 2>"$home/errors" &
window=$!
said_ready() { grep -q '^READY' "$said"; }
for _ in $(seq 600); do
  if said_ready; then break; fi
  kill -0 "$window" 2>/dev/null || fail "it did not open: $(cat "$home/errors")"
  sleep 0.1
done
said_ready || fail "it did not open within a minute"

event() { sed -n 's/^STATE run //p' "$said" | tail -1; }
beyond() { [ "$(event)" -gt "$1" ]; }
not_beyond() { [ "$(event)" -le "$1" ]; }
at() { [ "$(event)" = "$1" ]; }
# A press and a release inside one frame may be lost by the window system's own queue: hold it.
key() {
  xdotool keydown "$1"
  sleep 0.08
  xdotool keyup "$1"
}

id=
found() { id=$(xdotool search --name QueueScope 2>/dev/null | head -1) && [ -n "$id" ]; }
wait_for "the window to have its name" found
eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(X|Y)=')"
place() { sed -n "s|^PLACE $1 ||p" "$said" | tail -1; }
click() {
  local where
  where=$(place "$1")
  [ -n "$where" ] || fail "nothing on screen is called $1"
  # shellcheck disable=SC2086
  set -- $where
  xdotool mousemove $((X + $1)) $((Y + $2))
  sleep 0.15
  xdotool mousedown 1
  sleep 0.08
  xdotool mouseup 1
}

first=$(event)
key space
wait_for "playing by the space bar to move the run on from event $first" beyond "$first"
sleep 2
key Home
wait_for "Home to go back to event $first or before" not_beyond "$first"
start=$(event)
key Right
wait_for "the right arrow to step on from event $start" beyond "$start"
stepped=$(event)
click transport/forward
wait_for "a click on the step button to go on from event $stepped" beyond "$stepped"
click transport/back
wait_for "a click on the step back button to go back to event $stepped" at "$stepped"
xdotool mousemove $((X + 4)) $((Y + 200))
where=$(place transport/forward)
# shellcheck disable=SC2086
set -- $where
xdotool mousemove $((X + $1)) $((Y + $2))
tip() { grep -q "^TIP One step forward" "$said"; }
wait_for "the step button to say what it does when the mouse rests on it" tip
click transport/play
wait_for "a click on Play to move the run on from event $stepped" beyond "$stepped"

# A picture twice as large is drawn beside the window, which goes on as before.
key ctrl+k
palette() { grep -q '^PALETTE' "$said"; }
wait_for "Ctrl+K to open the palette" palette
xdotool type --delay 60 twice
key Return
saved() { [ -n "$(find "$home" -name "*@2x*.png" -size +0)" ]; }
wait_for "the palette to save a picture twice as large" saved
turns=$(grep -c '^STATE' "$said")
turned() { [ "$(grep -c '^STATE' "$said")" -gt $((turns + 1)) ]; }
xdotool mousemove $((X + 300)) $((Y + 300)) mousemove $((X + 320)) $((Y + 310))
key Home
wait_for "the window to take mouse and keys after a picture was saved" turned

# Larger text by Ctrl and the key of = and +, which some systems also send as a character. Theme and
# scale are in the settings file while the window is still open.
xdotool keydown ctrl keydown equal
sleep 0.08
xdotool keyup equal keyup ctrl
key ctrl+t
kept() { grep -q "$1" "$home/config/queuescope/settings.toml" 2>/dev/null; }
wait_for "the changed theme to be kept" kept 'theme = .light'
wait_for "Ctrl+= to make the text larger" kept 'scale = 1.1'
xdotool keydown ctrl keydown q
sleep 0.1
xdotool keyup q keyup ctrl
gone() { ! kill -0 "$window" 2>/dev/null; }
for _ in $(seq 100); do
  if gone; then break; fi
  sleep 0.1
done
gone || fail "Ctrl+Q did not close it"
code=0
wait "$window" || code=$?
window=
[ "$code" = 0 ] || fail "it ended with exit code $code: $(cat "$home/errors")"
grep -q 'theme' "$home/config/queuescope/settings.toml" || fail "the changed theme was not kept"
echo "drive_window ($backend): opened, played, stepped by mouse and keys, closed"
