#!/usr/bin/env bash
# Sixty communes drawn at random answer in HTML, validated, and in JSON; so do every region and département.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XAt -F/ -c "$1"; }
seed=${SEED:-$RANDOM}
echo "# seed $seed (SEED=$seed to see the same again)"
validate=$top_srcdir/tests/browser/node_modules/.bin/html-validate
mkdir "$tmp/pages"
bad='' badjson='' n=0
while IFS=/ read -r type code slug; do
	get "/territoires/$type/$code-$slug"
	[ "$status" = 200 ] || bad="$bad $type/$code:$status"
	[ "$type" != commune ] || { cp "$tmp/body" "$tmp/pages/$code.html"; n=$((n + 1)); }
	get "/territoires/$type/$code-$slug.json"
	[ "$status" = 200 ] && jq -e . "$tmp/body" >/dev/null || badjson="$badjson $type/$code:$status"
done < <(sql "(select type, code, slug from catalyse.territory where type = 'commune' order by md5(code || '$seed') limit 60)
	union all select type, code, slug from catalyse.territory where type in ('region', 'departement', 'collectivite')
	union all (select type, code, slug from catalyse.territory where type = 'epci' order by md5(code || '$seed') limit 10)")
is "$n" 60 "60 communes were asked"
is "$bad" "" "all answer 200 in HTML"
is "$badjson" "" "all answer 200 in JSON"
get / && cp "$tmp/body" "$tmp/pages/home.html"
get /fiches && cp "$tmp/body" "$tmp/pages/fiches.html"
get /catalyseurs && cp "$tmp/body" "$tmp/pages/catalyseurs.html"
get /fiches/1 -L && cp "$tmp/body" "$tmp/pages/fiche.html"
get /n-existe-pas && cp "$tmp/body" "$tmp/pages/404.html"
for p in territoires recherche?q=tiers accessibilite confidentialite mentions-legales; do
	get "/$p"
	is "$status" 200 "/$p answers"
	cp "$tmp/body" "$tmp/pages/${p%%\?*}.html"
done
is "$(sql "select string_agg(ref, ' ' order by ref) from catalyse.sheet where origin = 'ours' and evidence > 0 and coalesce(source_label, '') = ''")" "" "what names no source is proved by none"
like "$(cat "$tmp/pages/mentions-legales.html")" 'Dicollecte</a>[^<]*<a href="https://www.mozilla.org/MPL/2.0/"' "the dictionary of the search is named, with its licence"
out=$("$validate" --config "$top_srcdir/tests/browser/.htmlvalidate.json" --formatter text "$tmp/pages/*.html" 2>&1)
ok $? "html-validate: no error in $(ls "$tmp/pages" | wc -l) pages" "$out"
end
