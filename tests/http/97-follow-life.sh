#!/usr/bin/env bash
# A sheet in time: who tried it elsewhere, whether somebody still answers for it, whether what it points to is there.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
mailed() { sql "select body_text from private.mail_outbox where recipient = '$1' and subject like '$2%' order by id desc limit 1" | grep -o 'http://[^ ]*' | sed -n "${3:-1}p" | sed "s,^http://[^/]*,,"; }
mails() { sql "select count(*) from private.mail_outbox where recipient = '$1' and subject like '$2%'"; }
work() { sql "begin; set local search_path to private, catalyse, public; $1; commit"; }
catalyse=${top_builddir:-$top_srcdir}/catalyse
export CATALYSE_BASE_URL=$BASE
port=$((20000 + RANDOM % 20000))
site=http://127.0.0.1:$port
made=$(sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin, sections, source_label, source_url) values ('essai-vie-$$', 'exemple',
	'essai-vie', 'Essai de vie', 'Un résumé.', 'publiee', 'ours', '{\"contexte\": \"Voir $site/absent, $site/deplace et $site/cache.\", \"besoin\": \"$site/tete $site/panne $site/interdit\"}',
	'Une page', '$site/bon') returning id), t as (insert into catalyse.sheet_territory select s.id, t.id from s, catalyse.territory t where t.type = 'region' and t.code = '04')
	select id from s")
f=/fiches/$made
author=$(sql "select id from private.account where email = 'contributeur@demo.example'")
server=
trap '[ -z "$server" ] || kill "$server"; sql "delete from private.adoption where sheet_id = $made; delete from private.work_author where sheet_id = $made;
	update catalyse.sheet set state = '"'retiree'"', withdrawn_reason = '"'essai terminé'"' where id = $made and state <> '"'retiree'"'; delete from private.link_check" >/dev/null; rm -rf "$tmp"' EXIT
sql "delete from private.attempt; delete from private.mail_outbox where subject like '%Essai de vie%' or subject like 'Votre essai%'"
work "select work_open($made); insert into work_author values ($made, $author, 'auteur')" >/dev/null
send() { # PATH field=value...
	local path=$1 arg args=()
	shift
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST ${jar:+-b "$jar"} -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token "$tmp/form")" "${args[@]}"
}

# Trials.
get "$f/adopter"
is "$status" 200 "anybody may say that they tried it"
cp "$tmp/body" "$tmp/form"
sleep 2.1
send "$f/adopter" territoire=Lyon 'recit=Avec trois voisins.' qui=Maison courriel=essai@ailleurs.example
is "$status" 422 "saying how it went"
like "$(cat "$tmp/body")" 'Avec trois voisins\.' "nothing is lost"
send "$f/adopter" territoire=Nullepart-sur-Rien resultat=partiel qui=Maison courriel=essai@ailleurs.example
is "$status" 422 "in a place that exists"
send "$f/adopter" territoire=Saint-Paul resultat=partiel qui=Maison courriel=essai@ailleurs.example
is "$status" 422 "and that is one"
like "$(cat "$tmp/body")" 'value="commune:97415"' "several are offered"
send "$f/adopter" territoire=Saint-Paul lieu=commune:97415 resultat=partiel annee=2025 'recit=Avec trois voisins <b>et</b> deux jardins.' 'qui=Maison des essais' courriel=essai@ailleurs.example
is "$status" 303 "chosen, it is taken"
is "$(sql "select count(*) from private.adoption where sheet_id = $made")" 0 "and waits for its confirmation"
link=$(mailed essai@ailleurs.example 'Votre essai, à confirmer')
get "$link"
is "$status" 200 "the link opens"
cp "$tmp/body" "$tmp/form"
send "$f/adopter/confirmer" "lien=${link#*lien=}"
is "$status" 303 "its button sends"
send "$f/adopter/confirmer" "lien=${link#*lien=}"
is "$status" 404 "once"
get "$f.json" -L
is "$(jq_ '.adoptions | length')" 0 "a visitor's trial is read before it is shown"
link=$(mailed contributeur@demo.example 'Un essai ailleurs : Essai de vie')
like "$link" "^$f/essais/[0-9]+\?lien=" "the author is told"
get "$link"
is "$status" 200 "and reads it"
cp "$tmp/body" "$tmp/form"
send "${link%%\?*}" "lien=${link#*lien=}" choix=montrer
is "$status" 303 "shows it"
sleep 5
get "$f.json" -L
is "$(jq_ '.adoptions[0] | [.par, .resultat, .territoire.code, .annee] | join(" ")')" 'Maison des essais partiel 97415 2025' "in the data"
unlike "$(cat "$tmp/body")" 'essai@ailleurs' "without the address"
get "$f" -L
like "$(cat "$tmp/body")" '1 essai déclaré.: 1 à moitié réussi' "on the sheet, counted"
like "$(cat "$tmp/body")" 'trois voisins &lt;b&gt;et' "with what was said, as it was typed"
like "$(cat "$tmp/body")" "href=\"$f/adopter\"" "which asks the next one"
login contributeur@demo.example
get "$f/adopter" -b "$jar"
cp "$tmp/body" "$tmp/form"
send "$f/adopter" territoire=commune:69123 resultat=reussi
is "$status" 303 "somebody who is signed in"
is "$(sql "select state from private.adoption where sheet_id = $made and author_id = $author")" publique "is shown at once"
jar=
other=$(sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin) values ('essai-vie-b-$$', 'exemple', 'essai-vie-b', 'Essai qui suit', 'Un résumé.',
	'publiee', 'ours') returning id), t as (insert into catalyse.sheet_territory select s.id, t.id from s, catalyse.territory t where t.type = 'region' and t.code = '04'),
	l as (insert into catalyse.sheet_link select s.id, $made, 'inspire' from s) select id from s")
