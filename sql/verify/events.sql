-- Verify catalyse:events on pg
begin;
set local search_path to catalyse, public;
select id, code, name from event_series where false;
select id, ref, slug, title, summary, series_id, starts_on, starts_at, timezone, place, territory_id, mode, url, replay_url,
	status, source_label, source_url, origin from event where false;
rollback;
