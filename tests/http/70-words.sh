# Words: what people type, as they type it, and what they are told when it finds nothing.
. "$top_srcdir/tests/http/lib.sh"
uri() { jq -rn --arg q "$1" '$q | @uri'; }
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
total() { get "/fiches.json?taille=1&q=$(uri "$1")"; jq_ .total; }

is "$(total 'élus')" "$(total 'elu')" "accents and plurals change nothing"
is "$(total 'élu·es')" "$(total 'élus')" "nor does inclusive writing: élu·es"
is "$(total 'élu(e)s')" "$(total 'élus')" "élu(e)s"
is "$(total 'élu-e-s')" "$(total 'élus')" "élu-e-s"
is "$(total "l’élu")" "$(total 'élus')" "nor an elision"
is "$(total 'co-construire')" "$(total 'coconstruire')" "nor a hyphen"
[ "$(total 'asso')" -ge 20 ] && [ "$(total '"asso"')" = 0 ]
ok $? "a synonym finds what the word alone does not"
unlike "$(total 'association -partenaires')" "^$(total 'association')$" "a word can be put aside"
[ "$(total '"budget participatif"')" -ge 1 ] && [ "$(total '"participatif budget"')" = 0 ]
ok $? "between quotes, words are together and in order"
is "$(total 'fablab ou mécénat')" "$(total 'fablab OR mécénat')" "ou is or"

get "/fiches.json?q=$(uri 'budjet participatif')"
is "$(jq_ '.recherche.a_la_place')" "budget participatif" "a misspelt word is corrected at once"
is "$(jq_ '.recherche.raison')" orthographe "and the data say so"
is "$(jq_ '.liens.self' | grep -c budjet)" 1 "the address stays the one asked for"
most=$(total '~ alliance jeunesse audoise')
get "/fiches.json?q=$(uri 'aliance jeunesse audoise')"
[ "$most" -ge 1 ] && [ "$(jq_ '[.total, .recherche.a_la_place, .recherche.raison] | tostring')" = "[$most,\"~ alliance jeunesse audoise\",\"orthographe\"]" ]
ok $? "corrected words that a catalyst alone has: of sheets, most of them are enough"
get "/fiches.json?q=$(uri '"budjet participatif"')"
is "$(jq_ '[.total, .recherche] | tostring')" "[0,null]" "between quotes nothing is corrected"
get "/fiches?q=$(uri 'budjet participatif')"
like "$(cat "$tmp/body")" 'class="correction" role="status">Rien pour «.{1,4}budjet participatif' "the page says what was looked for"
like "$(cat "$tmp/body")" 'href="/fiches\?q=%22budjet(\+|%20)participatif%22">Chercher exactement' "and offers the exact words back"
get "/fiches.json?q=$(uri 'comment animer une réunion avec des habitants très motivés')"
is "$(jq_ '.recherche.raison')" large "when nothing has all the words, most of them are enough"
get "/fiches.json?q=zzzzqqqq"
is "$(jq_ '[.total, .recherche] | tostring')" "[0,null]" "and when nothing is like it, nothing is pretended"
get "/fiches.json?q=$(uri 'négociation')"
is "$(jq_ '[.recherche.a_la_place, .recherche.raison] | join(" ")')" "négocier famille" "a French word is answered by its family, never by one that looks like it"
get "/fiches.json?q=$(uri 'Ronalpia laine zzzqqq')"
is "$(jq_ '.recherche.raison')" un "when no two words meet, one of them is enough"

