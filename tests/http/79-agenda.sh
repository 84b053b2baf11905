#!/usr/bin/env bash
# Webinars and meetings: their list in every format, one of them, calendars read by a calendar library; people who register, wait, move up,
# are reminded; an event announced, moved, cancelled by an editor, each change told with the event for their calendar.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
words() { tr '\n' ' ' | sed 's/<[^>]*>/ /g; s/\xc2\xa0/ /g; s/\xe2\x80\xaf/ /g' | tr -s ' '; } # as they are read
plain() { words <"$tmp/body"; }
calendar() { /usr/bin/python3 "$here/calendar_read.py" "$@" 2>&1; }
clean() {
	sql "delete from event where ref like 'essai-79%' or title like 'Essai 79%'; delete from event_series where code like 'essai-79%';
		delete from mail_outbox where recipient like '%@essai79.example'; delete from token where purpose like 'rendez_vous%'; delete from attempt where kind = 'rendez_vous';
		begin; set local session_replication_role = replica; delete from session where account_id in (select id from account where email like '%@essai79.example');
		delete from account_role where account_id in (select id from account where email like '%@essai79.example'); delete from account where email like '%@essai79.example'; commit" >/dev/null
}
clean
trap 'clean; rm -rf "$tmp"' EXIT

fresh() { get "$@" -H 'Authorization: Basic eA=='; } # past the cache: what was just changed

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
is "$(grep -o '<id>tag:[^<]*:evenement/[^<]*' "$tmp/body" | sed 's,.*evenement/,,' | tr '\n' ' ')" "$ids" "the feed"
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
fresh '/evenements.json?serie=essai-79'
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
fresh /evenements/2031-04-02-essai-79-loin.ics
is "$(calendar <"$tmp/body" | cut -f 1-3)" "${uid%	0}	2	CANCELLED" "cancelled: kept, and said"
get '/evenements.json?serie=essai-79&periode=prochains'
is "$(jq_ '[.elements[] | select(.etat == "annule")] | length')" 1 "in the list too"
get '/recherche.json?q=essai+79+loin'
is "$(jq_ '.rencontres[0].code')" "2031-04-02-essai-79-loin" "found by its words"
get /sitemaps/evenements-1.xml
like "$(cat "$tmp/body")" '/evenements/2015-1re-rencontre' "in the site map"

