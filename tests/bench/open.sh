#!/usr/bin/env bash
# Opening a very long recording in a real window: open.sh BUILD_FOLDER [ROUNDS]. Writes two runs of
# the sandbox into files, one of 4.4 million events, which is made again from its inputs, and one of
# 10 million, which is shown as it was recorded; opens each on an X server in memory and prints, from
# process start: when the window is there, when it answers a key that was pressed meanwhile, and when
# the run is open, in time and in the processor's; and how long a key takes then. The best of each.
set -euo pipefail

build=$(realpath "$1") rounds=${2:-5}
home=$(mktemp -d)
server="" window=""
end() {
  [ -z "$window" ] || kill "$window" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap end EXIT
mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1680x980x24 +extension GLX 3>"$home/display" >/dev/null 2>&1 &
server=$!
read -r -t 30 number <"$home/display"
export DISPLAY=:$number HOME=$home XDG_RUNTIME_DIR=$home
unset WAYLAND_DISPLAY SDL_VIDEODRIVER XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME

now() { echo "${EPOCHREALTIME/./}"; }

# until PATTERN: reads what the window says up to that line; microseconds since `begin`.
until_said() {
  local line
  while read -r -t 120 line <&"$from"; do
    # shellcheck disable=SC2053
    [[ $line == $1 ]] && { took=$(($(now) - begin)); return; }
  done
  echo "open.sh: the window did not say $1" >&2
  exit 1
}

# once FILE: appends to shown, answered, open, key.
once() {
  local begin took
  begin=$(now)
  coproc RUN { QS_READY=1 exec "$build/queuescope" "$1" --backend sdl2 2>/dev/null; }
  window=$RUN_PID from=${RUN[0]}
  until_said SHOWN && echo "$took" >>"$home/shown"
  xdotool key ctrl+k
  until_said PALETTE && echo "$took" >>"$home/answered"
  xdotool key Escape
  until_said "STATE run *" && echo "$took" >>"$home/open"
  awk '{ print ($14 + $15) * 10000 }' "/proc/$window/stat" >>"$home/processor"  # ticks of 10 ms
  begin=$(now)
  xdotool key End
  until_said "STATE run [1-9]*" && echo "$took" >>"$home/key"
  kill "$window"
  wait "$window" 2>/dev/null || true
  window=
}

best() { printf '%8.0f ms' "$(bc -l <<<"$(sort -n "$home/$1" | head -1)/1000")"; }

printf '%-16s %11s %11s %11s %11s %11s\n' "" shown answers open processor "a key then"
for events in 4400000 10000000; do
  file=$home/$events.qst
  QS_BENCH_TRACE=$file "$build/qs_bench" --benchmark_filter="save_file/events:$events\$" \
    --benchmark_min_time=0.001 >/dev/null 2>&1
  rm -f "$home"/{shown,answered,open,processor,key}
  for _ in $(seq "$rounds"); do once "$file"; done
  printf '%-16s' "$events events"
  for what in shown answered open processor key; do printf ' %s' "$(best $what)"; done
  echo
  rm -f "$file"
done
