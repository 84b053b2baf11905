# hosts_doc.sh: what hosts.sh has just measured, with its curve, as a page: docs/performance-hotes.md, or HOSTS_DOC (none: no page). Sourced by
# hosts.sh at its end (CURVE=1); reads $tmp/curve, $curve_load and the times it has taken. Left as it was where docs/ cannot be written.
hosts_doc=${HOSTS_DOC:-$top/docs/performance-hotes.md}
french() { [ -n "${1:-}" ] && awk -v x="$1" 'BEGIN { s = sprintf("%.1f", x); sub(/\./, ",", s); print s " s" }' || echo 'non mesuré'; }
french_date() {
	local months=(janvier février mars avril mai juin juillet août septembre octobre novembre décembre) day month year
	read -r day month year < <(date -u '+%-d %-m %Y')
	[ "$day" != 1 ] || day=1er
	echo "$day ${months[month - 1]} $year"
}
hosts_page() {
	cat <<DOC
# Plusieurs hôtes, mesuré

Écrit par \`CURVE=1 tests/chaos/hosts.sh\` (dans \`make check-chaos\`), le $(french_date), sur une machine de $(nproc) cœurs qui porte aussi le générateur de charge, trois nginx et deux PostgreSQL
(charge moyenne ${curve_load/./,} avant la courbe) : les chiffres disent une forme, non une capacité.
$([ "$failed" = 0 ] && echo "Les $count vérifications du passage ont réussi." || echo "$failed des $count vérifications du passage ont échoué.")

## Pages qu’aucun cache ne garde, par le répartiteur
| Fils | hôtes × instances × fils | pages par seconde | médiane | 99 % | processeurs | en échec |
|---:|---|---:|---:|---:|---:|---:|
$(awk -F ' *[|] *' 'function ms(t,   u, x) { # 21.83ms, 1.20s or 900us, as wrk says them
		u = t; gsub(/[0-9.]/, "", u); x = t + 0
		if (u == "us") x /= 1000; else if (u == "s") x *= 1000
		x = sprintf("%.1f", x); sub(/\./, ",", x); return x " ms"
	}
	{ split($3, p, / × /); print "| " $2 " | " split(p[1], h, " ") " × " p[2] " × " p[3] " | " $4 " | " ms($5) " | " ms($6) " | " $7 " | " $8 " |" }' "$tmp/curve")

Un processeur pris à 100 % est plein : les fils de plus ne font alors qu’attendre. Au-delà il faut des cœurs, c’est-à-dire des hôtes.

## Bascule et coupure
Quatre écrivains et quatre lecteurs sans pause, par le répartiteur ; copie synchrone.$(awk -v s="$slack" 'BEGIN { if (s > 1) { sub(/\./, ",", s); print " La machine faisait autre chose : les durées voulues ont été acceptées jusqu’à " s " fois." } }')

| Ce qui arrive | Mesuré | Voulu |
|---|---|---|
| Primaire tué (\`kill -9\`) : bannière « lecture seule » | $(french "$seen") | 5 s |
| Copie promue : première écriture reprise, après la promotion | $(awk -v g="$gap" 'BEGIN { exit !(g <= 0) }' && echo "avant que \`pg_ctl promote\` ait rendu la main" || french "$gap") | 1 s |
| Lectures pendant la bascule ($all demandées) | $n en échec | 0 |
| Écritures acquittées ($total), puis absentes | $(awk -v t="$total" -v f="${found%% *}" 'BEGIN { print t - f }') | 0 |
| Les mêmes, en double | $(echo "$found" | cut -d' ' -f2) | 0 |
| Écriture faite sur un hôte : vue sur l’autre, qui lit la copie | $(french "$visible") | 1 s |
| Réseau de la base coupé ${CUT_S:-12} s, puis celui d’un hôte ${HOST_CUT_S:-12} s (nftables) : la plus longue attente d’une page | $(french "$longest") | 5 s |
| La plus longue attente d’un envoi, chaque essai compté à part | $(french "$longest_sent") | 5 s |
| Réseau de la base rendu : lectures reprises | $(french "${read_back:-}") | 2 s |
| Réseau de la base rendu : écritures reprises | $(french "${write_back:-}") | 2 s |
| Hôte coupé : pages en échec ($host_asked demandées), envois à refaire ($host_sent faits) | $host_failed, $host_failed_sent | ce qui était en route |
| Hôte rendu : il répond de nouveau | $(french "$host_read_back") | 2 s |
| Hôte rendu : il prend des écritures | $(french "$host_write_back") | 2 s |
DOC
}
if [ "$hosts_doc" = none ] || [ ! -w "$(dirname "$hosts_doc")" ]; then
	echo "# no page is written"
else
	hosts_page >"$hosts_doc.new" && mv "$hosts_doc.new" "$hosts_doc" && echo "# written: $hosts_doc"
fi
