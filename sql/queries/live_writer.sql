-- name: live_writer
-- purpose: whether changes are taken, how the logs are archived and whether copies follow, for `catalyse check --live`
--   and /metrics
-- role: rw
-- param: none
-- column: frozen bool
-- column: archiving bool
-- column: waits_s float
-- column: failing bool
-- column: copies int
-- rows: one
-- A log that failed and left since is not failing; nothing written since the last one means nothing waits.
select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as frozen, current_setting('archive_mode') <> 'off' as archiving,
	extract(epoch from now() - coalesce(a.last_archived_time, a.stats_reset))::float8 as waits_s,
	coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false) as failing,
	(select count(*) from pg_stat_replication)::int as copies
from pg_stat_archiver a
