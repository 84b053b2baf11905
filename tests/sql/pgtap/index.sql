-- sheet_index follows its sources; the tree says who contains whom; roles do only what they may.
begin;
set search_path to catalyse, public;
select plan(45);
select results_eq('select sheet_id from sheet_index order by 1', array[1, 2, 4], 'one row a visible sheet');
select is((select territories from sheet_index where sheet_id = 2), array[1, 2, 5, 20, 30], 'with all that contains its territory');
select is((select own_territories from sheet_index where sheet_id = 2), array[30], 'and its own apart');
select is((select terms from sheet_index where sheet_id = 1), array[1, 3], 'its terms');
select results_eq('select territory_id from sheet_place order by 1', array[6, 30], 'the places that visible sheets name, but the nation');
select results_eq('select c_id || c_place_name || round(c_distance_km) from pg_temp.sheet_near(34, 5)', array['4Rhône22', '2Saint-Benoît8999'], 'the nearest first, in kilometres');
update territory set point = st_point(4.85, 45.72, 4326) where id = 6;
select is((select round(c_distance_km::numeric) from pg_temp.sheet_near(34, 1)), 1::numeric, 'a place that moved');
delete from sheet_term where sheet_id = 1 and term_id = 3;
select is((select terms from sheet_index where sheet_id = 1), array[1], 'a term taken away');
insert into sheet_territory values (4, 35);
select is((select territories from sheet_index where sheet_id = 4), array[1, 3, 6, 7, 21, 35], 'a territory added');
select is((select string_agg(c_place_name, ' ') from pg_temp.sheet_near(34, 5) where c_id = 4), 'Rhône', 'a sheet of two places is near by the nearest');
update sheet set state = 'archivee' where id = 4;
select is((select count(*) from sheet_index where sheet_id = 4)::int, 0, 'archived: out');
select results_eq('select c_id from pg_temp.sheet_near(34, 5)', array[2], 'and near nobody');
update sheet set state = 'publiee' where id = 4;
update sheet set state = 'a_actualiser' where id = 4;
select is((select count(*) from sheet_index where sheet_id = 4)::int, 1, 'to be updated: still visible');
select ok((select words @@ search_query('BENEVOLE') from sheet_index where sheet_id = 1), 'words of the sections, without accents');
select ok((select words @@ search_query('saint-benoît') from sheet_index where sheet_id = 2), 'names of its territories');
update term set label = 'Nourriture' where id = 2;
select ok((select words @@ search_query('nourriture') from sheet_index where sheet_id = 2), 'a term renamed');
update territory set name = 'Ville-Neuve' where id = 30;
select ok((select words @@ search_query('neuve') from sheet_index where sheet_id = 2), 'a territory renamed');
update catalyst set name = 'Maison du Levant' where id = 1;
select ok((select words @@ search_query('levant') from sheet_index where sheet_id = 2), 'an actor renamed');
update sheet_territory set territory_id = 31 where sheet_id = 2;
select is((select own_territories from sheet_index where sheet_id = 2), array[31], 'a territory exchanged');
select results_eq($$select a.type || ' ' || depth from territory_tree join territory a on a.id = ancestor_id where territory_id = 30 order by depth$$,
	array['commune 0', 'epci 1', 'departement 2', 'region 3', 'pays 4'], 'the circles around a commune');
select results_eq($$select a.code from territory_tree join territory a on a.id = ancestor_id where territory_id = 21 order by depth, a.code$$,
	array['200000172', '38', '69', '84', 'FR'], 'an EPCI over two departments is in both');
select results_eq($$select a.code from territory_tree join territory a on a.id = ancestor_id where territory_id = 35 order by depth, a.code$$,
	array['38544', '200000172', '38', '84', 'FR'], 'its communes only in their own');
select results_eq($$select a.code from territory_tree join territory a on a.id = ancestor_id where territory_id = 37 order by depth, a.code$$,
	array['97502', '975', 'FR'], 'a commune of a collectivity has no region');
