#!/usr/bin/env bash
# Lists: who is first and why, the same ids in every format, suggestions, territories.
. "$(dirname "$0")/lib.sh"
get '/catalyseurs.json?territoire=commune:97410'
is "$status" 200 "catalysts near Saint-Benoît"
like "$(jq_ '.total')" '^[1-9][0-9]*$' "there are some"
like "$(jq_ '.elements[0].raison')" '[A-Za-zé]{4}' "the first has its reason in words"
like "$(jq_ '.elements[0] | tostring')" '974|Saint-Beno|R.union' "the first is of La Réunion"
is "$(jq_ '.territoire.code')" 97410 "the answer names the territory"
listed=$(jq_ '.elements[0].pratiques')
get "/catalyseurs/$(jq_ '.elements[0].id').json" -L
is "$(jq_ '.catalyseur.pratiques')" "$listed" "what a catalyst does is told the same by its list and by itself"
like "$listed" '[a-z]' "and it is told"
get '/catalyseurs?territoire=region:53'
is "$status" 200 "Bretagne, in HTML"
like "$(cat "$tmp/body")" 'Bretagne' "the page names Bretagne"
like "$(cat "$tmp/body")" '<h1>Nous ne connaissons encore aucun catalyseur en Bretagne</h1>' "says first that none is known"
like "$(cat "$tmp/body")" '<ul class="offres">.*href="/catalyseurs\?territoire=region:52">Pays de la Loire, [0-9]' "and offers its neighbours"
get '/catalyseurs?territoire=departement:22'
like "$(cat "$tmp/body")" '<h1>Nous ne connaissons encore aucun catalyseur dans les Côtes-d’Armor</h1>' "with the preposition of each place"
get '/catalyseurs?territoire=region:53&theme=education-jeunesse'
like "$(cat "$tmp/body")" '<h1>Nous ne connaissons encore personne en Bretagne pour cette demande</h1>' "of a filter, no more than it knows"
get '/catalyseurs?territoire=region:52'
like "$(cat "$tmp/body")" '<h1>Qui relie dans les Pays de la Loire</h1>' "and where some are known, who they are"
get /
is "$(grep -oE 'Premier pas[^<]*<a href="[^"]*' "$tmp/body" | sort | uniq -c | awk '{ n++; if ($1 > 1) print } END { print n }')" 7 "from the home, each situation has a first step of its own"
like "$(cat "$tmp/body")" 'Vous avez essayé quelque chose.*<a class="bouton" href="/contribuer">' "and who has tried something is asked to tell it"
get '/catalyseurs.json?territoire=region:53'
is "$status" 200 "Bretagne, in JSON"

# A small commune where nothing is known: what is offered leads somewhere, and says how much.
offers() { grep -oE '<ul class="offres">.*</ul>' "$tmp/body" | grep -oE '<a href="[^"]*">[^<]*' | sed 's/&amp;/\&/g; s/<a href="//; s/&nbsp;/ /g'; }
wrong='' counted=0
for page in '/fiches?territoire=commune:23001' '/fiches?territoire=commune:97421' '/territoires/commune/23001-ahun' '/fiches?territoire=commune:23001&type=exemple'; do
	get "$page"
	while IFS='>' read -r href label; do
		n=$(printf %s "${label##*, }" | grep -oE '^[0-9]+') || continue
		counted=$((counted + 1))
		href=${href%\"}
		get "$(printf %s "$href" | sed 's/?/.json?/')"
		[ "$(jq_ .total)" = "$n" ] || wrong="$wrong $href:$n:$(jq_ .total)"
	done < <(offers | grep 'plus large')
done
is "$wrong" "" "wider places are offered with the count of the list they lead to"
[ "$counted" -ge 4 ]
ok $? "and those that have something ($counted)"
get '/fiches?territoire=commune:23001'
unlike "$(offers)" 'plus large[^,]*$|, aucune' "never one that has nothing"
like "$(cat "$tmp/body")" '<h2 id="proches">.*Les fiches les plus proches' "the nearest sheets are shown"
like "$(cat "$tmp/body")" 'Vient d[^<]*, à (environ )?[0-9][^<]*km</span>' "each with where it comes from and how far"
get '/fiches.json?territoire=commune:23001'
is "$(jq_ '[.total, (.proches | length), ([.proches[].distance_km] | . == sort)] | tostring')" '[0,5,true]' "in the data too, in the order of their distance"
get '/fiches.json?territoire=commune:97502'
is "$(jq_ '[.total, has("proches")] | tostring')" '[0,false]' "nothing is near across an ocean"
get '/territoires/commune/97502-saint-pierre.json'
unlike "$(jq_ tostring)" 'Saint-Barth' "nor is a territory"
get '/fiches.json?territoire=departement:974'
is "$(jq_ '[.total > 0, has("proches")] | tostring')" '[true,false]' "not where there are some"
get '/territoires/commune/23001-ahun.json'
is "$(jq_ '.fiches_proches | length')" 5 "and on the page of the place"
get '/territoires/commune/23001-ahun'
like "$(cat "$tmp/body")" 'Les fiches les plus proches' "which shows them"
get '/catalyseurs?territoire=commune:23001'
unlike "$(offers)" 'aucun acteur' "no neighbour where nobody is known"
like "$(offers)" 'plus large[^,]*, [0-9]+ acteurs?' "but the wider place where somebody is"
get '/catalyseurs?territoire=region:53'
is "$(grep -oE '<h2 id="(proches|g2)"' "$tmp/body" | cut -d'"' -f2 | xargs)" "proches g2" "the nearest before those who work everywhere"
like "$(grep -o '<p class="total">[^<]*' "$tmp/body")" 'démarches? nationales?' "who are not said to be known there"
get '/catalyseurs?territoire=region:04&page=99'
unlike "$(cat "$tmp/body")" 'ne connaissons encore aucun' "a page past the last does not make the place empty"
get '/territoires/region/84-auvergne-rhone-alpes'
like "$(grep -oE '<ul class="voisins">.*' "$tmp/body" | sed 's/<li>/\n/g' | sed -n 2p)" '[0-9]+ (fiches?|acteurs? connus?)' "around a place, first those where something is known"

for q in 'territoire=departement:974&type=exemple' 'type=methode' 'odd=17&type=outil' 'pratique=accompagnements' 'territoire=region:84'; do
	get "/fiches.json?$q"
	json=$(jq_ '.elements[].id' | tr '\n' ' ')
	total=$(jq_ '.total')
	get "/fiches?$q"
	html=$(grep -oE 'href="/fiches/[a-z0-9-]+-[0-9]+"' "$tmp/body" | sed -E 's/.*-([0-9]+)"/\1/' | awk '!seen[$0]++' | tr '\n' ' ')
	is "$html" "$json" "/fiches?$q: the same ids in HTML and JSON ($total)"
done
get '/fiches.json?type=methode&taille=5'
is "$(jq_ '.elements | length')" 5 "taille is obeyed"
next=$(jq_ '.liens.next')
like "$next" 'page=2' "the next page is linked"
get '/fiches.json?inconnu=1&type=methode'
is "$status" 200 "an unknown parameter is ignored"
like "$(jq_ '.avertissements | tostring')" 'inconnu' "and named"

for q in 'saint%20benoit%20974' 'St-Beno%C3%AEt' '97470' '97410' 'SAINT%20BENOIT%20974' 'saint-beno'; do
	get "/territoires/suggest.json?q=$q"
	first=$(jq_ '[.elements // .suggestions // . | .[]? | select(type == "object")][0] | .code')
	case $q in
	saint-beno) like "$status" '^200$' "suggest $q answers" ;;
	*) is "$first" 97410 "suggest $q: Saint-Benoît (974) first" ;;
	esac
