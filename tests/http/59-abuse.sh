#!/usr/bin/env bash
# Who asks too much, and who asks for others: robots by family, held to robots.txt; limits by address; sizes of bodies by route; slow clients.
# And nobody is in the way of a person: a visit of a hundred requests has no refusal.
. "${top_srcdir:?}/tests/http/lib.sh"
person='Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
from=198.18.251 # lib.sh never takes this network
as() { get "$1" -A "$2" -H "X-Forwarded-For: ${3:-$from.$((RANDOM % 250 + 1))}"; }

# --- What robots.txt leaves out
get /robots.txt
sed -n 's/^Disallow: //p' "$tmp/body" | sort -u >"$tmp/rules"
cp "$tmp/body" "$tmp/robots"
n=0 wrong=
while read -r rule; do
	case $rule in /_fragment/ | /oai) continue ;; esac # asked only
	path=$(sed 's/^\/\*/\/fiches/; s/\*/x/g' <<<"$rule")
	as "$path" 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
	[ "$status" = 403 ] || wrong="$wrong $path:$status"
	n=$((n + 1))
done <"$tmp/rules"
[ $n -ge 10 ] && [ -z "$wrong" ]
ok $? "each of the $n rules of robots.txt is closed to who says it is a robot" "$wrong"
as '/fiches?type=methode&page=30' GPTBot/1.0
is "$status $(head_of content-type)" "403 text/html; charset=utf-8" "a deep page, for a robot"
like "$(cat "$tmp/body")" 'href="/donnees"' "is told where everything is"
is "$(head_of x-content-type-options) $(head_of cache-control)" "nosniff no-store" "with the headers of the site"
as '/fiches.csv?type=methode' AhrefsBot/7.0
is "$status $(jq_ .type) $(head_of content-type)" "403 urn:catalyse:erreur:ROBOT application/problem+json" "an export of a list: in data"
for path in / /fiches /donnees /sitemap.xml /robots.txt /fiches.json; do
	as "$path" 'bingbot/2.0'
	[ "$status" = 200 ] || wrong="$wrong $path:$status"
done
is "$wrong" "" "the rest is open to it"
for who in "$person" 'curl/7.88.1' 'WhatsApp/2.23' 'python-requests/2.31' 'Feedly/1.0 (+http://www.feedly.com/fetcher.html)'; do
	as '/fiches.json?type=methode&taille=1' "$who"
	[ "$status" = 200 ] || wrong="$wrong $who:$status"
done
is "$wrong" "" "people, what they run and what shows a link go everywhere"
unlike "$(sed -n '/^User-agent: gptbot/,$p' "$tmp/robots" | grep -c .)" '^0$' "robots that take much are named"
is "$(grep -c '^Disallow: /\*?\*&$' "$tmp/robots")" 2 "and are told the same"

# --- How fast
burst() { # HOW-MANY AGENT ADDRESS PATH: the statuses, counted
	local i list=()
	for ((i = 0; i < $1; i++)); do list+=(-o /dev/null "$BASE$4"); done
	curl -sS -Z --parallel-max 20 -m 30 -A "$2" -H "X-Forwarded-For: $3" -w '%{http_code}\n' "${list[@]}" 2>"$tmp/err" | sort | uniq -c | awk '{ printf "%s:%s ", $2, $1 }'
}
some() { sed -n "s/.*$2:\([0-9]*\).*/\1/p" <<<"$1" | grep . || echo 0; }
said=$(burst 45 'ClaudeBot/1.0' "$from.1" /themes)
ok $(($(some "$said" 429) >= 10 ? 0 : 1)) "a family that goes too fast is slowed: $said"
for ((i = 0; i < 60; i++)); do # its allowance comes back, two a second
	as /fiches 'GPTBot/1.0' 198.18.252.9
	[ "$status" != 429 ] || break
	burst 20 'CCBot/2.0' "$from.8" /fiches >"$tmp/more"
