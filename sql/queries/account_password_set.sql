-- name: account_password_set
-- purpose: a new password, encoded, and the sessions that end with the old one: all but one (0: all)
-- role: rw
-- param: id int
-- param: password text
-- param: keep_session int
-- column: cut int
-- rows: one
with cut as (
	delete from session s where s.account_id = $1 and s.id <> $3 returning 1
), links as ( -- handed out for the old one
	update token t set used_at = now() where t.account_id = $1 and t.purpose in ('mot_de_passe', 'adresse') and t.used_at is null
), keys as ( -- of programs, made under the old one
	delete from api_token t where t.account_id = $1
), set_ as (
	update account set password = $2 where id = $1
)
select count(*)::int as cut from cut
