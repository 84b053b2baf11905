#!/bin/sh
# fonts.sh: rebuilds web/assets/fonts/*.woff2 from the npm packages @fontsource-variable/{bricolage-grotesque,literata,radio-canada}.
# All three are under the SIL OFL 1.1 (web/assets/fonts/OFL.txt), without a reserved name. The glyphs kept are those of French;
# U+202F (thin space) and U+2011 (hyphen that does not break), missing upstream, are added: without them every thin space would call
# a fallback font. Needs npm, fonttools, brotli. The result is committed: run this only to change the set.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
out=$here/web/assets/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-save --prefix "$work" @fontsource-variable/bricolage-grotesque @fontsource-variable/literata @fontsource-variable/radio-canada

glyphs="U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00B0,U+00B2,U+00B3,U+00B7,U+00BB,U+00C0,U+00C2,U+00C4,U+00C6-00CB,U+00CE,U+00CF"
glyphs="$glyphs,U+00D1,U+00D4,U+00D6,U+00D7,U+00D9,U+00DB,U+00DC,U+00E0,U+00E2,U+00E4,U+00E6-00EB,U+00EE,U+00EF,U+00F1,U+00F3,U+00F4"
glyphs="$glyphs,U+00F6,U+00F9,U+00FB,U+00FC,U+00FF,U+0152,U+0153,U+0178,U+2011,U+2013,U+2014,U+2019,U+201C,U+201D,U+2026,U+202F,U+20AC,U+2212"

cat > spaces.py <<'P'
import copy
import sys
from fontTools.ttLib import TTFont

src, dst = sys.argv[1:3]
f = TTFont(src, lazy=False)
best = f.getBestCmap()
for tag in ("gvar", "glyf", "hmtx", "HVAR"):
    if tag in f:
        f[tag]
name = "uni202F"
order = f.getGlyphOrder()
if name not in order:
    f.setGlyphOrder(order + [name])
    f["glyf"].glyphs[name] = copy.deepcopy(f["glyf"][best[0x20]])
    f["glyf"].glyphOrder = f.getGlyphOrder()
    f["hmtx"][name] = (int(f["head"].unitsPerEm * 0.16), 0)
    if "gvar" in f:
        f["gvar"].variations[name] = []
    if "HVAR" in f:
        del f["HVAR"]
for table in f["cmap"].tables:
    if table.isUnicode():
        table.cmap[0x202F] = name
        table.cmap[0x2011] = best[0x2D]
for tag in ("vhea", "vmtx", "VVAR", "VORG"):
    if tag in f:
        del f[tag]
f.save(dst)
P

make_font() { # SOURCE OUTPUT FEATURES AXIS...
	source=node_modules/@fontsource-variable/$1 output=$2 features=$3
	shift 3
	fonttools varLib.instancer -q "$source" "$@" -o axes.ttf
	/usr/bin/python3 spaces.py axes.ttf spaces.ttf
	pyftsubset spaces.ttf --unicodes="$glyphs" --layout-features="$features" --flavor=woff2 --output-file="$out/$output" \
		--no-hinting --desubroutinize --name-IDs='0,1,2,13,14'
}
make_font bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2 titre.woff2 kern,ccmp,mark wdth=88 opsz=60 wght=700
make_font radio-canada/files/radio-canada-latin-wght-normal.woff2 interface.woff2 kern,ccmp,mark,tnum wght=400:700
make_font literata/files/literata-latin-standard-normal.woff2 lecture.woff2 kern,ccmp,mark opsz=16 wght=400
make_font literata/files/literata-latin-standard-italic.woff2 lecture-italique.woff2 kern,ccmp,mark opsz=16 wght=400
ls -l "$out"
