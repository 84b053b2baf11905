#!/usr/bin/env bash
# What machines come for: OAI-PMH, site map, robots, OpenAPI, catalogue, dumps; and what people take away: booklets, embeds.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -d catalyse -c "$1"; }
oai() { get "/oai?$1"; }
oai_error() { sed -n 's/.*<error code="\([A-Za-z]*\)".*/\1/p' "$tmp/body"; }
token() { sed -n 's/.*<resumptionToken[^>]*>\([^<]*\)<.*/\1/p' "$tmp/body"; }
harvest() { perl "$(dirname "$0")/oai_harvest.pl" "$BASE/oai" "$@" >"$tmp/harvest" 2>"$tmp/err"; }

# --- OAI-PMH
oai verb=Identify
is "$status" 200 "Identify"
like "$(head_of content-type)" '^text/xml; charset=utf-8$' "in XML"
like "$(cat "$tmp/body")" '<deletedRecord>persistent</deletedRecord>' "withdrawals are kept for ever"
like "$(cat "$tmp/body")" '<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>' "to the second"
for a in verb=Identify verb=ListSets verb=ListMetadataFormats 'verb=ListRecords&metadataPrefix=oai_dc' verb=Rien; do
	oai "$a"
	xmllint --noout "$tmp/body" 2>"$tmp/lint"
	ok $? "well-formed: $a" "$(cat "$tmp/lint")"
done
while read -r code query; do
	oai "$query"
	is "$status $(oai_error)" "200 $code" "$code: $query"
done <<'CASES'
badVerb
badVerb verb=Danse
badVerb verb=Identify&verb=Identify
badArgument verb=Identify&set=type:methode
badArgument verb=ListRecords
badArgument verb=ListRecords&metadataPrefix=oai_dc&autre=1
badArgument verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc
badArgument verb=ListRecords&metadataPrefix=oai_dc&from=hier
badArgument verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30
badArgument verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-24&until=2026-11-25T00:00:00Z
badArgument verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-25&until=2026-11-24
badArgument verb=ListRecords&metadataPrefix=oai_dc&set=%27
badArgument verb=ListRecords&metadataPrefix=oai_dc&set=type:methode.
badArgument verb=ListRecords&metadataPrefix=oai_dc&set=type:methode..odd:4
noRecordsMatch verb=ListRecords&metadataPrefix=oai_dc&set=type:methode.theme:rien
badArgument verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x
badArgument verb=GetRecord&metadataPrefix=oai_dc
badArgument verb=ListRecords&metadataPrefix=%ff
cannotDisseminateFormat verb=ListRecords&metadataPrefix=marc
cannotDisseminateFormat verb=GetRecord&metadataPrefix=marc&identifier=oai:127.0.0.1:fiches/1
idDoesNotExist verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/99999
idDoesNotExist verb=GetRecord&metadataPrefix=oai_dc&identifier=ailleurs
idDoesNotExist verb=ListMetadataFormats&identifier=oai:127.0.0.1:fiches/0
noRecordsMatch verb=ListRecords&metadataPrefix=oai_dc&set=theme:rien
noRecordsMatch verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01
noRecordsMatch verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01
badResumptionToken verb=ListRecords&resumptionToken=x
badResumptionToken verb=ListSets&resumptionToken=x
badResumptionToken verb=ListRecords&resumptionToken=1~i~oai_dc~~~~2026-11-24T10:00:00Z~1~1~0
badResumptionToken verb=ListRecords&resumptionToken=1~r~marc~~~~2026-11-24T10:00:00Z~1~1~0
badResumptionToken verb=ListRecords&resumptionToken=1~r~oai_dc~~~~2026-11-24T10:00:00Z~01~1~0
CASES
get /oai -d 'verb=ListMetadataFormats' -H 'Origin: https://ailleurs.example'
is "$status" 200 "POST, from anywhere"
like "$(cat "$tmp/body")" '<metadataPrefix>oai_dc</metadataPrefix>' "answers as GET"
get '/fiches.json?taille=1'
live=$(jq_ .total)
harvest
ok $? "a public client harvests everything" "$(cat "$tmp/err")"
is "$(grep -c ' live ' "$tmp/harvest")" "$live" "every sheet, once"
is "$(cut -d' ' -f1 "$tmp/harvest" | sort | uniq -d)" '' "none twice"
unlike "$(curl -s "$BASE/oai?verb=ListRecords&metadataPrefix=oai_dc")" '&lt;[a-z]' "no HTML in the fields"
for set in theme=lien-social-inclusion territoire=region:84; do # all of them: tests/formats/same.mjs
	get "/fiches.json?taille=100&$set"
	jq_ '.elements[].id' | sort >"$tmp/wanted"
	spec=${set/=/:}
	harvest "set=${spec#territoire:}"
	grep ' live ' "$tmp/harvest" | sed 's|^[^/]*/\([0-9]*\) .*|\1|' | sort >"$tmp/got"
	diff "$tmp/wanted" "$tmp/got" >"$tmp/diff"
	ok $? "the set ${spec#territoire:} is the list $set" "$(cat "$tmp/diff")"
