#!/usr/bin/env bash
# One's own space: what awaits, one's sheets by state, those of one's structures; nobody else's.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
clean() {
	sql "delete from work where sheet_id between 920001 and 920099; delete from token where sheet_id between 920001 and 920099; delete from structure where ref = 'essai-92'" >/dev/null
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
me=$(sql "select id from account where email = 'contributeur@demo.example'")
other=$(sql "select id from account where email = 'editeur@demo.example'")
animateur=$(sql "select id from account where email = 'animateur@demo.example'")
sql "insert into work (sheet_id, content, created_by) select 920000 + n, jsonb_build_object('type', 'exemple', 'titre', 'Fiche d’essai ' || n, 'territoires', '[\"departement:974\"]'::jsonb),
		case when n > 20 then $other else $me end from generate_series(1, 24) n;
	insert into work_author select 920000 + n, case when n > 20 then $other else $me end, 'auteur' from generate_series(1, 24) n;
	insert into structure (ref, name, origin) values ('essai-92', 'Association d’essai', 'ours');
	insert into structure_member select id, $me, 'membre', 'active' from structure where ref = 'essai-92';
	update work set structure_id = (select id from structure where ref = 'essai-92') where sheet_id in (920001, 920021);
	select work_move($me, 920001, 'soumettre', '', null), work_move($animateur, 920001, 'prendre', '', null), work_move($animateur, 920001, 'demander', 'Deux points.', null);
	select work_move($me, 920002, 'soumettre', '', null), work_move($other, 920022, 'soumettre', '', null)" >/dev/null

get /mon-espace
is "$status $(head_of Location)" "303 /connexion?retour=/mon-espace" "nobody is led to sign in"
get /mon-espace.json
is "$status" 401 "a program is told"
login contributeur@demo.example
get /mon-espace.json -b "$jar"
is "$status" 200 "mine, for a program"
is "$(jq_ '[.attend[] | select(.id == 920001)] | length')" 1 "the changes asked of me await me"
like "$(jq_ '.attend[0].uri')" '/fiches/[0-9]+/relecture$' "first"
is "$(jq_ '[.fiches[] | select(.id >= 920001 and .id <= 920020 and .etat == "brouillon")] | length <= 6')" true "some of each state"
is "$(jq_ '[.fiches[] | select(.id == 920021)][0].a_moi')" false "a sheet of my structure that I do not sign"
is "$(jq_ '[.fiches[].id | select(. == 920022 or . == 920023)] | length')" 0 "those of others are not here"
is "$(jq_ '[.attend[] | select(.sorte == "a_relire")] | length')" 0 "nor anything to review"
drafts=$(jq_ '[.fiches[] | select(.etat == "brouillon" and .a_moi)][0].dans_cet_etat')
get "/mon-espace.json?etat=brouillon" -b "$jar"
is "$(jq_ '[.fiches[] | select(.a_moi)] | length')" "$drafts" "one state has them all"
like "$(head_of Cache-Control)" 'no-store' "kept by nobody"
get /mon-espace -b "$jar"
is "$(grep -c 'class="bouton" ' "$tmp/body")" 1 "one main button"
like "$(cat "$tmp/body")" 'href="/mon-espace\?etat=brouillon">Les voir toutes' "and the rest of a state is a click away"
like "$(cat "$tmp/body")" 'Association d’essai' "my structure"

# Invited to write by mail: it awaits here too, and the answer opens a link that nobody keeps.
sql "insert into token (hash, purpose, sheet_id, data, expires_at) values (encode(sha256('essai-92'), 'hex'), 'coauteur', 920023, '{\"courriel\": \"contributeur@demo.example\"}', now() + interval '1 day')" >/dev/null
get /mon-espace.json -b "$jar"
is "$(jq_ '[.attend[] | select(.sorte == "coecriture")][0].titre')" "Fiche d’essai 23" "an invitation to write awaits me"
form=/mon-espace post /mon-espace "invitation=$(printf essai-92 | sha256sum | cut -c1-64)"
like "$status $(head_of Location)" '^303 /contribuer/invitation/[A-Za-z0-9_-]{43}$' "it is opened"
get "$(head_of Location)" -b "$jar"
is "$status" 200 "by a link that is good"
post /mon-espace "invitation=$(printf essai-92 | sha256sum | cut -c1-64)"
is "$status" 404 "the first one is worth nothing any more"
post /mon-espace "invitation=<script>"
is "$status" 404 "nor is what was never a code"
login animateur@demo.example
get /mon-espace.json -b "$jar"
is "$(jq_ '[.attend[] | select(.sorte == "a_relire")][0].nombre >= 2')" true "who reviews is told how many wait in their territory"
like "$(jq_ '[.attend[] | select(.sorte == "a_relire")][0].uri')" '/moderation$' "and where"
end
