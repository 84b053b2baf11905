-- name: replica_state
-- purpose: what a copy received and replayed of the primary's log, in 16 hexadecimal digits; whether it is being fed; the age of its last change
--          (of its start, when it replayed nothing since)
-- param: none
-- column: replayed text
-- column: received text
-- column: fed bool
-- column: age_s float
-- rows: one
select lpad(to_hex((replayed - '0/0')::bigint), 16, '0') as replayed,
	lpad(to_hex((greatest(received, replayed) - '0/0')::bigint), 16, '0') as received,
	exists (select from pg_stat_wal_receiver) as fed,
	extract(epoch from now() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))::float8 as age_s
from (select coalesce(pg_last_wal_replay_lsn(), '0/0') as replayed, coalesce(pg_last_wal_receive_lsn(), '0/0') as received) l
