-- Verify catalyse:sheet_wide_level on pg
begin;
select 1 / (pg_get_functiondef('catalyse.sheet_wide_common'::regproc) ~ 'evidence <= high')::int;
rollback;
