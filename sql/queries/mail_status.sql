-- name: mail_status
-- purpose: the queue, counted by state, and how late it is
-- param: none
-- column: waiting bigint
-- column: due bigint
-- column: held bigint
-- column: sending bigint
-- column: sent bigint
-- column: uncertain bigint
-- column: bounced bigint
-- column: failed bigint
-- column: cancelled bigint
-- column: late_s bigint
-- column: blocked bigint
-- column: last_error text
-- rows: one
-- role: rw
select count(*) filter (where m.state = 'attente' and not m.digest) as waiting,
	count(*) filter (where m.state = 'attente' and not m.digest and m.not_before <= now()) as due,
	count(*) filter (where m.state = 'attente' and m.digest) as held,
	count(*) filter (where m.state = 'envoi') as sending,
	count(*) filter (where m.state = 'envoyee') as sent,
	count(*) filter (where m.state = 'incertain' and m.recipient is not null) as uncertain,
	count(*) filter (where m.state = 'rebond') as bounced,
	count(*) filter (where m.state = 'echec') as failed,
	count(*) filter (where m.state = 'annulee') as cancelled,
	coalesce(extract(epoch from now() - min(m.not_before) filter (where m.state = 'attente' and not m.digest and m.not_before <= now())), 0)::bigint as late_s,
	(select count(*) from private.mail_address a where a.hard_since is not null) as blocked,
	coalesce((select e.last_error from private.mail_outbox e where e.state = 'attente' and e.last_error is not null order by e.id desc limit 1), '') as last_error
from private.mail_outbox m
