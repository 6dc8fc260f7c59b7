# What the tests of a real window share: an X server of their own that draws into memory (Xvfb), the
# window on it, and a hand that points, clicks, drags and presses keys (xdotool). Sourced, not run.
#
#   open_window TEST PROGRAM BACKEND WHAT    shows WHAT; the test then goes on with click, key ...
#
# The window tells where things are and what the run is like (QS_READY, ui/app/window.cpp).

for tool in Xvfb xdotool; do
  if ! command -v "$tool" >/dev/null; then
    echo "skipped: $tool is not installed (./dev test installs it)"
    exit 77
  fi
done

test= backend=
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
  echo "$test ($backend): $*"
  echo "--- the window said:"
  grep -v '^PLACE' "$said" 2>/dev/null | tail -20 || true
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

said_ready() { grep -q '^READY' "$said"; }
id=
found() { id=$(xdotool search --name QueueScope 2>/dev/null | head -1) && [ -n "$id" ]; }

open_window() {
  test=$1 backend=$3
  local program
  program=$(realpath "$2")
  mkfifo "$home/display"
  Xvfb -displayfd 3 -noreset -screen 0 1680x980x24 +extension GLX 3>"$home/display" >"$home/server" 2>&1 &
  server=$!
  read -r -t 30 number <"$home/display" || fail "no X server: $(cat "$home/server")"
  export DISPLAY=:$number
  unset WAYLAND_DISPLAY SDL_VIDEODRIVER
  export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home
  : >"$said"
  cd "$home"  # what it saves lands there
  QS_READY=1 "$program" "$4" --backend "$backend" >"$said" 2>"$home/errors" &
  window=$!
  for _ in $(seq 600); do
    if said_ready; then break; fi
    kill -0 "$window" 2>/dev/null || fail "it did not open: $(cat "$home/errors")"
    sleep 0.1
  done
  said_ready || fail "it did not open within a minute"
  wait_for "the window to have its name" found
  eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(X|Y)=')"
}

# resize WIDTH HEIGHT: as somebody does who pulls at a corner of the window.
sized() { xdotool getwindowgeometry --shell "$id" | grep -qx "WIDTH=$1"; }
tellings() { grep -c '^PLACES' "$said" || true; }
told_since() { [ "$(tellings)" -gt "$1" ]; }
resize() {
  local before
  before=$(tellings)
  xdotool windowsize "$id" "$1" "$2"
  wait_for "the window to be $1 wide" sized "$1"
  wait_for "it to tell where things are now" told_since "$before"
  sleep 0.5
  eval "$(xdotool getwindowgeometry --shell "$id" | grep -E '^(X|Y)=')"
}

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

# Where things are now, by the ends of their names: those told since the window last changed.
place() {
  awk -v want="$1" '
    /^PLACES/ { found = "" }
    /^PLACE / {
      name = $2
      for (i = 3; i <= NF - 2; ++i) name = name " " $i
      rest = length(name) - length(want)
      if (name == want || (rest > 0 && substr(name, rest) == "/" want)) found = $(NF - 1) " " $NF
    }
    END { print found }' "$said"
}
rests() { [ "$(grep -E '^(PLAYS|RESTS)' "$said" | tail -1)" = RESTS ]; }
is_there() { [ -n "$(place "$1")" ]; }
point() {
  local where
  wait_for "$1 to be on screen" is_there "$1"
  where=$(place "$1")
  # shellcheck disable=SC2086
  set -- $where
  xdotool mousemove $((X + $1)) $((Y + $2))
  sleep 0.15
}
press() { xdotool mousedown 1; sleep 0.08; xdotool mouseup 1; }
click() {
  point "$1"
  press
}
# drag WHAT ONTO: in steps, as a hand does.
drag() {
  local from to i
  point "$1"
  from=$(place "$1") to=$(place "$2")
  [ -n "$to" ] || fail "nothing on screen is called $2"
  # shellcheck disable=SC2086
  set -- $from $to
  xdotool mousedown 1
  sleep 0.4 # the window has seen it there, also on a busy machine
  for i in 1 2 3 4 5; do
    xdotool mousemove $((X + $1 + ($3 - $1) * i / 5)) $((Y + $2 + ($4 - $2) * i / 5))
    sleep 0.1
  done
  sleep 0.4
  xdotool mouseup 1
}
