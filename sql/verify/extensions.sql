-- Verify catalyse:extensions on pg
begin;
select 1 / count(*) from pg_extension where extname = 'postgis';
select 1 / count(*) from pg_extension where extname = 'pg_trgm';
select 1 / count(*) from pg_extension where extname = 'unaccent';
rollback;
