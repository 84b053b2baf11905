#!/usr/bin/env bash
# Sheets from a table: dry run and report, a second run that changes nothing, lines refused and the others taken, a table of ours that comes
# back; ten thousand lines in less than a minute (of a machine that does nothing else).
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
import() { # FILE OPTIONS: out, err, status
	local file=$1
	shift
	"$top_builddir/catalyse" import fiches "$file" "$@" --config "$VAR/catalyse.conf" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
clean() {
	sql >/dev/null <<-'SQL'
		begin;
		set local session_replication_role = replica; -- versions and journal are kept by triggers: this is a test's own rubbish
		create temp table gone on commit drop as select sheet_id as id from private.work where origin_key like 'essai-95:%' or origin_key like 'essai-95-%';
		delete from catalyse.espace_sheet where sheet_id in (select id from gone);
		delete from catalyse.sheet_territory where sheet_id in (select id from gone);
		delete from catalyse.sheet_term where sheet_id in (select id from gone);
		delete from catalyse.sheet_index where sheet_id in (select id from gone);
		delete from catalyse.sheet_record where sheet_id in (select id from gone);
		delete from catalyse.sheet_version where sheet_id in (select id from gone);
		delete from private.work where sheet_id in (select id from gone);
		delete from catalyse.sheet where id in (select id from gone);
		commit;
	SQL
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
trap 'clean; rm -rf "$tmp"' EXIT
before=$(sql -c "select count(*) from catalyse.sheet")

# What a line may say, and how it may say it.
cat >"$tmp/a.csv" <<'CSV'
source_id;Type;Titre;Résumé;Territoire;Thèmes;ODD;Source;Source url;Contexte;Couleur;Maturité
1;exemple;"Le jardin dit ""des voisins""";Un jardin tenu par la rue.;Saint-Benoît (974);Éducation et jeunesse;11, 17;Journal d’essai;https://exemple.example/1;"Une rue,
deux jardins.";bleu;1-2
2;Méthodes;'=SOMME(un atelier);Ce que l’on fait ensemble.;974;;;Journal d’essai;;;;
3;outil;Un outil;Il sert.;commune:97411;;;Journal d’essai;;;;
CSV
theme=$(sql -c "select label from catalyse.term where scheme = 'theme' order by position limit 1")
sed -i "s/Éducation et jeunesse/$theme/" "$tmp/a.csv"
import "$tmp/a.csv" --state publiee --source-name "Essai 95" --dry-run --json
is "$status" 0 "a dry run" 
is "$(jq -c '[.essai, .lignes, .ajoutees, .refusees]' "$tmp/out")" '[true,3,3,0]' "says what would be done"
is "$(jq -r '.colonnes[] | select(.sort == "inconnue") | .titre' "$tmp/out")" Couleur "and the column it does not know"
is "$(sql -c "select count(*) from private.work where origin_key like 'essai-95:%'")" 0 "and writes nothing"
import "$tmp/a.csv" --state publiee --source-name "Essai 95"
is "$status" 0 "the import"
like "$(cat "$tmp/out")" '^3 lignes : 3 ajoutées, 0 changée, 0 identique, 0 refusée, en [0-9.]+ s' "is counted"
like "$(cat "$tmp/err")" 'a\.csv:1: colonne inconnue « Couleur »' "the unknown column is said, with its line"
is "$(sql -c "select s.state, s.title, s.sections->>'contexte' = E'Une rue,\ndeux jardins.', s.maturity_max, s.origin, s.verified_on is null from catalyse.sheet s join private.work w on w.sheet_id = s.id where w.origin_key = 'essai-95:1'")" \
	'publiee|Le jardin dit "des voisins"|t|2|source|t' "quotes, lines and levels as they were; nobody verified it"
is "$(sql -c "select string_agg(m.scheme || ':' || m.code, ' ' order by m.scheme, m.code) from catalyse.sheet_term st join catalyse.term m on m.id = st.term_id join private.work w on w.sheet_id = st.sheet_id where w.origin_key = 'essai-95:1' and m.scheme = 'odd'")" \
	'odd:11 odd:17' "terms by code"
is "$(sql -c "select count(*) from catalyse.sheet_term st join catalyse.term m on m.id = st.term_id join private.work w on w.sheet_id = st.sheet_id where w.origin_key = 'essai-95:1' and m.label = '$theme'")" 1 "terms by label"
is "$(sql -c "select string_agg(t.type || ':' || t.code, ' ' order by w.origin_key) from catalyse.sheet_territory st join catalyse.territory t on t.id = st.territory_id join private.work w on w.sheet_id = st.sheet_id where w.origin_key like 'essai-95:%'")" \
	'commune:97410 departement:974 commune:97411' "territories by name and département, by code"
is "$(sql -c "select s.title from catalyse.sheet s join private.work w on w.sheet_id = s.id where w.origin_key = 'essai-95:2'")" '=SOMME(un atelier)' "the apostrophe against formulas is taken off"
is "$(sql -c "select v.parts->'territoires'->>0 from catalyse.sheet_version v join private.work w on w.sheet_id = v.sheet_id where w.origin_key = 'essai-95:1'")" 'commune:97410' "its first version knows where it was"
is "$(sql -c "select detail->>'ajoutees' from private.journal where object = 'import' order by id desc limit 1")" 3 "the journal has the import"
is "$(sql -c "select coalesce(private.journal_broken(), 0)")" 0 "and holds"
lines=$(sql -c "select count(*) from private.journal where object = 'fiche'")
import "$tmp/a.csv" --state publiee --source-name "Essai 95"
like "$(cat "$tmp/out")" '3 identiques, 0 refusée' "again: nothing changes"
like "$(cat "$tmp/out")" 'Rien à changer' "and it says so"
is "$(sql -c "select count(*) from private.journal where object = 'fiche'")" "$lines" "no sheet is in the journal again"

# The same lines, commas, a BOM, other names of columns; one has changed.
printf '\xef\xbb\xbfidentifiant,titre,chapo\r\n1,"Le jardin, et la rue",\r\n2,,Ce que l’on fait ensemble.\r\n' >"$tmp/b.csv"
import "$tmp/b.csv" --state publiee --source-name "Essai 95" --json
is "$(jq -c '[.changees, .identiques, .refusees]' "$tmp/out")" '[1,1,0]' "an empty cell changes nothing"
is "$(sql -c "select s.version, s.title, s.summary, (select count(*) from catalyse.sheet_territory st where st.sheet_id = s.id) from catalyse.sheet s join private.work w on w.sheet_id = s.id where w.origin_key = 'essai-95:1'")" \
	'2|Le jardin, et la rue|Un jardin tenu par la rue.|1' "what is not in the table stays; there is a second version"

# What the site gives for /fiches comes back.
get '/fiches.csv?taille=20&page=2' # the first is written over by the tests of harvesting
cp "$tmp/body" "$tmp/ours.csv"
import "$tmp/ours.csv" --state publiee --dry-run --json
is "$(jq -c '[.lignes, .identiques, .changees, .ajoutees, .refusees]' "$tmp/out")" '[20,20,0,0,0]' "a table of ours comes back, the same"
is "$(jq -r '[.colonnes[] | select(.sort == "inconnue")] | length' "$tmp/out")" 0 "each of its columns is known"

# Changed here since: left as it is.
sql -c "update catalyse.sheet set title = 'Changée ici' where id = (select sheet_id from private.work where origin_key = 'essai-95:3')"
sed 's/Un outil/Un autre outil/' "$tmp/a.csv" >"$tmp/c.csv"
import "$tmp/c.csv" --state publiee --source-name "Essai 95"
is "$status" 1 "a sheet that was changed here is not written over"
like "$(cat "$tmp/err")" 'c\.csv:5: .*modifiée ici depuis le dernier import' "its line is said, with the reason"

# Bad lines: each is said; the others are taken; the bad ones are beside, to be mended.
cat >"$tmp/d.csv" <<'CSV'
source_id;type;titre;chapo;territoire;theme;source;source_url;usage;valable_partout
10;exemple;Bonne ligne;Elle passe.;national;;Journal d’essai;;;
11;recette;Ti;Une sorte inconnue, un titre trop court.;974;;Journal d’essai;;;
12;exemple;Sans lieu;Le lieu manque.;;;Journal d’essai;;;
13;exemple;Lieux;Deux lieux possibles.;97410;;Journal d’essai;;;
14;exemple;Terme;Un terme inconnu.;974;pas-un-theme;Journal d’essai;;;
15;exemple;Adresse;Une adresse fausse.;974;;Journal d’essai;javascript:alert(1);;
16;exemple;Rubrique;Une rubrique d’une autre sorte.;974;;Journal d’essai;;Elle sert.;
10;exemple;Encore;La même clé.;974;;Journal d’essai;;;
17;exemple;Trop peu de cellules
;exemple;Sans clé;Rien ne la désigne.;974;;Journal d’essai;;;
18;exemple;Sans source;Rien ne dit d’où elle vient.;974;;;;;
19;exemple;Partout;Elle vaut partout.;;;Journal d’essai;;;oui
CSV
import "$tmp/d.csv" --state publiee --source-name "Essai 95"
is "$status" 1 "bad lines: status 1"
like "$(cat "$tmp/out")" '^12 lignes : 2 ajoutées, 0 changée, 0 identique, 10 refusées' "the good ones are taken"
for w in '3: type : « recette »' '3: titre : 3 caractères' '4: territoire : cette valeur manque' '5: territoire : .*commune:97416' '6: theme : « pas-un-theme »' \
	'7: source_url : « javascript' '8: usage : les fiches de cette sorte' '9: .*ligne 2' '10: 3 cellules au lieu de 10' '11: aucun identifiant' '12: source : cette valeur manque'; do
	like "$(cat "$tmp/err")" "d\.csv:$w" "line and column: $w"
done
is "$(grep -c . "$tmp/d.csv.refus.csv")" 11 "the refused lines are beside, under the same header"
like "$(sed -n 2p "$tmp/d.csv.refus.csv")" '^11;recette;Ti;.*type : « recette »' "with what is wrong"
sed -i 's/^11;recette;Ti;/11;exemple;Mendée;/' "$tmp/d.csv.refus.csv"
import "$tmp/d.csv.refus.csv" --state publiee --source-name "Essai 95" --json
is "$(jq -c '[.ajoutees, .refusees]' "$tmp/out")" '[1,8]' "mended there, it is taken"
printf 'titre;chapo\nx;y\n' >"$tmp/e.csv"
import "$tmp/e.csv"
like "$status $(cat "$tmp/err")" '^1 .*source_id' "a table without a key is refused whole"
printf 'source_id;titre\n1;"ouvert\n' >"$tmp/f.csv"
import "$tmp/f.csv"
like "$status $(cat "$tmp/err")" '^1 .*ligne 2.*guillemet' "so is one with an open quote"
printf 'source_id;titre\n1;caf\xe9\n' >"$tmp/g.csv"
import "$tmp/g.csv"
like "$status $(cat "$tmp/err")" '^1 .*UTF-8' "and one that is not UTF-8"
import "$tmp/a.csv" --espace nulle-part --state publiee
is "$status" 1 "an unknown espace is refused"
import "$tmp/a.csv" --state ailleurs
is "$status" 2 "an unknown state: usage"

# In an espace, and for the review.
espace=$(sql -c "select code from catalyse.espace order by position, id limit 1")
import "$tmp/a.csv" --source-name "Essai 95 place" --state publiee --espace "$espace" --json
is "$(sql -c "select count(*) from catalyse.espace_sheet es join private.work w on w.sheet_id = es.sheet_id join catalyse.espace e on e.id = es.espace_id where w.origin_key like 'essai-95-place:%' and e.code = '$espace'")" 3 "placed in the espace"
import "$tmp/a.csv" --source-name "Essai 95 relire"
is "$(sql -c "select string_agg(distinct state || round, ' ') from private.work where origin_key like 'essai-95-relire:%'")" soumise1 "by default the sheets wait for a review"
is "$(sql -c "select count(*) from catalyse.sheet s join private.work w on w.sheet_id = s.id where w.origin_key like 'essai-95-relire:%'")" 0 "and nothing is public"
sed 's/Un jardin tenu/Un jardin bien tenu/' "$tmp/a.csv" >"$tmp/h.csv"
import "$tmp/h.csv" --source-name "Essai 95 relire" --json
is "$(jq -c '[.changees, .identiques]' "$tmp/out")-$(sql -c "select state, round, content->>'chapo' from private.work where origin_key = 'essai-95-relire:1'")" \
	'[1,2]-soumise|2|Un jardin bien tenu par la rue.' "a line that changed replaces what waits"

# Ten thousand lines; published, they are in tests/chaos/import.sh.
sql -c "select code from catalyse.territory where type = 'commune' order by code" | awk 'BEGIN { print "source_id;type;titre;résumé;territoire;odd;source;source_url;besoin" }
	NR <= 10000 { printf "N%d;exemple;\"Essai d’import %d : la \"\"fiche\"\"\";Ce que raconte la ligne %d, en une phrase.;commune:%s;%d;Tableau d’essai;https://exemple.example/%d;Rien que du texte.\n", NR, NR, NR, $1, NR % 17 + 1, NR }' >"$tmp/10000.csv"
busy=$(awk -v n="$(nproc)" '{ b = $1 / n; print (b > 1 ? b : 1) }' /proc/loadavg)
for run in --dry-run "" ""; do
	import "$tmp/10000.csv" --source-name "Essai 95 mille" --json $run
	s=$(jq .secondes "$tmp/out")
	echo "# 10,000 lines ${run:-written, or seen the same}: $(jq -c '[.ajoutees, .changees, .identiques, .refusees]' "$tmp/out") in $s s, load $busy a core"
	awk -v s="$s" -v b="$busy" 'BEGIN { exit !(s < 60 * b) }'
	ok $? "10,000 lines in less than a minute" "$s s"
	results="${results:-}$(jq -c '[.ajoutees, .changees, .identiques, .refusees]' "$tmp/out")"
done
is "$results" '[10000,0,0,0][10000,0,0,0][0,0,10000,0]' "ten thousand: said, written, the same"
if command -v script >/dev/null; then
	script -qec "'$top_builddir/catalyse' import fiches '$tmp/10000.csv' --source-name 'Essai 95 mille' --dry-run --config '$VAR/catalyse.conf'" /dev/null >"$tmp/bar" 2>&1 </dev/null
	if script -qec 'test -t 2' /dev/null >/dev/null 2>&1 </dev/null; then
		like "$(tr '\r' '\n' <"$tmp/bar")" 'Fiches +\[#+\.*\] +[0-9]+ %' "a bar on a terminal"
	else
		echo "# NOT LOOKED AT: the progress bar; script(1) gives no terminal here"
	fi
else
	echo "# NOT LOOKED AT: the progress bar; there is no script(1)"
fi
clean
is "$(sql -c "select count(*) from catalyse.sheet")" "$before" "the base is as it was"
end
