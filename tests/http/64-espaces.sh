#!/usr/bin/env bash
# Espaces: three host names on one installation, each with its own home, menu, colours and selection; one base, one search; all of it changed by pages.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
port=${BASE##*:}
# at ESPACE PATH: that page under that name
at() { local name=$1 path=$2; shift 2; get "$path" -H "Host: $name.localhost:$port" "$@"; }
body() { cat "$tmp/body"; }
title() { sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' "$tmp/body"; }
# soon COMMAND...: what was changed is seen within five seconds
soon() { local n; for ((n = 0; n < 12; n++)); do "$@" && return 0; sleep 0.5; done; return 1; }

# A host, an espace.
get /
is "$status" 200 "a name that is nobody’s"
is "$(title)" Catalyse "shows the default espace"
cp "$tmp/body" "$tmp/default"
at odd17 /
is "$(title)" Catalyse "which has its own name too"
cmp -s "$tmp/body" "$tmp/default"
ok $? "and is the same under both"
for e in reseau apprendre; do
	at $e /
	is "$status" 200 "$e answers"
	cp "$tmp/body" "$tmp/$e"
done
is "$(sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' "$tmp/reseau" "$tmp/apprendre" | paste -sd'|')" 'Catalyseurs territoriaux|Territoires en actions' "each with its title"
for e in default reseau apprendre; do sed -n '/<nav class="nav"/,/<\/nav>/p' "$tmp/$e" >"$tmp/$e.menu"; sed -n '/<h1/p' "$tmp/$e" >"$tmp/$e.h1"; done
! cmp -s "$tmp/default.menu" "$tmp/reseau.menu" && ! cmp -s "$tmp/reseau.menu" "$tmp/apprendre.menu" && ! cmp -s "$tmp/default.menu" "$tmp/apprendre.menu"
ok $? "its menu"
is "$(sort -u "$tmp"/*.h1 | wc -l)" 3 "its heading"
like "$(cat "$tmp/reseau.menu")" 'href="/catalyseurs"' "the network’s leads to catalysts"
unlike "$(cat "$tmp"/*.menu)" 'href=""' "no line of a menu leads nowhere"
get / -H "Host: RESEAU.Localhost"
is "$(title)" 'Catalyseurs territoriaux' "a host is the same in capitals and without its port"
get / -H 'Host: inconnu.example'
is "$(title)" Catalyse "an unknown one is the default’s"
at reseau /fiches
is "$(title)" 'Les fiches — Catalyseurs territoriaux' "other pages say where one is"
like "$(body)" 'rel="canonical" href="'"$BASE"'/fiches"' "a list has one address, whatever the host"
like "$(cat "$tmp/reseau")" 'rel="canonical" href="http://reseau.localhost:'"$port"'/"' "a home is its own"
at reseau /fiches.json?taille=3
cp "$tmp/body" "$tmp/data"
get /fiches.json?taille=3
cmp -s "$tmp/body" "$tmp/data"
ok $? "data are the same under every name"
is "$(jq_ '[.elements[].uri | startswith("'"$BASE"'/")] | all')" true "with the one address of each sheet"
at reseau / -H 'Accept: application/json'
is "$(jq_ '.espace + " " + .nom')" 'reseau Catalyseurs territoriaux' "the home says its espace in JSON"
# Two at once never mix: nginx keeps a page by host.
for n in 1 2 3 4 5 6; do
	for e in reseau apprendre; do curl -sS -H "Host: $e.localhost:$port" "$BASE/" | grep -o '<title>[^<]*' >"$tmp/mix.$e.$n" & done
done
wait
is "$(cat "$tmp"/mix.* | sort | uniq -c | awk '{print $1}' | paste -sd' ')" '6 6' "no page of one under the name of another"

# Colours: a stylesheet of its own, kept for a year, never in the page.
css=$(grep -o '/espaces/reseau/[0-9a-f]*\.css' "$tmp/reseau" | head -n 1)
at reseau "$css"
is "$status $(head_of Content-Type)" '200 text/css; charset=utf-8' "the colours of an espace"
like "$(body)" '^@media screen\{:root\{--route:#[0-9a-f]{6}' "are tokens"
like "$(head_of Cache-Control)" immutable "kept as long as they are the same"
at reseau "${css%/*}/000000000000.css"
is "$status" 200 "those of before give those of now"
unlike "$(head_of Cache-Control)" immutable "which are not kept"
for wrong in /espaces/reseau/x.css /espaces/nulle-part/000000000000.css /espaces/reseau/000000000000.png /espaces/reseau/000000000000; do
	get "$wrong"
	is "$status" 404 "$wrong"
done
unlike "$(cat "$tmp/default")" '/espaces/odd17/' "the default one has the colours of the site"
unlike "$(cat "$tmp"/{default,reseau,apprendre})" ' style=|<style' "no style in a page"

# The selection, its filter, its facet; the search stays whole.
all=$(get '/fiches.json?taille=1' && jq_ .total)
get '/fiches.json?espace=apprendre&taille=100'
held=$(jq_ .total)
is "$(jq_ '[.elements[].type] | unique - ["methode", "competence"] | length')" "$(sql -c "select count(distinct type) from catalyse.sheet s join catalyse.espace_sheet x on x.sheet_id = s.id
	join catalyse.espace e on e.id = x.espace_id where e.code = 'apprendre' and s.type not in ('methode', 'competence') and s.state = 'publiee'")" "a rule takes its kinds, placed sheets come besides"
[ "$held" -gt 0 ] && [ "$held" -lt "$all" ]
ok $? "an espace has some of the sheets" "$held of $all"
get '/fiches.json?taille=1'
is "$(jq_ '.facettes.espace[] | select(.valeur == "apprendre") | .nombre')" "$held" "the facet counts what the filter finds"
get '/fiches.json?espace=apprendre&type=outil&taille=1'
is "$(jq_ '.facettes.espace[] | select(.valeur == "apprendre") | .nombre')" "$(jq_ .total)" "together with another"
get '/fiches.json?espace=apprendre&espace=reseau&taille=100'
is "$(jq_ '(.elements | map(.id) | length) == (.elements | map(.id) | unique | length)')" true "a sheet of two espaces is there once"
get '/fiches?espace=apprendre'
like "$(body)" "Retirer|name=\"espace\" value=\"apprendre\" checked" "the filter is a box on the page"
get '/fiches?espace=nulle-part'
is "$status" 400 "an espace that nobody knows is said"
at apprendre '/recherche.json?q=forum'
cp "$tmp/body" "$tmp/found"
get '/recherche.json?q=forum'
cmp -s "$tmp/body" "$tmp/found"
ok $? "a search is the same everywhere"
at reseau /
first=$(sql -c "select s.slug || '-' || s.id from catalyse.espace_sheet x join catalyse.espace e on e.id = x.espace_id join catalyse.sheet s on s.id = x.sheet_id
	where e.code = 'reseau' and s.state = 'publiee' order by x.position, s.evidence desc, s.verified_on desc, s.id limit 1")
like "$(body)" "href=\"/fiches/$first\"" "a home shows what was placed first"

# From one espace to another.
like "$(cat "$tmp/reseau")" "href=\"http://apprendre.localhost:$port/\"" "each leads to the others, under names of the same world"
unlike "$(cat "$tmp/reseau")" 'href="https?://odd17\.org' "a demo leads to nobody’s site"
end
