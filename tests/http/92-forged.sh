#!/usr/bin/env bash
# Requests that are forged: where they come from, how and as what; that reading writes nothing; that nobody learns who has an account, in
# words or in time; that a crowd at the door does not keep readers out.
. "$(dirname "$0")/lib.sh"
pg() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -X -q -t -A -d catalyse -c "$1"; }
sql() { pg "set search_path to private, catalyse, public; $1"; }
mark=$RANDOM$RANDOM
trap 'sql "delete from account where email like '"'%-$mark@essai.example'"'" >/dev/null; rm -rf "$tmp"' EXIT

# Where it comes from: Sec-Fetch-Site when it is said, else an Origin that is ours, else nothing. A token of the form is needed besides.
login contributeur@demo.example "$tmp/jar"
get /compte -b "$jar"
good=$(token)
wrong=0 n=0
expect() { # GOT WANTED WHAT
	n=$((n + 1))
	[ "$1" = "$2" ] || { wrong=$((wrong + 1)); echo "#   $3: $1, wanted $2"; }
}
form=application/x-www-form-urlencoded
for route in /compte/nom /compte/sessions /compte/courriels /compte/jetons /connexion /inscription /mot-de-passe /deconnexion; do
	for site in same-origin none same-site cross-site -; do
		for origin in "$BASE" https://ailleurs.example null "$BASE.ailleurs.example" -; do
			for type in $form multipart/form-data text/plain application/json; do
				args=(-X POST -H "$(elsewhere)")
				[ $site = - ] || args+=(-H "Sec-Fetch-Site: $site")
				[ $origin = - ] || args+=(-H "Origin: $origin")
				# Without the token: what comes from here is asked for it, what comes from elsewhere is not even read.
				case $type in
				$form) args+=(-d x=1) ;;
				multipart/form-data) args+=(-F x=1) ;;
				*) args+=(-H "Content-Type: $type" -d '{}') ;;
				esac
				get $route "${args[@]}" -b "$jar"
				from_here=no
				case $site in
				same-origin | none) from_here=yes ;;
				-) [ "$origin" != "$BASE" ] || from_here=yes ;;
				esac
				case $from_here-$type in
				no-*) expect "$status" 403 "$route $site $origin $type" ;;
				yes-text/plain) expect "$status" 415 "$route $site $origin $type" ;;
				yes-application/json) case $status in 303 | 400 | 422) expect ok ok ;; *) expect "$status" 4xx "$route $site $origin $type" ;; esac ;;
				*) expect "$status" 403 "$route $site $origin $type" ;;
				esac
			done
		done
	done
done
is "$wrong" 0 "$n requests: site x origin x type, each answered as it should"
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
for method in GET HEAD PUT DELETE PATCH; do
	args=(-X $method)
	[ $method != HEAD ] || args=(-I)
	get /compte/nom "${args[@]}" -b "$jar" -H 'Sec-Fetch-Site: same-origin'
	is "$status" 405 "$method on what is posted"
done

# Reading writes nothing. Left out: searches without answer, counted without anybody, and what serves the mail.
writes() {
	sleep 11 # a server tells its counts when it has been idle that long
	sql "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_user_tables where relname not like 'search_miss%' and relname not like 'mail_%'"
}
login contributeur@demo.example "$tmp/jar4" # once a minute, one's session is seen again: this one is younger
before=$(writes)
n=0
for path in $(sed -n 's/^ROUTE(GET, "\([^"{]*\)", [a-z_]*, [A-Z]*, .*/\1/p' "$top_srcdir/src/app/routes.def") /fiches/1 /territoires/region/04 /catalyseurs/1 \
	"/mot-de-passe/choisir?jeton=x" "/inscription/confirmer?jeton=x"; do
	for as in "" "$tmp/jar4"; do
		get "$path" ${as:+-b "$as"}
		n=$((n + 1))
	done
done
now=$(writes)
is "$((now - before))" 0 "$n pages read: no row written"
form=/compte post /compte/nom "nom=Contributrice de démonstration"
form=/compte post /compte/courriels niveau=tout
[ "$(writes)" -gt "$now" ]
ok $? "and what is posted is seen there"
sql "delete from mail_refusal where account_id = (select id from account where email = 'contributeur@demo.example')" # no kind was ticked

# Who has an account: the same bytes, the same headers, the same time.
known=connu-$mark@essai.example unknown=perdu-$mark@essai.example
"$top_builddir/catalyse" account create "$known" --name Essai --password-file - --config "$VAR/catalyse.conf" <<<'cheval agrafe pile correct' >/dev/null
is $? 0 "an account"
plain() { # what does not depend on chance
	sed -E 's/(name="jeton" value=")[^"]*/\1/; s/connu-|perdu-/ADRESSE-/g' "$tmp/body"
	grep -viE '^(X-Request-Id|Date):' "$tmp/head"
}
compare() { # NAME PATH field=value...: for the one and for the other
	local name=$1 path=$2 arg i who medians round pair
	shift 2
	jar=
	get "$path"
	local token
	token=$(token)
	sleep 2.1
	# Sixty of each. A machine that does something else meanwhile makes differences of its own: sixty more are then added, six times at most.
	: >"$tmp/t-$known" >"$tmp/t-$unknown"
	for round in 1 2 3 4 5 6; do
		for ((i = 0; i < 60; i++)); do
			[ $((i % 4)) != 0 ] || sql "delete from attempt" >/dev/null
			pair=("$known" "$unknown")
			[ $((i % 2)) = 0 ] || pair=("$unknown" "$known")
			for who in "${pair[@]}"; do
				local args=(--data-urlencode "jeton=$token" --data-urlencode "courriel=$who")
				for arg in "$@"; do args+=(--data-urlencode "$arg"); done
				curl -sS -o "$tmp/body" -D "$tmp/head" -w '%{time_total}\n' -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' "${args[@]}" "$BASE$path" >>"$tmp/t-$who"
				plain >"$tmp/plain-$who"
			done
		done
		medians=$(for who in "$known" "$unknown"; do sort -n "$tmp/t-$who" | sed -n $((30 * round))p; done | paste -sd' ')
		awk '{ d = ($1 - $2) * 1000; exit !(d < 5 && d > -5) }' <<<"$medians" && break
	done
	cmp -s "$tmp/plain-$known" "$tmp/plain-$unknown"
	ok $? "$name: the same status, headers and bytes" "$(diff "$tmp/plain-$known" "$tmp/plain-$unknown")"
	awk '{ d = ($1 - $2) * 1000; exit !(d < 5 && d > -5) }' <<<"$medians"
	ok $? "$name: medians less than 5 ms apart ($medians s)"
}
compare "signing in" /connexion mot_de_passe=ce-nest-pas-le-bon
compare "a link for another password" /mot-de-passe
compare "signing up" /inscription nom=Essai "mot_de_passe=tournesol gamelle bitume orage" charte=1
sql "delete from attempt" >/dev/null

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
