-- name: mail_enclose
-- purpose: join a file to a mail that was just queued
-- role: rw
-- param: id bigint
-- param: file text
-- param: type text
-- param: body text
-- rows: none
update private.mail_outbox m set enclosure_file = $2, enclosure_type = $3, enclosure = $4 where m.id = $1 and m.state = 'attente'
