-- The corpus of the test data as sheets valid everywhere. psql -v te=FILE.csv -v mb=FILE.json
set search_path to catalyse, public;
create table public.te (coremeasure text, identifiant text, nom text, points text, origine text, categorie text, labels text,
	desactivation_desc text, desactivation text, indicateurs text, wip text, score text, sgpe text, niveau text, desc_adaptation text,
	calcul text, description text, exemples text, preuve text, perimetre text, contexte text, ressources text, regles text, retours text);
create table public.mb (doc jsonb);
\set copy_te '\\copy public.te from ' :'te' ' with (format csv, header)'
:copy_te
\set copy_mb '\\copy public.mb from ' :'mb' ' with (format csv, quote E''\\x01'', delimiter E''\\x02'')'
:copy_mb
insert into territory (type, code, slug, name, vintage) values ('pays', 'FR', 'france', 'France', 2026);
select territory_rebuild_tree() > 0;
create table public.corpus (id int generated always as identity primary key, name text not null unique, title text not null, body text not null, more text not null);
insert into public.corpus (name, title, body, more)
select 'te:' || identifiant, coalesce(nom, identifiant), coalesce(description, ''), coalesce(exemples, '') from public.te
union all
select 'mb:' || (doc->>'name'), doc->>'title', doc->>'body', '' from public.mb;
insert into sheet (ref, type, slug, title, summary, sections, state, origin, evidence)
select 'corpus-' || id, 'exemple', 'corpus-' || id, left(btrim(title) || case when length(btrim(title)) < 3 then '...' else '' end, 200), left(coalesce(nullif(btrim(regexp_replace(body, '\s+', ' ', 'g')), ''), title), 300),
	jsonb_strip_nulls(jsonb_build_object('contexte', nullif(btrim(body), ''), 'moyens', nullif(btrim(more), ''))), 'brouillon', 'ours', 0
from public.corpus order by id;
insert into sheet_territory select s.id, t.id from sheet s, territory t;
update sheet set state = 'publiee';
alter table public.corpus add sheet_id int;
update public.corpus c set sheet_id = s.id from sheet s where s.ref = 'corpus-' || c.id;
analyze;
