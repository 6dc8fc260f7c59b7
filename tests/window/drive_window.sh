#!/usr/bin/env bash
# A real window, driven by a real mouse and keyboard: drive_window.sh PROGRAM BACKEND
# Starts an X server of its own that draws into memory (Xvfb), opens lesson 1.1, plays by key, steps
# by mouse, goes home, and quits by key. Fails with what it waited for and what the window said.
set -euo pipefail

source "$(dirname "$0")/window.sh"
open_window drive_window "$1" "$2" first-request

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
echo "$test ($backend): opened, played, stepped by mouse and keys, closed"
