-- French: spelling, synonyms, questions, the lexicon; with the dictionary and without it.
begin;
set search_path to catalyse, public;
set client_min_messages to warning;
select plan(50);
create function pg_temp.finds(q text, t text) returns boolean language sql as 'select search_vector(t) @@ search_query(q)';

select is(search_spelling('élu·es, acteur·rice·s, élu(e)s, citoyen(ne)s, élu-e-s, élu.e.s'), 'élu, acteur, élu, citoyen, élu, élu', 'inclusive writing');
select is(search_spelling('co-construire, Co construire, éco-lieu, inter-communal'), 'coconstruire, Coconstruire, écolieu, intercommunal', 'prefixes');
select is(search_spelling('E.S.S. et l’eau'), 'ESS. et l''eau', 'acronyms and apostrophes');
select is(search_spelling('Saint-Benoît, porte-à-porte, est-elle'), 'Saint-Benoît, porte-à-porte, est-elle', 'other hyphens stay');
select ok(pg_temp.finds('ecole', 'Les écoles'), 'no accent, a plural');
select ok(pg_temp.finds('les écoles', 'une école'), 'stop words do not count');
select ok(pg_temp.finds('l''association', 'associations'), 'an elision');
select ok(pg_temp.finds('Saint Benoit', 'À Saint-Benoît'), 'a hyphen or not');
select ok(pg_temp.finds('saint-benoît', 'saint benoit'), 'and the other way round');
select ok(not pg_temp.finds('saint-benoît', 'benoit le saint'), 'a hyphen keeps words together');
select ok(pg_temp.finds('usager/usagère', 'des usagers'), 'a slash');
select ok(pg_temp.finds('"jardin partagé"', 'un jardin partagé'), 'a phrase');
select ok(not pg_temp.finds('"partagé jardin"', 'un jardin partagé'), 'in its order');
select ok(not pg_temp.finds('jardin -partagé', 'un jardin partagé'), 'without a word');
select ok(pg_temp.finds('fablab ou jardin', 'un jardin'), 'either');
select ok(pg_temp.finds('~ jardin rue ville', 'le jardin de la ville'), 'most of the words');
select ok(not pg_temp.finds('~ jardin rue ville', 'le jardin'), 'but most');
select is(numnode(search_query('de la "les" - ~ ou')), 0, 'nothing to look for');
select ok(search_query(repeat('é-', 5000)) is not null, 'however long');

insert into search_synonym (term, equivalents, directed, origin) values ('ESS', '{économie sociale et solidaire}', false, 'ours'), ('enfant', '{petite enfance}', true, 'ours');
set constraints all immediate;
select ok(pg_temp.finds('ESS', 'l’économie sociale et solidaire'), 'a synonym of several words');
select ok(pg_temp.finds('economie sociale et solidaire', 'une structure de l''E.S.S.'), 'and back');
select ok(pg_temp.finds('structures de l''ess', 'une structure de l’économie sociale et solidaire'), 'within a question');
select ok(pg_temp.finds('enfants', 'la petite enfance'), 'a directed one');
select ok(not pg_temp.finds('petite enfance', 'un enfant'), 'only one way');
select ok(pg_temp.finds('"ESS"', 'ESS') and not pg_temp.finds('"ESS"', 'économie sociale et solidaire'), 'between quotes, the very word');
set constraints all deferred;

select is((select instead from search_repair('jardn nouricier')), 'jardin nourricier', 'misspelt words are replaced together');
select is((select reason from search_repair('jardin cartographier')), 'large', 'most of the words when all is too much');
select is((select count(*) from search_repair('"jardn"'))::int, 0, 'never between quotes');
insert into sheet (ref, type, slug, title, summary, state, origin) values ('m-negocier', 'methode', 'negocier', 'Négocier à la terrasse', 'Une charte et une carte.', 'publiee', 'ours');
select is((select instead || ' ' || reason from search_repair('négociation')), 'négocier famille', 'a French word is answered by its family');
select is(array(select shown from search_kin('négociations', 9)), '{négocier}', 'which begins alike');
select is((select instead from search_repair('terasse')), 'terrasse', 'a word that is not French is misspelt');
select ok(exists (select from search_neighbours('terrage', 9) where shown = 'terrasse') or search_mode() = 'repli', 'a French word is near another');
select is((select count(*) from search_repair('terrage'))::int, case search_mode() when 'repli' then 1 else 0 end, 'and is not taken for it');
select is((select instead from search_repair('cahrte')), 'charte', 'two letters the wrong way round, before a letter too many');
select is((select instead from search_repair('ngéocier')), 'négocier', 'however little they look alike');
select is((select reason from search_repair('terrasse zzzqqq xxxwww')), 'un', 'one word, when most are too much');
select is((select cardinality(search_parts('~ terrasse charte'))), 2, 'most of the words: told one by one');
select ok(search_parts('terrasse charte') is null and search_parts('"terrasse ou charte"') is null, 'all of the words are not');
select ok(search_parts('terrasse ou charte') is not null, 'one of the words is');
select ok(search_score(setweight(search_vector('terrasse'), 'A'), search_query('~ terrasse charte'), search_parts('~ terrasse charte'))
	> search_score(setweight(search_vector('terrasse'), 'D'), search_query('~ terrasse charte'), search_parts('~ terrasse charte')), 'a title before a text');
select is((select count(*) from search_repair('xyzxyz'))::int, 0, 'nothing when nothing is like it');
insert into sheet (ref, type, slug, title, summary, state, origin) values ('m-kermesse', 'methode', 'kermesse', 'Une kermesse', 'Pour voir.', 'brouillon', 'ours');
select is((select count(*) from search_word where word = 'kermesse')::int, 0, 'a draft gives no word');
select ok(exists (select from search_word where word = 'benoit' and shown = 'benoît'), 'places give theirs, as they are written');

select ok(search_mode() in ('dictionnaire', 'repli'), 'one of the two sets of dictionaries');
select throws_ok($$create text search dictionary catalyse.missing (template = ispell, dictfile = nope, afffile = nope)$$, 'F0000', null, 'files that are missing are said so, which search_use() understands');
create temp table before as select sheet_id, words from sheet_index;
select is(search_use(false), 'repli', 'without the files');
select ok(pg_temp.finds('ecoles', 'Les écoles') and pg_temp.finds('les cooperations', 'une coopération') and pg_temp.finds('ESS', 'économie sociale et solidaire')
	and (select bool_and(words @@ search_query('jardin')) from sheet_index where sheet_id = 2), 'accents, plurals, stop words, synonyms and the index still serve');
select is((select count(*) from sheet_index)::int, (select count(*) from before)::int, 'nothing is lost');
select ok(search_use() in ('dictionnaire', 'repli'), 'and with them again, when they are there');
select ok(search_mode() = 'repli' or not exists (select from before b join sheet_index i using (sheet_id) where i.words <> b.words), 'the index comes back as it was');
select * from finish();
rollback;
