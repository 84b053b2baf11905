#!/usr/bin/env bash
# What is written is seen, pages have true validators, and nginx answers without PostgreSQL: the short forms of tests/chaos/fresh.sh.
. "$(dirname "$0")/lib.sh"
export SHORT=1
for part in fresh_depends fresh_pages fresh; do
	node "$(dirname "$0")/../chaos/$part.mjs" >"$tmp/$part" 2>"$tmp/err"
	ended=$?
	while IFS= read -r line; do
		case $line in
		'ok '*) ok 0 "${line#ok * - }" ;;
		'not ok '*) ok 1 "$part: ${line#not ok * - }" ;;
		'#  '*) echo "$line" ;;
		esac
	done <"$tmp/$part"
	is "$ended" 0 "$part went to its end"
	[ $ended = 0 ] || head -c 2000 "$tmp/err" | sed 's/^/#   /'
done
end
