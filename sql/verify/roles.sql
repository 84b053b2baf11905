-- Verify catalyse:roles on pg
begin;
select 1 / (count(*) = 3)::int from pg_roles where rolname in ('catalyse_owner', 'catalyse_rw', 'catalyse_ro');
select 1 / (count(*) = 2)::int from pg_roles
	where rolname in ('catalyse_rw', 'catalyse_ro') and rolconfig::text like '%statement_timeout=%' and not rolsuper;
rollback;
