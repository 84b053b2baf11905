#!/usr/bin/env bash
# Writing a sheet: created, saved, sent with all that is missing told at once; two editors and neither text lost;
# one key, one sheet. Its accounts, its sheets and their lines are its own, numbered from 930001.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to catalyse, private, public; $1"; }
clean() {
	sql "delete from attachment x using work w where w.sheet_id = x.sheet_id and w.created_by between 930001 and 930009;
		delete from token where purpose in ('apercu', 'coauteur') and (data->>'courriel' like '%@essai.example');
		delete from attempt where kind in ('apercu', 'invitation');
		delete from mail_outbox where recipient like '%@essai.example' or subject ~ 'Un essai sans compte|Une fiche entière';
		delete from token where sheet_id in (select sheet_id from work where created_by between 930001 and 930009 or content->>'titre' = 'Un essai sans compte');
		delete from work where created_by in (select id from account where email = 'sans-compte@essai.example');
		delete from account where email = 'sans-compte@essai.example';
		delete from work where created_by between 930001 and 930009 or sheet_id in (select sheet_id from work_author where account_id between 930001 and 930009);
		delete from submission where scope in ('compte:930001', 'compte:930002', 'compte:930003');
		delete from session where account_id between 930001 and 930009; delete from account where id between 930001 and 930009"
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
# A person signed in: their number, their cookie.
person() { # NUMBER NAME
	local token sum
	token=$(printf 'essai-%s-01234567890123456789012345678A' "$1") # 43 characters
	sum=$(printf %s "$token" | sha256sum | cut -d' ' -f1)
	sql "insert into contributor (id, name) overriding system value values ($1, '$2') on conflict do nothing;
		insert into account (id, email, state, confirmed_at) values ($1, 'essai-$1@essai.example', 'actif', now());
		insert into session (hash, account_id, expires_at) values ('$sum', $1, now() + interval '1 day')"
	printf '%s' "$token"
}
a=$(person 930001 'Essai Une') b=$(person 930002 'Essai Deux') c=$(person 930003 'Essai Trois')
as() { # COOKIE PATH [curl options]
	local who=$1 path=$2
	shift 2
	get "$path" -b "session=$who" -H 'Sec-Fetch-Site: same-origin' "$@"
}
field() { grep -o "name=\"$1\" value=\"[^\"]*\"" "$tmp/body" | head -n 1 | sed 's/.*value="//; s/"$//'; }
token() { as "$1" "$2"; field jeton; }
# What a form sends: its token, its revision, then what is typed.
post() { # COOKIE PATH NAME=VALUE...
	local who=$1 path=$2 args=() x
	shift 2
	for x in "$@"; do args+=(--data-urlencode "$x"); done
	as "$who" "$path" --data-urlencode "jeton=$jeton" "${args[@]}"
}
works() { sql "select count(*) from work where created_by between 930001 and 930009"; }
content() { sql "select content->>'$2' from work where sheet_id = $1"; }

# --- Who may
get /contribuer
is "$status" 200 "everybody reads how it works"
get /contribuer/fiche
is "$status $(head_of location)" "303 /connexion?retour=/contribuer/fiche" "nobody is led to sign in"
get /fiches -X POST -d titre=x -H 'Sec-Fetch-Site: same-origin'
is "$status" 401 "nobody creates"
as "$a" /fiches -d titre=x -H 'Sec-Fetch-Site: cross-site'
is "$status" 403 "nor does another site in one's name"

# --- Created, saved
jeton=$(token "$a" /contribuer/fiche)
like "$(cat "$tmp/body")" 'name="cle" value="[A-Za-z0-9_-]{43}"' "a new sheet has its key"
cle=$(field cle)
post "$a" /fiches "cle=$cle" action=enregistrer titre='Une fiche <d’essai> & « 1 »'
id=$(head_of location | sed -n 's,^/fiches/\([0-9]*\)/modifier.*,\1,p')
like "$status ${id:-none}" '^303 [0-9]+$' "a title is enough to save"
is "$(content "$id" titre)" 'Une fiche <d’essai> & « 1 »' "and is kept as typed"
is "$(sql "select state || ' ' || rev || ' ' || (select role from work_author a where a.sheet_id = w.sheet_id) from work w where sheet_id = $id")" "brouillon 1 auteur" "a draft, its author"
is "$(sql "select count(*) from journal where action = 'creer' and object = 'fiche' and object_id = $id and actor_id = 930001")" 1 "and a line in the journal"
post "$a" /fiches "cle=$cle" action=enregistrer titre='Une fiche <d’essai> & « 1 »'
is "$(head_of location | sed -n 's,^/fiches/\([0-9]*\)/.*,\1,p') $(works)" "$id 1" "the same form sent again is the same sheet"
as "$a" "/fiches/$id/modifier"
is "$status" 200 "its form is opened"
like "$(cat "$tmp/body")" 'value="Une fiche &lt;d’essai&gt; &amp; « 1 »"' "with its title"
as "$b" "/fiches/$id/modifier"
is "$status" 404 "to nobody else"
as "$b" "/fiches/$id/travail"
is "$status" 404 "nor its text"
as "$b" "/fiches/$id/brouillon"
is "$status" 404 "nor its data"
jeton=$(token "$b" /contribuer/fiche)
post "$b" "/fiches/$id/modifier" rev=1 titre=Volé
is "$status $(content "$id" titre | cut -c1-9)" "404 Une fiche" "nor does anybody else write it"

# --- All that is missing, at once, and linked to its field
jeton=$(token "$a" "/fiches/$id/modifier")
post "$a" "/fiches/$id/modifier" rev=1 profondeur=apercu action=envoyer titre=Un "chapo=$(printf 'x%.0s' $(seq 335))"
is "$status $(head_of location)" "303 /fiches/$id/modifier?profondeur=apercu&verifier=1#fautes" "sent too early: kept, and opened again"
is "$(sql "select state || rev from work where sheet_id = $id")" brouillon2 "it stays a draft"
as "$a" "/fiches/$id/modifier?profondeur=apercu&verifier=1"
like "$(cat "$tmp/body")" 'Six points à corriger' "six things are missing"
for f in type titre chapo territoire theme source; do
	like "$(cat "$tmp/body")" "<a href=\"#f-$f\">" "$f is told, with its link"
	like "$(cat "$tmp/body")" "id=\"f-$f\"" "$f: the link leads somewhere"
done
like "$(cat "$tmp/body")" 'Raccourcissez-le de.35' "a summary too long says by how much"
as "$a" "/fiches/$id/brouillon" -X PUT -H 'If-Match: "2"' --json '{"action":"envoyer","titre":"Un"}'
is "$status $(jq_ '[.erreurs[].champ] | sort | tostring')" '422 ["chapo","source_libelle","territoire","theme","titre","type"]' "a program gets the same list"
is "$(sql "select rev from work where sheet_id = $id")" 2 "and nothing is changed"

# --- Places
place() { # TYPED
	post "$a" "/fiches/$id/modifier" "rev=$(sql "select rev from work where sheet_id = $id")" profondeur=apercu titre='Un essai' "territoire=$1"
	sql "select coalesce(content->>'territoires', '') || ' / ' || coalesce(content->>'lieux', '') from work where sheet_id = $id"
}
is "$(place 'Saint-Benoît (974)')" '["commune:97410"] / ' "a name and its département"
is "$(place 'région Bretagne ; partout en France')" '["region:53", "pays:FR"] / ' "a region, and the nation"
is "$(place 97470)" '["commune:97410"] / ' "a postal code"
is "$(place 'departement:974')" '["departement:974"] / ' "what a program writes"
is "$(place 'Trifouillis-les-Oies')" ' / Trifouillis-les-Oies' "an unknown name is kept"
as "$a" "/fiches/$id/modifier"
like "$(cat "$tmp/body")" 'Nous ne connaissons pas de lieu «.*Trifouillis-les-Oies' "and told"
is "$(place Paris)" ' / Paris' "a name of several places is kept"
as "$a" "/fiches/$id/modifier"
like "$(cat "$tmp/body")" 'name="territoires" value="commune:75056"' "and the choices are boxes"
post "$a" "/fiches/$id/modifier" "rev=$(sql "select rev from work where sheet_id = $id")" profondeur=apercu titre='Un essai' territoire=Paris territoires=departement:75
is "$(sql "select content->>'territoires' || coalesce(content->>'lieux', '') from work where sheet_id = $id")" '["departement:75"]' "a box that is ticked settles it"

# --- The complete form; a change of kind loses nothing
rev=$(sql "select rev from work where sheet_id = $id")
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=complete rubriques=methode type=methode titre='Un essai' chapo='Un résumé.' territoires=commune:97410 \
	theme=lien-social-inclusion odd=17 odd=3 source_libelle='Un rapport' source_adresse=https://exemple.example/a source_annee=2023 preuve=2 maturite_min=1 maturite_max=3 \
	sections_duree='2 h' sections_etapes_1_titre=Ouvrir sections_etapes_1_texte='Dire *bonjour*.' sections_etapes_3_titre=Fermer inspire="$BASE/fiches/faire-12" licence=CC-BY-4.0 action=etape
is "$status $(head_of location)" "303 /fiches/$id/modifier?profondeur=complete&fait=etape#groupe-etapes" "a step is added without a script"
is "$(sql "select content#>>'{sections,etapes}' from work where sheet_id = $id")" '[{"texte": "Dire *bonjour*.", "titre": "Ouvrir"}, {"titre": "Fermer"}]' "an empty one in between is not kept"
is "$(sql "select content->>'inspire' || (content->>'maturite') || (content->>'preuve') from work where sheet_id = $id")" '12[1, 3]2' "lineage by address, maturity, evidence"
rev=$((rev + 1))
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu type=methode titre='Un essai, encore' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source=https://exemple.example/a
is "$(sql "select content#>>'{sections,duree}' || (content->>'licence') || (content#>>'{source,libelle}') from work where sheet_id = $id")" '2 hCC-BY-4.0Un rapport' "the short form leaves the rest as it was"
rev=$((rev + 1))
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu type=outil titre='Un essai, encore' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source=https://exemple.example/a
is "$(sql "select content#>>'{autres,duree}' || jsonb_array_length(content#>'{autres,etapes}') || (content->>'sections') from work where sheet_id = $id")" '2 h2{}' "another kind: its sections wait aside"
rev=$((rev + 1))
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu type=methode titre='Un essai, encore' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source=https://exemple.example/a
is "$(sql "select content#>>'{sections,duree}' || jsonb_array_length(content#>'{sections,etapes}') from work where sheet_id = $id")" '2 h2' "and come back"
rev=$((rev + 1))
as "$a" "/fiches/$id/travail"
is "$status" 200 "the text as it will be"
for x in '<h1>Un essai, encore</h1>' '<em>bonjour</em>' 'Saint-Benoît' 'Lien social et inclusion' 'Un rapport' 'visible de ses auteurs'; do
	like "$(cat "$tmp/body")" "$x" "it shows $x"
done
post "$a" /contribuer/apercu type=methode titre='<script>alert(1)</script>' sections_pieges='<img src=x onerror=alert(1)> **gras**' profondeur=complete rubriques=methode
is "$status $(sql "select rev from work where sheet_id = $id")" "200 $rev" "a preview keeps nothing"
like "$(cat "$tmp/body")" '<strong>gras</strong>' "its Markdown is rendered"
unlike "$(cat "$tmp/body")" '<script>alert|<img src=x' "its HTML is not"

# --- Two editors: neither text is lost
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu type=methode titre='Le titre de l’une' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source='Un rapport'
is "$status" 303 "the first one saves"
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu type=methode titre='Le titre de l’autre' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source='Un rapport'
is "$status" 409 "the second one is told"
like "$(cat "$tmp/body")" 'id="f-titre" name="titre" value="Le titre de l’autre"' "what was typed is in the form"
like "$(tr -d '\n' <"$tmp/body")" 'Ce qui est enregistré</dt><dd class="pre">Le titre de l’une</dd>' "what is kept stands beside"
is "$(content "$id" titre) $(field rev)" "Le titre de l’une $((rev + 1))" "and the base has the first, until it is sent again"
like "$(cat "$tmp/body")" '<a href="#f-titre">Titre</a>' "field by field"
unlike "$(cat "$tmp/body")" '<a href="#f-chapo">Résumé</a>' "those that differ only"
jeton=$(field jeton)
post "$a" "/fiches/$id/modifier" "rev=$(field rev)" profondeur=apercu type=methode titre='Le titre de l’autre' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source='Un rapport'
is "$status $(content "$id" titre)" "303 Le titre de l’autre" "sent again, knowing: it is kept"
rev=$((rev + 2))
as "$a" "/fiches/$id/modifier" -H 'Accept: application/json' --json "{\"rev\":1,\"titre\":\"Un programme\"}"
is "$status $(jq_ '.enregistre.titre + "/" + .envoye.titre')" "409 Le titre de l’autre/Un programme" "a program gets both texts"

# --- By a program
as "$a" "/fiches/$id/brouillon"
is "$status $(head_of etag) $(jq_ .rev)" "200 \"$rev\" $rev" "the draft and its revision"
jq -c '.contenu' "$tmp/body" >"$tmp/contenu"
as "$a" "/fiches/$id/brouillon" -X PUT -H "If-Match: \"$rev\"" --json "@$tmp/contenu"
is "$status $(head_of etag)" "200 \"$rev\"" "sent back as it is: the same revision"
is "$(jq -cS .contenu "$tmp/body")" "$(jq -cS . "$tmp/contenu")" "and the same text"
as "$a" "/fiches/$id/brouillon" -X PUT -H 'If-Match: "1"' --json "@$tmp/contenu"
is "$status $(jq_ .rev)" "412 $rev" "a stale If-Match is refused, with both texts"
as "$a" "/fiches/$id/brouillon" -X PUT --json "@$tmp/contenu"
is "$status $(jq_ '.erreurs[0].champ')" "400 rev" "without a revision: asked for"
as "$a" "/fiches/$id/brouillon" -X PUT -H "If-Match: \"$rev\"" --json '{"couleur":"bleu"}'
is "$status" 400 "an unknown field is refused"

# --- One key, one sheet, one answer
before=$(works)
for n in $(seq 10); do
	curl -sS -m 30 -o "$tmp/key$n" -w '%{http_code}\n' -b "session=$a" -H 'Sec-Fetch-Site: same-origin' -H 'Idempotency-Key: essai-93-dix-fois' \
		--json '{"titre":"Dix fois la même","type":"outil"}' "$BASE/fiches" >"$tmp/code$n" &
done
wait $(jobs -p)
is "$(cat "$tmp"/code* | sort | uniq -c | tr -s ' ')" " 10 201" "ten times the same key: ten times created"
is "$(for n in $(seq 10); do sha256sum <"$tmp/key$n"; done | sort -u | wc -l) $(($(works) - before))" "1 1" "one answer, one sheet"
as "$a" /fiches -H 'Idempotency-Key: essai-93-dix-fois' --json '{"titre":"Une autre","type":"outil"}'
is "$status" 422 "the same key with another body is refused"

# --- Sheets whose title looks like it
get '/fiches/doublons.json?titre=Alliance'
is "$status $(head_of cache-control)" "200 private, no-store" "what looks like it is of one person only"
title=$(sql "select title from sheet where state = 'publiee' order by id limit 1")
get /fiches/doublons.json -G --data-urlencode "titre=$title"
like "$(jq_ '.elements[0].titre')" "$(cut -c1-12 <<<"$title")" "the same title is found"
as "$a" /fiches/doublons.json -G --data-urlencode 'titre=Dix fois la meme'
is "$(jq_ '.elements[0].publique')" false "one's own drafts too"
as "$b" /fiches/doublons.json -G --data-urlencode 'titre=Dix fois la meme'
is "$(jq_ '.elements | length')" 0 "never those of somebody else"

# --- Sent; taken back
rev=$(sql "select rev from work where sheet_id = $id")
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu action=envoyer type=methode titre='Une fiche entière' chapo='Un résumé.' territoires=commune:97410 theme=lien-social-inclusion source='Un rapport'
is "$status $(head_of location)" "303 /fiches/$id/travail?fait=envoye" "whole, it is sent"
is "$(sql "select state || round from work where sheet_id = $id")" soumise1 "and waits to be read over"
as "$a" "/fiches/$id/modifier"
like "$(cat "$tmp/body")" 'attend sa relecture' "its form says so"
unlike "$(cat "$tmp/body")" 'name="titre"' "and has nothing to write in"
rev=$(sql "select rev from work where sheet_id = $id")
post "$a" "/fiches/$id/modifier" "rev=$rev" profondeur=apercu titre='Trop tard'
is "$status $(content "$id" titre)" "409 Une fiche entière" "what is sent meanwhile changes nothing"
jeton=$(token "$a" "/fiches/$id/modifier")
post "$a" "/fiches/$id/modifier" "rev=$rev" action=reprendre
is "$status $(sql "select state from work where sheet_id = $id")" "303 brouillon" "taken back, it is a draft again"

# --- A public sheet as a start; sizes
public=$(sql "select id from sheet where state = 'publiee' and type = 'methode' order by id limit 1")
as "$a" "/contribuer/fiche?modele=$public"
is "$status $(field modele) $(field depth)" "200 $public " "a sheet to start from"
post "$a" /fiches "modele=$public" profondeur=apercu type=methode titre='Partie d’une autre' action=enregistrer
new=$(head_of location | sed -n 's,^/fiches/\([0-9]*\)/.*,\1,p')
is "$(sql "select content->>'inspire' || (content->'sections' = (select sections from sheet where id = $public))::text || coalesce(content->>'territoires', ' nulle part') from work where sheet_id = ${new:-0}")" "${public}true nulle part" "its words, its lineage, not its place"
as "$a" "/contribuer/fiche?modele=999999"
is "$status" 404 "of none that is not there"
post "$a" "/fiches/$new/modifier" rev=1 profondeur=apercu "titre=$(printf 'x%.0s' $(seq 301))"
is "$status" 400 "a title of 301 characters is too much even for a draft"
like "$(cat "$tmp/body")" "value=\"x{301}\"" "and is given back"
# --- A public sheet: its text stays while the next one is written
public=$(sql "select id from sheet where state = 'publiee' and type = 'exemple' and not exists (select from work w where w.sheet_id = sheet.id) order by id desc limit 1")
theirs=$(sql "select coalesce(structure_id::text, 'null') from sheet where id = $public")
before=$(sql "select md5(title || summary || sections::text) || version from sheet where id = $public")
as "$c" "/fiches/$public/modifier"
is "$status" 404 "a public sheet is written by its authors only"
sql "insert into structure_member (structure_id, account_id, role, state) select coalesce(structure_id, (select min(id) from structure)), 930003, 'membre', 'active' from sheet where id = $public;
	update sheet set structure_id = coalesce(structure_id, (select min(id) from structure)) where id = $public"
as "$c" "/fiches/$public/modifier"
is "$status $(sql "select count(*) from work where sheet_id = $public")" "200 0" "a member of its structure opens it; looking makes nothing"
like "$(cat "$tmp/body")" 'Cette fiche est en ligne' "and is told it is public"
jeton=$(field jeton)
post "$c" "/fiches/$public/modifier" rev=0 profondeur=apercu type=exemple titre='Un autre titre' chapo='Un autre résumé.' territoires=pays:FR theme=lien-social-inclusion source='Un rapport'
is "$status $(sql "select state || ' ' || (content->>'titre') || ' ' || ((content->'sections') = (select sections from sheet where id = $public))::text from work where sheet_id = $public")" \
	"303 brouillon Un autre titre true" "written: a draft beside it, the rest as it was"
is "$(sql "select md5(title || summary || sections::text) || version from sheet where id = $public")" "$before" "what is public has not moved"
post "$c" "/fiches/$public/modifier" rev=0 profondeur=apercu type=exemple titre='Encore un autre'
is "$status $(content "$public" titre)" "409 Un autre titre" "opened twice at once: the second one is told"
sql "delete from work where sheet_id = $public; delete from structure_member where account_id = 930003; update sheet set structure_id = $theirs where id = $public"

# --- Files
printf '%s' iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== | base64 -d >"$tmp/point.png"
file() { as "$a" "/fiches/$id/travail/pieces" -F "jeton=$jeton" "$@"; }
as "$a" "/fiches/$id/travail/pieces"
jeton=$(field jeton)
is "$status" 200 "the files of a sheet being written"
file -F action=ajouter
is "$status" 422 "no file: told"
file -F action=ajouter -F "fichier=@$tmp/point.png;filename=plan.png"
is "$status" 422 "an image is described"
like "$(cat "$tmp/body")" 'href="#f-alt"' "with a link to the field"
file -F action=ajouter -F 'libelle=Le plan <de> la salle' -F 'alt=Un point' -F "fichier=@$tmp/point.png;filename=plan.png"
is "$status $(head_of location)" "303 /fiches/$id/travail/pieces?fait=ajoutee" "described, it is added"
as "$a" "/fiches/$id/travail/pieces"
like "$(cat "$tmp/body")" 'Le plan &lt;de&gt; la salle' "and listed"
piece=$(grep -o "/fiches/$id/travail/pieces/[0-9]*-[0-9a-f]*-[a-z.-]*" "$tmp/body" | head -n 1)
as "$a" "$piece"
is "$status $(head_of content-type) $(head_of cache-control)" "200 image/png private, no-store" "seen by who writes"
as "$b" "$piece"
is "$status" 404 "by nobody else"
printf '<script>alert(1)</script>' >"$tmp/page.png"
file -F action=ajouter -F alt=x -F "fichier=@$tmp/page.png;filename=page.png"
is "$status" 422 "what is not what its name says is refused"
like "$(cat "$tmp/body")" 'href="#f-fichier"' "with a link to the field"
number=$(sql "select id from attachment where sheet_id = $id and removed_at is null")
file -F action=decrire -F "piece=$number" -F libelle=Plan -F 'alt=Un seul point'
is "$status $(sql "select label || '/' || alt from attachment where id = $number")" "303 Plan/Un seul point" "its words are mended"
jeton=$(token "$b" /contribuer/fiche)
as "$b" "/fiches/$id/travail/pieces" -F "jeton=$jeton" -F action=retirer -F "piece=$number"
is "$status" 404 "nobody else takes it away"
jeton=$(token "$a" "/fiches/$id/travail/pieces")
file -F action=retirer -F "piece=$number"
is "$status $(sql "select count(*) from attachment where sheet_id = $id and removed_at is null")" "303 0" "taken away"

# --- Written by several
jeton=$(token "$a" "/fiches/$id/auteurs")
post "$a" "/fiches/$id/auteurs" action=inviter
is "$status" 422 "an invitation wants an address"
post "$a" "/fiches/$id/auteurs" action=inviter courriel=Essai-930002@essai.example
is "$status $(head_of location)" "303 /fiches/$id/auteurs?fait=invite" "somebody is invited"
mailed() { sql "select (regexp_match(body_text, '/contribuer/$1/([A-Za-z0-9_-]{43})'))[1] from mail_outbox where recipient = '$2' order by id desc limit 1"; }
link=$(mailed invitation essai-930002@essai.example)
like "$link" '^.{43}$' "by a mail with a link"
as "$a" "/fiches/$id/auteurs"
like "$(cat "$tmp/body")" 'essai-930002@essai.example' "who waits is shown to who invited"
get "/contribuer/invitation/$link"
is "$status $(head_of location)" "303 /connexion?retour=/contribuer/invitation/$link" "nobody is led to sign in, and back"
as "$b" "/contribuer/invitation/$link"
jeton=$(field jeton)
is "$status" 200 "whoever has the link is asked"
as "$b" "/fiches/$id/modifier"
is "$status" 404 "looking at it gives nothing yet"
post "$b" "/contribuer/invitation/$link" reponse=oui
is "$status $(head_of location)" "303 /fiches/$id/auteurs?fait=rejoint" "accepted"
as "$b" "/fiches/$id/modifier"
is "$status" 200 "a co-author writes"
post "$b" "/contribuer/invitation/$link" reponse=oui
is "$status" 404 "a link serves once"
post "$b" "/fiches/$id/auteurs" action=inviter courriel=autre@essai.example
is "$status" 403 "a co-author does not invite"
jeton=$(token "$a" "/fiches/$id/auteurs")
post "$a" "/fiches/$id/auteurs" action=retirer compte=930001
is "$status" 409 "the last one who answers for it does not leave"
post "$a" "/fiches/$id/auteurs" action=confier compte=930002
is "$status $(sql "select string_agg(account_id || role, ' ' order by account_id) from work_author where sheet_id = $id")" "303 930001coauteur 930002auteur" "handed over"
post "$a" "/fiches/$id/auteurs" action=retirer compte=930001
is "$status $(head_of location)" "303 /mon-espace" "then one may leave"
as "$a" "/fiches/$id/modifier"
is "$status" 404 "and reads it no more"
jeton=$(token "$b" "/fiches/$id/auteurs")
post "$b" "/fiches/$id/auteurs" action=inviter courriel=essai-930003@essai.example
link=$(mailed invitation essai-930003@essai.example)
jeton=$(token "$c" "/contribuer/invitation/$link")
post "$c" "/contribuer/invitation/$link" reponse=non
is "$status $(sql "select count(*) from work_author where sheet_id = $id")" "200 1" "declined: nobody joins"
jeton=$(token "$b" "/fiches/$id/auteurs")
post "$b" "/fiches/$id/auteurs" action=inviter courriel=essai-930003@essai.example
link=$(mailed invitation essai-930003@essai.example)
as "$b" "/fiches/$id/auteurs"
post "$b" "/fiches/$id/auteurs" action=annuler "invitation=$(grep -o 'name="invitation" value="[0-9a-f]*"' "$tmp/body" | sed 's/.*value="//; s/"//')"
as "$c" "/contribuer/invitation/$link"
is "$status" 404 "taken back: the link serves no more"
is "$(sql "select string_agg(action, ' ' order by id) from journal where object = 'fiche' and object_id = $id and action in ('inviter', 'rejoindre', 'confier', 'quitter')")" "inviter rejoindre confier quitter inviter inviter" "each is a line of the journal"

# --- Without an account
guest() { get /contribuer/sans-compte -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$jeton" --data-urlencode "cle=$cle" --data-urlencode profondeur=apercu --data-urlencode nom='Une visiteuse' "$@"; }
whole=(--data-urlencode type=exemple --data-urlencode titre='Un essai sans compte' --data-urlencode chapo='Un résumé.' --data-urlencode 'territoire=Saint-Benoît (974)'
	--data-urlencode theme=lien-social-inclusion --data-urlencode source=https://exemple.example/a)
get /contribuer/sans-compte
is "$status" 200 "the form is open to all"
jeton=$(field jeton) cle=$(field cle)
guest --data-urlencode courriel=sans-compte@essai.example "${whole[@]}"
is "$status" 422 "sent in less than two seconds: looked at again"
like "$(cat "$tmp/body")" 'value="Un essai sans compte"' "and the text is given back"
sleep 2.1
guest --data-urlencode titre=Un --data-urlencode courriel=sans-compte@essai.example
like "$(cat "$tmp/body")" 'href="#f-chapo"' "all that is missing is told"
guest --data-urlencode courriel=sans-compte@essai.example "${whole[@]}" --data-urlencode site_web=http://spam.example
is "$status $(sql "select count(*) from token where purpose = 'apercu'")" "422 0" "the field of robots: nothing is kept"
like "$(cat "$tmp/body")" 'value="Un essai sans compte"' "but the text is given back"
guest --data-urlencode courriel=sans-compte@essai.example "${whole[@]}"
is "$status" 200 "whole: look at your mail"
link=$(mailed sans-compte sans-compte@essai.example)
is "$(sql "select count(*) from work where content->>'titre' = 'Un essai sans compte'")" 0 "no sheet before the mail is opened"
get "/contribuer/sans-compte/$link"
is "$status $(sql "select count(*) from work where content->>'titre' = 'Un essai sans compte'")" "200 0" "looking at the link sends nothing"
like "$(cat "$tmp/body")" '<h1>Un essai sans compte</h1>' "it shows the text"
jeton=$(field jeton)
get "/contribuer/sans-compte/$link" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$jeton"
is "$status" 200 "its button sends it"
is "$(sql "select w.state || w.round || c.name || a.state from work w join contributor c on c.id = w.created_by join account a on a.id = c.id where content->>'titre' = 'Un essai sans compte'")" "soumise1Une visiteuseen_attente" "to be read over, under that name, the account closed"
like "$(sql "select count(*) from mail_outbox where kind = 'relecture' and subject like '%Un essai sans compte%'")" '^[1-9]' "who reads for that place is told"
get "/contribuer/sans-compte/$link" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$jeton"
is "$status" 404 "a link serves once"
end
