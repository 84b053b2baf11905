#!/usr/bin/env bash
# Lists: who is first and why, the same ids in every format, suggestions, territories.
. "$(dirname "$0")/lib.sh"
get '/catalyseurs.json?territoire=commune:97410'
is "$status" 200 "catalysts near Saint-Benoît"
like "$(jq_ '.total')" '^[1-9][0-9]*$' "there are some"
like "$(jq_ '.elements[0].raison')" '[A-Za-zé]{4}' "the first has its reason in words"
like "$(jq_ '.elements[0] | tostring')" '974|Saint-Beno|R.union' "the first is of La Réunion"
is "$(jq_ '.territoire.code')" 97410 "the answer names the territory"
get '/catalyseurs?territoire=region:53'
is "$status" 200 "Bretagne, in HTML"
like "$(cat "$tmp/body")" 'Bretagne' "the page names Bretagne"
like "$(sed 's/&nbsp;/ /g' "$tmp/body")" "ne connaissons|Aucun|aucun" "says that none is known"
get '/catalyseurs.json?territoire=region:53'
is "$status" 200 "Bretagne, in JSON"

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
end
