#!/usr/bin/env bash
# Every route, every role, one's own object, that of others, none: the answer is the one of matrix.tsv, and what is refused writes
# nothing. See matrix.pl; matrix.sql makes the people and the things it asks about.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
clean() {
	sql >/dev/null <"$here/matrix_clean.sql"
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
clean
sql -c 'delete from private.attempt' # what others tried before
trap 'clean; rm -rf "$tmp"' EXIT
facts_make() {
	sql <"$here/matrix.sql" || return 1
	printf 'secret.passe=%s\n' "$(cat "$VAR/demo-password")"
	# The link of one's alerts is signed, not kept: as crypt/sign does.
	python3 - "$(sql -c "select encode(key, 'hex') from private.secret")" "$(sql -c "select id from private.follower where email = 'matrice-suit@exemple.example'")" <<-'PYTHON'
		import base64, hashlib, sys, time
		key, who = bytes.fromhex(sys.argv[1]), sys.argv[2]
		sum = lambda key, what: hashlib.blake2b(what, key=key, digest_size=32).digest()
		text = lambda b: base64.urlsafe_b64encode(b).rstrip(b'=').decode()
		def link(who):
		    head = '%s.%d.%d' % (text(who.encode()), now, now + 3600000)
		    return head + '.' + text(sum(sum(sum(key, b'alertes'), b'alertes'), head.encode()))
		now = int(time.time() * 1000)
		print('alertes.own=' + link(who))
		print('alertes.none=' + link('999999999'))
	PYTHON
}
facts_make >"$tmp/facts" || { echo "not ok 1 - the facts are made"; exit 1; }
[ -z "${KEEP_FACTS:-}" ] || cp "$tmp/facts" "$KEEP_FACTS"
perl "$here/matrix.pl" "${MATRIX:-run}" "$top_srcdir/src/app/routes.def" "${MATRIX_FILE:-$here/matrix.tsv}" "$tmp/facts"
