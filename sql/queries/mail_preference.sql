-- name: mail_preference
-- purpose: what an account wants to receive, and each kind it may switch off
-- param: account int
-- column: level text
-- column: kind text
-- column: class text
-- column: label text
-- column: off bool
-- rows: many
-- role: rw
select coalesce((select p.level from private.mail_preference p where p.account_id = $1::int), 'tout') as level, k.kind, k.class, k.label,
	exists (select from private.mail_refusal r where r.account_id = $1::int and r.kind = k.kind) as off
from private.mail_kind k
where k.class <> 'service' and k.kind not in ('resume', 'alerte') -- an alert is an address's, and ends by its own link
order by k.class, k.label