# Words alone decide, never filters (72-facets.sh: then every count is a total).
get "/fiches.json?q=tierslieux&type=donnee&territoire=departement:75"
is "$(jq_ '[.total, .recherche.a_la_place] | tostring')" '[0,"tierslieu"]' "a list of corrected words may be empty"
get "/fiches?q=tierslieux&type=donnee&territoire=departement:75"
like "$(cat "$tmp/body")" 'avec ces filtres, rien non plus pour «.{1,4}tierslieu' "and says so"
get "/fiches.json?q=$(uri 'évaluer projet')&territoire=departement:974"
is "$(jq_ '[.total, .recherche, .vouliez_vous_dire] | tostring')" '[0,null,"~ évaluer projet"]' "words that a filter empties are kept, and most of them offered"
get "/fiches?q=$(uri 'évaluer projet')&territoire=departement:974"
like "$(cat "$tmp/body")" 'Essayer avec <a href="[^"]*">une partie de ces mots</a>' "in words"
# Few have all the words: these first, then what has a part of them; whatever the filters.
for q in 'entreprise charte' 'gouvernance partagée' "droit à l'image" 'arrêter un projet qui ne marche pas'; do
	get "/fiches.json?q=$(uri "$q")&taille=100"
	few=$(jq_ '.recherche.tous')
	is "$(jq_ '.recherche.raison')/$few" "peu/$(sql -v q="$q" <<<"select count(*) from catalyse.sheet_index where words @@ catalyse.search_query(:'q')")" "$q: few sheets have all the words"
	is "$(jq_ ".elements[:$few] | map(.id) | sort | tostring")" "$(sql -v q="$q" <<<"select '[' || string_agg(sheet_id::text, ',' order by sheet_id) || ']' from catalyse.sheet_index where words @@ catalyse.search_query(:'q')")" "$q: they come first"
	ok $(($(jq_ '.total') <= few)) "$q: others after"
	counted=$(jq_ '.facettes.territoire[] | select(.valeur == "region:04") | .nombre')
	get "/fiches.json?q=$(uri "$q")&territoire=region:04"
	is "$(jq_ '.total')" "${counted:-0}" "$q: a filter keeps the same words"
done
get "/fiches?q=$(uri 'entreprise charte')"
like "$(cat "$tmp/body")" '[0-9][^<]{1,2}fiches? réuni(t|ssent) tous ces mots\. Les autres n.{1,3}en ont qu.{1,3}une partie' "which is said"
get "/fiches?q=$(uri 'entreprise charte')&territoire=departement:974"
like "$(cat "$tmp/body")" 'Avec ces filtres, aucune fiche ne réunit tous ces mots' "and where none has all of them"
# The booklet, the frame and the feed say it as the list does; spaces and apostrophes are those of each.
same_signs() { local wide=$'\u00a0\u202f'; sed "s/[$wide]/ /g; s/’/'/g" "$tmp/body"; }
for q in 'entreprise charte' 'budjet participatif'; do
	get "/fiches?q=$(uri "$q")"
	text=$(same_signs | grep -o 'class="correction" role="status">[^<]*' | head -n 1 | sed 's/^[^>]*>//; s/ *$//')
	for p in /imprimer /integrer/fiches /fiches.atom; do
		get "$p?q=$(uri "$q")"
		like "$(same_signs)" "[>]${text:-nothing}" "$q: so does $p"
	done
done
get "/fiches.atom?q=habitants"
unlike "$(cat "$tmp/body")" '<subtitle>' "a feed whose words were enough says nothing"
get "/fiches?q=$(uri 'budget habitants')&territoire=departement:974"
like "$(cat "$tmp/body")" 'aucune fiche ne réunit ces mots, ni même une partie' "nor a part of them"
for q in '"entreprise charte"' 'entreprise charte -région' 'gouvernance'; do
	get "/fiches.json?q=$(uri "$q")"
	is "$(jq_ '.recherche')" null "$q: no other word is added"
done
get "/catalyseurs.json?q=$(uri 'jardin réseau')&bbox=0,0,1,1"
is "$(jq_ '[.total, .recherche.raison] | tostring')" '[0,"large"]' "so of catalysts"

