#!/usr/bin/env bash
# confine.sh UNIT.service [kill]: the rules of tests/chaos/confine for that unit, on standard output: its SystemCallFilter with the sets of
# this machine's systemd, RestrictAddressFamilies, SystemCallErrorNumber (kill: a refused call
# ends the process, but for those that are known to be tried and do without), LimitNOFILE, UMask.
set -euo pipefail
unit=${1:?UNIT.service}
values() { sed -n "s/^$1=//p" "$unit"; }
# A set may name others.
calls() {
	local word
	for word; do
		case $word in
		@*) calls $(systemd-analyze syscall-filter --no-pager "$word" | sed -n 's/^ *\([@a-z][a-z0-9_-]*\)$/\1/p' | grep -vx -- "$word") ;;
		*) echo "$word" ;;
		esac
	done
}
list=$(mktemp)
trap 'rm -f "$list" "$list".*' EXIT
calls @default >"$list"
while read -r line; do
	case $line in
	'~'*) calls ${line#\~} | sort >"$list.out" && sort "$list" | comm -23 - "$list.out" >"$list.new" && mv "$list.new" "$list" ;;
	*) calls $line >>"$list" ;;
	esac
done < <(values SystemCallFilter)
[ "$(wc -l <"$list")" -gt 50 ] || { echo "confine.sh: $unit has no SystemCallFilter" >&2; exit 1; }
numbers() { # WORD: of the calls that are read
	awk -v word="$1" 'NR == FNR { if (sub(/^__NR_/, "", $2) && $3 ~ /^[0-9]+$/) number[$2] = $3; next } $1 in number { print word, number[$1] }' \
		<(printf '#include <sys/syscall.h>\n' | gcc -E -dM - | grep '#define __NR_') -
}
sort -u "$list" | numbers call
# libnuma, which comes with the codecs of libgd, looks at its start whether it may.
echo set_mempolicy | numbers refused
declare -A family=([AF_UNIX]=1 [AF_INET]=2 [AF_INET6]=10 [AF_NETLINK]=16)
for word in $(values RestrictAddressFamilies); do echo "family ${family[$word]}"; done
case ${2:-$(values SystemCallErrorNumber)} in kill) echo "errno 0" ;; *) echo "errno 1" ;; esac
echo "umask $(values UMask | grep . || echo 0022)"
values LimitNOFILE | sed 's/^/nofile /'
