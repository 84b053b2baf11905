-- The compass: what answers make useful, and why; changed by editors, left alone by imports. By the product's own statements.
begin;
set search_path to catalyse, public;
select * from no_plan();
insert into scheme (code, label, origin, position) values ('profil', 'Profils', 'ours', 5), ('parcours', 'Parcours', 'ours', 6), ('maturite', 'Maturité', 'source', 7);
insert into term (id, scheme, code, label, position, origin) values (50, 'profil', 'association', 'Association', 1, 'ours'), (51, 'profil', 'commune-epci', 'Commune', 2, 'ours'),
	(52, 'parcours', 'comprendre', 'Comprendre', 1, 'ours'), (53, 'parcours', 'essayer', 'Essayer', 2, 'ours'), (54, 'maturite', '1', 'Débuter', 1, 'ours');
insert into sheet (id, ref, type, slug, title, summary, evidence, state, origin, maturity_min, maturity_max)
select v.id, v.ref, v.type, v.ref, v.ref, 'Résumé', v.evidence, 'publiee', 'ours', v.low, v.high from (values
	(301, 'm-association', 'methode', 0, 1, 2), (302, 'm-commune', 'methode', 0, 1, 2), (303, 'o-tous', 'outil', 0, 3, 4), (304, 'e-bretagne', 'exemple', 0, 1, 4),
	(305, 'e-est', 'exemple', 0, 1, 4), (306, 'e-pierre', 'exemple', 0, null, null), (307, 'm-autre', 'methode', 0, 1, 2)) v(id, ref, type, evidence, low, high);
insert into sheet_territory values (301, 1), (302, 1), (303, 1), (304, 36), (305, 31), (306, 37), (307, 1);
insert into sheet_term values (301, 50), (302, 51), (303, 50), (303, 51), (302, 52), (303, 53), (304, 50), (305, 50), (306, 50), (307, 52);

-- An import puts questions and answers, says what it did, and refuses what it does not understand.
select is(compass_put('{"question":"qui","libelle":"Qui êtes-vous ?","posee":true,"position":"1","origin":"ours"}'), 'added', 'a question');
select is(compass_put('{"question":"qui","libelle":"Qui êtes-vous ?","posee":true,"position":"1","origin":"ours"}'), 'same', 'twice is the same');
select is(compass_put('{"question":"but","libelle":"Que voulez-vous ?","posee":true,"position":"2","origin":"ours"}'), 'added', 'another');
select is(compass_put('{"question":"depart","libelle":"Pour tous","posee":false,"position":"8","origin":"ours"}'), 'added', 'one that is not asked');
select is(compass_put('{"question":"qui","reponse":"association","libelle":"Une association","raison":"parce qu’elle est pour les associations","indices":"profil:association*3","position":"1","origin":"ours"}'), 'added', 'an answer');
select is(compass_put('{"question":"qui","reponse":"association","libelle":"Une association","raison":"parce qu’elle est pour les associations","indices":"profil:association*3","position":"1","origin":"ours"}'), 'same', 'twice is the same');
select is(compass_put('{"question":"qui","reponse":"association","libelle":"Une association","raison":"parce qu’elle est pour les associations","indices":"profil:association*2.5","position":"1","origin":"ours"}'), 'changed', 'another weight is a change');
select is(compass_put('{"question":"qui","reponse":"commune","libelle":"Une commune","raison":"parce qu’elle est pour les communes","indices":"profil:commune-epci*3","position":"2","origin":"ours"}'), 'added', 'an answer');
select is(compass_put('{"question":"but","reponse":"debut","libelle":"Débuter","raison":"parce que vous débutez","indices":"maturite:1*1, parcours:comprendre*2, type:outil*-1","position":"1","origin":"ours"}'), 'added', 'three hints');
select is(compass_put('{"question":"depart","reponse":"tous","libelle":"Tous","raison":"parce que c’est un bon départ","indices":"fiche:o-tous*1","position":"1","origin":"ours"}'), 'added', 'a sheet by its ref');
select is(compass_put('{"question":"depart","reponse":"outre-mer","libelle":"Outre-mer","raison":"parce que vous êtes outre-mer","indices":"fiche:m-autre*4","faits":"outre-mer:oui","position":"2","origin":"ours"}'), 'added', 'by what is known of the place');
select throws_ok($$select compass_put('{"question":"qui","reponse":"x","libelle":"X","raison":"parce que","indices":"profil:inconnu*1","origin":"ours"}')$$, '23514', 'profil:inconnu*1', 'an unknown term is refused');
select throws_ok($$select compass_put('{"question":"qui","reponse":"x","libelle":"X","raison":"parce que","indices":"profil:association*9","origin":"ours"}')$$, '23514', null, 'so is a weight beyond five');
select throws_ok($$select compass_put('{"question":"qui","reponse":"x","libelle":"X","raison":"pour rien","origin":"ours"}')$$, '23514', null, 'and a reason that is none');

