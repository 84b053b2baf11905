#!/bin/sh
# assets.sh SOURCE OUT MANIFEST [LIBRARY.js...]: what browsers fetch, ready for a year of cache. A library is one of npm.
# Joins SOURCE/css/*.css in the order of their names into css/site.css, names every file by a hash of its bytes, rewrites the
# url("../x/y") of the style sheet to the hashed names, writes a .gz beside each text file, and the manifest:
# one line a file, "name<TAB>hashed-name". Same input, same output, byte for byte.
set -eu
src=$1 out=$2 manifest=$3
shift 3
tmp=$out.tmp
rm -rf "$tmp"
mkdir -p "$tmp"
: > "$manifest.tmp"

hash_of() { sha256sum "$1" | cut -c1-12; }

publish() { # FILE NAME: copies FILE under its hashed name
	h=$(hash_of "$1")
	hashed=${2%.*}.$h.${2##*.}
	mkdir -p "$tmp/$(dirname "$2")"
	cp "$1" "$tmp/$hashed"
	chmod 644 "$tmp/$hashed"
	case $2 in
	*.css | *.js | *.svg | *.txt) gzip -9nc "$tmp/$hashed" > "$tmp/$hashed.gz" ;;
	esac
	printf '%s\t%s\n' "$2" "$hashed" >> "$manifest.tmp"
}

for dir in fonts img js; do
	for f in "$src/$dir"/*; do
		[ -f "$f" ] && publish "$f" "$dir/$(basename "$f")"
	done
done

# Leaflet tries SVG through innerHTML as it loads, which our policy (require-trusted-types-for) refuses: the same without it.
for f in "$@"; do
	name=$(basename "$f")
	sed -e 's|\.innerHTML="<svg/>"|.append(document.createElementNS("http://www.w3.org/2000/svg","svg"))|' \
		-e '/^\/\/# sourceMappingURL/d' "$f" > "$tmp/$name"
	if [ "$name" = leaflet.js ] && ! grep -q 'append(document.createElementNS("http://www.w3.org/2000/svg","svg"))' "$tmp/$name"; then
		echo "assets.sh: this Leaflet is not the one we know how to load under our policy" >&2
		exit 1
	fi
	publish "$tmp/$name" "js/$name"
	rm "$tmp/$name"
done

# The style sheet last: it names the others. Comments, indentation and empty lines stay in the sources.
cat "$src"/css/*.css |
	awk -v list="$manifest.tmp" '
	BEGIN { FS = "\t"; while ((getline line < list) > 0) { split(line, p, "\t"); hashed["../" p[1]] = "../" p[2] } }
	{
		while (match($0, /url\("[^"]*"\)/)) {
			name = substr($0, RSTART + 5, RLENGTH - 7)
			if (!(name in hashed)) { print "assets.sh: unknown asset " name > "/dev/stderr"; exit 1 }
			printf "%surl(%s)", substr($0, 1, RSTART - 1), hashed[name]
			$0 = substr($0, RSTART + RLENGTH)
		}
		print
	}' > "$tmp/site.css"
perl -0pi -e 's{/\*.*?\*/}{}gs; s/^\s+//gm; s/\s+$//gm' "$tmp/site.css" 2>/dev/null || true
publish "$tmp/site.css" css/site.css
rm "$tmp/site.css"

# Older files stay: pages already sent, or a server not yet restarted, still name them.
mkdir -p "$out"
cp -R "$tmp/." "$out/"
rm -rf "$tmp"
LC_ALL=C sort "$manifest.tmp" > "$manifest"
rm "$manifest.tmp"
