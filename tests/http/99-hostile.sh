#!/usr/bin/env bash
# Hostile texts in every field, against every way out: tests/hostile. The sheets made are archived at the end.
. "$(dirname "$0")/lib.sh"
sql() { "$top_srcdir/tools/cluster.sh" psql "$VAR/postgresql" -d catalyse -XqAt -v ON_ERROR_STOP=1 -c "set search_path to private, catalyse, public" -c "$1"; }
made=$tmp/made
secret() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
person() { # NAME SCOPES: a token of somebody new
	local t
	t=$(secret)
	sql "with c as (insert into contributor (name) values ('$1') returning id), a as (insert into account (id, email, state, confirmed_at)
		select id, '$1-' || id || '@essai.example', 'actif', now() from c returning id) insert into api_token (hash, account_id, name, scopes, expires_at)
		select encode(sha256('$t'), 'hex'), id, '$1', '$2', now() + interval '1 day' from a"
	echo "$t"
}
author=$(person hostile '{lire,ecrire}')
reviewer=$(person relectrice '{lire,ecrire,relire}')
sql "insert into account_role (account_id, role, territory_id) select a.id, 'animateur', t.id from account a, territory t where a.email like 'relectrice-%@essai.example' and t.type = 'region' and t.code = '04' on conflict do nothing"
sql "update account set totp = 'scelle' where email like 'relectrice-%@essai.example'" # who decides has a second factor
node "$top_srcdir/tests/hostile/hostile.mjs" "$author" "$reviewer" "$made" "$(sql "select json_agg(json_build_array(type, key, shape) order by type, position) from sheet_section")"
status=$?
ids=$(paste -sd, "$made")
[ -z "$ids" ] || sql "update sheet set state = 'archivee' where id in ($ids) and state in ('publiee', 'a_actualiser')"
exit $status
