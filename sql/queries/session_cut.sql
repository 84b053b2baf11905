-- name: session_cut
-- purpose: end sessions of an account: one by its number, or all but one (keep; 0: all)
-- role: rw
-- param: account int
-- param: one int
-- param: keep int
-- column: cut int
-- rows: one
with cut as (
	delete from session s where s.account_id = $1 and case when $2::int is null then s.id <> $3 else s.id = $2 end returning 1
)
select count(*)::int as cut from cut
