#!/usr/bin/env bash
# What those in charge change: vocabularies, espaces, roles, accounts, tables; each change leaves a line in the journal.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
admin=$VAR/jar-admin@demo.example
page() { get "$1" -b "$jar"; }
last() { sql -c "select action || ' ' || object from private.journal order by id desc limit 1"; }
clean() {
	sql >/dev/null <<-'SQL'
		begin;
		set local session_replication_role = replica; -- versions are kept by triggers: this is a test's own rubbish
		create temp table gone on commit drop as select sheet_id as id from private.work where origin_key like 'essai-96:%';
		delete from catalyse.sheet_territory where sheet_id in (select id from gone);
		delete from catalyse.sheet_term where sheet_id in (select id from gone);
		delete from catalyse.sheet_index where sheet_id in (select id from gone);
		delete from catalyse.sheet_record where sheet_id in (select id from gone);
		delete from catalyse.sheet_version where sheet_id in (select id from gone);
		delete from private.work where sheet_id in (select id from gone);
		delete from catalyse.sheet where id in (select id from gone);
		delete from catalyse.espace_sheet where espace_id in (select id from catalyse.espace where code like 'essai-96%');
		delete from private.account_role where espace_id in (select id from catalyse.espace where code like 'essai-96%');
		delete from private.import_file where espace_id in (select id from catalyse.espace where code like 'essai-96%') or source = 'Essai 96';
		delete from catalyse.espace where code like 'essai-96%';
		delete from catalyse.term where code like 'essai-96%' and merged_into is not null;
		delete from catalyse.term where code like 'essai-96%';
		commit;
	SQL
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
login admin@demo.example "$admin"
ok $? "the administrateur signs in"
for p in '' /vocabulaires /vocabulaires/theme /espaces /import /roles /comptes /journal; do
	page "/administration$p"
	is "$status" 200 "/administration$p"
	like "$(head_of Cache-Control)" '^private, no-' "/administration$p is nobody else’s"
done
page /administration/vocabulaires/nulle-part
is "$status" 404 "an unknown vocabulary"

# Vocabularies.
here=/administration/vocabulaires/activite
form=$here post "$here" act=ajouter 'libelle=Essai 96 <b>' code=essai-96-a origine=ours couleur=#1F5C86 "cle=essai-96-cle-$RANDOM$RANDOM"
is "$status" 303 "a term is added"
is "$(last)" 'terme_ajoute terme' "with its line"
a=$(sql -c "select id from catalyse.term where code = 'essai-96-a'")
get /vocabulaires/activite
like "$(cat "$tmp/body")" 'Essai 96 &lt;b&gt;' "and is on the public page, harmless"
form=$here post "$here" act=ajouter 'libelle=Essai 96 b' code=essai-96-a origine=ours
is "$status" 422 "a code serves once"
like "$(cat "$tmp/body")" 'value="Essai 96 b"' "what was typed is there"
form=$here post "$here" act=ajouter 'libelle=Essai 96 b' origine=source couleur=rouge valable_du=2026-02-01 valable_jusqu=2026-01-01
is "$status" 422 "what does not go together"
is "$(grep -c 'class="faute"' "$tmp/body")" 3 "is said field by field: colour, source, days"
form=$here post "$here" act=ajouter 'libelle=Essai 96 b' origine=ours
is "$(sql -c "select code from catalyse.term where label = 'Essai 96 b'")" essai-96-b "the code is made from the label"
b=$(sql -c "select id from catalyse.term where code = 'essai-96-b'")
form=/administration/termes/$b post "/administration/termes/$b" act=enregistrer 'libelle=Essai 96 bis' 'definition=Un mot.' origine=ours
is "$status $(sql -c "select label, definition from catalyse.term where id = $b")" '303 Essai 96 bis|Un mot.' "a term is renamed"
is "$(sql -c "select detail->>'champs' from private.journal order by id desc limit 1")" '["label", "definition"]' "the journal names what changed, not what was typed"
form=$here post "$here" act=monter "terme=$b"
is "$status $(sql -c "select string_agg(code, ' ' order by position) from catalyse.term where code like 'essai-96%'")" '303 essai-96-b essai-96-a' "it goes up"
sheet=$(sql -c "select min(id) from catalyse.sheet where state = 'publiee'")
sql -c "insert into catalyse.sheet_term values ($sheet, $a)"
form=/administration/termes/$a post "/administration/termes/$a" act=supprimer
is "$status" 422 "a term in use is not deleted"
form=/administration/termes/$a post "/administration/termes/$a" act=remplacer "par=$b" 'motif=Le même mot'
is "$status $(sql -c "select string_agg(term_id::text, ' ') from catalyse.sheet_term where sheet_id = $sheet and term_id in ($a, $b)")" "303 $b" "it is replaced by another"
is "$(sql -c "select merged_into = $b, valid_to = current_date from catalyse.term where id = $a")" 't|t' "and stays as a memory"
is "$(sql -c "select private.work_terms('{\"termes\": [\"activite:essai-96-a\"]}')")" "{$b}" "a text that says the one means the other"
is "$(sql -c "select reason, detail->>'par' from private.journal order by id desc limit 1")" 'Le même mot|essai-96-b' "with its reason"
for ((n = 0; n < 14; n++)); do
	get /vocabulaires/activite
	like_ "$(cat "$tmp/body")" 'Essai 96 &lt;b&gt;' || break
	sleep 0.5
done
unlike "$(cat "$tmp/body")" 'Essai 96 &lt;b&gt;' "readers are no longer offered it"
form=/administration/vocabulaires/theme post "/administration/termes/$b" act=remplacer "par=$(sql -c "select min(id) from catalyse.term where scheme = 'theme'")"
is "$status" 422 "never by a term of another vocabulary"
sql -c "delete from catalyse.sheet_term where term_id = $b"
form=/administration/vocabulaires/odd post /administration/vocabulaires/odd act=ajouter libelle=Dix-huit code=18 origine=ours
is "$status" 422 "a list fixed elsewhere gets no new term"

# Espaces.
form=/administration/espaces post /administration/espaces 'nom=Essai 96' code=essai-96 'accroche=Un essai.' hote=essai-96.exemple.example couleur=#8FD3A4
is "$status" 303 "an espace is opened"
page /administration/espaces/essai-96
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=placer "fiche=$sheet"
is "$status $(last)" '303 espace_placer espace' "a sheet is placed there"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=placer "fiche=$sheet"
is "$status" 422 "once"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=placer fiche=999999999
is "$status" 422 "an unknown sheet is not"
other=$(sql -c "select min(id) from catalyse.sheet where state = 'publiee' and id > $sheet")
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=placer "fiche=$other"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=monter "fiche=$other"
is "$(sql -c "select string_agg(sheet_id::text, ' ' order by es.position) from catalyse.espace_sheet es join catalyse.espace e on e.id = es.espace_id where e.code = 'essai-96'")" "$other $sheet" "their order changes"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=retirer "fiche=$other"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=enregistrer 'nom=Essai 96 bis' hote=HTTP://x
is "$status" 422 "a host that is none is refused"
form=/administration/espaces/essai-96 post /administration/espaces/essai-96 act=enregistrer 'nom=Essai 96 bis'
is "$status $(sql -c "select name, host is null, (select count(*) from catalyse.espace_sheet es where es.espace_id = e.id) from catalyse.espace e where code = 'essai-96'")" '303 Essai 96 bis|t|1' "an espace changes"
login editeur@demo.example
page /administration/espaces/essai-96
unlike "$(cat "$tmp/body")" 'Placer cette fiche' "an éditeur reads the espace of others"
form=/administration/espaces post /administration/espaces/essai-96 act=placer "fiche=$other"
is "$status" 403 "and does not change it"
own=$(sql -c "select e.code from catalyse.espace e join private.account_role r on r.espace_id = e.id join private.account a on a.id = r.account_id where a.email = 'editeur@demo.example' limit 1")
page "/administration/espaces/$own"
like "$(cat "$tmp/body")" 'Placer cette fiche' "hers, she does"
for p in roles comptes journal; do
	page "/administration/$p"
	is "$status" 403 "an éditeur has no /administration/$p"
done
form=/administration/espaces post /administration/espaces 'nom=Essai 96 c' code=essai-96-c
is "$status" 403 "nor opens an espace"

# Roles and accounts: somebody of this test.
jar=$admin
"$top_builddir/catalyse" account create essai-96@exemple.example --name 'Essai 96' --config "$VAR/catalyse.conf" >"$tmp/out" 2>&1 ||
	sql -c "with c as (insert into catalyse.contributor (name) values ('Essai 96') returning id) insert into private.account (id, email, state, confirmed_at) select id, 'essai-96@exemple.example', 'actif', now() from c on conflict do nothing"
who=$(sql -c "update private.account set state = 'actif', confirmed_at = now() where email = 'essai-96@exemple.example' returning id")
session() { sql -c "insert into private.session (hash, account_id, second_factor, expires_at) values (encode(sha256('$1'), 'hex'), $who, true, now() + interval '1 hour')"; }
session essai-96-session-$RANDOM$RANDOM
page "/administration/comptes?q=essai-96"
like "$(cat "$tmp/body")" 'essai-96@exemple.example' "an account is found by a part of its address"
form=/administration/roles post /administration/roles act=donner courriel=essai-96@exemple.example role=animateur territoire=departement:974
is "$status $(last)" '303 role_donne compte' "a role is given"
is "$(sql -c "select count(*) from private.session where account_id = $who")" 0 "and the person’s sessions are cut"
is "$(sql -c "select g.email from private.account_role r join private.account g on g.id = r.granted_by where r.account_id = $who")" admin@demo.example "who gave it is kept"
form=/administration/roles post /administration/roles act=donner courriel=essai-96@exemple.example role=animateur territoire=departement:974
is "$status" 422 "once"
form=/administration/roles post /administration/roles act=donner courriel=essai-96@exemple.example role=animateur
is "$status" 422 "an animateur is one of something"
form=/administration/roles post /administration/roles act=donner courriel=essai-96@exemple.example role=editeur
is "$status" 422 "an éditeur too"
form=/administration/roles post /administration/roles act=donner courriel=personne@exemple.example role=administrateur
is "$status" 422 "nobody has that address"
session essai-96-session-$RANDOM$RANDOM
role=$(sql -c "select id from private.account_role where account_id = $who")
form=/administration/roles post /administration/roles act=retirer "numero=$role"
is "$status $(sql -c "select count(*) from private.account_role where account_id = $who")$(sql -c "select count(*) from private.session where account_id = $who")" '303 00' "a role is taken away, with the sessions"
boss=$(sql -c "select r.id from private.account_role r join private.account a on a.id = r.account_id where a.email = 'admin@demo.example' and r.role = 'administrateur'")
others=$(sql -c "select count(*) from private.account_role r join private.account a on a.id = r.account_id where r.role = 'administrateur' and a.state = 'actif' and a.email <> 'admin@demo.example'")
if [ "$others" = 0 ]; then
	form=/administration/roles post /administration/roles act=retirer "numero=$boss"
	is "$status" 422 "the last administrateur stays"
	like "$(cat "$tmp/body")" 'dernier administrateur' "and it says why"
	like "$(sql -c "delete from private.account_role where id = $boss" 2>&1)" 'last administrateur' "the database refuses it too"
	like "$(sql -c "update private.account set state = 'suspendu' where email = 'admin@demo.example'" 2>&1)" 'last administrateur' "and that the account goes"
fi
mails=$(sql -c "select count(*) from private.mail_outbox where kind = 'compte'")
form=/administration/comptes/$who post "/administration/comptes/$who" act=suspendre
is "$status" 422 "an account is not suspended without a reason"
session essai-96-session-$RANDOM$RANDOM
form=/administration/comptes/$who post "/administration/comptes/$who" act=suspendre 'motif=Un essai, sans plus.'
is "$status $(sql -c "select state, (select count(*) from private.session s where s.account_id = a.id) from private.account a where id = $who")" '303 suspendu|0' "with one, it is, and its sessions end"
is "$(sql -c "select reason, object_id from private.journal where action = 'compte_suspendu' order by id desc limit 1")" "Un essai, sans plus.|$who" "the journal keeps the reason"
is "$(sql -c "select count(*) - $mails from private.mail_outbox where kind = 'compte'")" 1 "the person is told"
form=/administration/comptes/$who post "/administration/comptes/$who" act=suspendre 'motif=Encore.'
is "$status" 422 "once"
form=/administration/comptes/$who post "/administration/comptes/$who" act=retablir 'motif=L’essai est fini.'
is "$status $(sql -c "select state from private.account where id = $who")" '303 actif' "and it is given back"
me=$(sql -c "select id from private.account where email = 'admin@demo.example'")
form=/administration/roles post "/administration/comptes/$me" act=suspendre 'motif=Un essai.'
is "$status" 422 "nobody suspends themselves"

# The journal.
page "/administration/journal?objet=compte&numero=$who"
like "$(cat "$tmp/body")" 'suspend le compte' "lines about one object"
get "/administration/journal.json?objet=compte&numero=$who&action=compte_suspendu" -b "$jar"
is "$(jq_ '.elements | length')-$(jq_ '.elements[0].motif')-$(jq_ '.elements[0].scellee')" '1-Un essai, sans plus.-true' "as JSON, of one action"
get "/administration/journal.json?personne=admin@demo.example&depuis=$(date -u +%F)&jusqu=$(date -u +%F)" -b "$jar"
is "$(jq_ '[.elements[].personne] | unique | tostring')" "[$me]" "of one person, of one day"
get "/administration/journal.json?jusqu=2020-01-01" -b "$jar"
is "$(jq_ '.elements | length')" 0 "nothing before it began"
before=$(sql -c "select max(id) - 3 from private.journal")
get "/administration/journal.json?avant=$before" -b "$jar"
ok "$(jq -e --argjson b "$before" '[.elements[].ligne] | max < $b' "$tmp/body" >/dev/null; echo $?)" "older lines follow"
sql -c "select private.journal_add(null, 'essai', 'essai', null, '{}', '=1+1')" >/dev/null
get '/administration/journal.csv?action=essai' -b "$jar"
like "$(cat "$tmp/body")" "\"'=1\+1\"" "the table is harmless to a spreadsheet"
sql -c "select count(private.journal_add(null, 'essai', 'essai', null, '{}', repeat('\"', 1900))) from generate_series(1, 1000)" >/dev/null
get '/administration/journal.csv?action=essai' -b "$jar"
is "$status" 200 "a journal of long reasons is a table too"
rest=$(head_of Link | grep -o '<[^>]*>; rel="next"' | sed 's,^<,,; s,>.*,,') lines=$(wc -l <"$tmp/body")
get "${rest:-/rien}" -b "$jar"
is "$status $((lines + $(wc -l <"$tmp/body") - 2))" "200 1001" "its rest by its Link, and no line is lost"
page '/administration/journal?verifier=1'
like "$(cat "$tmp/body")" 'Le journal est intact' "the journal is whole, and says so"

# A table from the browser.
printf 'source_id;type;titre;chapo;territoire;source;couleur\n1;exemple;Essai 96 un;Une phrase.;974;Journal;bleu\n2;exemple;Essai 96 deux;Une phrase.;nulle-part;Journal;\n' >"$tmp/t.csv"
upload() { # FILE field=value...
	local file=$1 arg args=()
	shift
	get /administration/import -b "$jar"
	for arg in "$@"; do args+=(-F "$arg"); done
	get /administration/import -b "$jar" -H 'Sec-Fetch-Site: same-origin' -F "jeton=$(token)" -F "cle=essai-96-$RANDOM$RANDOM" -F "fichier=@$file;type=text/csv" "${args[@]}"
}
upload "$tmp/t.csv" 'source_nom=Essai 96' etat=publiee
is "$status" 303 "a table is sent"
report=$(head_of Location)
page "$report"
like "$(cat "$tmp/body")" '1 à ajouter, 0 à changer, 0 déjà là telles quelles, 1 refusée' "the report counts"
like "$(cat "$tmp/body")" 'nulle-part' "says what is wrong"
like "$(cat "$tmp/body")" 'couleur.*inconnue' "and the unknown column"
is "$(sql -c "select count(*) from private.work where origin_key like 'essai-96:%'")" 0 "nothing is written yet"
form=$report post "$report" act=confirmer
is "$status $(sql -c "select s.state, s.title from private.work w join catalyse.sheet s on s.id = w.sheet_id where w.origin_key like 'essai-96:%'")" '303 publiee|Essai 96 un' "confirmed, it is"
is "$(sql -c "select a.email, j.detail->>'ajoutees' from private.journal j join private.account a on a.id = j.actor_id where j.object = 'import' order by j.id desc limit 1")" 'admin@demo.example|1' "and the journal says who"
is "$(sql -c "select body is null, counts->>'ajoutees' from private.import_file where id = ${report##*/}")" 't|1' "the file is forgotten"
form=/administration/import post "$report" act=confirmer
is "$status $(sql -c "select count(*) from private.work where origin_key like 'essai-96:%'")" '303 1' "twice is once"
# One table at a time in an instance: while a lock keeps them from being written, one more than there are instances.
exec {hold}> >(sql >/dev/null 2>&1)
printf 'begin;\nlock table private.import_file in exclusive mode;\n\\! : >"%s/held"\n' "$tmp" >&"$hold"
for ((i = 0; i < 200; i++)); do [ -e "$tmp/held" ] && break; sleep 0.05; done
waits=
for n in $(seq 0 "$(ls "$(cat "$VAR/sockets")"/*.sock | wc -l)"); do
	(
		exec {hold}>&-
		all=$tmp tmp=$tmp/plein$n
		mkdir "$tmp"
		until [ -e "$all/plein" ]; do
			upload "$all/t.csv" 'source_nom=Essai 96'
			grep -q 'Un autre tableau' "$tmp/body" && mv "$tmp" "$all/plein"
		done 2>/dev/null
	) &
	waits="$waits $!"
done
for ((i = 0; i < 400; i++)); do [ -e "$tmp/plein" ] && break; sleep 0.05; done
mkdir -p "$tmp/plein"
exec {hold}>&-
wait $waits
like "$(cat "$tmp/plein/body")" 'Un autre tableau est en cours de lecture' "one at a time in an instance, the next is told to come again"
like "$(cat "$tmp/plein/body")" 'value="Essai 96"' "what was typed is kept"
like "$(cat "$tmp/plein/head")" '^HTTP.* 503' "it is 503"
like "$(cat "$tmp/plein/head")" '^Retry-After: 10' "and when to"
upload "$tmp/t.csv" 'source_nom=Essai 96'
is "$status" 303 "then it is taken"
login editeur@demo.example
page "$report"
is "$status" 404 "a report is its sender’s only"
jar=$admin
upload "$tmp/t.csv" 'source_nom=Essai 96'
form=$(head_of Location)
post "$form" act=abandonner
is "$status $(sql -c "select body is null, done_at is null from private.import_file where id = ${form##*/}")" '303 t|t' "or it is given up"
form=
printf '\x00\x01' >"$tmp/z.csv"
upload "$tmp/z.csv" 'source_nom=Essai 96'
is "$status" 422 "what is no text is refused"
awk 'BEGIN { x = sprintf("%24000s", ""); gsub(/ /, "x", x); print "source_id;type;titre;couleur"; for (i = 1; i <= 390; i++) print "long-" i ";exemple;Essai 96 long;" x }' >"$tmp/long.csv"
upload "$tmp/long.csv" 'source_nom=Essai 96'
is "$status" 303 "nine megabytes, more than a page may take, are taken"
form=$(head_of Location)
page "$form"
like "$status $(cat "$tmp/body")" '^200 ' "and read"
like "$(cat "$tmp/body")" '390.lignes.* 0 à ajouter.* 390 refusées' "to the last line"
post "$form" act=abandonner
form=
head -c 11000000 /dev/zero | tr '\0' 'x' >"$tmp/big.csv"
upload "$tmp/big.csv" 'source_nom=Essai 96'
is "$status" 400 "eleven megabytes are too many"
like "$(cat "$tmp/body")" 'Fichier CSV' "and the form is there again"
sql -c "set session_replication_role = replica; delete from private.account where id = $who" >/dev/null
clean
end
