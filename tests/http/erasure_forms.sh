# erasure_forms.sh: for 98-erasure.sh. Two people put a mark in every field that an account, or its address, can fill; by the page, one asks that
# their sheets stay, the other that they go. Sourced; wants sql and account of that file, and the numbers in $admin and $friend.
keep=zk$RANDOM$RANDOM go=zg$RANDOM$RANDOM
declare -A id jar_of jeton_of sheet draft
forms_clean() {
	sql "begin; set local session_replication_role = replica; -- versions are kept by triggers: this is a test's own rubbish
		create temp table gone on commit drop as select sheet_id as id from work where created_by in (select id from contributor where name ~ '^(Dominique|Lecteur98)' or id in (select account_id from erasure where erased_at > now() - interval '1 hour'))
			or origin_key = 'essai98:autre' union select sheet_id from sheet_author where contributor_id in (select account_id from erasure where erased_at > now() - interval '1 hour');
		delete from catalyst where ref = 'essai-98'; delete from event where ref = 'essai-98'; delete from workshop where title = 'Atelier 98';
		do \$\$ declare t text; begin
			foreach t in array '{review_message,review_answer,review_round,review_invitation,attachment,suggestion,report,private.adoption,freshness,sheet_author,sheet_territory,sheet_term,sheet_index,sheet_record,sheet_version,work_author,work}'::text[] loop
				execute 'delete from ' || t || ' where sheet_id in (select id from gone)';
			end loop;
		end \$\$;
		delete from catalyse.sheet where id in (select id from gone);
		delete from introduction where catalyst_id not in (select id from catalyst); delete from catalyst_contact where catalyst_id not in (select id from catalyst);
		delete from event_registration where event_id not in (select id from event); delete from workshop_note where workshop_id not in (select id from workshop); commit" >/dev/null
}
visits() { # PATH FIELD...: as a visitor
	local path=$1 arg args=()
	shift
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$anonymous" "${args[@]}"
}
answered() { # WANTED GOT NAME
	[ "$1" = "$2" ]
	ok $? "$3" "got '$2', wanted '$1': $(sed 's/<[^>]*>//g' "$tmp/body" | tr -s ' \n\t' ' ' | cut -c300-900)"
}
does() { # WANTED PATH FIELD...: as the person of $mark
	local wanted=$1 path=$2 arg args=()
	shift 2
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST -b "${jar_of[$mark]}" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=${jeton_of[$mark]}" --data-urlencode "cle=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" "${args[@]}"
	answered "$wanted" "$status" "$mark: POST $path"
}
json() { get "$2" -X "$1" -b "${jar_of[$mark]}" -H 'Sec-Fetch-Site: same-origin' -H 'Accept: application/json' "${@:4}" --json "$3"; }
mailed() { sql "select substring(body_text from '$2[?]lien=[A-Za-z0-9_-]+') from mail_outbox where recipient = '$1' and body_text ~ '$2[?]lien=' order by id desc limit 1"; }
forms_meet() { # what is there already: a sheet of somebody else, a catalyst that is written to, an event, a workshop
	other=$(sql "insert into work (content, created_by, saved_by, origin_key) values ('{\"type\": \"exemple\", \"titre\": \"Une fiche de quelqu’un d’autre\", \"chapo\": \"Elle sert.\", \"source\": {\"libelle\": \"Un récit\"}, \"territoires\": [\"departement:974\"]}', $friend, $friend, 'essai98:autre') returning sheet_id")
	sql "insert into work_author values ($other, $friend, 'auteur');
		select work_move($friend, $other, 'soumettre', '', null), work_move($admin, $other, 'prendre', '', null), work_publish($admin, $other, '', 'une-fiche-de-quelqu-un-d-autre', null)" >/dev/null
	catalyst=$(sql "with c as (insert into catalyst (ref, slug, name, kind, territory_id, seat_precision, origin, source_label)
		select 'essai-98', 'essai-98', 'Ruche 98', 'membre', t.id, 'commune', 'source', 'Un essai' from territory t where t.type = 'commune' and t.code = '97410' returning id)
		insert into catalyst_contact (catalyst_id, email, confirmed_at) select id, 'ruche98@essai.example', now() from c returning catalyst_id")
	event=$(sql "insert into event (ref, slug, title, starts_on, starts_at, mode, origin, source_label, registration)
		values ('essai-98', 'essai-98', 'Essai 98', current_date + 9, (current_date + 9 + time '13:00') at time zone 'Europe/Paris', 'distance', 'source', 'Un essai', 'ouverte') returning address")
	sql "insert into event_seat (event_id, mode) select id, 'distance' from event where ref = 'essai-98'"
	workshop=$(sql "insert into workshop (code, title, host_id, territory_id, closes_at) select '98bcdf', 'Atelier 98', $admin, id, now() + interval '2 hours' from territory where type = 'commune' and code = '97410' returning code")
	like "$catalyst $event $workshop" '^[0-9]+ [a-z0-9-]+ 98bcdf$' "what they will meet is there"
	get /inscription
	anonymous=$(token) read_at=$SECONDS # a form that is answered at once is a program's
}
forms_fill() {
	local mark words a b link
	for mark in $keep $go; do
		echo "quatre chevaux verts $mark" >"$tmp/password"
		account create "$mark@essai.example" --name "Dominique" --password-file "$tmp/password" >/dev/null
		id[$mark]=$(sql "select id from account where email = '$mark@essai.example'") jar_of[$mark]=$tmp/jar-$mark
		password="quatre chevaux verts $mark" login "$mark@essai.example" "$tmp/jar-$mark"
		get /compte -b "$tmp/jar-$mark" -A "Navigateur $mark"
		jeton_of[$mark]=$(token)
		does 303 /compte/nom "nom=Dominique $mark"
		does 200 /compte/jetons "jeton_nom=Script $mark" jeton_portees=lire jeton_jours=30
		does 303 /compte/courriels niveau=tout sortes=decision
		# A draft, every part of it marked, with a file; a sheet that was published, changed since.
		json POST /fiches "{\"type\":\"exemple\",\"titre\":\"Brouillon $mark\",\"chapo\":\"Résumé $mark\",\"source_libelle\":\"Source $mark\",\"source_editeur\":\"Éditeur $mark\",\"source_adresse\":\"https://$mark.example/\",
			\"sections\":{$(for s in contexte besoin acteurs gouvernance moyens resultats freins transferabilite verbatim; do printf '"%s":"Texte %s",' $s $mark; done | sed 's/,$//')}}"
		draft[$mark]=$(jq_ .id)
		like "$status ${draft[$mark]}" '^201 [0-9]+$' "$mark: a draft" "$(cat "$tmp/body")"
		get "/fiches/${draft[$mark]}/travail/pieces" -b "$tmp/jar-$mark" -H 'Sec-Fetch-Site: same-origin' -F "jeton=${jeton_of[$mark]}" -F action=ajouter -F "alt=Plan $mark" -F "libelle=Plan $mark" \
			-F "fichier=@-;filename=plan-$mark.png;type=image/png" < <(base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
		is "$status" 303 "$mark: a file"
		words=$([ "$mark" = "$keep" ] && echo 'du quartier' || echo "$mark") # what is published stays as it was, or goes
		json POST /fiches "{\"type\":\"exemple\",\"titre\":\"Un four $words\",\"chapo\":\"Chacun y cuit son pain, $words.\",\"territoires\":[\"departement:974\"],\"termes\":[\"theme:lien-social-inclusion\"],
			\"source_libelle\":\"Un récit, $words\",\"sections\":{\"contexte\":\"Le four $words servait peu.\"}}"
		sheet[$mark]=$(jq_ .id)
		get "/fiches/${sheet[$mark]}/travail/pieces" -b "$tmp/jar-$mark" -H 'Sec-Fetch-Site: same-origin' -F "jeton=${jeton_of[$mark]}" -F action=ajouter -F "alt=Four, $words" -F "libelle=Four, $words" \
			-F "fichier=@-;filename=four-${words// /-}.png;type=image/png" < <(base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
		json POST "/fiches/${sheet[$mark]}/actions" '{"act":"soumettre"}'
		is "$status" 200 "$mark: a sheet is sent"
		json POST "/fiches/${sheet[$mark]}/actions" "{\"act\":\"message\",\"message\":\"Message $mark\"}"
		is "$status" 200 "$mark: with a message" "$(cat "$tmp/body")"
		sql "select work_move($admin, ${sheet[$mark]}, 'prendre', '', null), work_publish($admin, ${sheet[$mark]}, '', 'un-four-$(tr ' ' - <<<"$words")', null)" >/dev/null
		get "/fiches/${sheet[$mark]}/suggestions" -b "$tmp/jar-$mark"
		does 303 "/fiches/${sheet[$mark]}/modifier" action=enregistrer profondeur=apercu type=exemple "titre=Un four $mark bis" "chapo=Encore $mark" "rev=$(sql "select rev from work where sheet_id = ${sheet[$mark]}")"
		# On the sheet of somebody else: a correction, a problem, a try.
		get "/fiches/$other/suggerer?champ=chapo" -b "$tmp/jar-$mark"
		does 303 "/fiches/$other/suggerer" champ=chapo "lu=$(grep -o 'name="lu" value="[^"]*"' "$tmp/body" | sed 's/.*value="//; s/"//')" version=1 "texte=Elle sert beaucoup$([ "$mark" = "$keep" ] || echo " $mark")." "pourquoi=Parce que $mark" choix=envoyer
		does 303 "/fiches/$other/signaler" motif=inexact "texte=Problème $mark" choix=envoyer
		does 303 "/fiches/$other/adopter" "territoire=Saint-Benoît (974)" resultat=reussi annee=2024 "recit=Récit $mark" "qui=Asso $mark" choix=envoyer
		# Around: a list, a parcours, a structure and what is asked for it.
		does 303 /mon-espace/listes "nom=Liste $mark" "note=Note $mark" "f=$other"
		does 303 /contribuer/parcours "titre=Parcours $mark" "resume=Résumé $mark" action=creer
		does 303 /structures/nouvelle act=modifier "nom=Structure $mark" sorte=association "lieu=Saint-Benoît (974)" "site=https://asso-$mark.example/"
		# By their address, without the account.
		[ $((SECONDS - read_at)) -ge 3 ] || sleep 3
		visits /alertes "requete=/fiches?q=four" choix=suivre "courriel=$mark@essai.example" rythme=jour
		a=$status
		visits "/evenements/$event/inscription" "nom=Dominique $mark" "courriel=$mark@essai.example" facon=distance
		b=$status
		visits "/catalyseurs/$catalyst/contacter" "nom=Dominique $mark" "courriel=$mark@essai.example" "objet=Objet $mark" "message=Un message de $mark pour vous." choix=envoyer
		answered "303 303 303" "$a $b $status" "$mark: an alert, a registration, a contact are asked for"
		link=$(mailed "$mark@essai.example" "/alertes/confirmer")
		visits "${link%%\?*}" "lien=${link#*lien=}" choix=confirmer
		a=$status
		link=$(mailed "$mark@essai.example" "/evenements/$event/inscription/confirmer")
		visits "${link%%\?*}" "lien=${link#*lien=}"
		b=$status
		link=$(mailed "$mark@essai.example" "/catalyseurs/$catalyst/contacter/confirmer")
		visits "${link%%\?*}" "lien=${link#*lien=}" choix=envoyer
		answered "303 303 303" "$a $b $status" "$mark: and confirmed"
		visits "/atelier/$workshop" "titre=Idée $mark" "chapo=Une idée $mark" type=exemple "nom=Dominique $mark" "courriel=$mark@essai.example" "cle=cle-$mark"
		answered 303 "$status" "$mark: a note in a workshop"
		get "/recherche?q=$mark" -b "$tmp/jar-$mark"
		get "/fiches.json?q=four"
		get "/recherche?q=four"
		get /compte/export.json -b "$tmp/jar-$mark"
		like "$(grep -o "$mark" "$tmp/body" | wc -l)" '^[4-9][0-9]$|^[1-9][0-9][0-9]$' "$mark: their export has it all over"
	done
}
forms_ask() {
	local mark way n
	for mark in $keep $go; do
		get "/fiches/${sheet[$mark]}" -L
		like "$(cat "$tmp/body")" "Dominique $mark" "$mark: their sheet is read under their name"
	done

	for mark in $keep $go; do
		[ "$mark" = "$keep" ] && way=garder || way=retirer
		does 303 /compte/supprimer fiches=$way accord=1 "mot_de_passe=quatre chevaux verts $mark"
	done
	for ((n = 0; n < 120; n++)); do # what still leaves has left: the last words to them, and what others await
		[ "$(sql "select count(*) from mail_outbox where done_at is null and (kind = 'suppression' or body_text ~ '$keep|$go')")" != 0 ] || break
		sleep 0.5
	done
	is "$(sql "select count(*) from mail_outbox where kind = 'suppression' and done_at is null")" 0 "the last mails have left"
}
forms_paths() { # in $paths: where the mark might be read
	local p
	local public=("/fiches/${sheet[$keep]}" "/fiches/${sheet[$go]}" "/fiches/$other")
	paths=(/fiches.atom /fiches.json /fiches.csv "/fiches.json?q=four" "/recherche?q=four" "/recherche.json?q=four" "/oai?verb=ListRecords&metadataPrefix=oai_dc" /sitemap.xml "/catalyseurs/$catalyst/contacter"
		"/evenements/$event" "/evenements/$event.ics" "/atelier/$workshop" "/atelier/$workshop.json" /adoptions.atom /parcours.json /structures.json /territoires/commune/97410-saint-benoit)
	for p in "${public[@]}"; do paths+=("$p" "$p.json" "$p.jsonld" "$p/v1" "$p/v1.json" "$p/historique" "$p/historique.json" "$p/historique.atom"); done
}
forms_look() { # what stays, what went
	get "/fiches/${sheet[$keep]}" -L
	like "$status $(tr -d '\n' <"$tmp/body")" '^200 .*Un four du quartier' "a sheet that was kept is read"
	get "/fiches/${sheet[$go]}"
	like "$status $(tr -d '\n' <"$tmp/body")" '^410 .*la personne qui l’avait écrite a supprimé son compte' "one that goes says why"
	is "$(sql "select count(*) from attachment where sheet_id = ${sheet[$go]} and blob is not null") $(sql "select count(*) from attachment where sheet_id = ${sheet[$keep]} and blob is not null")" "0 1" "with its files"
	is "$(sql "select coalesce(sheet_version_broken(${sheet[$go]}), 0)") $(sql "select count(*) from sheet_version where sheet_id = ${sheet[$go]} and hash ~ '.{64}'")" "0 1" "its seals hold, of words that are no more"
	like "$(sql "update catalyse.sheet set state = 'publiee' where id = ${sheet[$go]}")" 'ERROR' "and nobody brings it back"
	like "$(sql "update sheet_version set title = '', summary = '', sections = '{}', note = '', parts = '{}', wiped_at = now() where sheet_id = ${sheet[$keep]}")" 'kept as they were' "what is public is not wiped"
}
