#!/usr/bin/env bash
# Each verb in a real window by a real mouse: verbs_window.sh PROGRAM BACKEND [WIDTH HEIGHT]
# A read is sent, forwarded, retrieved, requeued, dragged onto Done; another is canceled; a queue's
# mode is switched and that is undone. No key is pressed.
set -euo pipefail

source "$(dirname "$0")/window.sh"
open_window verbs_window "$1" "$2" sandbox
[ $# -lt 4 ] || resize "$3" "$4"

# is R1 WORDS: the last that was told of it.
is() { sed -n "s/^REQUEST $1 //p" "$said" | tail -1 | grep -q -E "$2"; }
# What was done has come to rest, as is seen of that request.
now() {
  wait_for "$1 to be \"$2\" after $3" is "$1" "$2"
  wait_for "the run to rest after $3" rests
}
told() { grep -q -E "$1" "$said"; }

# Faster than the eye wants it: right of the middle of the slider, or in the menu of a small window.
point transport/speed
xdotool mousemove_relative 30 0
sleep 0.15
press
if [ $# -ge 4 ]; then
  sleep 0.3
  if is_there menu/10×; then click menu/10×; fi
fi

click verbs/read
now R1 'owned by the driver' 'a click on Read'
click verbs/Forward
click menu/waiting
now R1 'waiting.* in waiting' 'forwarding it by its button and menu'
click waiting/retrieve
now R1 'owned by the driver' 'a click on Retrieve next of the queue'
click stage/R1
click verbs/Requeue
now R1 'waiting.* in waiting' 'a click on Requeue'
click stage/waiting
click verbs/RetrieveNext
now R1 'owned by the driver' 'a click on Retrieve next of the panel'
drag stage/R1 stage/done
now R1 'completed with STATUS_SUCCESS' 'dragging it onto Done'
click stage/notepad
click verbs/read
now R2 'owned by the driver' 'the second read'
click stage/notepad
click verbs/read
now R3 'waiting.* in default' 'the third read'
click stage/R3
click verbs/CancelFromApp
now R3 'completed with STATUS_CANCELLED' 'a click on Cancel'
click stage/R2
click verbs/Complete
now R2 'completed with STATUS_SUCCESS' 'a click on Complete'
click stage/default
click verbs/SwitchParallel
wait_for "the new run to be told" told '^SAYS New branch: what if parallel'
click message/undo
wait_for "Undo to lead back" told '^SAYS Back in branch main'
echo "verbs_window ($backend): sent, forwarded, retrieved, requeued, completed, canceled, switched by mouse"
