-- name: write_mark
-- purpose: where the log of the primary is once a change is committed, in 16 hexadecimal digits: a copy that replayed it holds the change
-- role: rw
-- param: none
-- column: mark text
-- rows: one
select lpad(to_hex((pg_current_wal_insert_lsn() - '0/0')::bigint), 16, '0') as mark
