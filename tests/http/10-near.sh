#!/usr/bin/env bash
# Where the visitor is: /pres-de-moi by address, the choice before it, and nothing kept.
. "$(dirname "$0")/lib.sh"
near() { get /pres-de-moi -H "X-Forwarded-For: $1" "${@:2}"; }

near 165.169.1.1
is "$status" 302 "an address of La Réunion is sent on"
like "$(head_of location)" '/territoires/(departement/974|commune/974|epci/)' "to a territory of 974"
like "$(head_of cache-control)" 'no-store' "never cached"
for a in 127.0.0.1 10.0.0.1 ::1 192.168.1.1 fe80::1; do
	near "$a"
	unlike "$(head_of location)" '/territoires/(commune|epci|departement|region)/' "$a: no place is guessed"
	like "$status" '^(200|302|303)$' "$a: an answer"
done
near 8.8.8.8
unlike "$(head_of location)" '/territoires/(commune|epci|departement|region)/' "a foreign address: the question"
near 88.160.0.1
unlike "$(head_of location)" '/territoires/(commune|epci|departement|region)/' "a placeholder of Paris: the question"
near 2001:41d0:1::1
like "$status $(head_of location)" '^302 .*/territoires/(commune/59|epci/|departement/59)' "IPv6: an address of Roubaix leads to the Nord"
near 8.8.8.8 -G --data-urlencode territoire=commune:99999
like "$(cat "$tmp/body")" 'Nous ne connaissons pas de lieu «[^c]*commune:99999' "a code of no place is not taken for a name"
near 8.8.8.8 -G --data-urlencode territoire=strazbourg
like "$(cat "$tmp/body")" 'Est-ce l’un de ces lieux' "a name that none of them bears is a question"
get /pres-de-moi.json -H 'X-Forwarded-For: 8.8.8.8' -G --data-urlencode territoire=zzzz
is "$(jq -r '.avertissements[0].champ' "$tmp/body")" territoire "and nothing like it is said, by its field"
near ::ffff:165.169.1.1
like "$(head_of location)" '/territoires/(departement/974|commune/974|epci/)' "a v4-mapped address is the v4 one"
near 8.8.8.8 -H 'Cookie: territoire=commune:97410'
like "$(head_of location)" '/territoires/commune/97410' "the visitor's choice comes first"
near '1.2.3.4, 165.169.1.1'
like "$(head_of location)" '/territoires/(departement/974|commune/974|epci/)' "only the last hop is believed"

# The fragment: by address and by choice, in a page that stays the same in the cache.
get / -H 'Cookie: territoire=commune:97410'
is "$status" 200 "home"
like "$(cat "$tmp/body")" 'Saint-Beno' "the home page speaks of the chosen place"
unlike "$(cat "$tmp/body")" '<!--# *include' "no directive is left in the page"
sheets=$(curl -s "$BASE/fiches.json?territoire=departement:974" | jq .total)
like "$(tr -d '\n' <"$tmp/body" | sed 's/.*<ul class="poteau">//; s/<\/ul>.*//; s/<[^>]*>/ /g')" " $sheets +fiches d.{1,8}ici" "with the number of sheets of its département"
get / -H 'X-Forwarded-For: 8.8.8.8'
unlike "$(cat "$tmp/body" | tr -d '\n' | sed 's/<main.*//')" 'Vous semblez' "another visitor does not get it"
get / -H 'Cookie: territoire=<script>'
is "$status" 200 "a hostile cookie is ignored"
unlike "$(cat "$tmp/body")" 'territoire=<script>' "and not repeated"
get /_fragment/ici
is "$status" 404 "the fragment is not for the outside"

# Nothing of the address is kept.
for a in 165.169.77.201 2001:41d0:77:201::9; do near "$a"; get / -H "X-Forwarded-For: $a"; get '/recherche?q=marque' -H "X-Forwarded-For: $a"; done
sleep 1
hits=$(grep -rlE '165\.169\.77\.201|a5a94dc9|2001:41d0:77:201|201000000000000000009' "$VAR/log" "$VAR/nginx" 2>/dev/null | head -3)
is "$hits" "" "no address in the logs nor in the cache"
dump=$("$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XAtc "select count(*) from pg_stat_activity where query ~ '165[.]169[.]77[.]201'" 2>&1)
is "$dump" 0 "nor in the statements sent to the base"
for p in /fiches /fiches.html /catalyseurs.html /boussole.html; do
	get "$p" -H 'X-Forwarded-For: 165.169.1.1'
	is "$status $(grep -c '<!--#' "$tmp/body")" "200 0" "$p: the visitor's piece is put in, under either name"
done
get '/?territoire=commune:97410' -H 'X-Forwarded-For: 165.169.1.1'
is "$status $(grep -c '<!--#' "$tmp/body")" "200 0" "the home, which no place is asked of, keeps the visitor's piece"
for p in '/fiches?TERRITOIRE=commune:97410' '/boussole?Territoire=region:84'; do
	get "$p" -H 'X-Forwarded-For: 165.169.1.1'
	is "$status $(grep -c '<!--#' "$tmp/body")" "200 0" "$p: as one without a place"
done
for p in '/fiches?territoire=commune:99999' '/catalyseurs?territoire=commune:xyz' '/fiches?territoire=planete:1' \
	'/boussole?territoire=region:' '/boussole?territoire=region:04&territoire=region:53' '/boussole?territoire=commune:97410x'; do
	get "$p"
	is "$status $(grep -c '<!--#' "$tmp/body")" "400 0" "$p: a place that is none has no piece, nor the trace of one"
done
# An application that hangs: the page that is kept comes whole, without its fragment and with nothing of an error's page in it.
get /
like "$(cat "$tmp/body")" 'class="chez-vous"' "the home has its fragment"
kill -STOP $(cat "$VAR"/catalysed-?.pid)
get /
kill -CONT $(cat "$VAR"/catalysed-?.pid)
is "$status $(grep -c '<!DOCTYPE' "$tmp/body") $(grep -c '</html>' "$tmp/body") $(grep -c 'class="chez-vous"' "$tmp/body")" "200 1 1 0" "whose page is whole without it while the application hangs"
sleep 3 # nginx asks it again
get /
is "$status $(grep -c 'class="chez-vous"' "$tmp/body")" "200 1" "and has it again after"
end