insert into epci_commune values (20, 32, 2026);
select is(territory_rebuild_tree(), 66, 'a rebuilt tree');
update sheet_territory set territory_id = 32 where sheet_id = 2;
select is((select territories from sheet_index where sheet_id = 2), array[1, 2, 5, 20, 32], 'and the index after it');
select is(territory_search_normalise('St-Benoît'), 'saint benoit', 'St');
select is(territory_search_normalise('Ste Marie'), 'sainte marie', 'Ste');
select is(territory_search_normalise('L’Haÿ-les-Roses'), 'l hay les roses', 'apostrophes, trema');
select is(territory_search_normalise('Œuilly'), 'oeuilly', 'ligature');
select is(territory_search_normalise('Brest'), 'brest', 'a word that ends in st');
select is((select id from territory where type = 'commune' order by point <-> st_point(55.7, -21.03, 4326) limit 1), 30, 'nearest commune');
select last_value as before from likeness_value_id_seq \gset
select territory_likeness_refresh(), territory_likeness_refresh();
select is((select last_value from likeness_value_id_seq), :before::bigint, 'likeness made again takes no new number');
-- A sheet of two places, one of which is above an EPCI only as long as a commune belongs to it.
insert into sheet (id, ref, type, slug, title, summary, state, origin) values (900, 'deux-lieux', 'exemple', 'deux-lieux', 'Deux lieux', 'Une fiche de deux lieux.', 'publiee', 'ours');
insert into sheet_territory values (900, 34), (900, 7);
create function pg_temp.named(place int) returns bool language sql as
	$$ select keys @@ (5000000 + place)::text::tsquery from catalyse.sheet_index where sheet_id = 900 $$;
select is(array[pg_temp.named(34), pg_temp.named(7), pg_temp.named(21), pg_temp.named(6)], array[true, true, true, false],
	'a sheet has the key of the places that it names, and of those it is in when it names what contains them');
delete from epci_commune where epci_id = 21 and commune_id = 35;
select lives_ok('select territory_rebuild_tree()', 'a commune leaves its EPCI');
select is(array[pg_temp.named(34), pg_temp.named(7), pg_temp.named(21)], array[true, true, false], 'and the key follows, though the places of the sheet are the same');
-- What lists of catalysts are filtered by is what the tables say.
create function pg_temp.sets_differ() returns bigint language sql as $$ select count(*) from catalyse.catalyst_sets(null) s full join catalyse.catalyst_words w using (catalyst_id)
	where (s.terms, s.areas, s.wide, s.seat, s.listed) is distinct from (w.terms, w.areas, w.wide, w.seat, w.listed) $$;
select is(pg_temp.sets_differ(), 0::bigint, 'sets of the catalysts');
select cw.terms as terms, cw.areas as areas from catalyst_words cw where catalyst_id = 1 \gset
delete from catalyst_term where catalyst_id = 1 and term_id = 5;
select ok((select terms from catalyst_words where catalyst_id = 1) <> :'terms' and pg_temp.sets_differ() = 0, 'a term taken away from one');
insert into catalyst_area values (1, 34);
select ok((select areas from catalyst_words where catalyst_id = 1) <> :'areas' and pg_temp.sets_differ() = 0, 'an area given to one');
update catalyst set territory_id = 34, seat_precision = 'commune' where id = 2;
select ok((select seat @> '{34}' from catalyst_words where catalyst_id = 2) and pg_temp.sets_differ() = 0, 'one that moves');
delete from epci_commune where epci_id = 20;
select territory_rebuild_tree();
select is(pg_temp.sets_differ(), 0::bigint, 'an EPCI that is left by its communes');
set local role catalyse_ro;
select throws_ok($$update catalyse.sheet set title = 'xxxx'$$, '42501', null, 'the reader does not write');
set local role catalyse_rw;
select throws_ok($$create table catalyse.x ()$$, '42501', null, 'the writer does not create');
select throws_ok($$update catalyse.sheet_index set evidence = 4$$, '42501', null, 'nor write the index');
select throws_ok($$delete from catalyse.sheet_place$$, '42501', null, 'nor its places');
select lives_ok($$update catalyse.sheet set title = 'Un potager nourricier' where id = 2$$, 'but writes sheets');
select * from finish();
rollback;