create function pg_temp.said(answers text[], place int, most int default 3) returns text language sql as
	$$select string_agg(c_code, ' ' order by c_o2) from pg_temp.compass_path(answers => answers, territory => place, most => most) where c_part = 'fiche'$$;
create function pg_temp.why(answers text[], place int, sheet text) returns text language sql as
	$$select c_why from pg_temp.compass_path(answers => answers, territory => place, most => 50) where c_part = 'fiche' and c_code = sheet$$;
select is(pg_temp.said(null, null, 1), 'o-tous', 'no answer, no place: what is for everybody');
select is(pg_temp.why(null, null, 'o-tous'), 'parce que c’est un bon départ', 'and it says so');
select is(pg_temp.said('{qui:commune}', null, 2), 'o-tous m-commune', 'an answer brings its sheets, and what is for everybody adds to it');
select is(pg_temp.why('{qui:commune}', null, 'o-tous'), 'parce qu’elle est pour les communes', 'the reason of an answer hides the one of the background');
select is(pg_temp.said('{qui:commune,but:debut}', null, 1), 'm-commune', 'two answers');
select is(pg_temp.why('{qui:commune,but:debut}', null, 'm-commune'), E'parce qu’elle est pour les communes\nparce que vous débutez', 'two reasons, the strongest first');
select is((select c_score from pg_temp.compass_path(answers => '{qui:commune,but:debut}', territory => null, most => 9) where c_code = 'm-commune'), 6::float8, '3 for the profile, 1 + 2 for the beginner');
select is((select c_score from pg_temp.compass_path(answers => '{qui:commune,but:debut}', territory => null, most => 9) where c_code = 'o-tous'), 3::float8, 'a weight may be negative: 3 + 1 - 1');
select is(pg_temp.said('{qui:inconnue,but:}', null, 1), 'o-tous', 'an answer that is no more is passed');
select is(pg_temp.said('{qui:association}', 36, 1), 'e-bretagne', 'what comes from the place is first');
select is(pg_temp.why('{qui:association}', 36, 'e-bretagne'), E'parce qu’elle vient de Rennes\nparce qu’elle est pour les associations', 'and says so');
select is(pg_temp.said('{qui:association}', 30, 2), 'e-est m-autre', 'elsewhere, another path: from the same département, and what the place alone puts forward');
select alike(pg_temp.why('{qui:association}', 30, 'e-est'), 'parce qu’elle vient de Bras-Panon, dans le même département%', 'the tie is said');
select is(pg_temp.why('{}', 30, 'm-autre'), 'parce que vous êtes outre-mer', 'the fact of the place is said');
select alike(pg_temp.why('{qui:association}', 30, 'e-pierre'), '%parce qu’elle vient de Saint-Pierre, outre-mer comme chez vous%', 'another overseas place');
select is((select c_score from pg_temp.compass_path(answers => '{qui:association}', territory => 30, most => 50) where c_code = 'e-bretagne'), 1::float8, 'far away costs one and a half');
select ok(pg_temp.why('{qui:association}', 33, 'm-autre') is distinct from 'parce que vous êtes outre-mer', 'Lyon is not overseas');
select isnt(pg_temp.said('{qui:association}', 33, 6), pg_temp.said('{qui:commune}', 30, 6), 'two people, two places, two paths');
-- Somebody tried it around here.
insert into private.adoption (sheet_id, territory_id, who, outcome, state) values (307, 31, 'Une maison', 'reussi', 'publique'), (301, 31, 'Une maison', 'abandonne', 'publique'), (303, 31, 'Une maison', 'reussi', 'attente');
select alike(pg_temp.why('{}', 30, 'm-autre'), '%parce qu’elle a servi à Bras-Panon%', 'what served around here says where');
select unalike(pg_temp.why('{qui:association}', 30, 'm-association'), '%a servi%', 'what was given up does not');
select unalike(pg_temp.why('{qui:association}', 30, 'o-tous'), '%a servi%', 'nor what nobody may see yet');
select is((select c_code from pg_temp.compass_path(answers => '{but:debut}', territory => null, most => 3) where c_part = 'parcours' order by c_o2 limit 1), 'comprendre', 'a parcours');
select is((select count(*)::int from pg_temp.compass_path(answers => null, territory => null, most => 3) where c_part = 'suivant'), 0, 'no meeting is to come in this base');
select is((select c_code from pg_temp.compass_path(answers => null, territory => null, most => 3) where c_part = 'dernier'), 'premier', 'the last one is given');
insert into event (ref, slug, title, starts_on, mode, origin) values ('loin', 'loin', 'Loin', current_date + 60, 'distance', 'ours'), ('proche', 'proche', 'Proche', current_date, 'distance', 'ours');
insert into event (ref, slug, title, starts_on, mode, status, origin) values ('annule', 'annule', 'Annulé', current_date, 'distance', 'annule', 'ours');
select is((select c_code from pg_temp.compass_path(answers => null, territory => null, most => 3) where c_part = 'suivant'), 'proche', 'the next meeting, today included, a cancelled one left out');

