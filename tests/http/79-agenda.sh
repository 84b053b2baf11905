#!/usr/bin/env bash
# Webinars and meetings: their list in every format, one of them, calendars read by a calendar library.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
plain() { tr '\n' ' ' <"$tmp/body" | sed 's/<[^>]*>/ /g; s/\xc2\xa0/ /g; s/\xe2\x80\xaf/ /g' | tr -s ' '; } # the words of a page
calendar() { /usr/bin/python3 "$here/calendar_read.py" "$@" 2>&1; }
clean() { sql "delete from event where ref like 'essai-79%'; delete from event_series where code like 'essai-79%'" >/dev/null; }
clean
trap 'clean; rm -rf "$tmp"' EXIT

# The list: the same in every format.
get /evenements.json
is "$status" 200 "the list"
total=$(jq_ .total)
ids=$(jq_ '.elements[].uid' | tr '\n' ' ')
is "$(jq_ '[.elements[] | select(.date_connue == "annee")] | length > 3')" true "some are known by their year alone"
is "$(jq_ '.elements[] | select(.titre | startswith("1re Rencontre")) | [.date, .date_connue, .debut] | tostring')" '["2015","annee",null]' "and nothing is made up about them"
get /evenements.ics
calendar <"$tmp/body" >"$tmp/read"
is "$(cut -f 1 "$tmp/read" | tr '\n' ' ')" "$ids" "the calendar has the same, in the same order"
like "$(grep 'ODD 2' "$tmp/read")" '2024-04-18T11:00Z	2024-04-18T12:30Z	Europe/Paris' "an hour of Paris in summer"
like "$(grep 'trois sortes' "$tmp/read")" '2020-11-26T12:00Z	2020-11-26T13:00Z	Europe/Paris' "an hour of Paris in winter"
like "$(grep 'du RNMA' "$tmp/read")" '2023-05-21	2023-05-28	-' "days: the end is the day after the last"
like "$(grep '1re Rencontre' "$tmp/read")" '2015-01-01	2016-01-01	-	1re Rencontre annuelle du Réseau .date exacte inconnue' "a year that is not known finer, said so"
get /evenements.csv
is "$(sed -n '2,$p' "$tmp/body" | cut -d ';' -f 4 | grep -c -- '-')" "$total" "the table"
get /evenements.atom
is "$(grep -o '<id>urn:uuid:[^<]*' "$tmp/body" | sed 's/.*uuid://' | tr '\n' ' ')" "$ids" "the feed"
like "$(cat "$tmp/body")" "<opensearch:totalResults>$total<" "with the total"
get /evenements.jsonld
is "$(jq_ '[.["@graph"][] | select(.["@type"] == "ItemList") | .itemListElement[].item.identifier] | join(" ")') " "$ids" "the linked data"
get /evenements
is "$(grep -o '<article class="rdv">' "$tmp/body" | wc -l)" "$total" "the page"
like "$(plain)" '13 h à Paris 15 h à La Réunion' "each webinar says both hours"
like "$(cat "$tmp/body")" 'date exacte inconnue' "and what is not known"
like "$(head_of Cache-Control)" 'private, no-cache' "a browser asks again"

# Filters mean the same everywhere.
for q in serie=rencontres-annuelles-du-reseau territoire=commune:97410 territoire=departement:974 theme=alimentation-agriculture mode=presence annee=2023 pratique=experimentations-collectives "q=accompagnons"; do
	get "/evenements.json?$q"
	n=$(jq_ .total)
	get "/evenements.ics?$q"
	is "$n $((n > 0 && n < total))" "$(calendar <"$tmp/body" | wc -l) 1" "$q"
done
get '/evenements.json?territoire=departement:974&annee=2023'
is "$(jq_ '[.elements[].titre] | map(select(startswith("57es"))) | length')" 1 "what takes place at La Réunion, two filters at once"
get '/evenements.json?periode=prochains'
is "$(jq_ '[.elements[] | select(.passe)] | length')" 0 "those to come are not over"
get '/evenements?territoire=commune:99999'
is "$status" 400 "a place that does not exist is said"
get '/evenements.json?mode=ailleurs'
is "$status" 400 "and a bad value"
get '/evenements.json?tri=x&taille=2&page=2'
is "$(jq_ '[.page, (.elements | length), .avertissements[0].champ] | tostring')" '[2,2,"tri"]' "pages"