# Announced by an editor.
card=$(sql "with c as (insert into contributor (name) values ('Éditrice 79') returning id), a as (insert into account (id, email, state, confirmed_at, totp) select id, 'editrice@essai79.example', 'actif', now(), 'scelle' from c returning id),
	r as (insert into account_role (account_id, role, espace_id) select a.id, 'editeur', (select e.id from espace e order by e.position, e.id limit 1) from a)
	insert into session (hash, account_id, second_factor, expires_at) select encode(sha256('essai79essai79essai79essai79essai79essai79A'::bytea), 'hex'), id, true, now() + interval '1 hour' from a returning account_id")
like "$card" '^[0-9]+$' "an editor"
printf '127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t%s\n' essai79essai79essai79essai79essai79essai79A >"$tmp/editor"
day=$(date -d '+5 days' +%F) later=$(date -d '+12 days' +%F)
edit() { jar=$tmp/editor form=/administration/agenda post "$@"; }
edit /administration/agenda act=enregistrer "titre=Essai 79 à treize heures" "date=$day" heure=14:00 heure_fin=13:00 fuseau=Europe/Paris mode=mixte inscription=ouverte
is "$status" 422 "an end before the beginning is refused"
like "$(plain)" 'La fin vient avant le début' "and said"
edit /administration/agenda act=enregistrer "titre=Essai 79 à treize heures" "resume=Un essai." "serie=Essai 79" "date=$day" heure=13:00 heure_fin=14:00 fuseau=Europe/Paris mode=mixte "lieu=Salle des voisins" \
	territoire=97470 inscription=ouverte places_site=1 salle=https://visio.example/secret79 "consigne=Code 1234."
is "$status" 303 "announced" "$(plain)"
admin=$(head_of Location)
admin=${admin%%\?*} id=${admin##*/}
page=/evenements/$day-essai-79-a-treize-heures
fresh $page
is "$status" 200 "it has its page"
like "$(plain)" 'Sur place 1 place libre sur 1.*À distance sans limite de places' "and its seats"
like "$(plain)" 'Salle des voisins' "and its place"
for f in "" .json .ics .csv .atom .jsonld /inscription; do
	get "$page$f"
	unlike "$(cat "$tmp/body")" 'visio.example|1234' "where to connect is told to nobody who asks: $page$f"
done
get /administration/agenda
is "$status" 303 "nobody changes the agenda without an account"

# Registered: by a link, once.
got() { sql "select $2 from mail_outbox where recipient = '$1@essai79.example' order by id desc limit 1"; }
told() { got "$1" body_text | words; }
enclosed() { got "$1" "encode(convert_to(enclosure, 'UTF8'), 'base64')" | base64 -d | calendar; }
link_of() { got "$1" body_text | grep -o "/evenements/[^ ]*/inscription/$2?lien=[A-Za-z0-9_-]*" | head -n 1; }
sign() { # NAME WAY: asks, and follows the link
	jar= post $page/inscription "nom=${1^} Essai" "courriel=$1@essai79.example" "facon=$2"
	local link
	link=$(link_of "$1" confirmer)
	jar= form=$link post "${link%%\?*}" "lien=${link##*=}"
}
get $page/inscription
cp "$tmp/body" "$tmp/form"
is "$(grep -c 'name="cle"' "$tmp/form") $(token | wc -c)" "0 $(token | wc -c)" "the form has nothing of one visitor"
get $page/inscription -b "session=essai79essai79essai79essai79essai79essai79A"
is "$(sed 's/name="jeton" value="[^"]*"//' "$tmp/body" | md5sum)" "$(sed 's/name="jeton" value="[^"]*"//' "$tmp/form" | md5sum)" "it is the same whoever asks"
post $page/inscription nom= courriel=rien facon=
is "$status" 400 "an address that is none is refused"
post $page/inscription "nom=Anne" courriel= facon=site territoire=nullepartdutout
is "$status" 422 "what is missing is said field by field"
like "$(cat "$tmp/body")" 'id="f-courriel-e"' "the address"
like "$(cat "$tmp/body")" 'id="f-territoire-e"' "the place"
like "$(cat "$tmp/body")" 'value="Anne"' "and what was typed is there"
post $page/inscription nom=Robot courriel=robot@essai79.example facon=site site_web=http://x.example
is "$status" 422 "a field that nobody sees was filled: refused"
post $page/inscription "nom==Anne" courriel=Anne@essai79.example facon=site territoire=97470
is "$status $(head_of Location)" "303 $page/inscription?fait=courriel" "asked" "$(plain)"
is "$(sql "select count(*) from event_registration where event_id = $id")" 0 "nobody is registered yet"
link=$(link_of anne confirmer)
is "$(sql "select count(*) from token where data::text like '%visio%' or hash = '${link##*=}'")" 0 "the secret of the link is not in the base"
get "$link"
is "$status $(sql "select count(*) from event_registration where event_id = $id")" "200 0" "looking at the link registers nobody"
like "$(plain)" 'Confirmer mon inscription' "its button does"
form=$link post "${link%%\?*}" "lien=${link##*=}"
is "$status $(head_of Location)" "303 $page/inscription/confirmer?fait=inscrit" "registered"
form=$page/inscription post "${link%%\?*}" "lien=${link##*=}"
is "$status $(sql "select count(*) from event_registration where event_id = $id")" "404 1" "once"
like "$(told anne)" 'Salle des voisins' "told where"
unlike "$(told anne)" 'visio' "and not where to connect: she comes in person"
sign bruno site
is "$(head_of Location)" "$page/inscription/confirmer?fait=attente" "the only seat is taken: he waits"
like "$(told bruno)" 'n° 1' "at a rank he is told"
sign chloe distance
is "$(head_of Location)" "$page/inscription/confirmer?fait=inscrit" "at a distance there is room"
like "$(told chloe)" 'https://visio.example/secret79' "she is told where to connect"
like "$(told chloe)" 'Code 1234' "and how"
sign chloe distance >/dev/null
is "$(sql "select count(*) from event_registration where event_id = $id and email = 'chloe@essai79.example'")" 1 "asked twice, registered once"
like "$(got chloe subject)" 'déjà' "told so by mail, to nobody else"
fresh $page
like "$(plain)" 'Sur place complet, liste d’attente ouverte' "the page says it is full"

# The last seats, asked for by many at once.
sql "update event_seat set capacity = 4 where event_id = $id and mode = 'site'" >/dev/null
for n in $(seq 12); do sql "select outcome from registration_confirm($id, 'Foule', 'foule$n@essai79.example', 'site', null)" >"$tmp/crowd$n" & done
wait
is "$(cat "$tmp"/crowd* | sort | uniq -c | tr -s ' ' | tr -d '\n')" " 9 attente 3 inscrit" "three seats, twelve at once: three have one"
is "$(sql "select taken || ' ' || waiting from event_seat where event_id = $id and mode = 'site'")" "4 10" "none is given twice"
sql "delete from event_registration where event_id = $id and name = 'Foule'; update event_seat set capacity = 1 where event_id = $id and mode = 'site'" >/dev/null

# Leaving: one click, and the next one moves up.
link=$(link_of anne annuler)
get "$link"
is "$status $(sql "select state from event_registration where event_id = $id and email = 'anne@essai79.example'")" "200 inscrit" "looking at the link changes nothing"
form=$link post "${link%%\?*}" "lien=${link##*=}"
is "$status $(head_of Location)" "303 $page/inscription/annuler?fait=desinscrit" "left"
like "$(got bruno subject)" 'Une place s’est libérée' "who waited has the seat, and is told"
is "$(enclosed bruno | cut -f 3,6,8)" "CONFIRMED	Europe/Paris	PUBLISH" "with the event for the calendar"
form=$page/inscription post "${link%%\?*}" "lien=${link##*=}"
is "$status" 410 "once"

# Reminded the day before, an hour before, once each.
remind() { CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" reminders --json --config "$VAR/catalyse.conf" 2>&1; }
sql "update event_registration set seated_at = now() - interval '9 days' where event_id = $id" >/dev/null
is "$(remind | jq -c '[.veille, .heure]')" '[0,0]' "five days before, nobody"
moment() { sql "update event set starts_at = now() + interval '$1', ends_at = now() + interval '$1' + interval '1 hour', starts_on = ((now() + interval '$1') at time zone timezone)::date where id = $id" >/dev/null; }
moment '23 hours'
is "$(remind | jq -c '[.veille, .heure]')" '[2,0]' "the day before, both"
is "$(remind | jq -c '[.veille, .heure]')" '[0,0]' "once"
moment '50 minutes'
is "$(remind | jq -c '[.veille, .heure]')" '[0,2]' "an hour before"
is "$(remind | jq -c '[.veille, .heure]')" '[0,0]' "once"
like "$(told chloe)" 'https://visio.example/secret79' "with where to connect"

# Moved, then cancelled: read back by a calendar library, from the mail as it arrived.
edit "$admin" act=enregistrer "titre=Essai 79 à treize heures" "date=$day" heure=13:00 heure_fin=14:00 fuseau=Europe/Paris mode=mixte "lieu=Salle des voisins" inscription=ouverte places_site=1 salle=https://visio.example/secret79
before=$(enclosed chloe | cut -f 1,2)
edit "$admin" act=enregistrer "titre=Essai 79 à treize heures" "date=$later" heure=13:30 heure_fin=14:30 fuseau=Indian/Reunion mode=mixte "lieu=Salle des voisins" inscription=ouverte places_site=1 salle=https://visio.example/secret79 "note=La salle était prise."
is "$status" 303 "moved" "$(plain)"
like "$(head_of Location)" 'fait=rdv-change' "those who come are told"
like "$(told chloe)" 'La salle était prise' "why"
moved=$(enclosed chloe)
is "$(cut -f 1-4,6,8 <<<"$moved")" "${before%	*}	$((${before#*	} + 1))	CONFIRMED	${later}T09:30Z	Indian/Reunion	PUBLISH" "the same event, numbered one more, at its new hour"
fresh $page.json
is "$status" 301 "its old address leads to the new one"
new=$(head_of Location)
get "${new%.json}"
like "$(plain)" 'Déplacé : il était annoncé pour le' "its page says it moved"
edit "$admin" act=annuler
is "$status" 422 "it is not cancelled without a word"
edit "$admin" act=annuler "motif=L’intervenant est malade."
is "$status $(head_of Location)" "303 $admin?fait=rdv-annule" "cancelled"
for ((n = 0; n < 300; n++)); do
	file=$(grep -l -i "^X-RcptTo: chloe@essai79" "$VAR"/mail/new/* 2>/dev/null | xargs -r ls -t | head -n 1)
	[ -n "$file" ] && grep -q "method=CANCEL" "$file" && break
	sleep 0.2
done
is "$(calendar "$file" | cut -f 1-3,8)" "${before%	*}	$((${before#*	} + 2))	CANCELLED	CANCEL" "the mail that arrived takes it out of the calendar"
get "${new%.json}/inscription"
unlike "$(cat "$tmp/body")" '<form action="/evenements' "nobody registers any more"
get "$admin/inscrits.csv" -b "$tmp/editor"
like "$(cat "$tmp/body")" 'Chloe Essai;chloe@essai79.example;distance;inscrit' "who comes, as a table"
is "$(sql "select string_agg(action, ',' order by id) from journal where object = 'rendez_vous' and object_id = $id")" "rendez_vous_ajoute,rendez_vous_change,rendez_vous_change,rendez_vous_annule" "each change is in the journal"
edit "$admin" act=retablir
edit "$admin" act=ajouter quoi=document sorte=replay "libelle=La rediffusion" lien=https://video.example/79
edit "$admin" act=ajouter quoi=intervenant "qui=Le RAMEAU" role=Témoignage
edit "$admin" act=ajouter quoi=fiche numero=119
edit "$admin" act=ajouter quoi=terme code=theme:lien-social-inclusion
is "$status" 303 "a replay, a speaker, a sheet, a theme are joined"
edit "$admin" act=ajouter quoi=fiche numero=99999999
is "$status" 422 "a sheet that is not there is refused"
fresh "$new"
is "$(jq_ '[.rediffusion, .intervenants[0].organisation, .fiches[0].id, .termes[0].code] | tostring')" '["https://video.example/79","Le RAMEAU",119,"lien-social-inclusion"]' "and shown"

# A month after, who came is forgotten; the counts stay.
sql "update event set starts_on = '2026-01-05', starts_at = '2026-01-05 12:00Z', ends_at = '2026-01-05 13:00Z' where id = $id" >/dev/null
remind >/dev/null
is "$(sql "select count(*) filter (where email is null and name = 'effacé'), count(*) from event_registration where event_id = $id")" "3|3" "a month after, names and addresses go"
is "$(sql "select string_agg(taken::text, ' ' order by mode) from event_seat where event_id = $id")" "1 1" "the counts stay"
end