sleep 5
get "$f" -L
like "$(cat "$tmp/body")" "D’autres s’en inspirent.*Essai qui suit" "what is drawn from it is shown there"
get "/fiches/$other" -L
like "$(cat "$tmp/body")" "Elle s’inspire de.*Essai de vie" "and where it comes from, here"
get "/fiches/$other.json" -L
is "$(jq_ '.s_inspire_de[0]')" "$made" "and in the data"
sql "delete from catalyse.sheet_link where sheet_id = $other; update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai terminé' where id = $other"

# Freshness.
fresh() { "$catalyse" freshness --config "$VAR/catalyse.conf" --json "$@" >"$tmp/out" 2>"$tmp/err"; }
sql "update catalyse.sheet set verified_on = current_date - 500 where id = $made; delete from private.freshness"
fresh --dry-run
is "$(jq -r ".fiches[] | select(.id == $made) | .geste" "$tmp/out")" demande "a dry run says what is due"
is "$(mails contributeur@demo.example 'Toujours exacte ? : Essai de vie')" 0 "and sends nothing"
others=$(sql "update catalyse.sheet set verified_on = current_date where id <> $made and state in ('publiee', 'a_actualiser') and coalesce(verified_on, created_at::date) < current_date - 365 returning id" | wc -l)
fresh
is "$(jq -r '[.demandes, .rappels, .a_verifier] | join(" ")' "$tmp/out")" '1 0 0' "who holds it is asked ($others others set aside)"
fresh
is "$(jq -r '.demandes' "$tmp/out")" 0 "once"
link=$(mailed contributeur@demo.example 'Toujours exacte ? : Essai de vie')
like "$link" "^$f/confirmer\?lien=.*choix=verifier" "by three links"
sql "update private.freshness set asked_at = now() - interval '31 days' where sheet_id = $made"
fresh
is "$(jq -r '.rappels' "$tmp/out")" 1 "reminded a month later"
sql "update private.freshness set reminded_at = now() - interval '31 days' where sheet_id = $made"
fresh
is "$(jq -r '.a_verifier' "$tmp/out")" 1 "then it is to be verified"
is "$(mails animateur@demo.example 'Une fiche à vérifier : Essai de vie')" 1 "and the animateur is told"
sleep 5
get "$f" -L
like "$(cat "$tmp/body")" '>à vérifier<' "readers too"
get "$link"
is "$status" 200 "the link still opens"
like "$(sql "select verified_on < current_date from catalyse.sheet where id = $made")" t "looking changes nothing"
cp "$tmp/body" "$tmp/form"
send "$f/confirmer" "lien=$(grep -o 'name="lien" value="[^"]*"' "$tmp/form" | sed 's/.*value="//; s/"$//')" choix=archiver
is "$status" 422 "archiving wants a reason"
send "$f/confirmer" "lien=$(grep -o 'name="lien" value="[^"]*"' "$tmp/form" | sed 's/.*value="//; s/"$//')" choix=verifier
is "$status" 303 "its button verifies"
is "$(sql "select (verified_on = current_date) || verified_by || state || version from catalyse.sheet where id = $made")" 'trueauteurpubliee1' "today, by its author, and it is no version"
get "$f/confirmer"
is "$status" 303 "without a link, one signs in"
sql "insert into private.suggestion (sheet_id, version, field, before, after, created_at) values ($made, 1, 'chapo', 'Un résumé.', 'Un meilleur résumé.', now() - interval '15 days')"
fresh
is "$(jq -r '.suggestions_sans_reponse' "$tmp/out")" 1 "a correction that waited two weeks"
like "$(mailed animateur@demo.example 'Sans réponse depuis deux semaines : Essai de vie')" "^$f/suggestions/" "goes to who reviews"

# Links, against a small server here.
cat >"$tmp/server.mjs" <<'JS'
import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
const [port, log] = process.argv.slice(2);
createServer((q, a) => {
	appendFileSync(log, `${q.method} ${q.url} ${q.headers['user-agent']}\n`);
	const [code, head] = { '/robots.txt': [200], '/bon': [200], '/deplace': [301, { location: '/bon' }], '/tete': [q.method === 'HEAD' ? 405 : 200], '/panne': [500],
		'/interdit': [403] }[q.url] ?? [404];
	a.writeHead(code, head);
	a.end(q.url === '/robots.txt' ? 'User-agent: *\nDisallow: /cache\n' : 'x'.repeat(300000));
}).listen(+port, '127.0.0.1');
JS
: >"$tmp/asked"
node "$tmp/server.mjs" "$port" "$tmp/asked" &
server=$!
for i in $(seq 50); do curl -s -o "$tmp/x" "$site/bon" && break; sleep 0.1; done
links() { "$catalyse" check-links --config "$VAR/catalyse.conf" --json "$@" >"$tmp/out" 2>"$tmp/err"; }
sql "delete from private.link_check"
links_of() { sql "select string_agg(outcome, ' ' order by url) from private.link_check where url like '$site%'"; }
# Everything else is put off: this ring asks nothing outside.
sql "begin; set local search_path to private, catalyse, public; select link_collect(); update link_check set next_check = now() + interval '1 day' where url not like '$site%'; commit" >/dev/null
: >"$tmp/asked"
links
is "$(links_of)" 'ignore ignore ignore ignore ignore ignore ignore' "an address of this host is never asked"
is "$(wc -l <"$tmp/asked")" 0 "not even its robots.txt"
sql "update private.link_check set next_check = now() where url like '$site%'"
export CATALYSE_CHECK_LINKS_LOCAL=1
links --limit 3
is "$(jq -r '[.demandees, .restantes] | join(" ")' "$tmp/out")" '3 4' "so many, then it stops"
links
is "$(jq -r '[.demandees, .restantes] | join(" ")' "$tmp/out")" '4 0' "and goes on from there"
is "$(sql "select string_agg(substring(url from '[a-z]+\$') || '=' || outcome, ' ' order by url) from private.link_check where url like '$site%'")" \
	'absent=absent bon=bon cache=ignore deplace=deplace interdit=refuse panne=injoignable tete=bon' "what each address answered"
is "$(sql "select moved_to from private.link_check where url = '$site/deplace'")" "$site/bon" "where it moved"
unlike "$(cat "$tmp/asked")" ' /cache ' "robots.txt is obeyed"
is "$(grep -c 'robots.txt' "$tmp/asked")" 2 "and read once a run"
like "$(head -n 1 "$tmp/asked")" 'Catalyse-liens/1 \(\+http' "who asks is said"
is "$(grep -c 'GET /bon' "$tmp/asked")" 0 "what answers HEAD is not read"
for day in 1 2; do
	sql "update private.link_check set last_failure_on = last_failure_on - 1, next_check = now() where url like '$site%'"
	links
done
is "$(jq -r '.mortes' "$tmp/out")" 2 "three days of failures: dead"
login editeur@demo.example
get /administration/liens.json -b "$jar"
is "$(jq_ "[.liens[] | select(.url == \"$site/absent\")][0] | [.statut, .etat, .jours_en_panne, .fiche] | join(\" \")")" "404 absent 3 $made" "an éditrice sees them"
get /administration/liens -b "$jar"
like "$(cat "$tmp/body")" 'la page n’existe plus \(404\)' "in words"
jar=
get /administration/liens
is "$status" 303 "nobody else"
sql "update catalyse.sheet set verified_on = current_date - 500 where id = $made; delete from private.freshness where sheet_id = $made"
fresh
like "$(sql "select body_text from private.mail_outbox where recipient = 'contributeur@demo.example' and subject like 'Toujours exacte%' order by id desc limit 1")" "$site/absent" "and who holds the sheet is told"
end
