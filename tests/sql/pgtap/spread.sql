-- Where practices travelled: trees of sheets, rings that must end, trials counted by outcome, what came to a territory and what left it.
begin;
set search_path to catalyse, public;
select * from no_plan();
insert into sheet (id, ref, type, slug, title, summary, state, origin)
select n, 's-' || n, 'exemple', 's-' || n, 'Fiche ' || n, 'Résumé', 'publiee', 'ours' from generate_series(401, 412) n;
insert into sheet_territory select n, case when n % 2 = 0 then 30 else 33 end from generate_series(401, 412) n;
select is((select count(*)::int from lineage(null, 500)), 0, 'nothing is linked yet: no tree');
select is((select string_agg(c_id || '/' || c_depth, ' ') from pg_temp.spread_tree(sheet => 401, most => 500) where c_part = 'fiche'), '401/0', 'a sheet alone is its own root');

-- 401 -> 402 -> 404; 401 -> 403; 403 and 402 -> 405
insert into sheet_link (sheet_id, other_id, kind) values (402, 401, 'inspire'), (403, 401, 'inspire'), (404, 402, 'inspire'), (405, 403, 'inspire'), (405, 402, 'inspire'), (406, 401, 'voir');
select is((select string_agg(sheet_id || '<' || coalesce(parent_id::text, '') || '/' || depth, ' ') from lineage(405, 500)), '401</0 402<401/1 403<401/1 404<402/2 405<402/2',
	'the whole tree, whichever sheet is asked; each once, through its oldest parent; a mere link is none');
select is((select c_also from pg_temp.spread_tree(sheet => 401, most => 500) where c_part = 'fiche' and c_id = 405), 'Fiche 403', 'the other parent is said');
select is((select count(*)::int from lineage(401, 3)), 3, 'at most so many');
-- A ring, and one that hangs on the tree.
insert into sheet_link (sheet_id, other_id, kind) values (407, 408, 'inspire'), (408, 409, 'inspire'), (409, 407, 'inspire'), (401, 404, 'inspire');
select is((select count(distinct sheet_id)::int || '/' || count(*) from lineage(407, 500)), '3/3', 'a ring ends, each sheet once');
select is((select count(distinct sheet_id)::int || '/' || count(*) from lineage(404, 500)), '5/5', 'a sheet inspired by its own grandchild too');
select is((select count(distinct sheet_id)::int || '/' || count(*) || '/' || count(distinct root_id) from lineage(null, 500)), '8/8/2', 'all the trees: two, no sheet twice');
delete from sheet_link where (sheet_id, other_id) = (401, 404);
update sheet set state = 'retiree', withdrawn_reason = 'essai' where id = 402;
select is((select string_agg(sheet_id::text, ' ') from lineage(401, 500)), '401 403 405', 'a withdrawn sheet is not shown, nor what hangs on it alone');
select is((select string_agg(sheet_id::text, ' ') from lineage(404, 500)), '404', 'which begins its own');
update sheet set state = 'publiee' where id = 402;
-- A long chain.
insert into sheet (id, ref, type, slug, title, summary, state, origin) select n, 's-' || n, 'exemple', 's-' || n, 'Fiche ' || n, 'Résumé', 'publiee', 'ours' from generate_series(501, 900) n;
insert into sheet_territory select n, 1 from generate_series(501, 900) n;
insert into sheet_link select n, n - 1, 'inspire' from generate_series(502, 900) n;
select is((select max(depth) from lineage(501, 500)), 399, 'four hundred generations');
select ok((select count(*) from lineage(900, 500)) > 0, 'from the last one, it ends as well');

insert into private.adoption (sheet_id, territory_id, who, year, outcome, state) values
	(401, 30, 'Une maison', 2024, 'reussi', 'publique'), (401, 31, 'Une autre', null, 'abandonne', 'publique'), (401, 33, 'Ici même', 2025, 'partiel', 'publique'),
	(401, 32, 'Pas encore lue', 2025, 'reussi', 'attente'), (411, 6, 'Un département', 2026, 'en_cours', 'publique');
select is((select c_done || '/' || c_partly || '/' || c_under_way || '/' || c_given_up from pg_temp.spread_tree(sheet => 403, most => 500) where c_id = 401 and c_part = 'fiche'), '1/1/0/1',
	'trials by outcome, those that may be read only');
select is((select string_agg(c_place_code || ':' || coalesce(c_departement, '?'), ' ' order by c_place_code) from pg_temp.spread_tree(sheet => 401, most => 500)
	where c_part = 'essai' and c_id = 401), '69123:69 97402:974 97410:974', 'each on the map of départements');
select is((select count(*)::int from lineage(null, 500) where root_id = 411), 1, 'a sheet that was tried and inspired nobody is a tree of one');
insert into sheet_territory values (411, 2);
select is((select c_departement from pg_temp.spread_tree(sheet => 411, most => 500) where c_part = 'lieu' and c_place_code = '04'), '974', 'an overseas région is its only département');

-- Seen from La Réunion: 402 and 404 are hers, 401 403 405 are from Lyon.
select is((select string_agg(c_what || c_id || coalesce('<' || c_other_id, ''), ' ' order by c_o) from pg_temp.spread_territory(territory => 5, most => 9) where c_part = 'venu'),
	'essai401 essai401 inspire402<401 inspire408<409', 'what came: two trials, two sheets inspired by one from elsewhere; the trial not read yet is not there');
select is((select string_agg(c_what || c_id || '>' || c_other_id, ' ' order by c_o) from pg_temp.spread_territory(territory => 5, most => 9) where c_part = 'parti' and c_id < 406),
	'inspire402>405', 'what left: a sheet from here that inspired one elsewhere');
select is((select string_agg(distinct c_n::text, ' ') from pg_temp.spread_territory(territory => 5, most => 1) where c_part = 'venu'), '4', 'the count is of all, however few are shown');
select is((select count(*)::int from pg_temp.spread_territory(territory => 4, most => 9)), 0, 'nothing known of Bretagne: nothing');
select * from finish();
rollback;
