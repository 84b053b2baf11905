-- The Observatoire: what a figure must say, what a line of a table does, what a place is told.
begin;
set search_path to catalyse, public;
select * from no_plan();
set local role catalyse_rw;
create function pg_temp.one(more jsonb) returns jsonb language sql as $$
	select '{"code": "envie", "label": "En veut-on ?", "topic": "Essais", "definition": "Une part.", "unit": "%", "question": "Voulez-vous ?", "asked": "Habitants", "limits": "Tout."}'::jsonb || more
$$;
create function pg_temp.fig(more jsonb) returns jsonb language sql as $$
	select '{"indicator": "envie", "territory": "pays:FR", "year_from": "2016", "year_to": "2016", "population": "Habitants", "value": "74", "source_label": "Un rapport", "publisher": "Un éditeur"}'::jsonb || more
$$;

-- Indicators
select is(indicator_put('{"code": "envie", "label": "En veut-on ?"}'), 'topic|manque : cet indicateur est nouveau, il faut le dire en entier', 'a new one is told in full');
select is(indicator_put(pg_temp.one('{}')), 'ajoute', 'then it is added');
select is(indicator_put(pg_temp.one('{}')), 'identique', 'told again, nothing changes');
select is(indicator_put('{"code": "envie", "reading": "Oui.", "label": ""}'), 'change', 'what is empty changes nothing, what is told does');
select is((select label || reading from indicator where code = 'envie'), 'En veut-on ?Oui.', 'and only that');
select is(indicator_put(pg_temp.one('{"terms": ["theme:inconnu"]}')), 'terms|« theme:inconnu » : ce terme n’existe pas', 'an unknown term is refused');
select is(indicator_put(pg_temp.one('{"sheets": ["e-jardin"]}')), 'sheets|« e-jardin » : aucune fiche de données n’a cette référence', 'a sheet that is no data is refused');
select is(indicator_put(pg_temp.one('{"terms": ["theme:lien-social"], "sheets": ["d-envie"]}')), 'change', 'terms and sheets are joined');
select is(indicator_put(pg_temp.one('{"terms": ["theme:lien-social"], "sheets": ["d-envie"]}')), 'identique', 'once');
select is((select count(*)::int from pg_temp.indicator_parts(id => (select i.id from indicator i where i.code = 'envie'))), 2, 'and read back');

select is((select c_code from pg_temp.indicator_of_sheet(sheet => 4)), 'envie', 'from the sheet too');

-- Figures
select is(figure_put(pg_temp.fig('{}')), 'ajoute', 'a figure is added');
select is(figure_put(pg_temp.fig('{}')), 'identique', 'once');
select is(figure_put(pg_temp.fig('{"value": "75"}')), 'change', 'its value changes, it stays one');
select is(figure_put(pg_temp.fig('{"publisher": "Un autre"}')), 'ajoute', 'another source is another figure');
select is(figure_put(pg_temp.fig('{"year_from": null, "year_to": null}')), 'ajoute', 'so is a year not known');
select is(figure_put(pg_temp.fig('{"year_from": null, "year_to": null}')), 'identique', 'which is a key too');
select is(figure_put(pg_temp.fig('{"territory": "commune:99999"}')), 'territory|« commune:99999 » : ce territoire n’existe pas', 'an unknown place is refused');
select is(figure_put(pg_temp.fig('{"territory": "commune:69388"}')), 'ajoute', 'a former commune is followed');
select is((select code from figure_full where type = 'commune'), '69123', 'to its successor');
select is(figure_put(pg_temp.fig('{"value": "101"}')), 'value|une part va de 0 à 100', 'a share ends at 100');
select is(figure_put(pg_temp.fig('{"indicator": "rien"}')), 'indicator|« rien » : cet indicateur n’existe pas', 'a figure of nothing is refused');
select throws_ok($$select figure_put(pg_temp.fig('{"low": "80"}'))$$, '23514', null, 'bounds hold the value');
select throws_ok($$select figure_put(pg_temp.fig('{"year_to": "2015"}'))$$, '23514', null, 'years go forward');
select throws_ok($$select figure_put(pg_temp.fig('{"population": " "}'))$$, '23514', null, 'who was asked is always said');
select throws_ok($$select figure_put(pg_temp.fig('{"source_label": ""}'))$$, '23514', null, 'and the source');
select throws_ok($$select figure_put(pg_temp.fig('{"source_url": "javascript:x"}'))$$, '23514', null, 'an address is one');

-- What is read
select is((select count(*)::int from pg_temp.figure_list(code => 'envie', most => 100)), 4, 'the figures of an indicator');
select is((select c_type from pg_temp.figure_list(code => 'envie', most => 1)), 'pays', 'the nation first');
select is((select figures from (select c_figures as figures from pg_temp.indicator_list(code => null, themes => '{lien-social}', profils => null, territory => null)) x), 4, 'by theme');
select is((select count(*)::int from pg_temp.indicator_list(code => null, themes => null, profils => null, territory => 'commune:69123')), 1, 'by place: its own');
select is((select count(*)::int from pg_temp.indicator_list(code => null, themes => null, profils => null, territory => 'departement:974')), 0, 'the nation is not a place''s own');
select results_eq($$select c_depth, c_type from pg_temp.figure_of_territory(id => 33)$$, $$values (0, 'commune'), (4, 'pays'), (4, 'pays'), (4, 'pays')$$, 'a place is told the closest first');
select results_eq($$select distinct c_type from pg_temp.figure_of_territory(id => 30)$$, $$values ('pays')$$, 'overseas: only the nation''s');
update indicator set published = false where code = 'envie';
select is((select count(*)::int from pg_temp.figure_of_territory(id => 33)), 0, 'what is not published is told nowhere');
reset role;
set local role catalyse_ro;
select throws_ok('insert into indicator_term values (1, 1)', '42501', null, 'readers write nothing');
select * from finish();
rollback;
