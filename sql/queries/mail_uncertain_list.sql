-- name: mail_uncertain_list
-- purpose: mails whose last answer was lost and that may still be sent again, oldest first
-- param: none
-- column: id bigint
-- column: message_key text
-- column: recipient text
-- column: kind text
-- column: subject text
-- column: at text
-- column: last_error text
-- rows: many
-- role: rw
select m.id, m.message_key, m.recipient, m.kind, m.subject, to_char(coalesce(m.end_at, m.done_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
	coalesce(m.last_error, '') as last_error
from private.mail_outbox m where m.state = 'incertain' and m.recipient is not null order by m.id limit 500