done
# Totals around and at exact multiples of the page: withdrawn sheets of an earlier time fill them.
base=$(sql "select count(*) from catalyse.sheet_record")
for total in 199 200 201 300; do
	sql "delete from catalyse.sheet_record where sheet_id > 900000000"
	sql "insert into catalyse.sheet_record select 900000000 + i, '2001-01-01 00:00:00Z'::timestamptz + i / 7 * interval '1s', true,
		'{type:exemple}' from generate_series(1, $((total - base))) i"
	harvest
	is "$(cut -d' ' -f1 "$tmp/harvest" | sort -u | wc -l) $(wc -l <"$tmp/harvest")" "$total $total" "$total records are harvested once each"
	pages=0 query='metadataPrefix=oai_dc'
	while [ -n "$query" ]; do
		oai "verb=ListIdentifiers&$query"
		pages=$((pages + 1))
		ids=$(grep -c '<identifier>' "$tmp/body")
		t=$(token)
		query=${t:+resumptionToken=$t}
		[ $pages -lt 10 ] || break
	done
	is "$pages" $(((total + 99) / 100)) "$total records are $pages pages, none empty"
	is "$ids" $(((total - 1) % 100 + 1)) "the last one full to its end"
	like "$(cat "$tmp/body")" "<resumptionToken completeListSize=\"$total\" cursor=\"[0-9]+\"></resumptionToken>" "and it says it is the last"
done
harvest from=2001-01-01 until=2001-01-01
is "$(grep -vc ' deleted ' "$tmp/harvest")" 0 "dates without a time mean whole days"
sql "delete from catalyse.sheet_record where sheet_id > 900000000"
# A sheet withdrawn, put back, then withdrawn for good.
one=$(sql "select id from catalyse.sheet where state = 'publiee' order by id limit 1")
since=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sleep 1
sql "update catalyse.sheet set state = 'retiree', withdrawn_reason = 'essai du moissonnage' where id = $one"
oai "verb=ListRecords&metadataPrefix=oai_dc&from=$since"
like "$(tr -d '\n' <"$tmp/body")" "<header status=\"deleted\"><identifier>oai:127.0.0.1:fiches/$one<" "a withdrawal is told from its date on"
is "$(grep -c '<metadata>' "$tmp/body")" 0 "without what it held"
oai "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/$one"
like "$(cat "$tmp/body")" 'status="deleted"' "and for ever"
sql "update catalyse.sheet set state = 'publiee' where id = $one"
# A change that is long to commit: the harvest of meanwhile does not see it, the next one, from the date of that answer, does.
sql "begin; update catalyse.sheet set title = title || ' ' where id = $one; select pg_sleep(3); commit" >/dev/null &
long=$!
sleep 1.5
oai "verb=ListIdentifiers&metadataPrefix=oai_dc"
is "$status" 200 "a harvest does not wait for a transaction that is not ending"
since=$(sed -n 's/.*<responseDate>\([^<]*\)<.*/\1/p' "$tmp/body")
wait $long
oai "verb=ListIdentifiers&metadataPrefix=oai_dc&from=$since"
like "$(cat "$tmp/body")" "<identifier>oai:127.0.0.1:fiches/$one<" "what was committed after an answer is dated after it"
oai "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/$one"
like "$(cat "$tmp/body")" '<dc:title>' "put back, it is told again"
made=$(sql "with s as (insert into catalyse.sheet (ref, type, slug, title, summary, state, origin) values ('essai-moisson', 'outil',
	'essai-moisson', 'Essai du moissonnage', 'a', 'a_actualiser', 'ours') returning id), t as (insert into catalyse.sheet_territory
	select s.id, t.id from s, catalyse.territory t where t.type = 'pays') select id from s")
