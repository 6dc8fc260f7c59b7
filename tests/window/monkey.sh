#!/usr/bin/env bash
# A monkey at a real window: monkey.sh PROGRAM BACKEND SECONDS [SEED]
# Real keys, clicks, drags, wheel, text and sizes of the window, through the X server, at random. Fails
# when the window dies, stops answering, or needs ever more memory. A clean end (the monkey found the
# way to quit) is no fault: it is opened again.
set -euo pipefail

program=$1 backend=$2 seconds=$3 seed=${4:-$(($(od -An -N3 -tu4 /dev/urandom)))}
echo "monkey ($backend): $seconds s with seed $seed"
RANDOM=$((seed % 32768))
home=${HOME:?}
cd "$home"
window= said=$home/said

fail() {
  echo "monkey ($backend): $* (seed $seed)"
  echo "--- what it did last:"
  tail -25 "$home/done" 2>/dev/null || true
  echo "--- the window said:"
  tail -5 "$said" "$home/errors" 2>/dev/null || true
  [ -z "$window" ] || kill "$window" 2>/dev/null || true
  exit 1
}

alive() { kill -0 "$window" 2>/dev/null; }

open_window() {
  : >"$said"
  QS_READY=1 "$program" first-request --backend "$backend" >"$said" 2>"$home/errors" &
  window=$!
  for _ in $(seq 300); do
    if grep -q '^READY' "$said"; then return 0; fi
    alive || fail "it did not open"
    sleep 0.1
  done
  fail "it did not open in half a minute"
}

keys=(Return Escape space Right Left Home End Tab shift+Tab Up Down Prior Next F6 F5 shift+F5 r w i c x
  1 2 3 4 5 6 7 8 9 0 p k b h d e t question bracketleft bracketright Delete BackSpace Menu F1 F3 F11
  ctrl+k ctrl+1 ctrl+2 ctrl+3 ctrl+4 ctrl+c ctrl+shift+c ctrl+shift+v ctrl+t ctrl+z ctrl+s ctrl+p ctrl+f
  ctrl+Return ctrl+plus ctrl+minus ctrl+0 shift+Right ctrl+Right alt+Left ctrl+Home ctrl+o ctrl+m)
words=(twice times R1 sandbox "owner R1 driver" C-22 light 42 "a b" Perfetto compare driver)

# A handful of things to do, as a script for xdotool.
bunch() {
  local n x y
  for n in $(seq 12); do
    x=$((RANDOM % 1680)) y=$((RANDOM % 980))
    case $((RANDOM % 12)) in
      0 | 1 | 2) echo "mousemove $x $y click 1" ;;
      3) echo "mousemove $x $y click 3" ;;
      4) echo "mousemove $x $y mousedown 1 mousemove $((RANDOM % 1680)) $((RANDOM % 980)) mouseup 1" ;;
      5) echo "mousemove $x $y click $((4 + RANDOM % 2))" ;;
      6) echo "mousemove $x $((y % 60)) click 1" ;;
      7) [ $((RANDOM % 3)) != 0 ] || echo "key ctrl+k type \"${words[RANDOM % ${#words[@]}]}\"" ;
         echo "key Return" ;;
      8) [ $((RANDOM % 8)) != 0 ] || echo "windowsize $id $((200 + RANDOM % 1500)) $((150 + RANDOM % 850))" ;;
      *) echo "key ${keys[RANDOM % ${#keys[@]}]}" ;;
    esac
  done
}

states() { grep -c '^STATE' "$said" || true; }

# It draws when a key is pressed.
check_answer() {
  local before i
  for i in $(seq 60); do
    before=$(states)
    xdotool key Escape key Tab mousemove $((300 + i)) 300 2>/dev/null || true
    sleep 0.3
    alive || return 0
    [ "$(states)" = "$before" ] || return 0
  done
  fail "it answers no more"
}

memory() { awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$window/status"; }

# Always the same moment: lesson 1.1 just opened from the list, so that what counts is what is lost.
settled_memory() {
  xdotool key Escape key Escape key ctrl+0 windowsize "$id" 1440 900 key ctrl+1 2>/dev/null || true
  sleep 0.5
  xdotool key ctrl+k type "1.1" 2>/dev/null || true
  xdotool key Return 2>/dev/null || true
  sleep 1.5
  alive && memory || echo 0
}

find_id() {
  id=
  for _ in $(seq 100); do
    id=$(xdotool search --name QueueScope 2>/dev/null | head -1) && [ -n "$id" ] && return 0
    sleep 0.1
  done
  fail "the window has no name"
}

# reopened: 0 is a clean end.
reap() {
  local code=0
  wait "$window" || code=$?
  [ "$code" = 0 ] || fail "it ended with exit code $code"
  quits=$((quits + 1))
  window=
}

quits=0 bunches=0 first=0 last=0 begin=$SECONDS next=60 grown=0
open_window
find_id
while [ $((SECONDS - begin)) -lt "$seconds" ]; do
  bunch >"$home/script"
  cat "$home/script" >>"$home/done"
  tail -200 "$home/done" >"$home/tail" && mv "$home/tail" "$home/done"
  # One that presses what is gone in the meantime says so; it is no fault.
  xdotool - <"$home/script" >/dev/null 2>&1 || true
  bunches=$((bunches + 1))
  rm -f "$home"/*.png "$home"/*.json "$home"/*.mmd "$home"/*.qst
  if [ $((bunches % 20)) = 0 ] && alive; then
    check_answer
    tail -2 "$said" >"$home/tail" && cat "$home/tail" >"$said"
  fi
  if ! alive; then
    reap
    open_window
    find_id
    first=0 next=$((SECONDS - begin + 60))
  elif [ $((SECONDS - begin)) -ge "$next" ]; then
    next=$((SECONDS - begin + 60))
    last=$(settled_memory)
    [ "$last" = 0 ] && continue
    [ "$first" != 0 ] || first=$last
    echo "monkey ($backend): after $((SECONDS - begin)) s, $((bunches * 12)) things: $last MB"
    [ $((last - first)) -le "$grown" ] || grown=$((last - first))
  fi
done
check_answer
if alive; then
  last=$(settled_memory)
  kill "$window" 2>/dev/null || true
  wait "$window" 2>/dev/null || true
fi
echo "monkey ($backend): $((bunches * 12)) things done, quit $quits times; memory $first MB at first, $last MB at last"
[ "$first" = 0 ] || [ "$last" = 0 ] || [ "$last" -le $((first + first / 2 + 48)) ] ||
  fail "its memory grew from $first to $last MB"