# One of them.
here_=/evenements/2023-06-08-associations-et-catalyseurs-ensemble-accompagnons-les-projets-de-territoire
get $here_
is "$status" 200 "a webinar"
body=$(cat "$tmp/body")
like "$(plain)" 'Qui a parlé Le RAMEAU La capacité d’engagement' "who spoke"
like "$body" 'Nous ne connaissons ni rediffusion' "what is not known of it"
like "$body" 'href="/fiches/[^"]*-119"' "its sheets"
unlike "$body" '/evenements/[^"]*/inscription"' "nobody registers for what is over"
get $here_.json
is "$(jq_ '[(.intervenants | length), (.fiches | length), .territoires[0].code, .catalyseurs[0].nom] | tostring')" '[5,2,"97410","Maison des associations de Saint-Benoît"]' "its parts"
get $here_.jsonld
is "$(jq_ '.["@graph"][1] | [.["@type"], .startDate, (.performer | length), .superEvent["@type"]] | tostring')" '["Event","2023-06-08",5,"EventSeries"]' "as linked data"
get /evenements/2022-04-la-charte-du-faire-alliance
like "$(plain)" 'Date exacte inconnue : nos sources ne donnent que le mois' "a month, said so"
get /evenements/2022-04-01-la-charte-du-faire-alliance
is "$status" 404 "not a day that we would have chosen"
get /evenements/rien
is "$status" 404 "none of that name"

# Those to come first, then those that are over; one that moved is found at its old address.
sql "insert into event_series (code, name) values ('essai-79', 'Essai 79');
	insert into event (ref, slug, title, series_id, starts_on, starts_at, ends_at, timezone, mode, status, origin)
	select 'essai-79-' || n, 'essai-79-' || n, 'Essai 79 ' || n, (select id from event_series where code = 'essai-79'), d, (d + time '13:00') at time zone 'Europe/Paris', (d + time '14:00') at time zone 'Europe/Paris', 'Europe/Paris',
		'distance', 'confirme', 'ours'
	from (select n, current_date + (n - 2) * 7 as d from generate_series(1, 4) n where n <> 2) x;
	insert into event (ref, slug, title, series_id, starts_on, starts_at, timezone, mode, status, origin) values
	('essai-79-loin', 'essai-79-loin', 'Essai 79 loin', (select id from event_series where code = 'essai-79'), '2031-03-05', '2031-03-05 20:30Z', 'Pacific/Tahiti', 'mixte', 'prevu', 'ours')" >"$tmp/sql"
is "$(cat "$tmp/sql")" "" "some are announced"
sleep 2
get '/evenements.json?serie=essai-79'
is "$(jq_ '[.elements[].titre] | join(",")')" "Essai 79 3,Essai 79 4,Essai 79 loin,Essai 79 1" "the nearest to come first, what is over after"
get '/evenements?serie=essai-79'
like "$(tr '\n' ' ' <"$tmp/body")" '<h2 id="prochains">.*Essai 79 3.*<h2 id="passes">.*Essai 79 1' "clearly apart"
like "$(plain)" '10 h 30 à Tahiti 21 h 30 à Paris 0 h 30 le lendemain à La Réunion' "an hour of Tahiti, in Paris, and the day after at La Réunion"
get '/evenements.ics?serie=essai-79'
like "$(calendar <"$tmp/body" | grep loin)" '	TENTATIVE	2031-03-05T20:30Z	-	Pacific/Tahiti' "with the rules of its zone"
get /evenements/2031-03-05-essai-79-loin.ics
uid=$(calendar <"$tmp/body" | cut -f 1,2)
sql "update event set starts_on = '2031-04-02', starts_at = '2031-04-02 20:30Z' where ref = 'essai-79-loin'" >/dev/null
get /evenements/2031-03-05-essai-79-loin.json
is "$status $(head_of Location)" "301 /evenements/2031-04-02-essai-79-loin.json" "moved: its old address leads to it"
get /evenements/2031-04-02-essai-79-loin.ics
is "$(calendar <"$tmp/body" | cut -f 1,2)" "${uid%	0}	1" "the same event for calendars, numbered one more"
sql "update event set status = 'annule' where ref = 'essai-79-loin'" >/dev/null
sleep 3
get /evenements/2031-04-02-essai-79-loin.ics
is "$(calendar <"$tmp/body" | cut -f 1-3)" "${uid%	0}	2	CANCELLED" "cancelled: kept, and said"
get '/evenements.json?serie=essai-79&periode=prochains'
is "$(jq_ '[.elements[] | select(.etat == "annule")] | length')" 1 "in the list too"
get '/recherche.json?q=essai+79+loin'
is "$(jq_ '.rencontres[0].code')" "2031-04-02-essai-79-loin" "found by its words"
get /sitemaps/evenements-1.xml
like "$(cat "$tmp/body")" '/evenements/2015-1re-rencontre' "in the site map"
end