done
is "$status $(head_of retry-after)" "429 60" "from whatever address; it is told when to come back"
like "$(cat "$tmp/body")" 'Trop de demandes' "by a page"
as /fiches 'Googlebot/2.1' 198.18.252.9
is "$status" 200 "another family is not slowed by it"
as /fiches "$person" "$from.1"
is "$status" 200 "nor is a person at the same address"
said=$(burst 30 'SemrushBot/7' "$from.2" /fiches)
ok $(($(some "$said" 429) >= 10 ? 0 : 1)) "those that sell positions: $said"
said=$(burst 40 'quelque-bot/1.0' "$from.3" /fiches)
ok $(($(some "$said" 429) >= 8 ? 0 : 1)) "a robot nobody knows, by its address: $said"
as /fiches 'quelque-bot/1.0' "$from.4"
is "$status" 200 "and only there"
said=$(burst 90 "$person" "$from.5" '/recherche?q=lieu')
ok $(($(some "$said" 429) >= 10 && $(some "$said" 200) >= 40 ? 0 : 1)) "ninety searches at once from one address: $said"
for i in 1 2 3 4 5 6 7 8 9 10; do grep -q '"robot":"ia"' "$VAR/nginx/nginx-acces.log" && break; sleep 0.2; done
ok $(($(grep '"status":429' "$VAR/nginx/nginx-acces.log" | grep -c '"robot":"ia"') >= 10 ? 0 : 1)) "the journal says which family was slowed"
ok $(($(grep '"status":403' "$VAR/nginx/nginx-acces.log" | grep -c '"robot":"moteur"') >= 10 ? 0 : 1)) "and which was refused"

# --- A person's visit: reading, typing in the search, turning filters and pages, moving the map, six requests at a time as browsers do.
{
	grep -v '^#' "$top_srcdir/tests/fixtures/visite"
	get /fiches
	grep -oE '(href|src)="/actifs/[^"]*"' "$tmp/body" | sed 's/.*="//; s/"$//'
} >"$tmp/visit"
list=()
while read -r path; do list+=(-o /dev/null "$BASE$path"); done <"$tmp/visit"
for turn in 1 2; do
	[ $turn = 1 ] || sleep 1 # what is counted goes down by twenty a second
	curl -sS -Z --parallel-max 6 -m 60 -A "$person" -H "X-Forwarded-For: $from.99" -w '%{http_code} %{url}\n' "${list[@]}" 2>"$tmp/err"
done >"$tmp/visited"
ok $(($(wc -l <"$tmp/visited") >= 160 && $(grep -c '^\(429\|403\|000\|5\)' "$tmp/visited") == 0 ? 0 : 1)) \
	"a visit of $(wc -l <"$tmp/visited") requests, far faster than a person: none refused" "$(grep '^\(429\|403\|000\|5\)' "$tmp/visited" | head -n 5)"

# --- Bodies, by route; the bytes are said, then sent.
size() { # PATH KIB
	head -c $(($2 * 1024)) /dev/zero | curl -sS -m 20 -o /dev/null -w '%{http_code}' -H "$(elsewhere)" -H 'Expect:' -H 'Content-Type: application/x-www-form-urlencoded' \
		-H 'Sec-Fetch-Site: same-origin' --data-binary @- "$BASE$1" 2>/dev/null
}
for row in '/recherche 65' '/atelier/aucun/idees 65' '/fiches 601' '/connexion 601' '/contribuer/fiche 601' '/fiches/1/travail/pieces 11265' '/territoires 65'; do
	read -r path kib <<<"$row"
	like "$(size "$path" "$kib")" '^(413|000)$' "$kib KiB are too much for $path"
done
unlike "$(size /fiches 500)" '^413$' "a sheet of 500 KiB is not"

# --- Slow clients: two hundred that send their head, and a body, a byte now and then.
perl -MIO::Socket::INET -e 'my ($port, $n) = @ARGV; my @s; for my $i (1 .. $n) { my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port, Timeout => 5) or next;
	print $s $i % 2 ? "GET /fiches HTTP/1.1\r\nHost: essai\r\nX-Lent: " : "POST /connexion HTTP/1.1\r\nHost: essai\r\nContent-Length: 400\r\n\r\na"; $s->flush; push @s, $s }
	$| = 1; print scalar @s, "\n"; for (1 .. 60) { $SIG{PIPE} = "IGNORE"; for my $s (@s) { print $s "b"; $s->flush } select undef, undef, undef, 0.25 }' "${BASE##*:}" 400 >"$tmp/slow" &
slow=$!
for ((i = 0; i < 100; i++)); do [ -s "$tmp/slow" ] && break; sleep 0.1; done
fast=0
for i in 1 2 3 4 5 6 7 8 9 10; do
	as "/fiches?lent=$i" "$person"
	[ "$status" = 200 ] && fast=$((fast + 1))
done
kill "$slow" 2>/dev/null
wait "$slow" 2>/dev/null
is "$(cat "$tmp/slow") $fast" "400 10" "four hundred slow clients: everybody else is answered"
end
