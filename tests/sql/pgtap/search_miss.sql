-- Searches without answer: nothing of a person, nothing below five.
begin;
set search_path to catalyse, public;
select plan(22);
set local role catalyse_count;
select lives_ok($$select search_miss_note('words', 'tiers lieu', 'commune:97410', 'none')$$, 'the writer counts');
select throws_ok('select * from catalyse_private.search_miss', '42501', null, 'but does not read the counters');
select throws_ok('select * from territory limit 1', '42501', null, 'nor anything else');
select throws_ok('select search_miss_purge()', '42501', null, 'and erases nothing');
select throws_ok($$select search_miss_note('words', 'martin@exemple.fr', '', 'none')$$, '23514', null, 'an address is refused');
select throws_ok($$select search_miss_note('words', '0612345678', '', 'none')$$, '23514', null, 'a number is refused');
select throws_ok($$select search_miss_note('words', 'un deux trois quatre cinq', '', 'none')$$, '23514', null, 'a sentence is refused');
set local role catalyse_ro;
select throws_ok($$select search_miss_note('words', 'tiers lieu', '', 'none')$$, '42501', null, 'the reader does not count');
select throws_ok('select * from catalyse_private.search_miss', '42501', null, 'and does not read the counters');
reset role;
select is((select count(*) from pg_class c, pg_namespace n where n.oid = relnamespace and nspname in ('catalyse', 'catalyse_private', 'private')
	and relkind in ('r', 'v', 'm', 'S') and has_table_privilege('catalyse_count', c.oid, 'select, insert, update, delete, truncate, references, trigger')), 0::bigint, 'who counts has no right on any table');
set local search_path to catalyse, public;
select is((select place from catalyse_private.search_miss), 'departement:974', 'a commune is counted as its département');
select is((select format_type(atttypid, null) from pg_attribute where attrelid = 'catalyse_private.search_miss'::regclass and attname = 'day'), 'date', 'no hour is kept');
select search_miss_note('words', 'tiers lieu', 'commune:97411', 'none') from generate_series(1, 2);
select is((select n from catalyse_private.search_miss), 3, 'one row for the day and the département');
select search_miss_note('words', 'tiers lieu', 'epci:200000172', 'none') from generate_series(1, 3);
select is((select count(*) from search_miss_frequent)::int, 0, 'six in one day are not shown');
update catalyse_private.search_miss set day = current_date - 1 where place = 'departement:974';
select results_eq($$select about, subject, t.type || ':' || t.code, outcome, at_least from search_miss_frequent join territory t on t.id = territory_id$$,
	$$values ('words', 'tiers lieu', 'pays:FR', 'none', 5)$$, 'on two days they are, for the whole country only, rounded down');
select search_miss_note('words', 'tiers lieu', 'region:04', 'none') from generate_series(1, 2);
select is((select array_agg(t.type || ':' || t.code order by t.type) from search_miss_frequent join territory t on t.id = territory_id),
	'{pays:FR,region:04}', 'a région adds its départements up');
select search_miss_note('theme', 'inconnu', 'region:04', 'few');
select is((select count(*) from catalyse_private.search_miss where about = 'theme')::int, 0, 'a theme we do not have is not counted');
select search_miss_note('theme', 'alimentation', 'region:99', 'few');
select is((select place from catalyse_private.search_miss where about = 'theme'), '', 'nor a territory we do not have');
insert into catalyse_private.search_miss (day, about, subject, place, outcome, n) values
	(current_date - 31, 'words', 'rare', '', 'none', 4), (current_date - 29, 'words', 'recent', '', 'none', 4),
	(current_date - 31, 'words', 'frequent', '', 'none', 5), (current_date - 401, 'words', 'ancien', '', 'none', 50),
	(current_date - 40, 'words', 'revenu', '', 'none', 4), (current_date - 10, 'words', 'revenu', '', 'few', 1),
	(current_date - 140, 'words', 'loin', 'region:04', 'none', 1), (current_date - 50, 'words', 'loin', '', 'none', 4);
select search_miss_purge();
select is((select string_agg(subject, ' ' order by subject) from catalyse_private.search_miss where subject in ('rare', 'recent', 'frequent', 'ancien', 'revenu', 'loin')),
	'frequent loin recent revenu revenu', 'what stays rare is erased after thirty days, everything after four hundred');
delete from catalyse_private.search_miss where day = current_date;
insert into catalyse_private.search_miss (day, about, subject, place, outcome) values (current_date - 40, 'words', 'oubli', '', 'none');
select search_miss_note('place', '', 'departement:38', 'none');
select is((select count(*) from catalyse_private.search_miss where subject = 'oubli')::int, 0, 'the first of a day erases');
insert into catalyse_private.search_miss (about, subject, place, outcome)
	select 'words', 'mot ' || translate(i::text, '0123456789', 'abcdefghij'), '', 'none' from generate_series(1, 5000) i;
select search_miss_note('words', 'trop', 'departement:38', 'none');
select is((select count(*) from catalyse_private.search_miss where subject = 'trop')::int, 0, 'a flood does not enter');
select is((select n from catalyse_private.search_miss where about = 'withheld'), 1, 'it is counted without its words');
select * from finish();
rollback;
