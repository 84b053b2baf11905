-- name: live_reader
-- purpose: what the base that pages read is, its clock and its versions, for `catalyse check --live`
-- param: none
-- column: now float
-- column: server text
-- column: postgis text
-- column: replica bool
-- column: late_s float
-- column: vintage int
-- rows: one
select extract(epoch from clock_timestamp())::float8 as now, current_setting('server_version') as server, postgis_lib_version() as postgis,
	pg_is_in_recovery() as replica,
	case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() then 0
		else extract(epoch from now() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())) end::float8 as late_s,
	(select max(vintage) from territory)::int as vintage