sql "delete from catalyse.sheet where id = $made"
oai "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:fiches/$made"
like "$(cat "$tmp/body")" 'status="deleted"' "a sheet erased from the base leaves its tombstone"
sql "delete from catalyse.sheet_record where sheet_id = $made"

# --- What visiting programs read first
get /robots.txt
is "$status $(head_of content-type)" "200 text/plain; charset=utf-8" "robots.txt"
like "$(cat "$tmp/body")" "^Sitemap: $BASE/sitemap.xml$" "names the site map"
for rule in '/\*\?\*&' '/\*\?\*page=' /_fragment/; do like "$(cat "$tmp/body")" "^Disallow: $rule$" "and leaves out $rule"; done
get /.well-known/security.txt
like "$(cat "$tmp/body")" '^Contact: mailto:' "security.txt has a contact"
until=$(sed -n 's/^Expires: //p' "$tmp/body")
ok $(($(date -d "$until" +%s) > $(date +%s) && $(date -d "$until" +%s) < $(date +%s) + 365 * 86400 ? 0 : 1)) "and ends in less than a year" "$until"
get /sitemap.xml
xmllint --noout "$tmp/body"
ok $? "the index of the site map is well-formed"
sed -n 's|.*<loc>\(.*\)</loc>.*|\1|p' "$tmp/body" >"$tmp/parts"
: >"$tmp/urls"
while read -r part; do
	get "${part#"$BASE"}"
	n=$(grep -c '<loc>' "$tmp/body")
	ok $((status == 200 && n > 0 && n <= 50000 ? 0 : 1)) "${part#"$BASE"}: $n addresses"
	sed -n 's|.*<loc>\(.*\)</loc>.*|\1|p' "$tmp/body" >>"$tmp/urls"
done <"$tmp/parts"
is "$(grep -c "^$BASE/fiches/" "$tmp/urls")" "$live" "every sheet is in the site map"
get '/catalyseurs.json?taille=1'
is "$(grep -c "^$BASE/catalyseurs/" "$tmp/urls")" "$(jq_ .total)" "every catalyst"
is "$(grep -c "^$BASE/territoires/" "$tmp/urls")" "$(sql "select count(*) from catalyse.territory where type <> 'pays' and valid_to is null")" "every territory"
is "$(grep -c "^$BASE/thematiques/" "$tmp/urls")" "$(sql "select count(*) from catalyse.term where scheme = 'theme'")" "every theme"
is "$(sort "$tmp/urls" | uniq -d)" '' "no address twice"
wrong=$(shuf -n 25 --random-source="$0" "$tmp/urls" | while read -r u; do
	code=$(curl -s -o /dev/null -w '%{http_code}' "$u")
	[ "$code" = 200 ] || echo "$code $u"
done)
is "$wrong" '' "25 of them answer 200, without a redirection"
for part in fiches-0 fiches-999999 fiches-x autre-1 pages-1; do
	get "/sitemaps/$part.xml"
	is "$status" 404 "no part $part"
done

# --- Dumps
export_() { CATALYSE_BASE_URL=$BASE "$top_builddir/catalyse" export --config "$VAR/catalyse.conf" "$@" >"$tmp/out" 2>"$tmp/err"; status=$?; }
export_ --json "$tmp/x"
is "$status" 0 "catalyse export"
is "$(jq .fiches "$tmp/out")" "$live" "every sheet"
(cd "$tmp/x/dernier" && sha256sum --quiet -c SHA256SUMS) >"$tmp/sums" 2>&1
ok $? "the sums are right" "$(cat "$tmp/sums")"
is "$(readlink "$tmp/x/dernier")" "$(date -u +%F)" "the link leads to the day's folder"
find "$tmp/x/dernier/" -type f ! -perm -a=r | grep -q .
is $? 1 "every file may be read by the server"
for kind in fiches catalyseurs; do
	get "/$kind.json?taille=100"
	jq_ '.elements[].id' | sort >"$tmp/wanted"
	zcat "$tmp/x/dernier/$kind.json.gz" | jq '.elements[] | .id // .catalyseur.id' | sort >"$tmp/a"
	zcat "$tmp/x/dernier/$kind.jsonl.gz" | jq '.id // .catalyseur.id' | sort >"$tmp/b"
	jq '.features[].properties.id' "$tmp/x/dernier/$kind.geojson" | sort >"$tmp/c"
	sed -n 's/^\([0-9][0-9]*\);.*/\1/p' "$tmp/x/dernier/$kind.csv" | sort >"$tmp/d"
	for f in a b c d; do cmp -s "$tmp/wanted" "$tmp/$f" || echo "$f"; done >"$tmp/diff"
	is "$(cat "$tmp/diff")" '' "$kind: the four files hold the items of the site"
