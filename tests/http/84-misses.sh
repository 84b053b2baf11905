#!/usr/bin/env bash
# Searches without answer are counted, once, without anybody; what is rare or personal cannot be read.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XAtq -c "$1" 2>&1; }
person='Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0'
# A word of letters drawn now: nobody has asked for it, in this cache or in this base. It looks like nothing we have.
word=zqx$(tr '0-9' 'a-j' <<<"$RANDOM$RANDOM")xqz
counted() { # WHERE: the counter, once the thread has had its time
	local i got
	for ((i = 0; i < 40; i++)); do
		got=$(sql "select about, place, outcome, sum(n) from catalyse_private.search_miss where $1 group by 1, 2, 3 order by 1, 2, 3")
		[ -z "$got" ] || break
		sleep 0.1
	done
	echo "$got"
}
ask() { get "$1" -A "$person"; }

ask "/fiches?q=$word&territoire=commune:97410"
is "$status" 200 "a list without answer"
is "$(counted "subject = '$word'")" "words|departement:974|none|1" "is counted, by its département"
for i in 1 2 3; do ask "/fiches?q=$word&territoire=commune:97410"; done
ask "/recherche?q=$word"
is "$(counted "subject = '$word' and place = ''")" "words||none|1" "so is the search for everything"
get "/fiches?q=$word&type=methode" -A 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
get "/fiches.json?q=$word&type=exemple" -A "$person"
ask "/catalyseurs?q=$word"
for ((i = 0; i < 40; i++)); do [ "$(sql "select sum(n) from catalyse_private.search_miss where subject = '$word'")" = 3 ] && break; sleep 0.1; done
is "$(counted "subject = '$word'")" "words||none|2
words|departement:974|none|1" "reloads, robots and data are not counted; /catalyseurs is"

before=$(sql "select coalesce(sum(n), 0) from catalyse_private.search_miss where about = 'withheld'")
ask "/fiches?q=$word@exemple.fr"
ask "/fiches?q=Madame+$word"
for ((i = 0; i < 40; i++)); do
	[ "$(sql "select sum(n) from catalyse_private.search_miss where about = 'withheld'")" = $((before + 2)) ] && break
	sleep 0.1
done
is "$(sql "select sum(n) from catalyse_private.search_miss where about = 'withheld'")" $((before + 2)) "words that look personal are dropped"
is "$(sql "select count(*) from catalyse_private.search_miss where subject like '%exemple%' or subject like 'madame%'")" 0 "and kept nowhere"
unlike "$(cat "$VAR"/log/catalysed-*.log)" "$word" "nor in the log"

ro() { PGOPTIONS='-c role=catalyse_ro' sql "$1"; }
like "$(ro 'select * from catalyse_private.search_miss')" 'permission denied' "the reader cannot see the counters"
is "$(ro "select count(*) from catalyse.search_miss_frequent where subject = '$word'")" 0 "nor, below five, what is shown of them"
sql "update catalyse_private.search_miss set n = 3, day = current_date - 1 where subject = '$word' and place = ''" >/dev/null
sql "update catalyse_private.search_miss set n = 3 where subject = '$word' and place <> ''" >/dev/null
is "$(ro "select t.code, m.at_least from catalyse.search_miss_frequent m join catalyse.territory t on t.id = m.territory_id where subject = '$word'")" \
	"FR|5" "from five on, for the whole country, rounded down"

# Counting that fails is forgotten: the page does not know.
sql "alter role catalyse_count connection limit 0" >/dev/null
sql "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'catalysed/recherches%'" >/dev/null
ask "/fiches?q=${word}y"
is "$status" 200 "without the counting connection, the page is the same"
sleep 0.5
is "$(sql "select count(*) from catalyse_private.search_miss where subject = '${word}y'")" 0 "and nothing is counted"
like "$(cat "$VAR"/log/catalysed-*.log)" 'a search without answer was not counted' "which the log says"
unlike "$(cat "$VAR"/log/catalysed-*.log)" "$word" "still without the words"
sql "alter role catalyse_count connection limit -1" >/dev/null
for ((i = 0; i < 30; i++)); do
	ask "/fiches?q=${word}z&taille=$((i + 1))"
	sleep 0.2
	[ "$(sql "select count(*) from catalyse_private.search_miss where subject = '${word}z'")" = 0 ] || break
done
is "$(sql "select count(*) > 0 from catalyse_private.search_miss where subject = '${word}z'")" t "once it is back, counting goes on"
get /confidentialite
like "$(cat "$tmp/body")" 'id="vaines"' "the page on privacy says it"
end