get "/fiches?q=tierslieux&type=donnee&territoire=departement:75"
like "$(cat "$tmp/body")" '<a href="/fiches\?q=tierslieux">Ces mots, sans aucun filtre' "where no single filter is the reason, all of them go"
get "/recherche.json?q=$(uri 'tiers-lieu toulouse')"
is "$(jq_ '[.recherche, .vouliez_vous_dire] | tostring')" '[null,"~ tiers-lieu toulouse"]' "one box: what a catalyst alone has is shown, and the sheets that have a part of it offered"

for q in 'emploi La Réunion' 'entreprise La Réunion' 'écoconstruction La Réunion' 'emploi lyon'; do
	get "/recherche.json?q=$(uri "$q")"
	counted=$(jq_ '.totaux.fiches')
	get "/fiches.json?taille=1&q=$(uri "$q")" -L
	is "$(jq_ '.total')" "$counted" "one box: $q, a place among the words, counts the list that its link leads to"
done

get "/recherche?q=$(uri 'fondation lyon')"
all=$(grep -o 'href="/catalyseurs?q=[^"]*">Tous' "$tmp/body" | sed 's/href="//; s/">Tous//')
get "/recherche.json?q=$(uri 'fondation lyon')"
said=$(jq_ .totaux.catalyseurs)
get "${all/\?/.json?}"
is "$status $(jq_ .total)" "200 $said" "of other words, the whole list is of those too"

bad=
for word in prison train guerre camping pétition vidéo parité garage tribunal député autobus; do
	get "/fiches.json?q=$(uri $word)"
	jq_ '.recherche.raison // ""' | grep -qx orthographe && bad="$bad $word"
	jq_ '.recherche.a_la_place // ""' | grep -qxE 'pris|trait|guère|campi|petite|vides|paris|garat|tribune|depuis|autour' && bad="$bad $word"
done
is "$bad" "" "a French word that nobody wrote is not another one"
get "/fiches.json?q=$(uri 'comment monter un projet de partenariat entre une association et une entreprise avec les habitants de ma commune et les élus du territoire sans argent')" -m 1
is "$status" 200 "a long sentence is answered within a second"

# A place among the words.
moved() { get "$@"; echo "$status $(head_of Location | sed "s|^$BASE||")"; }
is "$(moved '/fiches?q=Lyon')" "303 /fiches?territoire=commune:69123" "a town that no sheet has among its words leads to its list"
get '/fiches.json?q=Lyon' -L
is "$(jq_ '[.total, (.proches | length) > 0] | tostring')" "[0,true]" "which shows the nearest ones"
is "$(moved "/fiches?q=$(uri 'La Réunion')")" "303 /fiches?territoire=region:04" "La Réunion is not a meeting"
is "$(moved "/fiches?q=$(uri 'compost à La Réunion')&tri=recent")" "200 " "where nothing there answers the other words, the question stays what it is"
is "$(moved "/fiches?type=exemple&q=$(uri 'construire à La Réunion')")" "303 /fiches?q=construire&type=exemple&territoire=region:04" "nor among other words, which stay, and so do the filters"
is "$(moved "/fiches.csv?q=97470")" "303 /fiches.csv?territoire=commune:97410" "a postal code is a place, in every format"
is "$(moved "/catalyseurs?q=97470")" "303 /catalyseurs?territoire=commune:97410" "in both lists"
is "$(moved "/fiches?q=$(uri 'saint-denis de la réunion')")" "303 /fiches?territoire=commune:97411" "a place may say which"
is "$(moved '/fiches?q=rochelle')" "303 /fiches?territoire=commune:17300" "its article may be left out"
is "$(moved "/catalyseurs?q=$(uri 'la creuse')")" "303 /catalyseurs?territoire=departement:23" "a département comes before a commune of that name"
for q in réunion 'préparer la réunion' '"Lyon"' '"La Réunion"' 'construire -Réunion' 'La Réunion ou Mayotte' '10000 euros' 'ANIMER LA REUNION' vieux école 'atelier couture' 'emploi Lyon'; do
	[ "$(moved "/fiches?q=$(uri "$q")")" = "200 " ] || bad="$bad; $q"
