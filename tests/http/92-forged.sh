#!/usr/bin/env bash
# Requests that are forged: where they come from, how and as what; that reading writes nothing; that nobody learns who has an account, in
# words or in time; that a crowd at the door does not keep readers out.
. "$(dirname "$0")/lib.sh"
pg() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -X -q -t -A -d catalyse -c "$1"; }
sql() { pg "set search_path to private, catalyse, public; $1"; }
mark=$RANDOM$RANDOM
here=$(dirname "$0")
. "$here/matrix_lib.sh"
trap 'matrix_clean; sql "delete from account where email like '"'%-$mark@essai.example'"'" >/dev/null; rm -rf "$tmp"' EXIT
matrix_clean
matrix_facts >"$tmp/facts"
ok $? "people and things to ask about"

# Where it comes from: Sec-Fetch-Site when it is said, else an Origin that is ours, else nothing. A token of the form is needed besides. To
# every route that is sent to, with every type; and no page writes, whoever's page leads there.
perl "$here/forged.pl" "$top_srcdir/src/app/routes.def" "$here/matrix.tsv" "$tmp/facts" >"$tmp/forged"
ok $? "$(tail -n 1 "$tmp/forged") requests, $([ -n "${WHOLE:-}" ] && echo "every" || echo "in turn each (WHOLE=1: every)") site x origin x method x type to every route: each answered as it should, nothing written" "$(head -n 8 "$tmp/forged")"

# Who has an account: the same bytes, the same headers, the same time. What is timed goes before all that this machine does besides, where one may
# say so (root): a few answers tell then, where a busy machine wants hundreds.
before() { # -15, or 0 as it was
	local pid
	for pid in $$ $(cat "$VAR"/catalysed-*.pid "$VAR/nginx/nginx.pid") $(head -n 1 "$VAR/postgresql/data/postmaster.pid"); do
		renice -n "$1" -p "$pid" $(pgrep -P "$pid") >/dev/null 2>&1
		[ "$pid" = $$ ] || echo "$1" >"/proc/$pid/autogroup" # a session of its own, of which this is the share
	done 2>/dev/null
}
before -15
while read -r line; do
	case $line in
	ok*) ok 0 "${line#ok - }" ;;
	not*) ok 1 "${line#not ok - }" ;;
	*) echo "$line" ;;
	esac
done < <(setsid -w bash -c 'echo -15 2>/dev/null >/proc/$$/autogroup; exec perl "$@"' - "$here/enumeration.pl" "$tmp/facts" "$top_srcdir/src/app/routes.def" "$top_srcdir/src/web/params.def" || echo "not ok - nobody learns who has an account")
before 0
matrix_clean
sql "delete from attempt" >/dev/null

# A token of the form is of one session, of ours.
login contributeur@demo.example "$tmp/jar"
get /compte -b "$jar"
good=$(token)
get /compte/nom -X POST -b "$jar" -H 'Sec-Fetch-Site: cross-site' -H "Origin: $BASE" --data-urlencode "jeton=$good" -d nom=Vole
is "$status" 403 "a good token from elsewhere"
login contributeur@demo.example "$tmp/jar2"
get /compte -b "$jar"
theirs=$(token)
get /compte/nom -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$good" -d nom=Vole
is "$status" 403 "the token of another session"
get /connexion
get /compte/nom -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$(token)" -d nom=Vole
is "$status" 403 "the token of nobody"
get /compte/nom -X POST -b "$jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=${theirs%?}" -d nom=Vole
is "$status" 403 "a token cut short"
is "$(sql "select count(*) from contributor where name = 'Vole'")" 0 "none of them did anything"
# Two hundred at the door at once: readers go on reading.
get /connexion
jeton=$(token)
for ((i = 1; i <= 200; i++)); do
	[ $i = 1 ] || echo next
	printf 'url = "%s/connexion"\noutput = /dev/null\nsilent\nmax-time = 30\nwrite-out = "%%{http_code}\\n"\nheader = "X-Forwarded-For: 198.19.%d.%d"\nheader = "Sec-Fetch-Site: same-origin"\ndata-urlencode = "jeton=%s"\ndata-urlencode = "courriel=foule-%d@essai.example"\ndata = "mot_de_passe=pas-le-bon-du-tout"\n' \
		"$BASE" $((i % 200)) $((i % 250 + 1)) "$jeton" $i
done >"$tmp/crowd"
curl --parallel --parallel-immediate --parallel-max 200 --config "$tmp/crowd" >"$tmp/crowd.out" 2>/dev/null &
crowd=$!
: >"$tmp/reads"
for ((i = 0; i < 100; i++)); do curl -sS -m 10 -o /dev/null -w '%{http_code} %{time_total}\n' "$BASE/fiches?taille=$((i % 90 + 10))&tri=recent"; done >"$tmp/reads"
wait $crowd
is "$(grep -c '^200 ' "$tmp/reads")" 100 "while 200 sign in at once, each of 100 pages is read"
late=$(awk '{ print $2 }' "$tmp/reads" | sort -n | sed -n 95p)
awk -v t="$late" 'BEGIN { exit !(t < 0.5) }'
ok $? "19 in 20 of them in less than half a second ($late s)"
is "$(grep -vcE '^(422|503|429)$' "$tmp/crowd.out")" 0 "each of the 200 has its answer: no, or come back in a moment"
like "$(sort "$tmp/crowd.out" | uniq -c | paste -sd' ')" '422' "some were looked at ($(sort "$tmp/crowd.out" | uniq -c | paste -sd' '))"
sql "delete from attempt" >/dev/null
end
