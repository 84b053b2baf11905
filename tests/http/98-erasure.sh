#!/usr/bin/env bash
# Forgetting somebody: a mark in every field they can fill, by the page or not, is found nowhere once they asked: the whole base, pages, feeds,
# tables, dumps, logs, what nginx keeps; what they published stays without them, or goes; an older base that comes back forgets them again.
# And before: all that is held is given at once.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/erasure_forms.sh"
psql_() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 "$@"; }
sql() { psql_ -d "${base:-catalyse}" -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
account() { "$top_builddir/catalyse" account "$@" --config "$VAR/catalyse.conf"; }
eval "$("$top_srcdir/tools/cluster.sh" env "$VAR/postgresql" catalyse)"
clean() {
	sql "delete from work where sheet_id between 980001 and 980099; delete from token where sheet_id between 980001 and 980099;
		begin; set local session_replication_role = replica; -- versions are kept by triggers: this is a test's own rubbish
		do \$\$ declare t text; begin
			foreach t in array '{review_message,review_answer,review_round,review_invitation,attachment,suggestion,report,private.adoption,freshness,sheet_author,sheet_territory,sheet_term,sheet_index,sheet_record,sheet_version}'::text[] loop
				execute 'delete from ' || t || ' where sheet_id between 980001 and 980099';
			end loop;
		end \$\$;
		delete from catalyse.sheet where id between 980001 and 980099; commit" >/dev/null
	forms_clean
	psql_ -d postgres -c 'drop database if exists retour98' >/dev/null 2>&1
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
mark=zq$RANDOM$RANDOM
echo "quatre chevaux verts $mark" >"$tmp/password"
account create "$mark@essai.example" --name "Camille $mark" --password-file "$tmp/password" >/dev/null
me=$(sql "select id from account where email = '$mark@essai.example'")
admin=$(sql "select id from account where email = 'admin@demo.example'")
animateur=$(sql "select id from account where email = 'animateur@demo.example'")
friend=$(sql "select id from account where email = 'contributeur@demo.example'")
wrong=faux password="quatre chevaux verts $mark"
form=/connexion jar=$tmp/mine post /connexion "courriel=$mark@essai.example" "mot_de_passe=$wrong" # a try, that is counted
jar=$tmp/mine
login "$mark@essai.example" "$jar"
is "$? $status" "0 303" "somebody is in"

# What they did here. 980001: a draft of theirs; 980002: published; 980003: written with somebody else; 980004: what they read over.
sql "insert into work (sheet_id, content, created_by, saved_by, note) values
	(980001, jsonb_build_object('type', 'exemple', 'titre', 'Brouillon $mark', 'sections', jsonb_build_object('contexte', 'Un texte $mark')), $me, $me, 'Pour $mark'),
	(980002, '{\"type\": \"exemple\", \"titre\": \"Une fiche qui reste\", \"chapo\": \"Elle sert encore.\", \"territoires\": [\"departement:974\"], \"source\": {\"libelle\": \"Un récit\"}}', $me, $me, 'Merci, $mark'),
	(980003, '{\"type\": \"outil\", \"titre\": \"Un outil à deux\"}', $me, $me, ''),
	(980004, '{\"type\": \"outil\", \"titre\": \"Un outil relu\", \"territoires\": [\"departement:974\"]}', $friend, $friend, '');
	insert into work_author values (980001, $me, 'auteur'), (980002, $me, 'auteur'), (980003, $me, 'auteur'), (980003, $friend, 'coauteur'), (980004, $friend, 'auteur');
	select work_move($me, 980002, 'soumettre', '', null), work_move($admin, 980002, 'prendre', '', null), work_publish($admin, 980002, 'Publiée.', 'une-fiche-qui-reste', null);
	select work_move($admin, 980002, 'modifier', '', null);
	update work set content = content || jsonb_build_object('chapo', 'Une suite $mark') where sheet_id = 980002;
	insert into attachment_blob (sha256, bytes, type) values (encode(sha256('\\x89504e47'), 'hex'), '\\x89504e47', 'image/png') on conflict do nothing;
	insert into attachment (sheet_id, blob, name, label, alt, width, height, added_by) values (980001, encode(sha256('\\x89504e47'), 'hex'), 'plan.png', 'Le plan $mark', 'Un plan $mark', 1, 1, $me);
	insert into attachment_blob (sha256, bytes, type) values (encode(sha256('%PDF-1.7'), 'hex'), '%PDF-1.7', 'application/pdf') on conflict do nothing;
	insert into attachment (sheet_id, blob, name, label, added_by, published_at) values (980002, encode(sha256('%PDF-1.7'), 'hex'), 'recit.pdf', 'Le récit', $me, now());
	insert into account_role (account_id, role, territory_id) select $me, 'animateur', id from territory where type = 'departement' and code = '974';
	update account set totp = 'scelle' where id = $me; update session set second_factor = true where account_id = $me;
	select work_move($friend, 980004, 'soumettre', '', null), work_move($me, 980004, 'prendre', '', null);
	delete from account_role where account_id = $me; -- a second factor would be asked for
	insert into api_token (hash, account_id, name, scopes, expires_at) values (encode(sha256('$mark'), 'hex'), $me, 'Script $mark', '{lire}', now() + interval '1 day');
	insert into token (hash, purpose, data, expires_at) values (encode(sha256('a$mark'), 'hex'), 'invitation', jsonb_build_object('courriel', '$mark@essai.example'), now() + interval '1 day');
	insert into submission (scope, key, body_hash, status, body) values ('compte:$me', 'cle-$mark', encode(sha256('x'), 'hex'), 303, 'Bonjour $mark');
	insert into mail_refusal (address_hash, kind) values (mail_hash('$mark@essai.example'), 'decision');
	insert into import_file (account_id, body, sum, source, publish) values ($me, 'titre;$mark', encode(sha256('y'), 'hex'), 'essai-98', false);
	select mail_put('animateur@demo.example', $animateur, 'relecture', 'Camille $mark écrit', 'La fiche de Camille $mark.', '<p>Camille $mark</p>', now() + interval '1 day');
	select mail_put('animateur@demo.example', $animateur, 'relecture', 'Un texte', 'À relire : $BASE/fiches/980001/relecture « Brouillon $mark »', '<p>Brouillon $mark</p>', now() + interval '1 day');
	select mail_put('$mark@essai.example', $me, 'commentaire', 'Pour vous', 'Bonjour $mark', '<p>$mark</p>', now() + interval '1 day');
	do \$\$ begin
		if to_regclass('private.review_message') is not null then
			insert into review_message (sheet_id, round, author_id, kind, side, body) values (980004, 1, $me, 'message', 'relecteur', 'Un message $mark');
			insert into review_answer (sheet_id, round, reviewer_id, criterion, verdict, comment) select 980004, 1, $me, min(code), 'non', 'Parce que $mark' from criterion;
		end if;
		if to_regclass('private.suggestion') is not null then
			insert into suggestion (sheet_id, version, field, before, after, note, author_id) values (980002, 1, 'chapo', 'a', 'b', 'Note $mark', $me);
			insert into report (sheet_id, reason, body, author_id) values (980002, 'autre', 'Signalé $mark', $me);
			insert into adoption (sheet_id, territory_id, who, outcome, note, author_id) select 980002, min(id), 'Asso $mark', 'reussi', 'Essayé $mark', $me from territory;
		end if;
	end \$\$" >"$tmp/made" || cat "$tmp/made"

get /compte/export.json -b "$jar"
is "$status $(head_of Content-Disposition)" '200 attachment; filename="catalyse-mes-donnees.json"' "all that is held, in one file"
is "$(jq_ '[.compte.courriel, .compte.nom] | join(" ")')" "$mark@essai.example Camille $mark" "the account"
is "$(jq_ '[.fiches[].fiche] | tostring')" '[980001,980002,980003]' "the sheets, drafts too"
is "$(jq_ '.fiches[0].texte.sections.contexte')" "Un texte $mark" "with their text"
is "$(jq_ '[(.sessions | length) > 0, (.jetons | length) == 1, (.pieces | length) == 2, (.versions | length) == 1, (.courriels | length) == 1, (.tableaux | length) == 1, (.decisions | length) > 2] | all')" \
	true "sessions, tokens, files, versions, mail, tables, decisions"
unlike "$(cat "$tmp/body")" "argon2id|$(sql "select hash from session where account_id = $me limit 1")" "and nothing that opens a door"
get /compte/export.csv -b "$jar"
is "$status $(grep -c '^fiche-98000[123];' "$tmp/body")" "200 3" "the sheets as a table"
get /compte/export.json
is "$status" 401 "nobody else's"

like "$("$top_builddir/catalyse" --version 2>/dev/null; pg_dump -d catalyse | grep -c "$mark")" '[1-9][0-9]$' "the mark is all over the base"
get /fiches/980002/historique
like "$(cat "$tmp/body")" "Camille $mark" "and on public pages"

get /fiches/980002.json -L
is "$(jq_ '.auteurs | tostring')" "[\"Camille $mark\"]" "by name"
is "$(jq_ '[.pieces[0].intitule, .pieces[0].octets] | tostring')" '["Le récit",8]' "with the file that was published"
file=$(jq_ '.pieces[0].uri')
is "$(curl -sS -o /dev/null -w '%{http_code}' "$file")" 200 "which is there"
get /fiches/980002.jsonld -L
is "$(jq_ '[.. | .author? | select(type == "array")][0][0] | [.["@type"], .name] | tostring')" "[\"Person\",\"Camille $mark\"]" "said to machines"
get /fiches/980002 -L
like "$(cat "$tmp/body")" "<dt>Écrite par</dt><dd>Camille $mark" "and to readers"
like "$(cat "$tmp/body")" "href=\"${file#"$BASE"}\">Le récit" "with the file"

# Dumps of before, with their name: one is said to be of another day, as EXPORT_KEEP would keep it.
export_() { CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" export "$tmp/dumps" --config "$VAR/catalyse.conf" >/dev/null 2>"$tmp/err"; }
export_
ok $? "dumps are made" "$(cat "$tmp/err")"
today=$(readlink "$tmp/dumps/dernier")
cp -a "$tmp/dumps/$today" "$tmp/dumps/2020-01-01"
like "$(zgrep -a 'Une fiche qui reste' "$tmp/dumps/2020-01-01/fiches.jsonl.gz")" "Camille $mark" "by name"

# Two others, by forms, from here on.
forms_meet
forms_fill
jar=$tmp/mine
# None of their mails is being sent while the base is dumped: it is not erased before its sender, or its lease, is gone.
for ((n = 0; n < 240; n++)); do
	[ "$(sql "select count(*) from mail_outbox where done_at is null and body_text ~ '$mark|$keep|$go'")" != 0 ] || break
	sleep 0.25
done
pg_dump -Fc -d catalyse -f "$tmp/older"

# Asked for: password and consent.
form=/compte/supprimer post /compte/supprimer fiches=garder accord=1 "mot_de_passe=pas-le-bon"
is "$status" 422 "a wrong password is refused"
post /compte/supprimer fiches=garder "mot_de_passe=$password"
is "$status" 422 "so is a box that was not ticked"
like "$(cat "$tmp/body")" 'f-accord-e' "and said beside it"
is "$(sql "select state from account where id = $me")" actif "nothing is gone yet"
get /compte/supprimer -b "$jar"
like "$(cat "$tmp/body")" '1 brouillon .*seul' "what will go is said"
like "$(tr '\n' ' ' <"$tmp/body")" '1[^a-z]{1,3}fiche en ligne .*1[^a-z]{1,3}fiche à plusieurs' "and what will stay"
post /compte/supprimer fiches=garder accord=1 "mot_de_passe=$password"
is "$status $(head_of Location)" "303 /connexion?fait=suppression" "done at once"
is "$(head_of Clear-Site-Data)" '"cookies", "storage"' "the browser forgets too"
get /connexion?fait=suppression
like "$(cat "$tmp/body")" 'Votre compte est supprimé' "and it is said"

forms_ask

# Their last mail leaves, and is forgotten.
for ((n = 0; n < 120; n++)); do
	[ "$(sql "select count(*) from mail_outbox where done_at is null and (kind = 'suppression' or body_text ~ '$mark|$keep|$go')")" != 0 ] || break
	sleep 0.5
done
is "$(sql "select count(*) from mail_outbox where kind = 'suppression' and done_at is null")" 0 "the last mails have left"
nowhere() { # NAME: none of the marks is in $tmp/all
	! grep -aqiE "$mark|$keep|$go" "$tmp/all"
	ok $? "$1" "$(grep -aiE "$mark|$keep|$go" "$tmp/all" | cut -c1-300 | head -3)"
}
pg_dump -d catalyse >"$tmp/all"
nowhere "the base, whole, has no mark of them"
forms_paths
paths+=(/fiches/980002/historique /fiches/980002 /fiches/980002.json /fiches/980002.jsonld /fiches/980002/v1 /fiches/980002/historique.json)
for ((n = 0; n < 30; n++)); do # a page is shared for two seconds, then shown once more while it is renewed
	for path in "${paths[@]}"; do curl -sSL --max-time 20 "$BASE$path" 2>&1; done >"$tmp/all"
	grep -aqiE "$mark|$keep|$go" "$tmp/all" || break
	sleep 0.5
done
nowhere "no page, feed or harvest"
like "$(cat "$tmp/all")" 'contributeur supprimé' "what they published stays, by « contributeur supprimé »"
like "$(cat "$tmp/all")" 'Une fiche qui reste' "and is still read"
like "$(cat "$tmp/all")" '"auteurs":\["contributeur supprimé"\]' "in data too"
export_
ok $? "dumps are made anew" "$(cat "$tmp/err")"
is "$(cd "$tmp/dumps" && echo 20*)" "$(readlink "$tmp/dumps/dernier")" "in the place of each of before"
find "$tmp/dumps/" -type f | while read -r f; do case $f in *.gz) zcat "$f" ;; *) cat "$f" ;; esac; done >"$tmp/all"
grep -aq 'Une fiche qui reste.*contributeur supprimé' "$tmp/all"
ok $? "they hold what stays"
nowhere "no dump"
cat "$VAR"/log/* "$VAR"/nginx/*.log 2>/dev/null | sed "s,/fiches/un-four-$go-,,g" >"$tmp/all" # the address of a page that was public
nowhere "no log"
# What nginx keeps is replaced when it is asked again, as above. A page by an address it no longer has, or a search, which repeats what was
# looked for, goes within a day (inactive).
grep -rlaiE "$mark|$keep|$go" "$VAR/nginx/cache" 2>/dev/null | xargs -r grep -LaE "^KEY: .*(q=($keep|$go)|/un-four-$go-)" | xargs -r cat >"$tmp/all"
nowhere "nothing kept by nginx"
forms_look
is "$(sql "select state || coalesce(email, '') || coalesce(password, '') from account where id = $me")" supprime "the account is a number"
is "$(sql "select count(*) from work where sheet_id = 980001") $(sql "select count(*) from attachment where sheet_id = 980001")" "0 0" "the draft is gone, with its file"
is "$(sql "select state || ' ' || (content->>'chapo') from work where sheet_id = 980002")" "publiee Elle sert encore." "changes begun are gone, the public text is not"
is "$(sql "select role from work_author where sheet_id = 980003 and account_id = $friend")" auteur "what was written by two is held by the other"
is "$(sql "select state from work where sheet_id = 980004")" soumise "what they read over waits for somebody else"
is "$(sql "select reason || action || (detail->>'brouillons') from journal where object = 'compte' and object_id = $me order by id desc limit 1")" compte_supprime1 "the journal has numbers"
is "$(sql "select journal_broken() is null")" t "and is whole"
get /mon-espace -b "$jar"
is "$status" 303 "their session opens nothing"
form=/connexion jar=$tmp/none post /connexion "courriel=$mark@essai.example" "mot_de_passe=$password"
is "$status" 422 "nor their password"

# An older base comes back.
list=$(sed -n 's/^ERASURES_FILE=//p' "$VAR/catalyse.conf")
like "$(grep "^$me " "$list")" '^[0-9]+ [0-9T:.-]+Z garder [0-9T:-]+Z$' "the export has written their number in the list"
psql_ -d postgres -c 'create database retour98' >/dev/null
pg_restore -d retour98 "$tmp/older" >/dev/null 2>"$tmp/err"
is "$(base=retour98 sql "select email from account where id = $me")" "$mark@essai.example" "an older base has them again"
back=$(sed -n 's/^DATABASE_WRITE=//p' "$VAR/catalyse.conf" | sed 's/dbname=[a-z]*/dbname=retour98/')
sed "s|^DATABASE_WRITE=.*|DATABASE_WRITE=$back|" "$VAR/catalyse.conf" >"$tmp/back.conf"
psql_ -d retour98 -c "alter role catalyse_rw in database retour98 set search_path to catalyse, private, public" >/dev/null
"$top_builddir/catalyse" account erasures replay "$list" --config "$tmp/back.conf" --json >"$tmp/body" 2>"$tmp/err"
is "$? $(jq_ '.effaces >= 3')" "0 true" "the list is replayed" "$(cat "$tmp/err")"
pg_dump -d retour98 >"$tmp/all"
nowhere "and the older base has forgotten them"
"$top_builddir/catalyse" account erasures replay "$list" --config "$tmp/back.conf" --json >"$tmp/body"
is "$(jq_ .effaces)" 0 "once is enough"
grep "^$me " "$list" | sed "s/^$me [^ ]*/$friend 2020-01-01T00:00:00.000000Z/" >"$tmp/list"
"$top_builddir/catalyse" account erasures replay "$tmp/list" --config "$tmp/back.conf" --json >"$tmp/body"
is "$(jq_ '[.effaces, .inconnus] | tostring')" "[0,1]" "a number that is somebody else's now is left alone"
"$top_builddir/catalyse" account erasures export "$list" --config "$VAR/catalyse.conf" --json >"$tmp/body"
is "$(jq_ .ajoutees)" 0 "the list has each of them once"

# By the operator, and their sheets with them.
echo "quatre chevaux bleus $mark" >"$tmp/password"
account create "autre$mark@essai.example" --name "Autre $mark" --password-file "$tmp/password" >/dev/null
other=$(sql "select id from account where email = 'autre$mark@essai.example'")
sql "insert into work (sheet_id, content, created_by, saved_by) values (980005, '{\"type\": \"exemple\", \"titre\": \"Une fiche qui part\", \"chapo\": \"Elle part.\", \"source\": {\"libelle\": \"Un récit\"}, \"territoires\": [\"departement:974\"]}', $other, $other);
	insert into work_author values (980005, $other, 'auteur');
	select work_move($other, 980005, 'soumettre', '', null), work_move($admin, 980005, 'prendre', '', null), work_publish($admin, 980005, '', 'une-fiche-qui-part', null)" >/dev/null
like "$(account erase "autre$mark@essai.example" --withdraw)" "Compte $other supprimé" "the operator forgets somebody"
for ((n = 0; n < 300; n++)); do # a page may be shared for a moment more
	get /fiches/980005
	[ "$status" != 410 ] || break
	sleep 0.2
done
is "$status" 410 "and their sheet goes with them, as they wanted"
like "$(cat "$tmp/body")" 'la personne qui l’avait écrite a supprimé son compte' "with its reason"
sql "insert into mail_refusal (address_hash, kind) values (mail_hash('passage$mark@essai.example'), 'decision')" >/dev/null
like "$(account erase "passage$mark@essai.example")" '1 trace de cette adresse effacée' "an address without account leaves no trace either"
account erase "jamais$mark@essai.example" >/dev/null 2>&1
is $? 1 "an address never seen is refused"
end
