#!/bin/sh
# fonts.sh <out folder> <root>: the window's fonts with no more letters than the texts of the program
# and a keyboard's have, a twentieth of the whole. A font that stays as it was is not written again.
# Called by ./dev web.
set -eu
out=$1 root=$2
work=$out/new
mkdir -p "$work"
# The Python that the package is for: another may be found first.
subset="$(dpkg -L python3-minimal | grep 'bin/python3$') -m fontTools.subset"
find "$root/lessons" "$root/assets" "$root/docs/rules" "$root/engine" "$root/ui" -type f \
  \( -name '*.toml' -o -name '*.md' -o -name '*.c' -o -name '*.cpp' -o -name '*.h' -o -name '*.txt' \) \
  -exec cat {} + > "$work/texts"
subset() {  # <font> <what is kept>...
  font=$(dpkg -L fonts-inter fonts-jetbrains-mono fonts-dejavu-core fonts-fork-awesome | grep "/$1\$" | head -1)
  name=$1
  shift
  $subset "$font" --output-file="$work/$name" "$@" \
    --no-hinting --desubroutinize --layout-features= --name-IDs= --drop-tables+=FFTM
  cmp -s "$work/$name" "$out/$name" || mv "$work/$name" "$out/$name"
}
for font in Inter-Regular.otf Inter-SemiBold.otf JetBrainsMono-Regular.ttf JetBrainsMono-Bold.ttf DejaVuSans.ttf; do
  subset $font --text-file="$work/texts" --unicodes=U+20-7E,U+A0-FF
done
# Icons go by number: those that fonts.h names.
icons=$(sed -n '/define QS_ICONS/,/^$/p' "$root/ui/toolkit/text/fonts.h" |
  grep -o '\\u[0-9a-f]*' | sed 's/^../U+/' | tr '\n' ',')
subset forkawesome-webfont.ttf --unicodes="$icons"
rm -rf "$work"