done
for q in 'paris%2020' 'Paris%2012e%20arrondissement' 'lyon%203'; do
	get "/territoires/suggest.json?q=$q"
	like "$(jq_ '.elements[0].code')" '^(75056|69123)$' "suggest $q: an arrondissement leads to its town"
done
get '/territoires/commune/97410'
like "$status" '^30[18]$' "a territory without its name is sent to its canonical address"
like "$(head_of location)" '/territoires/commune/97410-saint-benoit$' "which bears the name"
get /territoires/commune/97410-saint-benoit
is "$status" 200 "Saint-Benoît has a page"
get /territoires/commune/99999
is "$status" 404 "an unknown commune is a 404"
get '/fiches/1'
like "$status" '^30[18]$' "a sheet by number alone is sent on"
get "$(head_of location | sed "s|^$BASE||")"
is "$status" 200 "to the sheet"

get '/fiches?territoire=region:53&territoire=region:04'
like "$(cat "$tmp/body")" '<h1>Les fiches en Bretagne et à La Réunion' "two territories are both in the title"
get '/catalyseurs.json?territoire=region:53&territoire=region:04'
is "$(jq_ '.territoires | join(" ")')" "region:53 region:04" "and in the data"
get '/fiches?territoire=region:53&territoire=region:04&territoire=region:84&territoire=region:11'
like "$(cat "$tmp/body")" '<h1>Les fiches dans 4 territoires' "many are counted"
get '/catalyseurs.json?territoire=region:53'
is "$(jq_ '[.proches[].raison | test("à [0-9]+ km$")] | all and length > 0')" true "those who are only near say how far"
# The nearest, where nobody is known, are told as they are in every list.
get '/catalyseurs.json?territoire=region:53'
jq_ '.proches[] | del(.raison, .distance_km)' | jq -cS . | sort >"$tmp/near"
get '/catalyseurs.json?taille=100'
jq_ '.elements[] | del(.raison, .distance_km)' | jq -cS . | sort >"$tmp/all"
ok "$([ -s "$tmp/near" ] && [ -z "$(comm -23 "$tmp/near" "$tmp/all")" ]; echo $?)" "$(wc -l <"$tmp/near") nearest: the same as in the list" "$(comm -23 "$tmp/near" "$tmp/all")"
get '/catalyseurs.json?lat=45.75&lon=4.85'
like "$(jq_ '.elements[0].raison')" '^Installé .*, à (moins d’un kilomètre|[0-9]+ km) à vol d’oiseau$' "from a point, the reason says how far"
get '/catalyseurs?territoire=region:53'
unlike "$(cat "$tmp/body")" 'Parmi les plus proches' "which their rows show already"
get '/territoires/commune/23184-faux.json?critere=population'
is "$status $(head_of Location | sed 's|.*\.json|.json|')" "301 .json?critere=population" "the right address keeps what was asked"
get '/catalyseurs.json?type=exemple'
is "$status $(jq_ '[.avertissements[] | "\(.champ) \(.code)"] | join(",")')" "200 type ignore" "a criterion of sheets has no effect on catalysts, and that is said"
get '/catalyseurs?preuve=documente'
like "$status $(cat "$tmp/body")" 'preuve[^a-z]*est sans effet sur les catalyseurs' "to a visitor too"
get '/carte.json?quoi=catalyseurs&type=exemple'
is "$(jq_ '[.avertissements[].champ] | join(",")')" type "nor on their map"
get '/fiches?page=400'
like "$(cat "$tmp/body")" 'La liste a [0-9]+[^a-z]+pages' "a page beyond the last says how many there are"
get '/catalyseurs.json' -G --data-urlencode 'q=fondation budget participatif'
is "$(jq_ '(.total > 0 and .recherche.raison == "un")')" true "words that only sheets have together: catalysts that have one of them"
get '/catalyseurs.json' -G --data-urlencode 'q="fondation budget participatif"'
is "$(jq_ .total)" 0 "but not between quotes"
get '/fiches?page=-1'
is "$status" 400 "a page before the first is a bad value"
like "$(cat "$tmp/body")" 'Page[^a-z]*de 1' "which is said"
like "$(cat "$tmp/body")" '<article class="rangee"' "above the first page"
# Walked by « apres », a list in HTML goes on as it does elsewhere.
get '/fiches?apres=40&taille=5'
like "$(cat "$tmp/body")" "href=\"/fiches\?taille=5&amp;apres=$(curl -s "$BASE/fiches.json?apres=40&taille=5" | jq '.elements[-1].id')\"" "what follows a walk"
unlike "$(cat "$tmp/body")" 'Page 1 sur|[?;]page=2' "which has no pages"
get '/catalyseurs?territoire=region:04'
like "$(cat "$tmp/body")" '>974<' "overseas a région bears the number of its département"
unlike "$(cat "$tmp/body")" '>04<' "not that of another"
get '/fiches/centre-val-de-loire-157'
like "$(tr -d '\n' <"$tmp/body")" '<td>Centre-Val de Loire</td>.*<td>France</td>' "figures of two places say which"
end
