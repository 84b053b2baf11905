# matrix_lib.sh: the people and the things of matrix.sql, for the tests that ask about rights. Sourced after lib.sh; wants $here.
matrix_sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -XqAt -v ON_ERROR_STOP=1 -d catalyse "$@"; }
matrix_clean() {
	matrix_sql >/dev/null <"$here/matrix_clean.sql"
	"$top_builddir/catalyse" stats tout --config "$VAR/catalyse.conf" >/dev/null 2>&1
}
matrix_facts() {
	matrix_sql <"$here/matrix.sql" || return 1
	matrix_sql -c 'delete from private.attempt' # what others tried before
	printf 'secret.passe=%s\n' "$(cat "$VAR/demo-password")"
	# The link of one's alerts is signed, not kept: as crypt/sign does.
	python3 - "$(matrix_sql -c "select encode(key, 'hex') from private.secret")" "$(matrix_sql -c "select id from private.follower where email = 'matrice-suit@exemple.example'")" <<-'PYTHON'
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