done
is "$bad" "" "a meeting, quotes, what is left out, a choice, an amount, words that communes bear: words are words"
is "$(moved "/fiches?q=Lyon&territoire=departement:69")" "200 " "and a list that has its place keeps it"
offered() { get "$1"; grep -o '<p class="correction" role="status">[^<]* <a href="/.*' "$tmp/body" | sed 's/<p class="correction" role="status">//; s/<a href="\([^"]*\)">/[\1] /g; s/<[^>]*>//g; s/[^[:print:]]/ /g; s/\xc2\xa0\|\xe2\x80\xaf/ /g' | tail -n 1; }
like "$(offered '/fiches?q=Tours')" 'un lieu.: \[/fiches\?territoire=commune:37261\] ce qui se fait à Tours.\(37\)\.' "a place that is also a word is offered"
like "$(offered '/catalyseurs?q=Lyon')" 'un lieu.: \[/catalyseurs\?territoire=commune:69123\] qui relie à Lyon.\(69\)\.' "as what the list is about"
like "$(offered '/fiches?q=Sainte-Rose')" 'commune:97129\] ce qui se fait à Sainte-Rose.\(971\), \[/fiches\?territoire=commune:97419\] à Sainte-Rose.\(974\)' "two communes of one name are both offered"
like "$(offered "/fiches?q=$(uri 'Grand-Bourg')")" 'à Grand-Bourg.\(971\), .* au Grand-Bourg.\(23\)' "with or without an article"
like "$(offered "/fiches?q=$(uri 'emploi Lyon')")" 'Rien encore à Lyon.\(69\) avec ces mots\. Plus large.: \[/fiches\?q=emploi&amp;territoire=region:84\] «.emploi.» en Auvergne-Rhône-Alpes' "where the place has nothing, the wider one that has is said to be wider"
like "$(offered '/fiches?q=aubuson')" 'commune:23008\] ce qui se fait à Aubusson.\(23\)' "a mistyped name is known"
is "$(offered '/fiches?q=prison')$(offered '/fiches?q=maire')$(offered "/fiches?q=$(uri 'Vers une coopération')")" "" "a French word, the name of a small commune, the capital of a sentence are not"
get '/fiches.json?q=Tours'
is "$(jq_ '.lieux_possibles[0].territoire')" commune:37261 "the data say so"
like "$(offered "/recherche?q=$(uri 'écoconstruction à La Réunion')")" '\[/fiches\?q=%C3%A9coconstruction&amp;territoire=region:04\] «.écoconstruction.» à La Réunion' "so does the box over everything"
get "/recherche.json?q=$(uri 'la réunion')"
n=$(jq_ .totaux.fiches)
get "/fiches.json?q=$(uri 'la réunion')" -L
is "$n" "$(jq_ .total)" "whose counts are those of the lists it leads to"

get "/fiches.csv?q=$(uri 'budjet participatif')"
is "$(($(wc -l <"$tmp/body") > 1))" 1 "the other formats hold what the page shows"

