-- Deploy catalyse:schema to pg
-- requires: roles
-- The one schema, who may do what in it, the shared domains, and how text is made comparable and searchable.
begin;
create schema catalyse authorization catalyse_owner;
set local role catalyse_owner;
set local search_path to catalyse, public;

grant usage on schema catalyse to catalyse_rw, catalyse_ro;
alter default privileges in schema catalyse grant select on tables to catalyse_ro;
alter default privileges in schema catalyse grant select, insert, update, delete on tables to catalyse_rw;
alter default privileges in schema catalyse grant usage, select on sequences to catalyse_rw;

create domain slug as text check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(value) <= 120);
create domain web_address as text check (value ~ '^https?://[^[:space:]<>"]+$' and length(value) <= 2000);
create domain provenance as text check (value in ('source', 'ours')); -- what a source says, or our own editable proposal
create domain siren as text check (value ~ '^[0-9]{9}$');
create domain publication_state as text check (value in ('brouillon', 'soumise', 'en_relecture', 'a_corriger', 'publiee',
	'a_actualiser', 'archivee', 'retiree'));

-- unaccent() is only stable, because its dictionary may change; ours is the one shipped with PostgreSQL.
create function immutable_unaccent(text) returns text
	language sql immutable strict parallel safe
	return public.unaccent('public.unaccent'::regdictionary, $1);
comment on function immutable_unaccent(text) is 'unaccent with the shipped dictionary, usable in indexes and generated columns';

-- Names of places as people type them: no case, no accent, no hyphen, no apostrophe, "st" for "saint".
create function territory_search_normalise(text) returns text
	language sql immutable strict parallel safe
	return btrim(regexp_replace(regexp_replace(regexp_replace(
		lower(catalyse.immutable_unaccent($1)),
		'[^a-z0-9]+', ' ', 'g'),
		'(^| )st(?= )', '\1saint', 'g'),
		'(^| )ste(?= )', '\1sainte', 'g'));
comment on function territory_search_normalise(text) is 'territory.search and what a visitor types are compared in this form';

-- French without accents: the accents are dropped before the stemmer, in the text and in the question alike.
create text search configuration catalyse_fr (copy = pg_catalog.french);
alter text search configuration catalyse_fr
	alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.french_stem;
commit;
