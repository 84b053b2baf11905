-- Revert catalyse:extensions from pg
begin;
drop extension if exists unaccent;
drop extension if exists pg_trgm;
drop extension if exists postgis;
commit;