get "/fiches?q=$(uri 'réunion')"
like "$(cat "$tmp/body")" '<mark>[Rr]éunions?</mark>' "what was found is marked"
unlike "$(grep -o '<p class="passage">.*</p>' "$tmp/body")" '\*\*|^#|\]\(' "without the marks of Markdown"
total() { get "$1.json?q=$(uri "$2")"; jq_ .total; }
is "$(total /catalyseurs 'île-de-france') $(total /catalyseurs val-de-marne)" "$(total /catalyseurs '"île de france"') $(total /catalyseurs '"val de marne"')" "a name with hyphens is found whatever small words it holds"
isnt() { [ "$1" != "$2" ]; ok $? "$3"; }
isnt "$(total /fiches ILE-DE-FRANCE)" 0 "so are the sheets of a region"
is "$(total /fiches 'fablab la-réunion')" "$(total /fiches 'fablab réunion')" "a small word joins nothing to what is before"
get "/fiches?q=tiers-lieu&taille=50"
like "$(cat "$tmp/body")" '<mark>tiers</mark>-<mark>lieux?</mark>' "words that go together are marked together"
is "$(sed -E 's/(tiers<\/mark>-<mark>)lieux?//g; s/<mark>lieux?<\/mark> <mark>partag//g' "$tmp/body" | grep -cE '<mark>lieux?</mark>')" 0 "and none of them alone"
like "$(cat "$tmp/body")" '<p class="passage">Pour qui.{1,8}: Accompagnateur, <mark>tiers</mark>-<mark>lieu</mark></p>' "a sheet found by a term says which"
rows() { tr '\n' ' ' <"$tmp/body" | sed 's/<article/\n<article/g' | grep '<article class="rangee">'; }
is "$(($(rows | wc -l) > 10)) $(rows | grep -vcE '<mark>|<h3><a [^>]*>[^<]*[Tt]iers-lieu')" "1 0" "every row says where it was found"
get "/fiches?q=$(uri '"transition écologique, énergie et mobilité"')&taille=50"
like "$(cat "$tmp/body")" '<p class="passage">Thème.{1,8}: <mark>Transition</mark> <mark>écologique</mark>, <mark>énergie</mark>' "a term is read as it is indexed, its comma included"
sql -c "insert into catalyse.sheet_catalyst (sheet_id, catalyst_id) select s.id, k.id from catalyse.sheet s, catalyse.catalyst k where s.ref = 'm-world-cafe' and k.name = 'Rezo 1901'" >/dev/null
get "/fiches?q=$(uri 'Rezo 1901')" -H 'Authorization: none'
like "$(cat "$tmp/body")" '<p class="passage">Avec.{1,8}: <mark>Rezo</mark> <mark>1901</mark></p>' "a sheet found by an actor says which"
sql -c "update catalyse.catalyst set state = 'archivee' where name = 'Rezo 1901'" >/dev/null
get "/fiches?q=$(uri 'Rezo 1901')&taille=50" -H 'Authorization: none'
unlike "$(cat "$tmp/body")" '>Avec.{1,8}: ' "but not one that asked to be shown no more"
sql -c "update catalyse.catalyst set state = 'publiee' where name = 'Rezo 1901'" -c "delete from catalyse.sheet_catalyst sk using catalyse.sheet s, catalyse.catalyst k
	where s.id = sk.sheet_id and k.id = sk.catalyst_id and s.ref = 'm-world-cafe' and k.name = 'Rezo 1901'" >/dev/null
sheet=$(sql -c "select id from catalyse.sheet where ref = 'm-world-cafe'")
sql -c "update catalyse.sheet set summary = E'Le \u0001<b>world</b>\u0002 café & la suite' where id = $sheet" >/dev/null
get "/fiches?q=$(uri 'world café suite')" -H 'Authorization: none'
like "$(cat "$tmp/body")" 'Le &lt;b&gt;<mark>world</mark>&lt;/b&gt; <mark>café</mark> &amp; la' "a text cannot bring its own marks"

