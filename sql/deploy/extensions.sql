-- Deploy catalyse:extensions to pg
-- Three extensions of PostgreSQL, in public. Needs a superuser, or to find them already created.
begin;
create extension if not exists postgis with schema public;
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
commit;
