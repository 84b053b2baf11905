-- name: mail_refuse
-- purpose: switch one kind off, or on again, for an account
-- param: account int
-- param: kind text
-- param: off bool
-- rows: none
-- role: rw
with on_again as (
	delete from private.mail_refusal r where not $3::bool and r.account_id = $1::int and r.kind = $2::text
)
insert into private.mail_refusal (account_id, kind)
select $1::int, k.kind from private.mail_kind k where $3::bool and k.kind = $2::text and k.class <> 'service'
on conflict do nothing