# A misspelling that finds something, since somebody wrote it too: what was meant is offered, not put in its place.
sql -c "update catalyse.sheet set summary = 'Une coopértion, et le zwanze.' where id = $sheet" >/dev/null
found() { get "$1.json?q=$(uri "$2")${3:-}" -H 'Authorization: none'; jq_ '[.total, .vouliez_vous_dire] | tostring'; }
is "$(found /fiches 'coopértion')" '[1,"coopération"]' "a misspelling that finds little: near words are offered"
is "$(found /recherche 'coopértion')" '[1,"coopération"]' "in the search of all kinds too"
is "$(found /fiches '~ zwanze coopértion animation kermesse' '&type=methode' | sed 's/^.[0-9]*/n/')" 'n,"~ zwanze coopération animation kermesse"]' "one word among others, the filters kept"
is "$(found /fiches 'coopértion' '&territoire=region:53&territoire=pays:FR&odd=1&type=methode' | sed 's/^.*,//')" 'null]' "never when the list would not be longer"
is "$(found /fiches '"coopértion"')" '[1,null]' "never between quotes"
is "$(for w in zwanze laine LAINES toucy ronalpia; do found /fiches "$w" | sed 's/^.*,//'; done | sort -u)" 'null]' "a rare word well written, a name, an accent, a plural are no misspelling"
get "/fiches?q=$(uri 'coopértion')&type=methode" -H 'Authorization: none'
like "$(cat "$tmp/body")" 'class="correction" role="status">Vouliez-vous dire <a href="/fiches\?q=coop%C3%A9ration&amp;type=methode">«.{1,4}coopération.{1,4}»</a>' "the page offers them above the list"
is "$(grep -o '<a href="/fiches/' "$tmp/body" | wc -l)" 1 "which holds what was asked"
get "/recherche?q=$(uri 'coopértion')" -H 'Authorization: none'
like "$(cat "$tmp/body")" 'Vouliez-vous dire <a href="/recherche\?q=coop%C3%A9ration">' "and so does the search of all kinds"
sql -c "delete from catalyse.search_word where word in ('coopertion', 'zwanze')" >/dev/null
"$top_builddir/catalyse" import contenu --config "$VAR/catalyse.conf" "$top_srcdir/sql/reference" >/dev/null

get "/recherche.json?q=$(uri 'saint-benoît')"
is "$(jq_ '[.totaux.fiches > 0, .totaux.catalyseurs > 0, .totaux.territoires > 0, .totaux.rencontres > 0] | all')" true "one search over all kinds"
is "$(jq_ '.totaux | add')" "$(jq_ .total)" "whose counts make the total"
n=$(jq_ .totaux.fiches)
get "/fiches.json?q=$(uri 'saint-benoît')"
is "$(jq_ .total)" "$n" "and each is the total of the list it leads to"
get "/recherche.json?q=$(uri 'Expérimenter ensemble')"
is "$(jq_ '.totaux.parcours > 0')" true "parcours too"
get "/recherche?q=$(uri 'saint-benoît')"
like "$(cat "$tmp/body")" 'href="#lieux">.*territoires?</a>' "with a way to each kind"
like "$(cat "$tmp/body")" '<meta name="robots" content="noindex">' "not for search engines"
sections() { grep -oE '<h2 id="(lieux|fiches)"' "$tmp/body" | cut -d'"' -f2 | xargs; }
is "$(sections)" "lieux fiches" "the place named comes first"
get "/recherche?q=asso"
is "$(sections)" "fiches lieux" "a place whose name only begins so comes after what the word means"
get "/catalyseurs?territoire=commune:97410&q=zzzzqqqq"
like "$(cat "$tmp/body")" 'personne à Saint-Benoît pour cette demande' "words that no one of here answers do not make the place empty"
get "/recherche?q=zzzzqqqq"
like "$(cat "$tmp/body")" 'href="/fiches\?theme=' "nothing found: the themes are offered"
get "/recherche?q=$(uri 'guéret')"
unlike "$(cat "$tmp/body")" 'class="correction"' "the name of a place is not a misspelling"

get "/recherche/suggest.json?q=tiers"
is "$(jq_ '[.elements[] | select(.sorte == "fiche" and (.url | startswith("/fiches/")))] | length > 0')" true "a few letters suggest sheets"
get "/recherche/suggest.json?q=$(uri 'partena')"
like "$(jq_ '[.elements[] | select(.sorte == "recherche").libelle] | join(" ")')" 'partenariat' "and complete the word"
get "/recherche/suggest.json?q=$(uri 'saint-benoi')"
is "$(jq_ '.elements[0].sorte')" territoire "and places"
get "/recherche/suggest.json?q=$(head -c 250 /dev/zero | tr '\0' a)"
is "$status" 400 "too long is refused"

