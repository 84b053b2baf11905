#!/usr/bin/env bash
# Structures: declared, found, claimed before those who animate their territory, joined by invitation, left; sheets brought to them.
# The last who answers for one does not leave it without another; each act is told by mail and kept in the journal.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse -c "set search_path to private, catalyse, public" -c "$1" 2>&1; }
clean() {
	sql "delete from work where sheet_id between 930001 and 930099; delete from token where purpose = 'structure';
		delete from mail_outbox where account_id in (select id from account where email like '%@essai93.example') or recipient like '%@essai93.example';
		delete from structure where name like 'Essai 93%' or ref = 'essai-93'" >/dev/null
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
mails() { sql "select count(*) from mail_outbox where kind = '$1' and created_at > '$began' and ($2)"; }
began=$(sql "select now()")
person() { # NAME: an account, signed in with the jar $tmp/NAME
	echo "quatre chevaux gris $1 93" >"$tmp/password"
	"$top_builddir/catalyse" account create "$1@essai93.example" --name "${1^} Quatrevingt" --password-file "$tmp/password" --config "$VAR/catalyse.conf" >/dev/null 2>&1
	password=$(cat "$tmp/password") login "$1@essai93.example" "$tmp/$1"
}
number() { sql "select id from account where email = '$1'"; }
person anne && person bruno && person chloe
ok $? "three people"
anne=$(number anne@essai93.example) bruno=$(number bruno@essai93.example) chloe=$(number chloe@essai93.example)

# Declared.
jar=$tmp/anne
get /structures/nouvelle
is "$status" 303 "nobody is led to sign in"
get "/structures/nouvelle?q=reseau" -b "$jar"
like "$(cat "$tmp/body")" 'href="/structures/1">R' "known ones are found first"
key=$(key_of)
form="/structures/nouvelle?q=x" post /structures/nouvelle "nom=Essai 93, les voisins" sorte=association lieu=commune:97410 siren=123456789
is "$status" 422 "a SIREN whose key is wrong is refused"
like "$(cat "$tmp/body")" 'value="Essai 93, les voisins"' "and what was typed is there"
form="/structures/nouvelle?q=x" post /structures/nouvelle "nom=Essai 93, les voisins" sorte=association lieu=commune:97410 "siren=732 829 320" "cle=$key"
is "$status" 303 "declared"
here=$(head_of Location)
here=${here%%\?*}
id=${here##*/}
form="/structures/nouvelle?q=x" post /structures/nouvelle "nom=Essai 93, les voisins" sorte=association lieu=commune:97410 "siren=732 829 320" "cle=$key"
is "$status $(sql "select count(*) from structure where name like 'Essai 93%'")" "303 1" "once, however often it is sent"
form="/structures/nouvelle?q=x" post /structures/nouvelle "nom=Essai 93 bis" sorte=association siren=732829320
is "$status" 422 "a SIREN that another one has is refused"
like "$(cat "$tmp/body")" 'Ce SIREN est celui de' "and whose it is"
get "$here" -b "$jar"
like "$(cat "$tmp/body")" 'Vous en répondez' "whoever declares it answers for it"
is "$(sql "select name from territory where id = (select territory_id from structure where id = $id)")" "Saint-Benoît" "its place was understood"

# Somebody asks to belong.
jar=$tmp/bruno
get "$here" -b "$jar"
unlike "$(cat "$tmp/body")" 'Anne Quatrevingt' "who belongs is not told to everybody"
post "$here" act=demander "message=Je suis le trésorier."
is "$status $(head_of Location)" "303 $here?fait=demandee" "asked"
is "$(mails structure "account_id = $anne")" 1 "who answers for it is told by mail"
post "$here" act=demander
is "$status" 409 "twice is once"
for act in inviter accepter nommer modifier; do
	post "$here" act=$act "compte=$bruno" courriel=x@essai93.example nom=Essai93 sorte=association
	is "$status" 403 "who does not belong may not: $act"
done
jar=$tmp/anne
get /mon-espace.json -b "$jar"
is "$(jq_ '[.attend[] | select(.sorte == "demandes")][0] | [.id, .nombre] | tostring')" "[$id,1]" "it awaits them in their space"
get "$here" -b "$jar"
like "$(cat "$tmp/body")" 'Je suis le trésorier\.' "with what was said"
post "$here" act=accepter "compte=$bruno"
is "$status" 303 "accepted"
is "$(mails adhesion "account_id = $bruno and subject like '%acceptée%'")" 1 "and told"
post "$here" act=accepter "compte=$bruno"
is "$status" 409 "once"

# Invited: by the link of the mail, or in one's space.
post "$here" act=inviter courriel=chloe@essai93.example
is "$status" 303 "invited"
link=$(sql "select substring(body_text from '/structures/invitation/[A-Za-z0-9_-]+') from mail_outbox where recipient = 'chloe@essai93.example' and kind = 'invitation' order by id desc limit 1")
like "$link" '^/structures/invitation/[A-Za-z0-9_-]{43}$' "by a link"
is "$(sql "select count(*) from token where hash = '${link##*/}'")" 0 "whose secret is not in the base"
get "$link"
is "$status" 303 "nobody answers without an account"
jar=$tmp/chloe
get /mon-espace.json -b "$jar"
is "$(jq_ '[.attend[] | select(.sorte == "invitation")][0].id')" "$id" "it awaits them in their space too"
get "$link" -b "$jar"
like "$(cat "$tmp/body")" 'Rejoindre Essai 93' "the link says what it is"
is "$(sql "select state from structure_member where structure_id = $id and account_id = $chloe")" invitee "looking is not answering"
post "$link" reponse=oui
is "$status $(sql "select state || ' ' || role from structure_member where structure_id = $id and account_id = $chloe")" "303 active membre" "accepted"
get "$link" -b "$jar"
is "$status" 404 "a link serves once"
jar=$tmp/anne
post "$here" act=inviter courriel=personne@essai93.example
is "$status" 303 "an address without account is invited as well: the answer is the same"
post "$here" act=inviter "courriel=pas une adresse"
is "$status" 422 "what is no address is refused"

# Sheets.
sql "insert into work (sheet_id, content, created_by) values (930001, '{\"type\": \"outil\", \"titre\": \"Un outil d’essai 93\"}', $bruno), (930002, '{\"type\": \"outil\", \"titre\": \"Un autre\"}', $chloe);
	insert into work_author values (930001, $bruno, 'auteur'), (930002, $chloe, 'auteur')" >/dev/null
jar=$tmp/bruno
get "$here" -b "$jar"
like "$(cat "$tmp/body")" '<option value="930001">Un outil d’essai 93' "a member may bring a sheet"
unlike "$(cat "$tmp/body")" '<option value="930002">' "their own"
post "$here" act=apporter fiche=930002
is "$status" 404 "not somebody else's"
post "$here" act=apporter fiche=930001
is "$status $(sql "select structure_id from work where sheet_id = 930001")" "303 $id" "brought"
jar=$tmp/chloe
get /mon-espace.json -b "$jar"
is "$(jq_ '[.fiches[] | select(.id == 930001)][0].a_moi')" false "all its members find it"
is "$(sql "select 'ecrire' = any (work_rights($chloe, 930001))")" t "and may write it"
post "$here" act=rendre fiche=930001
is "$status" 403 "but give it back: no"

# The last who answers for it.
jar=$tmp/anne
post "$here" act=quitter
is "$status" 409 "the last one does not leave"
like "$(cat "$tmp/body")" 'nommez d’abord quelqu’un d’autre' "and is told why"
post "$here" act=nommer "compte=$bruno"
is "$status $(mails adhesion "account_id = $bruno and subject like 'Vous répondez%'")" "303 1" "another one is named, and told"
post "$here" act=quitter
is "$status $(head_of Location)" "303 /mon-espace?fait=quitte" "then they leave"
is "$(sql "select structure_id from work where sheet_id = 930001")" "$id" "its sheets stay"
jar=$tmp/bruno
post "$here" act=simple "compte=$bruno"
is "$status" 409 "the last one does not step down either"
post "$here" act=retirer "compte=$chloe"
is "$status $(sql "select count(*) from structure_member where structure_id = $id")" "303 1" "a member is taken out"
post "$here" act=rendre fiche=930001
is "$status $(sql "select structure_id is null from work where sheet_id = 930001")" "303 t" "a sheet is given back to its authors"
post "$here" act=modifier "nom=Essai 93, les voisines" sorte=reseau
is "$status $(sql "select name || kind || (siren is null) from structure where id = $id")" "303 Essai 93, les voisinesreseautrue" "what it is said to be is changed"

# Claimed: known by its source, nobody's; those who animate its territory judge.
sql "insert into structure (ref, name, kind, origin, source_label, territory_id) select 'essai-93', 'Essai 93 du rapport', 'association', 'source', 'un rapport', id from territory where type = 'commune' and code = '97410'" >/dev/null
claimed=$(sql "select id from structure where ref = 'essai-93'")
jar=$tmp/chloe
post "/structures/$claimed" act=demander "message= "
is "$status" 422 "whoever claims it says who they are"
post "/structures/$claimed" act=demander "message=J’en suis la présidente."
is "$status" 303 "claimed"
animateur=$(number animateur@demo.example)
is "$(mails signalement "account_id = $animateur and subject like '%répondre de Essai 93%'")" 1 "who animates its territory is told"
is "$(mails signalement "account_id <> $animateur")" 0 "and nobody else"
get /mon-espace.json -b "$jar"
is "$(jq_ "[.structures[] | select(.id == $claimed)][0].etat")" demandee "it waits"
jar=$tmp/bruno
post "/structures/$claimed" act=accepter "compte=$chloe"
is "$status" 403 "another member of the public does not judge"
login animateur@demo.example
get /mon-espace.json -b "$jar"
is "$(jq_ "[.attend[] | select(.sorte == \"revendications\" and .id == $claimed)] | length")" 1 "it awaits who animates the territory"
post "/structures/$claimed" act=accepter "compte=$chloe"
is "$status $(sql "select role || state from structure_member where structure_id = $claimed and account_id = $chloe")" "303 responsableactive" "who says yes: they answer for it"
get "/structures/$claimed" -b "$jar"
unlike "$(cat "$tmp/body")" 'value="modifier"' "and from then on it is theirs"

# All of it is in the journal, by numbers.
is "$(sql "select string_agg(distinct action, ' ' order by action) from journal where object = 'structure' and at >= '$began' and object_id in ($id, $claimed)")" \
	"accepter declarer demander inviter modifier nommer quitter rejoindre retirer revendiquer" "each act is a line of the journal"
is "$(sql "select count(*) from journal where object = 'fiche' and action = 'transferer' and object_id = 930001 and at >= '$began'")" 2 "so are transfers"
unlike "$(sql "select coalesce(string_agg(detail::text || reason, ' '), '') from journal where at >= '$began'")" 'essai93|Quatrevingt|trésorier' "without a name"
for who in anne bruno chloe; do "$top_builddir/catalyse" account erase "$who@essai93.example" --config "$VAR/catalyse.conf" >/dev/null; done
end
