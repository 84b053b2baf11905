#!/usr/bin/env bash
# What each page of the plan weighs as it travels: itself, its style, its scripts, the letters and pictures it asks for. 150 kB, the map included:
# what moves it is fetched when asked for, and weighed in tests/browser/map.mjs.
. "${top_srcdir:?}/tests/http/lib.sh"
declare -A known
weigh() { # ADDRESS: bytes as sent, compressed when the browser may
	[ -n "${known[$1]:-}" ] || known[$1]=$(curl -sS -m 20 -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$BASE$1")
	echo "${known[$1]}"
}
get /plan-du-site
pages=$(grep -o '<a href="/[^"]*"' "$tmp/body" | sed 's/.*href="//; s/"$//; s/&amp;/\&/g' | sort -u)
first() { get "$1.json"; jq_ '.elements[0] | .uri // .url' | sed 's,^[a-z]*://[^/]*,,'; }
for list in /fiches /catalyseurs /evenements /parcours /thematiques /observatoire; do pages="$pages $(first $list)"; done
pages="$pages /territoires/commune/97410-saint-benoit /territoires/region/84-auvergne-rhone-alpes /boussole/chemin?qui=association&territoire=commune:69123 /boussole/pratiques /carte?quoi=fiches"
n=0 heavy=
for page in $pages; do
	get "$page"
	[ "$status" = 200 ] || continue
	grep -q '<html' "$tmp/body" || continue
	n=$((n + 1))
	total=$(curl -sS -m 20 -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$BASE$page")
	for part in $(grep -oE '(<link rel="(stylesheet|preload)"[^>]*href|<script src|<img[^>]* src)="/[^"]*"' "$tmp/body" | sed 's/.*="//; s/"$//' | sort -u); do
		total=$((total + $(weigh "$part")))
	done
	[ "$total" -le 150000 ] || heavy="$heavy $page:$total"
done
is "$heavy" "" "$n pages, none above its budget"
[ "$n" -ge 25 ]
ok $? "enough pages to tell: $n"
end
