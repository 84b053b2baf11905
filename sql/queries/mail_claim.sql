-- name: mail_claim
-- purpose: take the first mail that is due, for so many seconds, with the digest of its link of unsubscription
-- param: lease int
-- param: unsubscribe_hash text
-- column: id bigint
-- column: claim int
-- column: message_key text
-- column: recipient text
-- column: subject text
-- column: body_text text
-- column: body_html text
-- column: enclosure_file text
-- column: enclosure_type text
-- column: enclosure text
-- column: kind text
-- column: class text
-- column: reason text
-- column: made bigint
-- rows: maybe
-- role: rw
with due as (
	select m.id from private.mail_outbox m
	where m.state = 'attente' and not m.digest and m.not_before <= now()
	order by m.priority, m.not_before, m.id
	limit 1
	for update skip locked
)
update private.mail_outbox m
set state = 'envoi', claim = m.claim + 1, leased_until = now() + make_interval(secs => $1), end_at = null,
	unsubscribe_hash = case when k.class <> 'service' then $2::text end
from due, private.mail_kind k
where m.id = due.id and k.kind = m.kind
returning m.id, m.claim, m.message_key, m.recipient, m.subject, m.body_text, m.body_html, m.enclosure_file, m.enclosure_type, m.enclosure, m.kind, k.class, k.reason,
	extract(epoch from m.created_at)::bigint as made
