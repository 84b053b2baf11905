#!/usr/bin/env bash
# Facets tell the truth, walks are whole, what is deep or nested costs nothing.
. "$(dirname "$0")/lib.sh"
if node "$top_srcdir/tests/formats/facets.mjs" >"$tmp/facets" 2>&1; then ok 0 "counts and walks: $(sed -n 's/^ok [0-9]* - //p' "$tmp/facets" | paste -sd';')"; else ok 1 "counts and walks" "$(grep -v '^ok' "$tmp/facets")"; fi
get '/fiches.json?page=501'
is "$status" 400 "page 501 is refused"
like "$(jq_ '.erreurs[0].champ + " " + .erreurs[0].message')" '^page .*apres' "and the walk named"
get '/fiches?page=501&theme=education-jeunesse&theme=emploi-insertion'
is "$status" 400 "so is its page"
like "$(cat "$tmp/body")" 'apres' "which names the walk too"
get '/catalyseurs.json?apres=12&page=3&tri=verifie'
is "$status $(jq_ '[.avertissements[] | .champ + " " + .code] | sort | join(", ")')" "200 page ignore, tri ignore" "with apres, tri and page are named as without effect"
get '/fiches.json?rayon=20'
is "$status $(jq_ '.erreurs[0].champ')" "400 lat" "a distance from nowhere is refused"
get '/fiches.json?bbox=55,-22,56,-20'
total=$(jq_ .total)
get '/fiches.json?territoire=region:04&territoire=region:06'
like "$total" '^[1-9]' "a frame around La Réunion finds its sheets"
get '/fiches.json?territoire=commune:97410'
is "$(jq_ '[.facettes.territoire[] | select(.actif) | .valeur] | join(" ")')" commune:97410 "a commune chosen stays listed"
get '/fiches.json?territoire=commune:23023'
is "$(jq_ '[.facettes.territoire[] | select(.actif) | .valeur] | join(" ")')" commune:23149 "a former commune is the one that took it in"
get '/fiches?territoire=commune:23023'
like "$(cat "$tmp/body")" 'name="territoire"[^>]* value="commune:23149"' "in the form too"
unlike "$(cat "$tmp/body")" 'commune:23023"|>commune:23023<' "and its former code is in no link nor tag"
get '/fiches.json?territoire=epci:200046977'
is "$(jq_ '[.facettes.territoire[] | select(.parent == "region:84")] | length > 11')" true "a territory chosen opens the départements of its région"
get /fiches.json
is "$(jq_ '[.facettes.territoire[] | select(.parent)] | length')" 0 "none chosen, none opened"
end