# Anything may be typed: never an error.
bad=0
for q in '"' '""' '-' '- -"' '~' '~ ~' 'or' 'ou OU' '&|!:*()<->' "'; drop table sheet; --" '\' '%%%' $'a\u0301' '😀' 'a-b-c-d-e-f-g' '....' '(e)(e)(e)' '·····' \
	'"non fermé' '-"deux mots"' '~ un deux trois quatre cinq six sept huit neuf dix onze douze' "$(head -c 190 /dev/zero | tr '\0' x)" '«»' '/ / /' '﷽' 'ﬁ' $'\u200b'; do
	for path in /fiches.json /catalyseurs.json /recherche.json /recherche/suggest.json; do
		get "$path?q=$(uri "$q")"
		[ "$status" = 200 ] || { bad=$((bad + 1)); echo "#   $status $path $q"; }
	done
done
is "$bad" 0 "strange questions are answered"
seed=${SEED:-$RANDOM}
is "$(sql -c "select setseed($seed / 32768.0)" -c "with letters as (select array_agg(c) as c from regexp_split_to_table(E'abeé ·-\"~()’/_.,:!&|*<>%\u00a0«»OUorE\\\\', '') c)
	select count(*) from generate_series(1, 3000) i cross join lateral (
		select string_agg(c[1 + (random() * (cardinality(c) - 1))::int], '') as q from letters, generate_series(1, 1 + (random() * 60)::int + i * 0)) t
	where catalyse.search_query(t.q) is null and t.q is not null" | tail -n 1)" 0 "three thousand random questions become queries (SEED=$seed)"

# An empty list offers itself without what empties it, and nothing that is empty too.
while IFS='|' read -r query wanted; do
	get "$query"
	offers=$(grep -oE '<a [^>]*href="[^"]*"[^>]*>(Sans |Ces mots)' "$tmp/body" | sed 's/.*href="//; s/".*//; s/&amp;/\&/g')
	is "$(printf '%s' "$offers" | grep -c .)" "$wanted" "$query: $wanted ways out"
	for o in $offers; do
		get "${o/\?/.json?}"
		is "$(jq_ '.total > 0')" true "$query: $o leads to something"
	done
done <<'T'
/fiches?q=association&bbox=0,0,0.1,0.1|1
/fiches?q=zzzz&type=donnee|1
/fiches?theme=emploi-insertion&verifie_depuis=2030-01-01|1
/fiches?q=zzzz&type=donnee&territoire=departement:75|0
/fiches?q=tierslieux&territoire=departement:75&type=donnee|1
/catalyseurs?q=zzzz&pratique=dialogue-territorial|1
T
# The name of a place is one word: nothing is found by a part of it.
for q in Haute-Loire 'Centre-Val de Loire' Saint-Joseph Val-de-Marne; do
	is "$(curl -sL "$BASE/fiches.json?q=$(uri "$q")" | jq -c .recherche)" null "$q: by the whole name, or not at all"
done
# The map and the booklet read a place among the words as the list does.
for p in '/carte?quoi=fiches&' '/carte.json?quoi=fiches&' '/imprimer?'; do
	get "${p}q=97470"
	like "$status $(head_of location)" '^303 .*territoire=commune:97410' "${p}q=97470: the place's"
done
# A count of territories is of all of them, listed or not.
least=$("$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "select count(*) from catalyse.territory where valid_to is null and search ~ '(^| )saint'")
get '/recherche.json?q=saint'
said=$(jq_ .totaux.territoires)
[ "$least" -gt 1000 ] && [ "$said" -ge "$least" ]
ok $? "all the territories of a word are counted" "$said, $least at least"
get '/territoires.json?q=saint'
is "$(jq_ '"\(.total) \(.elements | length)"')" "$said 50" "and the first of them listed"
end