done
id=$(jq -r '.features[0].properties.id' "$tmp/x/dernier/fiches.geojson")
zcat "$tmp/x/dernier/fiches.jsonl.gz" | jq -S "select(.id == $id)" >"$tmp/a"
url=$(jq -r .uri "$tmp/a")
get "${url#"$BASE"}.json"
jq -S 'del(.avertissements)' "$tmp/body" | cmp -s - "$tmp/a"
ok $? "a sheet in the dump is the sheet of the site, field for field"
zcat "$tmp/x/dernier/territoires.jsonl.gz" | jq -r 'select(.type == "commune" and .code == "97410") | .dans_code' >"$tmp/a"
is "$(cat "$tmp/a")" 974 "a commune is in its département"
is "$(jq '[.fichiers[] | select(.octets > 0 and (.sha256 | length) == 64 and .elements > 0 and .licence != "")] | length' "$tmp/x/dernier/manifest.json")" \
	"$(jq '.fichiers | length' "$tmp/x/dernier/manifest.json")" "the manifest tells size, sum, number and licence of each"
mkdir -p "$tmp/x/2001-01-01" "$tmp/x/2001-01-02" "$tmp/x/.nouveau-1"
CATALYSE_EXPORT_KEEP=2 export_ "$tmp/x"
is "$status $(cd "$tmp/x" && echo 20*) $(ls -d "$tmp/x/.nouveau"* 2>/dev/null)" "0 2001-01-02 $(date -u +%F) " "again: replaced whole, the oldest and the cut ones are gone"
flock "$tmp/x/.verrou" sleep 3 &
sleep 0.3
export_ "$tmp/x"
is "$status" 1 "two at a time: refused"
wait
export_ /proc/rien
is "$status" 1 "a folder that cannot be made: refused"
export_ a b
is "$status" 2 "two folders: bad usage"
get /donnees/dernier/fiches.csv
is "$status $(head_of content-type) $(head_of access-control-allow-origin)" "200 text/csv; charset=utf-8 *" "nginx serves the demo's dumps"
get /donnees/dernier/
unlike "$status" '^[235]' "without a listing"
# --- /donnees and the catalogue
get /donnees
is "$status" 200 "/donnees"
like "$(cat "$tmp/body")" '/donnees/dernier/fiches.csv' "offers the dumps"
grep -o 'href="/[^"]*"' "$tmp/body" | sed 's/href="//; s/"$//; s/&amp;/\&/g' | sort -u >"$tmp/links"
wrong=$(while read -r u; do
	code=$(curl -s -o /dev/null -w '%{http_code}' "$BASE$u")
	case $code$u in 200* | 302* | 303/mon-espace) ;; *) echo "$code $u" ;; esac
done <"$tmp/links")
is "$wrong" '' "every link of the page answers"
get /donnees.json
is "$(jq_ '.fichiers | length')" 14 "/donnees.json is the manifest"
get /catalogue.jsonld
is "$(head_of content-type) $(jq_ '."@type"')" "application/ld+json dcat:Catalog" "the DCAT catalogue"
wrong=$(jq_ '."dcat:dataset"[]."dcat:distribution"[]."dcat:accessURL"."@id"' | while read -r u; do
	code=$(curl -s -o /dev/null -w '%{http_code}' "$u")
	[ "$code" = 200 ] || echo "$code $u"
done)
is "$wrong" '' "every distribution answers"
get '/catalogue.jsonld'
sum=$(jq_ '[."dcat:dataset"[]."dcat:distribution"[] | select(."dct:title" == "fiches.csv")][0]."spdx:checksum"."spdx:checksumValue"')
is "$(curl -s "$BASE/donnees/dernier/fiches.csv" | sha256sum | cut -d' ' -f1)" "$sum" "with the sum of the file that is served"
# --- OpenAPI
if [ -d "$top_srcdir/tests/formats/node_modules/@stoplight" ]; then
	BASE=$BASE node "$top_srcdir/tests/formats/openapi.mjs" >"$tmp/openapi" 2>&1
	ok $? "OpenAPI: Spectral, every route, real answers" "$(grep -v '^ok' "$tmp/openapi")"
