-- Each rule of docs/design/classement.md on cases made for it, by the product's own statements.
begin;
set search_path to catalyse, public;
select plan(19);
insert into structure (id, ref, name, origin) values (50, 'grande', 'Grande', 'ours'), (51, 'petite', 'Petite', 'ours');
insert into scheme (code, label, origin, position) values ('maturite', 'Maturité', 'source', 9);
insert into term (scheme, code, label, position, origin) select 'maturite', m::text, 'Degré ' || m, m, 'source' from generate_series(1, 4) m;
insert into sheet (id, ref, type, slug, title, summary, sections, evidence, state, origin, verified_on, modified_at, maturity_min, maturity_max)
select v.id, 's-' || v.id, 'outil', 's-' || v.id, v.title, v.summary, jsonb_build_object('usage', v.body), v.evidence, 'publiee', 'ours', v.verified::date,
	v.modified::timestamptz, v.low, v.high
from (values
	(101, 'Une grange', 'Rien', 'Rien', 0, null, '2026-01-05', 1, 1),
	(102, 'Un lieu', 'Une grange', 'Rien', 4, '2026-06-01', '2026-01-04', 1, 3),
	(103, 'Un lieu', 'Rien', 'Grange, grange, grange, la grange', 4, '2026-06-01', '2026-01-03', 2, 4),
	(104, 'Une grange', 'Rien', 'Rien', 2, '2026-01-01', '2026-01-02', null, null),
	(106, 'Une grange', 'Rien', 'Rien', 2, '2026-02-01', '2026-01-01', null, null),
	(105, 'Une grange', 'Rien', 'Rien', 2, '2026-02-01', '2026-01-01', null, null),
	(111, 'Un verger', 'Rien', 'Rien', 0, null, '2026-01-01', null, null),
	(112, 'Un verger', 'Rien', 'Rien', 3, '2026-06-01', '2026-01-01', null, null),
	(113, 'Un verger', 'Rien', 'Rien', 4, '2026-07-01', '2026-01-01', null, null)) v(id, title, summary, body, evidence, verified, modified, low, high);
insert into sheet_territory values (111, 30), (112, 5), (113, 33);
-- One structure has the nine best, another the next eight, the last has none.
insert into sheet (id, ref, type, slug, title, summary, evidence, state, origin, structure_id)
select 200 + n, 's-' || 200 + n, 'donnee', 's-' || 200 + n, 'Un puits', 'Rien', case when n <= 9 then 4 when n <= 17 then 3 else 2 end, 'publiee', 'ours',
	case when n <= 9 then 50 when n <= 17 then 51 end
from generate_series(1, 18) n;

select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'grange', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '105 106 104 101 102 103', 'the title, then the summary, then the text; then evidence; then verification; then the number');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(territoires => '{commune:97410,departement:974,departement:69}', q => 'verger', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '112 111 113', 'what names a place asked for, by evidence; then what comes from inside one');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(territoires => '{commune:97410}', q => 'verger', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '111', 'what surrounds a place is not in it');
insert into sheet_territory values (113, 1), (112, 1);
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(territoires => '{commune:97410,pays:FR}', q => 'verger', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '111 113 112', 'here first, whatever the evidence');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'verger', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '113 112 111', 'no place asked: evidence');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(types => '{donnee}', q => 'puits', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '201 202 203 210 211 212 218 204 205 206 207 208 209 213 214 215 216 217', 'three of each structure, then those who waited');
select is((select string_agg(x.ids, ' ' order by p) from generate_series(0, 3) p cross join lateral (select string_agg(c_id::text, ' ' order by c_o1) as ids
	from pg_temp.sheet_list(types => '{donnee}', q => 'puits', tri => 'pertinence', taille => 5, debut => p * 5) where c_part = 'fiche') x),
	'201 202 203 210 211 212 218 204 205 206 207 208 209 213 214 215 216 217', 'the same by pages of five: nothing lost, nothing twice');
update sheet set structure_id = null where id between 201 and 217 and id % 2 = 1;
select ok((select max(n) <= 3 from (select s.structure_id, count(*) as n from (select c_id, row_number() over (order by c_o1) as place
	from pg_temp.sheet_list(types => '{donnee}', q => 'puits', tri => 'pertinence', taille => 20, debut => 0) where c_part = 'fiche') l
	join sheet s on s.id = l.c_id where place <= 10 and s.structure_id is not null group by 1) x), 'never more than three of one structure in the first ten');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'grange', tri => 'recent', taille => 3, debut => 0) where c_part = 'fiche'),
	(select string_agg(id::text, ' ' order by modified_at desc, id) from (select id, modified_at from sheet where id between 101 and 106 order by modified_at desc, id limit 3) x), 'tri=recent');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'grange', tri => 'verifie', taille => 20, debut => 0) where c_part = 'fiche'),
	'102 103 105 106 104 101', 'tri=verifie: the never verified last');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'verger', lat => 45.75, lon => 4.85, tri => 'proximite', taille => 20, debut => 0)
	where c_part = 'fiche'), '113 112 111', 'tri=proximite: the nearest of the places of each');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'grange', tri => 'recent', taille => 2, debut => 0, apres => 0) where c_part = 'fiche'),
	'101 102 103', 'a walk: by number, one more than asked');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'grange', tri => 'recent', taille => 2, debut => 0, apres => 102) where c_part = 'fiche'),
	'103 104 105', 'after the last one');
select is((select c_n from pg_temp.sheet_list(q => 'grange', tri => 'pertinence', taille => 2, debut => 0, apres => 102) where c_facet = 'total'), 6, 'and the total of the whole');
select is((select string_agg(c_id::text, ' ' order by c_o1) from pg_temp.sheet_list(q => 'verger', bbox => '55,-22,56,-20', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'fiche'), '112 111', 'a frame');
select is((select string_agg(c_code || ' ' || c_n, ', ' order by c_code) from pg_temp.sheet_list(q => 'grange', maturites => '{2}', tri => 'pertinence', taille => 2, debut => 0)
	where c_facet = 'maturite'), '1 2, 2 2, 3 2, 4 1', 'a range counts in each of its values, whatever the one asked for');
-- Catalysts: whose area covers the place, who sits there or near, who works everywhere; and every count is its own list's total.
select is((select string_agg(c_id || ':' || c_rank, ' ' order by c_o1) from pg_temp.catalyst_list(territoires => '{commune:97410}', tri => 'pertinence', taille => 20, debut => 0)
	where c_part = 'catalyseur'), '1:1 3:7', 'who covers the place, then who is everywhere');
select is((select count(*)::int from pg_temp.catalyst_list(territoires => '{commune:97410,departement:69,epci:200000172}', tri => 'pertinence', taille => 20, debut => 0) f
	where f.c_facet = 'territoire' and f.c_n <> (select t.c_n from pg_temp.catalyst_list(territoires => array[f.c_code], tri => 'pertinence', taille => 1, debut => 0) t
		where t.c_facet = 'total')), 0, 'a territory counts those its list holds');
select is((select count(*)::int from pg_temp.sheet_list(territoires => '{commune:97410,departement:69}', types => '{outil}', tri => 'pertinence', taille => 20, debut => 0) f
	where f.c_facet = 'territoire' and f.c_n <> (select t.c_n from pg_temp.sheet_list(territoires => array[f.c_code], types => '{outil}', tri => 'pertinence', taille => 1, debut => 0) t
		where t.c_facet = 'total')), 0, 'so it is for sheets');
select * from finish();
rollback;
