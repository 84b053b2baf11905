-- name: metric_replica
-- purpose: whether this base is a copy, and how late it is
-- param: none
-- column: replica bool
-- column: late_s float
-- rows: one
-- A copy that replayed all it received is not late, however long nothing was written.
select pg_is_in_recovery() as replica,
	case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() then 0
		else extract(epoch from now() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())) end::float8 as late_s
