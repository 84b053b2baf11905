# lib.sh: TAP helpers for the http ring. Sourced; wants BASE and VAR.
set -uo pipefail
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
end() {
	echo "1..$count"
	[ $failed = 0 ] || echo "# $failed failed of $count"
	exit $((failed > 0))
}
