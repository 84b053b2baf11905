-- A small country for the tests of the database. Names are real, the figures are invented, the rest is only for tests.
begin;
set local search_path to catalyse, public;
insert into territory (id, type, code, slug, name, name_in, name_of, population, postcodes, point, point_source, parent_id, overseas, vintage) values
	(1, 'pays', 'FR', 'france', 'France', 'en France', 'de France', 1000, '{}', null, null, null, false, 2026),
	(2, 'region', '04', 'la-reunion', 'La Réunion', 'à La Réunion', 'de La Réunion', 200, '{}', st_point(55.5, -21.1, 4326), 'membres', 1, true, 2026),
	(3, 'region', '84', 'auvergne-rhone-alpes', 'Auvergne-Rhône-Alpes', 'en Auvergne-Rhône-Alpes', 'd’Auvergne-Rhône-Alpes', 400, '{}', st_point(4.5, 45.5, 4326), 'membres', 1, false, 2026),
	(4, 'region', '53', 'bretagne', 'Bretagne', 'en Bretagne', 'de Bretagne', 300, '{}', st_point(-2.8, 48.2, 4326), 'membres', 1, false, 2026),
	(5, 'departement', '974', 'la-reunion', 'La Réunion', 'à La Réunion', 'de La Réunion', 200, '{}', st_point(55.5, -21.1, 4326), 'membres', 2, true, 2026),
	(6, 'departement', '69', 'rhone', 'Rhône', 'dans le Rhône', 'du Rhône', 300, '{}', st_point(4.6, 45.8, 4326), 'membres', 3, false, 2026),
	(7, 'departement', '38', 'isere', 'Isère', 'en Isère', 'de l’Isère', 100, '{}', st_point(5.6, 45.2, 4326), 'membres', 3, false, 2026),
	(8, 'departement', '35', 'ille-et-vilaine', 'Ille-et-Vilaine', 'en Ille-et-Vilaine', 'd’Ille-et-Vilaine', 300, '{}', st_point(-1.7, 48.1, 4326), 'membres', 4, false, 2026),
	(9, 'collectivite', '975', 'saint-pierre-et-miquelon', 'Saint-Pierre-et-Miquelon', '', '', 6, '{}', null, null, 1, true, 2026);
insert into territory (id, type, code, slug, name, nature, parent_id, overseas, vintage) values
	(20, 'epci', '249740085', 'ca-est', 'CA de l’Est', 'CA', 5, true, 2026),
	(21, 'epci', '200000172', 'cc-des-deux-rives', 'CC des Deux Rives', 'CC', 6, false, 2026);
insert into territory (id, type, code, slug, name, population, postcodes, point, point_source, parent_id, overseas, vintage) values
	(30, 'commune', '97410', 'saint-benoit', 'Saint-Benoît', 37, '{97437,97470}', st_point(55.7128, -21.0339, 4326), 'a', 5, true, 2026),
	(31, 'commune', '97402', 'bras-panon', 'Bras-Panon', 13, '{97412}', st_point(55.6775, -21.0019, 4326), 'a', 5, true, 2026),
	(32, 'commune', '97411', 'saint-denis', 'Saint-Denis', 150, '{97400,97417,97490}', st_point(55.4481, -20.8789, 4326), 'b', 5, true, 2026),
	(33, 'commune', '69123', 'lyon', 'Lyon', 290, '{69001,69002}', st_point(4.8351, 45.7580, 4326), 'a', 6, false, 2026),
	(34, 'commune', '69199', 'saint-fons', 'Saint-Fons', 10, '{69190}', st_point(4.85, 45.71, 4326), 'a', 6, false, 2026),
	(35, 'commune', '38544', 'vienne', 'Vienne', 30, '{38200}', st_point(4.88, 45.52, 4326), 'a', 7, false, 2026),
	(36, 'commune', '35238', 'rennes', 'Rennes', 220, '{35000,35200,35700}', st_point(-1.6800, 48.1119, 4326), 'a', 8, false, 2026),
	(37, 'commune', '97502', 'saint-pierre', 'Saint-Pierre', 5, '{97500}', st_point(-56.18, 46.78, 4326), 'f', 9, true, 2026);
insert into epci_commune (epci_id, commune_id, vintage) values (20, 30, 2026), (20, 31, 2026), (21, 34, 2026), (21, 35, 2026);
insert into territory_former (type, code, name, successor_id, reason) values ('commune', '69388', 'Ancienne-Commune', 33, 'fusion');
select territory_rebuild_tree();
insert into scheme (code, label, origin, position) values
	('theme', 'Thématiques', 'ours', 1), ('odd', 'ODD', 'source', 2), ('pratique', 'Pratiques', 'source', 3), ('activite', 'Activités', 'source', 4);
