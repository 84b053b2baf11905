-- Deploy catalyse:record_sets to pg
-- requires: sheet_record_stamp sheet_wide_others
-- Sets of OAI-PMH for the other filters of the lists: objective, practice, path, profile, programme, evidence, maturity. A record whose
-- sets change has changed: harvesters are given it again.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function sheet_record_sets(sheet int) returns text[] language sql stable set search_path to catalyse, public as $$
	select coalesce(array_agg(distinct w.spec order by w.spec), '{}') from (
		select 'type:' || s.type as spec from sheet s where s.id = sheet
		union all
		select 'preuve:' || (array['cite', 'temoignage', 'documente', 'evalue', 'replique'])[s.evidence + 1] from sheet s where s.id = sheet
		union all
		select 'maturite:' || m from sheet s cross join lateral generate_series(s.maturity_min::int, s.maturity_max::int) m where s.id = sheet
		union all
		select t.scheme || ':' || t.code from sheet_term st join term t on t.id = st.term_id
		where st.sheet_id = sheet and t.scheme in ('theme', 'odd', 'pratique', 'parcours', 'profil', 'dispositif')
		union all
		select a.type || ':' || a.code from sheet_territory st join territory_tree tt on tt.territory_id = st.territory_id
		join territory a on a.id = tt.ancestor_id
		where st.sheet_id = sheet and a.type in ('region', 'departement', 'collectivite')
		union all
		select t.type || ':' || t.code from sheet_territory st join territory t on t.id = st.territory_id
		where st.sheet_id = sheet and t.type in ('region', 'departement', 'collectivite', 'pays')
	) w
$$;
select sheet_record_refresh(null, false);
commit;