else
	ok 1 "OpenAPI: the npm packages are missing (./bootstrap fetches them)"
fi
# --- Booklets
get /fiches/cartographier-ses-pratiques-1
like "$(cat "$tmp/body")" 'href="/imprimer\?fiche=1"><svg[^>]*><use[^>]*></svg>Imprimer<' "a sheet offers to be printed"
get /imprimer
is "$status" 200 "/imprimer says how"
get '/imprimer?fiche=2&fiche=1&fiche=99999'
is "$(grep -o 'id="fiche-[0-9]*"' "$tmp/body" | tr -d '\n')" 'id="fiche-2"id="fiche-1"' "the sheets asked for, in that order"
like "$(cat "$tmp/body")" 'La fiche 99999 n’existe pas' "what is missing is said"
like "$(cat "$tmp/body")" '<meta name="robots" content="noindex">' "not for search engines"
get '/fiches.json?territoire=departement:974&taille=100'
jq_ '.elements[].id' >"$tmp/wanted"
get '/imprimer?territoire=departement:974'
grep -o 'id="fiche-[0-9]*"' "$tmp/body" | tr -dc '0-9\n' >"$tmp/got"
cmp -s "$tmp/wanted" "$tmp/got"
ok $? "a territory's booklet is its list"
get /imprimer?tri=recent
is "$(grep -c '<article class="livret-fiche' "$tmp/body")" 60 "sixty sheets at most"
like "$(cat "$tmp/body")" 'répondent' "and it is said"
get '/imprimer?fiche=x'
is "$status" 400 "a sheet that is not a number: 400"
# --- Embeds
get '/integrer/fiches?type=methode'
like "$(head_of content-security-policy)" 'frame-ancestors \*' "any site may frame a list"
unlike "$(cat "$tmp/head")" '[Ss]et-[Cc]ookie' "without a cookie"
is "$(head_of cross-origin-resource-policy)" cross-origin "from another origin"
unlike "$(cat "$tmp/body")" '<script' "nor a script"
like "$(cat "$tmp/body")" "href=\"$BASE/fiches\?type=methode\"" "it links back to the whole list"
get '/integrer/fiches?territoire=commune:99999'
like "$status $(cat "$tmp/body" | tr -d '\n')" '^400 .*Nous ne connaissons pas de territoire .*commune:99999.*<code>territoire</code>' "a frame says what it did not understand"
get '/integrer/fiches/forum-ouvert-2'
like "$(head_of content-security-policy)" 'frame-ancestors \*' "or a sheet"
get '/integrer/catalyseurs?territoire=commune:97410&compact=1'
like "$(head_of content-security-policy)" 'frame-ancestors \*' "or catalysts"
for page in / /fiches /integrer /integrer/oembed?url=/fiches; do
	get "$page"
	like "$(head_of content-security-policy)" "frame-ancestors 'none'" "$page may not be framed"
done
get "/integrer?adresse=$BASE/fiches?theme=lien-social-inclusion"
like "$(cat "$tmp/body")" '&lt;iframe src=' "the page gives the code"
like "$(cat "$tmp/body")" '<iframe class="integrer-vue" src="/integrer/fiches\?theme=lien-social-inclusion"' "and shows it"
like "$(head_of content-security-policy)" "frame-src 'self'" "which its policy lets it do"
for bad in 'https://ailleurs.example/fiches' '/fiches%22onload=x' 'javascript:alert(1)' '/contribuer'; do
	get "/integrer?adresse=$bad"
	unlike "$(cat "$tmp/body")" '<iframe' "no frame for $bad"
done
get "/integrer/oembed?url=$BASE/fiches/forum-ouvert-2&maxwidth=300"
is "$(jq_ '.type + " " + (.width | tostring)')" "rich 300" "oEmbed"
get /integrer/oembed
is "$status" 400 "oEmbed of nothing"
get '/integrer/oembed?url=https://ailleurs.example/'
is "$status" 404 "oEmbed of somebody else's page"
end
