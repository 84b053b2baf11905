#!/usr/bin/env bash
# The map: the same items as the list, in the same order, in every format; places known, vague, everywhere; outlines; the policy.
. "$(dirname "$0")/lib.sh"

marked=0
# What a page draws, a line each: the items of the dots of the nation, of the nation on a telephone, of a closer map, "2 15 31"; then how many
# are named beside: valid everywhere, in the whole région, elsewhere, no place known.
drawing() {
	perl -0777 -ne 'my $page = $_;
	for my $kind (qw(large tel zoom)) {
		my ($drawn) = /<svg class="plan plan-$kind"(.*?)\n<\/svg>/s;
		my %items = map { $_ => 1 } map { split / / } ($drawn // "") =~ /data-ids="([0-9 ]*)"/g;
		print join(" ", sort { $a <=> $b } keys %items), "\n";
	}
	print join(" ", map { $page =~ /<p><b>$_ \((\d+)\)</ ? $1 : 0 } "Partout en France", "Dans toute la région", "Ailleurs", "Lieu inconnu de nous"), "\n"' "$tmp/body"
}
ids() { jq_ '[.elements[].id] | join(" ")'; }
for q in '' 'territoire=region:84' 'territoire=departement:974' 'territoire=commune:97410' 'theme=emploi-insertion' 'territoire=region:53' \
	'territoire=departement:69&territoire=departement:59' 'q=fondation' 'q=zzzzzz'; do
	for what in catalyseurs fiches; do
		get "/$what.json?$q&taille=100"
		list=$(ids) total=$(jq_ .total)
		get "/carte.json?quoi=$what&$q"
		is "$status" 200 "/carte.json?quoi=$what&$q ($total)"
		is "$(ids)" "$list" "the ids of the list"
		drawn=$(jq_ '[.amas[].elements[]] | unique | join(" ")')
		[ -z "$drawn" ] || marked=$((marked + 1))
		# Each dot begins with an item that comes after the one before: the order of the keyboard is that of the list.
		is "$(jq_ '[.elements[].id] as $l | [.amas[].elements[0] as $i | $l | index($i)] | . == sort')" true "dots in its order"
		is "$(jq_ '([.elements[].id] | unique) as $l | [.amas[].elements[]] - $l | length')" 0 "no dot of another item"
		get "/carte.geojson?quoi=$what&$q"
		is "$(jq_ '[.features[].properties.id] | join(" ")')" "$list" "the same in GeoJSON"
		# What has a place is drawn or said to be elsewhere, what has none is named beside: with the dots, that is the list.
		placed=$(jq_ '[.features[] | select(.geometry) | .properties.id] | unique | join(" ")')
		get "/carte?quoi=$what&$q"
		mapfile -t said < <(drawing)
		read -r everywhere region away unknown <<<"${said[3]}"
		is "${said[0]}${said[2]}" "$drawn" "the dots of the drawing are those of the data"
		[ -z "${said[0]}" ] || is "${said[1]}, $away elsewhere" "$drawn, 0 elsewhere" "and those of a telephone; the nation leaves no place out"
		n=$(wc -w <<<"$drawn")
		is $((n + everywhere + region + away + unknown)) "$total" "dots and what is named beside them are the list"
		is $((n + region + away)) "$(wc -w <<<"$placed")" "what has a place is drawn"
		is "$(grep -oE '<li id="i[0-9]+"' "$tmp/body" | tr -cd '0-9\n' | paste -sd' ')" "$list" "the same in the page"
		rows=$(grep -nE -m1 'class="rangs"|encart incertain vide' "$tmp/body" | cut -d: -f1)
		plan=$(grep -n -m1 'class="plan ' "$tmp/body" | cut -d: -f1)
		ok "$([ "${rows:-9999999}" -lt "${plan:-0}" ]; echo $?)" "the list stands before the map"
	done
done

[ "$marked" -ge 12 ]
ok $? "there are dots on $marked maps"

# A dot of several leads where all of them are.
lost=
get '/carte.json?quoi=fiches'
jq -r '.amas[] | select(.elements | length > 1) | "\(.uri) \(.elements | map(tostring) | join(","))"' "$tmp/body" >"$tmp/dots"
[ -s "$tmp/dots" ]
ok $? "there are dots of several"
while read -r uri wanted; do
	path=${uri#"$BASE"}
	get "${path%%\?*}.json?${path#*\?}"
	is "$status" 200 "$path"
	for id in ${wanted//,/ }; do
		jq -e --argjson id "$id" 'any(.elements[]; .id == $id)' "$tmp/body" >/dev/null || lost="$lost $path:$id"
	done
done <"$tmp/dots"
is "$lost" "" "a dot of several leads to a map or a list that has them all"

get '/carte?territoire=region:84'
like "$(cat "$tmp/body")" 'class="flou"' "a place known at the département is dashed"
like "$(cat "$tmp/body")" 'lieu précis inconnu de nous' "and says so"
like "$(cat "$tmp/body")" 'Haute-Loire</tspan>' "the départements bear their names"
like "$(tr '\n' ' ' <"$tmp/body")" 'hors-carte">.*Partout en France' "what is valid everywhere is named beside"
unlike "$(grep -o '<svg class="plan .*' "$tmp/body")" 'role="img"' "a drawing that holds links is no image"
like "$(cat "$tmp/body")" 'Natural Earth' "the outlines are credited"
like "$(cat "$tmp/body")" 'href="/carte\?quoi=catalyseurs">La France' "and there is a way back"
get '/carte?territoire=commune:97410&quoi=fiches'
like "$(cat "$tmp/body")" '>Saint-Benoît</text>' "a commune is named beside its dot"
get /carte
like "$(tr '\n' ' ' <"$tmp/body")" '<text class="nom mot"[^>]*>Guadeloupe</text>.*href="[^"]*territoire=departement:' "overseas stands first"
get '/carte?type=methode'
like "$(cat "$tmp/body")" '<h1>Les fiches sur la carte' "a filter that only sheets have asks for sheets"
get '/carte?q=zzzzzz'
is "$status" 200 "nothing found"
like "$(cat "$tmp/body")" 'aucun catalyseur' "is said"
first=$(curl -s "$BASE/carte.json?taille=1" | jq -r '.elements[0].nom | split(" ")[-1]')
get "/carte?q=$(jq -rn --arg q "$first" '$q | @uri')"
is "$status" 200 "one word of a name ($first)"
like "$(cat "$tmp/body")" "$first" "finds it"
get '/carte.json?quoi=licornes'
is "$status" 400 "another thing to show is refused"
is "$(jq_ '.erreurs[0].champ')" quoi "by the name of the field"
get '/carte?quoi=licornes'
like "$(cat "$tmp/body")" '<code>quoi</code>' "and in words on the page"
get '/carte?territoire=commune:99999'
is "$status" 400 "a place that does not exist"
like "$(cat "$tmp/body")" 'Nous ne connaissons pas de territoire' "is said too"
get '/fiches?quoi=fiches'
like "$(cat "$tmp/body")" 'quoi' "lists do not know this parameter"
get '/fiches?type=exemple&territoire=region:84'
is "$(grep -oE 'href="/carte\?[^"]*"' "$tmp/body" | head -n 1 | cut -d'?' -f2 | tr -d '"' | sed 's/&amp;/\n/g' | sort | paste -sd' ')" \
	'quoi=fiches territoire=region:84 type=exemple' "a list leads to its map, filters kept"
get /territoires/region/84-auvergne-rhone-alpes
like "$(cat "$tmp/body")" 'href="/carte\?territoire=region:84"' "a territory leads to its map"

for m in departements:101 regions:18; do
	get "/territoires/contours/${m%:*}.geojson?millesime=2026"
	is "$status" 200 "outlines of the ${m%:*}"
	is "$(jq_ '[.features[] | select(.properties.type != "collectivite")] | length')" "${m#*:}" "all of them"
	is "$(jq_ '[.features[] | select(.geometry.coordinates | length == 0)] | length')" 0 "none is empty"
	like "$(head_of cache-control)" 'max-age=31536000.*immutable' "kept for a year by their vintage"
	is "$(head_of content-type)" 'application/geo+json' "as GeoJSON"
done
get /territoires/contours/departements.geojson
like "$(head_of cache-control)" 'no-cache' "without it, asked for again each time"
get /territoires/contours/cantons.geojson
is "$status" 404 "others do not exist"

# Tiles: none, unless the operator sets some; then this page alone says from where.
get /carte
unlike "$(head_of content-security-policy)" 'https:' "no third party in the policy"
like "$(cat "$tmp/body")" 'data-tuiles=""' "and no tiles"
cgi() { # PATH TILES
	env -i PATH="$PATH" CATALYSE_CARTE_TUILES="$2" REQUEST_METHOD=GET REQUEST_URI="$1" DOCUMENT_URI="$1" SERVER_PROTOCOL=HTTP/1.1 \
		REMOTE_ADDR=127.0.0.1 HTTP_HOST=essai.example REQUEST_SCHEME=https "$top_builddir/catalysed" -c "$VAR/catalyse.conf" 2>"$tmp/err"
}
like "$(cgi /carte 'https://{s}.tuiles.example/{z}/{x}/{y}.png')" 'X-Catalyse-Images: https://\*\.tuiles\.example' "tiles: the host to allow"
unlike "$(cgi /fiches 'https://{s}.tuiles.example/{z}/{x}/{y}.png')" 'X-Catalyse-Images' "not on another page"
unlike "$(cgi /carte 'http://tuiles.example/{z}/{x}/{y}.png')" 'X-Catalyse-Images' "never without https"
end
