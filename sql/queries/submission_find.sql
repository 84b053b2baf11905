-- name: submission_find
-- purpose: what was answered under a key
-- role: rw
-- param: scope text
-- param: key text
-- column: body_hash text
-- column: status int
-- column: content_type text
-- column: location text
-- column: headers text
-- column: body text
-- rows: maybe
-- Said again only once a synchronous copy has it too: without a record in the log this transaction would wait for nobody.
select body_hash, status, content_type, location, headers, body
from submission cross join (select pg_logical_emit_message(true, 'catalyse', '')) told where scope = $1 and key = $2