-- Editors.
insert into contributor (id, name) values (201, 'Éditrice');
insert into private.account (id, email, state, confirmed_at) values (201, 'c201@essai.example', 'actif', now());
create function pg_temp.id(q text, c text) returns int language sql as 'select id from catalyse.compass_answer where question = q and code = c';
set local role catalyse_rw;
select is(private.compass_question_save(201, 'qui', '{"label":"Vous êtes ?","help":"Dites."}'), '', 'the words of a question');
select is(private.compass_question_save(201, 'rien', '{"label":"X"}'), 'introuvable', 'not those of none');
select is(private.compass_answer_save(201, pg_temp.id('qui', 'commune'), 'qui', '{"label":"Une mairie","reason":"parce que c’est pour vous","hints":"profil:commune-epci*1"}'), '', 'an answer is changed');
select is((select weight from catalyse.compass_hint where answer_id = pg_temp.id('qui', 'commune')), 1::real, 'and what it is worth');
select is(private.compass_answer_save(201, pg_temp.id('qui', 'commune'), 'qui', '{"label":"Une mairie","reason":"parce que c’est pour vous","hints":"profil:maire"}'), 'indice profil:maire', 'what is not understood is named');
select is((select label from catalyse.compass_answer where id = pg_temp.id('qui', 'commune')), 'Une mairie', 'and nothing is lost');
select is(private.compass_answer_save(201, null, 'qui', '{"code":"ecole","label":"Une école","reason":"parce que c’est pour l’école","hints":""}'), '', 'an answer is added');
select is(private.compass_answer_save(201, null, 'qui', '{"code":"ecole","label":"Une école","reason":"parce que c’est pour l’école","hints":""}'), 'pris', 'not twice');
select is(private.compass_answer_act(201, pg_temp.id('qui', 'ecole'), 'monter'), '', 'it goes up');
select is((select string_agg(code, ' ' order by position) from catalyse.compass_answer where question = 'qui'), 'association ecole commune', 'by one');
select is(private.compass_answer_act(201, pg_temp.id('qui', 'ecole'), 'supprimer'), '', 'and out');
select is(private.compass_answer_act(201, pg_temp.id('but', 'debut'), 'supprimer'), 'seule', 'a question keeps one answer');
select is((select count(*)::int from private.journal where object = 'boussole' and actor_id = 201), 5, 'each change is a line of the journal, what changed nothing is none');
select is(compass_put('{"question":"qui","libelle":"Qui êtes-vous ?","posee":true,"position":"1","origin":"ours"}'), 'same', 'an import leaves alone what an editor changed');
select is(compass_put('{"question":"qui","reponse":"commune","libelle":"Une commune","raison":"parce qu’elle est pour les communes","indices":"profil:commune-epci*3","position":"2","origin":"ours"}'), 'same', 'answers too');
select is((select label from catalyse.compass_question where code = 'qui'), 'Vous êtes ?', 'they are as she left them');
reset role;
select * from finish();
rollback;
