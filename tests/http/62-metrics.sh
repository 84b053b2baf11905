#!/usr/bin/env bash
# What an instance measures: the text that Prometheus reads, counts that follow what is asked, and nobody outside who reads it.
. "${top_srcdir:?}/tests/http/lib.sh"
mark=m$RANDOM
from_host() { get "$1" -H 'X-Forwarded-For: 127.0.0.1'; }
from_host /metrics/1
is "$status" 200 "an instance says what it measured"
cp "$tmp/body" "$tmp/one"
promtool check metrics <"$tmp/one" >"$tmp/said" 2>&1
ok $? "promtool finds nothing to say: $(head -n 3 "$tmp/said")"
count() { sed -n "s/^catalyse_requests_total{route=\"\/vocabulaires\/{schema}\",method=\"GET\",code=\"$1\"} //p" "$tmp/sum" | awk '{ n += $1 } END { print n + 0 }'; }
both() { from_host /metrics/1; cp "$tmp/body" "$tmp/sum"; from_host /metrics/2; cat "$tmp/body" >>"$tmp/sum"; }
both; found=$(count 2xx) lost=$(count 4xx)
for i in 1 2 3; do get "/vocabulaires/odd.json?essai=$mark$i"; done
get "/vocabulaires/nulle-part-$mark.json"
both
is "$(($(count 2xx) - found)) $(($(count 4xx) - lost))" "3 1" "what was asked is counted, by route and class of status"
like "$(cat "$tmp/sum")" '^catalyse_queries_total{statement="vocabulary_list"} [1-9]' "statements too, by name"
like "$(cat "$tmp/sum")" '^catalyse_db_up 1' "the base is up"
like "$(cat "$tmp/sum")" '^catalyse_mail_queue{state="attente"} [0-9]' "the queue of mail is counted"
is "$(awk -F'[ }]' '/^catalyse_request_duration_seconds_bucket{kind="page",le="\+Inf"/ { a = $NF } /^catalyse_request_duration_seconds_count{kind="page"/ { b = $NF } END { print (a == b && a > 0) }' "$tmp/one")" 1 "a histogram whose last step is its count"
like "$(cat "$tmp/sum")" '^catalyse_wait_seconds_count [1-9]' "nginx says when it sent what a worker took"
waited() { # SECONDS: counted of a request that nginx sent so long ago
	env -i PATH="$PATH" REQUEST_METHOD=GET REQUEST_URI=/metrics DOCUMENT_URI=/metrics HTTP_HOST=essai REMOTE_ADDR=127.0.0.1 REQUEST_SENT="$(($(date +%s) - $1)).000" \
		"$top_builddir/catalysed" -c "$VAR/catalyse.conf" 2>/dev/null </dev/null | sed -n 's/^catalyse_wait_seconds_count //p; s/^catalyse_wait_seconds_bucket{le="2.5"} //p; s/^catalyse_wait_seconds_sum \([0-9]*\)\..*/\1/p' | tr '\n' ' '
}
like "$(waited 5)" '^0 ([5-9]|[1-5][0-9]) 1 $' "how long it waited is counted"
is "$(waited 1000)" "0 0 0 " "but not by a clock that is another one"
# What the page on supervision says to type, on the journal of this nginx.
page=$top_srcdir/docs/supervision.md
sed -n '/^<!-- cache -->$/,/^<!-- fin -->$/p' "$page" | sed -n 's/^    //p' | sed "s,/var/log/nginx/catalyse.log,$VAR/nginx/nginx-acces.log," >"$tmp/typed"
get "/vocabulaires/odd.json?essai=$mark-cache"
get "/vocabulaires/odd.json?essai=$mark-cache"
bash "$tmp/typed" >"$tmp/said" 2>&1
like "$(cat "$tmp/said")" '^ *[0-9]+ +[0-9.]+ % +HIT$' "how often the cache answers is read in nginx's journal, as the page says"
like "$(cat "$tmp/said")" '^ *[0-9]+ +[0-9.]+ % +MISS$' "and how often it does not"
get /metrics -H "$(elsewhere)"
is "$status" 404 "a visitor is told nothing"
get /metrics/1 -H "$(elsewhere)"
is "$status" 404 "of one instance either"
get /metrics/9 -H 'X-Forwarded-For: 127.0.0.1'
is "$status" 404 "an instance that is not there is missing, and no other answers for it"
get /metrics/1 --data-binary @<(head -c 100000 /dev/zero)
is "$status $(grep -c 'lang="fr"' "$tmp/body")" "413 1" "what is too large has its page there too"
summary() { sed -n "/alert: $1$/,/annotations:/s/^ *annotations: //p" "$top_srcdir/docs/supervision/alertes.yml"; }
promtool check rules "$top_srcdir/docs/supervision/alertes.yml" >"$tmp/said" 2>&1
ok $? "the rules of alert are good: $(tail -n 1 "$tmp/said")"
# Where a backup was noted it is measured; on a host without the base there is no note, and nothing that could be taken for one.
printf '{"sauvegarde":{"le":2,"bon_le":1,"duree_ms":3000,"message":"plein","etiquette":"F"},"essai":{"le":1,"bon_le":1,"duree_ms":1,"message":"","etiquette":"F"}}' >"$tmp/etat.json"
measured() { # STATE
	env -i PATH="$PATH" CATALYSE_BACKUP_STATE="$1" REQUEST_METHOD=GET REQUEST_URI=/metrics DOCUMENT_URI=/metrics HTTP_HOST=essai REMOTE_ADDR=127.0.0.1 \
		"$top_builddir/catalysed" -c "$VAR/catalyse.conf" 2>/dev/null </dev/null | grep -E '(catalyse_(backup|drill|db_up)_?[a-z_]*) '
}
measured "$tmp/nulle-part.json" >"$tmp/away"
is "$(grep -v '^#' "$tmp/away")" "catalyse_db_up 1" "no backup was noted here: none is measured"
measured "$tmp/etat.json" >>"$tmp/one"
is "$(sed -n 's/^catalyse_backup_\(timestamp_seconds\|failed\) //p' "$tmp/one" | tr '\n' ' ')" "1 1 " "what was noted is"
cat >"$tmp/essai.yml" <<YML
rule_files: [ "$(cd "$top_srcdir" && pwd)/docs/supervision/alertes.yml" ]
tests:
  - name: nobody says anything of backups
    interval: 10m
    input_series: [ { series: 'catalyse_db_up{instance="1"}', values: '1x20' } ]
    alert_rule_test:
      - { eval_time: 2h, alertname: CatalyseSauvegardeAncienne, exp_alerts: [ { exp_labels: { severity: matin }, exp_annotations: $(summary CatalyseSauvegardeAncienne) } ] }
      - { eval_time: 2h, alertname: CatalyseEssaiAncien, exp_alerts: [ { exp_labels: { severity: matin }, exp_annotations: $(summary CatalyseEssaiAncien) } ] }
  - name: the machine of the base does, by its exporter
    interval: 10m
    input_series:
      - { series: 'catalyse_backup_timestamp_seconds{job="catalyse-base"}', values: '0x20' }
      - { series: 'catalyse_drill_timestamp_seconds{job="catalyse-base"}', values: '0x20' }
      - { series: 'catalyse_drill_failed{job="catalyse-base"}', values: '1x20' }
    alert_rule_test:
      - { eval_time: 2h, alertname: CatalyseSauvegardeAncienne, exp_alerts: [] }
      - { eval_time: 2h, alertname: CatalyseEssaiAncien, exp_alerts: [] }
      - { eval_time: 2h, alertname: CatalyseEssaiEchec, exp_alerts: [ { exp_labels: { severity: urgent }, exp_annotations: $(summary CatalyseEssaiEchec) } ] }
YML
promtool test rules "$tmp/essai.yml" >"$tmp/said" 2>&1
ok $? "they ring when nobody says anything of backups, and not when another machine does" "$(cat "$tmp/said")"
named=$(grep -oh 'catalyse_[a-z_]*\|process_[a-z_]*' "$top_srcdir"/docs/supervision/{alertes.yml,grafana.json} | sed 's/_bucket$//' | sort -u)
missing=
for name in $named; do grep -q "^# TYPE $name " "$tmp/one" || missing="$missing $name"; done
is "$missing" "" "rules and dashboard name only what is measured"
end
