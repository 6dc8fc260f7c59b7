#!/bin/sh
# fonts.sh <out folder> <root>: the window's fonts with no more letters than the texts of the program
# and a keyboard's have, a twentieth of the whole. Called by ./dev web.
set -eu
out=$1 root=$2
mkdir -p "$out"
# The Python that the package is for: another may be found first.
subset="$(dpkg -L python3-minimal | grep 'bin/python3$') -m fontTools.subset"
find "$root/lessons" "$root/assets" "$root/docs/rules" "$root/engine" "$root/ui" -type f \
  \( -name '*.toml' -o -name '*.md' -o -name '*.c' -o -name '*.cpp' -o -name '*.h' -o -name '*.txt' \) \
  -exec cat {} + > "$out/texts"
subset() {  # <font> <unicodes>
  $subset "$1" --output-file="$out/${1##*/}" --text-file="$out/texts" --unicodes="$2" \
    --no-hinting --desubroutinize --layout-features= --name-IDs= --drop-tables+=FFTM
}
latin=U+20-7E,U+A0-FF
installed() { dpkg -L fonts-inter fonts-jetbrains-mono fonts-dejavu-core fonts-fork-awesome | grep "/$1\$" | head -1; }
for font in Inter-Regular.otf Inter-SemiBold.otf JetBrainsMono-Regular.ttf JetBrainsMono-Bold.ttf DejaVuSans.ttf; do
  subset "$(installed "$font")" $latin
done
# Icons go by number: those that fonts.h names.
icons=$(sed -n '/define QS_ICONS/,/^$/p' "$root/ui/toolkit/text/fonts.h" |
  grep -o '\\u[0-9a-f]*' | sed 's/^../U+/' | tr '\n' ',')
font=$(installed forkawesome-webfont.ttf)
$subset "$font" --output-file="$out/${font##*/}" --unicodes="$icons" --no-hinting --layout-features=
rm -f "$out/texts"
