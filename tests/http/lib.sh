# lib.sh: TAP helpers for the http ring. Sourced; wants BASE and VAR.
set -uo pipefail
export LC_ALL=C.UTF-8 # to a pattern a character is one, not its bytes
count=0 failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
ok() { # CONDITION-STATUS NAME [DETAIL]
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
		[ -z "${3:-}" ] || printf '%s\n' "$3" | head -c 600 | sed 's/^/#   /'
	fi
}
is() { # GOT WANTED NAME
	[ "$1" = "$2" ]
	ok $? "$3" "got '$1', wanted '$2'"
}
like() { # GOT REGEX NAME
	grep -Eq -- "$2" <<<"$1" # no pipe: grep leaves at the first match, and pipefail would call that a failure
	ok $? "$3" "no match of /$2/ in: $1"
}
unlike() {
	! grep -Eq -- "$2" <<<"$1"
	ok $? "$3" "match of /$2/"
}
# get PATH [curl options]: body in $tmp/body, headers in $tmp/head, status in $status
get() {
	local path=$1
	shift
	status=$(curl -sS -m 20 --path-as-is -o "$tmp/body" -D "$tmp/head" -w '%{http_code}' "$@" "$BASE$path" 2>"$tmp/err") || status=000
}
head_of() { sed -n "s/^$1: *//Ip" "$tmp/head" | tr -d '\r' | head -n 1; }
jq_() { jq -r "$1" "$tmp/body" 2>&1; }
# token [FILE]: the hidden "jeton" of a page
token() { grep -o 'name="jeton" value="[^"]*"' "${1:-$tmp/body}" | head -n 1 | sed 's/.*value="//; s/"$//'; }
key_of() { grep -o 'name="cle" value="[^"]*"' "${1:-$tmp/body}" | head -n 1 | sed 's/.*value="//; s/"$//'; }
# Another visitor each time: passwords are counted by address.
elsewhere() { echo "X-Forwarded-For: 198.18.$((RANDOM % 250)).$((RANDOM % 250 + 1))"; }
# post PATH field=value...: as a browser does, with the cookies of $jar; the jeton is that of the page at $form, PATH by default; read
# $slowly seconds. In $status, $tmp/body, $tmp/head.
jar=
post() {
	local path=$1 arg args=()
	shift
	get "${form:-$path}" ${jar:+-b "$jar"}
	local token
	token=$(token)
	[ -z "${slowly:-}" ] || sleep "$slowly"
	for arg in "$@"; do args+=(--data-urlencode "$arg"); done
	get "$path" -X POST ${jar:+-b "$jar" -c "$jar"} -H "$(elsewhere)" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "jeton=$token" "${args[@]}"
}
# What the application of EMAIL shows now; its secret is in $VAR/demo-totp, or in $totp.
totp_code() { oathtool --totp -b "${totp:-$(sed -n "s/.*:${1%@*}%40[^?]*?secret=\([A-Z2-7]*\).*/\1/p" "$VAR/demo-totp")}"; }
next_code() { sleep $((30 - $(date +%s) % 30)); } # the code of this half minute was used
# login EMAIL [JAR]: signs in, second factor included, and sets $jar. A session that holds is kept: a code is never good twice.
# The password is $password, else that of the demo accounts.
login() {
	local n
	jar=${2:-$VAR/jar-$1}
	if [ -s "$jar" ]; then
		get /connexion -b "$jar"
		[ "$status" != 303 ] || like_ "$(head_of Location)" second-facteur || return 0
	fi
	: >"$jar"
	form=/connexion post /connexion "courriel=$1" "mot_de_passe=${password:-$(cat "$VAR/demo-password")}"
	[ "$status" = 303 ] || return 1
	like_ "$(head_of Location)" second-facteur || return 0
	for n in 1 2 3; do
		post /connexion/second-facteur "code=$(totp_code "$1")"
		[ "$status" != 303 ] || return 0
		next_code
	done
	return 1
}
# letter ADDRESS: the last mail sent there, decoded, in $tmp/letter; link PATH: the address it holds that begins with that path
letter() {
	local n file
	for ((n = 0; n < 300; n++)); do
		file=$(grep -l -i "^X-RcptTo: $1" "$VAR"/mail/new/* "$VAR"/mail/cur/* 2>/dev/null | xargs -r ls -t | head -n 1)
		[ -z "$file" ] || [ "$file" = "${letter_seen:-}" ] || break
		sleep 0.2
	done
	letter_seen=$file
	perl -MMIME::QuotedPrint -0777 -ne 'print decode_qp($_)' "${file:-/dev/null}" >"$tmp/letter"
}
link() { grep -o "http[^ \"]*$1?jeton=[A-Za-z0-9_-]*" "$tmp/letter" | head -n 1 | sed "s,^$BASE,,"; }
like_() { grep -Eq -- "$2" <<<"$1"; }
end() {
	echo "1..$count"
	[ $failed = 0 ] || echo "# $failed failed of $count"
	exit $((failed > 0))
}