insert into term (id, scheme, code, label, parent_id, position, origin) values
	(1, 'theme', 'lien-social', 'Lien social', null, 1, 'ours'),
	(2, 'theme', 'alimentation', 'Alimentation', null, 2, 'ours'),
	(3, 'odd', '17', 'Partenariats', null, 17, 'source'),
	(4, 'pratique', 'dialogue-territorial', 'Dialogue territorial', null, 1, 'source'),
	(5, 'activite', 'mise-en-relations', 'Mise en relations', 4, 1, 'source');
insert into structure (id, ref, name, origin) values (1, 'maison-test', 'Maison de test', 'ours');
insert into catalyst (id, ref, slug, name, kind, structure_id, territory_id, seat_precision, origin, state) values
	(1, 'maison-de-l-est', 'maison-de-l-est', 'Maison de l’Est', 'acteur', 1, 30, 'commune', 'ours', 'publiee'),
	(2, 'atelier-du-rhone', 'atelier-du-rhone', 'Atelier du Rhône', 'acteur', null, 6, 'departement', 'ours', 'publiee'),
	(3, 'reseau-national', 'reseau-national', 'Réseau national', 'acteur', null, null, 'national', 'ours', 'publiee');
update catalyst set national = true where id = 3;
insert into catalyst_area values (1, 20), (2, 6);
insert into catalyst_term values (1, 4), (1, 5), (2, 4);
insert into sheet (id, ref, type, slug, title, summary, sections, evidence, state, origin, verified_on, created_at, modified_at) values
	(1, 'm-cartographier', 'methode', 'cartographier', 'Cartographier ensemble', 'Une carte faite à plusieurs.', '{"duree": "Deux heures", "etapes": [{"titre": "Ouvrir", "texte": "Accueillir les bénévoles."}]}', 0, 'publiee', 'ours', '2026-01-02', '2026-01-01', '2026-01-01'),
	(2, 'e-jardin', 'exemple', 'jardin', 'Un jardin nourricier', 'Des habitants cultivent ensemble.', '{"contexte": "Un terrain communal."}', 2, 'publiee', 'ours', null, '2026-01-01', '2026-01-02'),
	(3, 'e-brouillon', 'exemple', 'brouillon', 'Pas encore prêt', '', '{}', 0, 'brouillon', 'ours', null, '2026-01-01', '2026-01-03'),
	(4, 'd-envie', 'donnee', 'envie', 'L’envie d’agir', 'Une part des habitants veut agir.', '{"valeurs": [{"libelle": "Ensemble", "valeur": "74", "unite": "%"}]}', 3, 'publiee', 'ours', '2026-02-02', '2026-01-01', '2026-01-04');
insert into sheet_territory values (1, 1), (2, 30), (4, 6);
insert into sheet_term values (1, 1), (1, 3), (2, 2), (2, 3), (4, 1);
insert into sheet_catalyst values (2, 1, 'porteur');
insert into sheet_link values (1, 2, 'voir');
insert into espace (id, code, name) values (1, 'reseau', 'Le réseau');
insert into espace_sheet values (1, 1, 1);
insert into event_series (id, code, name) values (1, 'cycle', 'Un cycle');
insert into event (id, ref, slug, title, series_id, starts_on, starts_at, timezone, mode, origin) values
	(1, 'premier', 'premier', 'Premier rendez-vous', 1, '2026-03-05', '2026-03-05 12:00Z', 'Europe/Paris', 'distance', 'ours');
select setval(pg_get_serial_sequence('territory', 'id'), 1000), setval(pg_get_serial_sequence('term', 'id'), 1000),
	setval(pg_get_serial_sequence('catalyst', 'id'), 1000), setval(pg_get_serial_sequence('event', 'id'), 1000);
insert into territory_programme (programme_code, territory_id, ref, label, signed_on, file_code, source, vintage, loaded_at) values
	('petites-villes-de-demain', 30, 'pvd-1', 'Saint-Benoît', '2021-05-28', '97410', 'essai', '2024-02', '2026-11-24'),
	('petites-villes-de-demain', 35, 'pvd-2', 'Vienne', null, '38544', 'essai', '2024-02', '2026-11-24'),
	('crte', 20, 'crte-1', 'CRTE de l’Est', null, '249740085', 'essai', null, '2026-11-24');
select territory_border_refresh();
select territory_measure_refresh();
select territory_likeness_refresh();
commit;
analyze;
