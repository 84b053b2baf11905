-- Corrections proposed by readers: who decides, what it does to the public text and to the one being written; reports, trials,
-- freshness, links.
begin;
set search_path to private, catalyse, public;
select * from no_plan();
insert into contributor (id, name) values (101, 'Autrice'), (102, 'Animatrice de l’Est'), (103, 'Animateur du Rhône'), (104, 'Administratrice'), (105, 'Membre'), (106, 'Lectrice'), (107, 'Responsable');
insert into account (id, email, state, confirmed_at) select id, 'c' || id || '@essai.example', 'actif', now() from contributor where id between 101 and 107;
insert into account_role (account_id, role, territory_id) values (102, 'animateur', 2), (103, 'animateur', 6);
insert into account_role (account_id, role) values (104, 'administrateur');
set local role catalyse_rw;

-- A sheet that nobody holds: the animatrice of its territory.
select results_eq('select part, account_id from follow_people(2)', $$values ('relecteur', 102)$$, 'nobody holds it: the nearest reviewer');
select results_eq('select part, account_id from follow_people(4)', $$values ('relecteur', 103)$$, 'that of its own territory');
select results_eq('select part, account_id from follow_people(1)', $$values ('relecteur', 104)$$, 'and where no territory has one, who reviews everything');
insert into suggestion (sheet_id, version, field, before, after, email, credit) values
	(2, 1, 'chapo', 'Des habitants cultivent ensemble.', 'Trente habitants cultivent ensemble.', 'visiteur@essai.example', 'Jo, voisine');
create function pg_temp.last() returns int language sql as 'select max(id) from private.suggestion';
select is(suggestion_decide(106, pg_temp.last(), 'accepter', '', '', null), 'introuvable', 'a reader does not decide');
select is(suggestion_decide(103, pg_temp.last(), 'accepter', '', '', null), 'introuvable', 'nor the animateur of another place');
select is(suggestion_decide(102, pg_temp.last(), 'autre', '', '', null), 'etat', 'nor in another way');
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', '', null), 'publiee', 'the animatrice publishes it');
select is((select version || summary from sheet where id = 2), '2Trente habitants cultivent ensemble.', 'as the next version');
select is((select c.name || '/' || v.decided_by || '/' || v.note from sheet_version v join contributor c on c.id = v.author_id where v.sheet_id = 2 and v.number = 2),
	'Jo, voisine/102/Une correction proposée par un lecteur.', 'that says whose it is and who decided');
select is((select state || '/' || outcome || '/' || published_version || '/' || decided_by from suggestion where id = pg_temp.last()), 'acceptee/publiee/2/102', 'and it is settled');
select is(sheet_version_broken(2), null, 'the chain of versions holds');
select is((select origin::text || coalesce(verified_on::text, '') from sheet where id = 2), 'ours', 'nothing else changed: nobody said they verified it');
select is(suggestion_decide(102, pg_temp.last(), 'refuser', '', '', null), 'etat', 'never decided twice');
select is((select action || detail::text from journal where object = 'suggestion' and object_id = pg_temp.last()),
	'accepter{"champ": "chapo", "effet": "publiee", "fiche": 2, "version": 2}', 'a line of the journal, without a name nor a text');

-- The field changed since: both are shown, then it may be decided.
insert into suggestion (sheet_id, version, field, before, after, author_id) values (2, 1, 'chapo', 'Des habitants cultivent ensemble.', 'Des voisins cultivent ensemble.', 106);
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', '', null), 'conflit', 'the text changed since');
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', '', md5('autre chose')), 'conflit', 'and has not been seen as it is');
select is(suggestion_decide(102, pg_temp.last(), 'accepter', 'Mieux dit.', '', md5('Trente habitants cultivent ensemble.')), 'publiee', 'seen, it is decided');
select is((select author_id || '/' || note from sheet_version where sheet_id = 2 and number = 3), '106/Mieux dit.', 'signed by who proposed it, with the reason');
insert into suggestion (sheet_id, version, field, before, after, author_id) values (2, 3, 'chapo', 'Des voisins cultivent ensemble.', 'Encore autre chose.', 102);
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', '', null), 'interdit', 'nobody reviews their own text');
select is(suggestion_decide(104, pg_temp.last(), 'refuser', 'Moins clair.', '', null), 'refusee', 'somebody else does');
insert into suggestion (sheet_id, version, field, before, after) values (2, 3, 'titre', 'Un jardin nourricier', 'A'), (2, 3, 'contexte', 'Un terrain communal.', 'Un terrain prêté.');
select is(suggestion_decide(102, pg_temp.last() - 1, 'accepter', '', 'a', null), 'contenu sheet_title_check', 'what the schema refuses is told');
select is((select state from suggestion where id = pg_temp.last() - 1), 'recue', 'and nothing is settled');
select is(suggestion_decide(102, pg_temp.last() - 1, 'classer', '', '', null), 'classee', 'put aside');
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', '', null), 'publiee', 'a section too');
select is((select sections->>'contexte' from sheet where id = 2), 'Un terrain prêté.', 'is changed');
insert into suggestion (sheet_id, version, field, before, after) values (2, 3, 'besoin', '', 'Se nourrir mieux.'), (2, 3, 'titre', 'Un jardin nourricier', 'Un jardin qui nourrit');
select is(suggestion_decide(102, pg_temp.last() - 1, 'accepter', '', '', null), 'publiee', 'or told for the first time');
select is(suggestion_decide(102, pg_temp.last(), 'accepter', '', 'un-jardin-qui-nourrit', null), 'publiee', 'a title takes its address along');
select is((select slug || '/' || title || '/' || (sections->>'besoin') from sheet where id = 2), 'un-jardin-qui-nourrit/Un jardin qui nourrit/Se nourrir mieux.', 'all of it');

-- A sheet of an author: her yes goes to review.
select work_open(4);
insert into work_author values (4, 101, 'auteur');
reset role;
update sheet set structure_id = 1 where id = 4;
update work set structure_id = 1 where sheet_id = 4;
set local role catalyse_rw;
insert into structure_member values (1, 107, 'responsable', 'active'), (1, 105, 'membre', 'active');
select results_eq('select part, account_id from follow_people(4)', $$values ('structure', 107), ('auteur', 101), ('relecteur', 103)$$, 'its structure, its author, then who reviews');
insert into suggestion (sheet_id, version, field, before, after, credit) values (4, 1, 'chapo', 'Une part des habitants veut agir.', 'Trois habitants sur quatre veulent agir.', 'Un passant');
select is(suggestion_decide(101, pg_temp.last(), 'accepter', '', '', null), 'relecture', 'an author sends it to review');
select is((select w.state || '/' || (w.content->>'chapo') || '/' || c.name from work w join contributor c on c.id = w.saved_by where w.sheet_id = 4),
	'soumise/Trois habitants sur quatre veulent agir./Un passant', 'the text being written has it, with the name of who proposed it');
select is((select summary from sheet where id = 4), 'Une part des habitants veut agir.', 'what is public does not change');
insert into suggestion (sheet_id, version, field, before, after) values (4, 1, 'titre', 'L’envie d’agir', 'L’envie d’agir ensemble');
select is(suggestion_decide(101, pg_temp.last(), 'accepter', '', '', null), 'occupee', 'not while it is being read over');
select is(suggestion_decide(103, pg_temp.last(), 'accepter', '', 'x', null), 'occupee', 'whoever decides: the next version would undo it');
select is(work_move(101, 4, 'reprendre', null, null), '', 'taken back');
select is(suggestion_decide(105, pg_temp.last(), 'accepter', '', '', null), 'brouillon', 'then it goes into the draft, for any member');
select is((select content->>'titre' from work where sheet_id = 4), 'L’envie d’agir ensemble', 'which has it');
insert into suggestion (sheet_id, version, field, before, after) values (4, 1, 'chapo', 'Une part des habitants veut agir.', 'Beaucoup veulent agir.');
select is(suggestion_decide(101, pg_temp.last(), 'accepter', '', '', null), 'autre', 'a draft that says something else is not overwritten');
select is(suggestion_decide(103, pg_temp.last(), 'accepter', '', '', null), 'publiee', 'a reviewer publishes it all the same');
select is((select content->>'chapo' from work where sheet_id = 4), 'Trois habitants sur quatre veulent agir.', 'and the draft keeps its words');
insert into suggestion (sheet_id, version, field, before, after) values (4, 2, 'chapo', 'Une part des habitants veut agir.', 'Beaucoup veulent agir.');
select is(suggestion_decide(101, pg_temp.last(), 'accepter', '', '', null), 'deja', 'said already');
insert into suggestion (sheet_id, version, field, before, after, created_at) values (4, 2, 'titre', 'L’envie d’agir', 'L’envie', now() - interval '15 days'), (4, 2, 'titre', 'L’envie d’agir', 'L’élan', now());
select is((select array_agg(label) from suggestion_late(14)), '{Titre}', 'two weeks without an answer are told');
select is((select count(*)::int from suggestion_late(14)), 0, 'once');
select throws_ok($$insert into suggestion (sheet_id, version, field, before, after) values (4, 2, 'titre', 'a', 'a')$$, '23514', null, 'a suggestion changes something');
select throws_ok($$update suggestion set state = 'acceptee' where state = 'recue'$$, '23514', null, 'a decision has its day and its effect');

insert into report (sheet_id, reason, body, email) values (2, 'inexact', 'Ce n’est pas là.', 'visiteur@essai.example');
create function pg_temp.report() returns int language sql as 'select max(id) from private.report';
select is(report_decide(106, pg_temp.report(), 'traiter', 'Merci.'), 'introuvable', 'a report is read by who reviews');
select is(report_decide(102, pg_temp.report(), 'traiter', ' '), 'motif', 'and answered in words');
select is(report_decide(102, pg_temp.report(), 'traiter', 'Corrigé, merci.'), 'traitee', 'done');
select is(report_decide(102, pg_temp.report(), 'classer', 'Non.'), 'etat', 'once');

insert into private.adoption (sheet_id, territory_id, who, outcome, note, email) values (2, 33, 'Maison des voisins', 'partiel', 'Avec la moitié du terrain.', 'visiteur@essai.example');
select is((select count(*)::int from catalyse.adoption), 0, 'a visitor’s trial is shown to nobody yet');
select is(adoption_decide(106, (select max(id) from private.adoption), 'montrer'), 'introuvable', 'not by anybody');
select is(adoption_decide(102, (select max(id) from private.adoption), 'montrer'), 'publique', 'it is shown');
select is((select who || '/' || outcome || '/' || territory_id from catalyse.adoption), 'Maison des voisins/partiel/33', 'without the address');
select is(adoption_decide(102, (select max(id) from private.adoption), 'ecarter'), 'ecartee', 'or taken back');
select is(adoption_decide(102, (select max(id) from private.adoption), 'montrer'), 'etat', 'for good');

-- Freshness. The sheets of this small country were published now, but verified long ago.
update sheet set verified_on = current_date - 400 where id in (2, 4);
update sheet set verified_on = current_date - 300 where id = 1;
select results_eq('select sheet_id, due from freshness_due(12, 100) order by 1', $$values (2, 'escalade'), (4, 'demande')$$, 'a year: those who hold it are asked, or else who reviews');
select freshness_note(2, 'escalade'), freshness_note(4, 'demande');
select is((select state from sheet where id = 2), 'a_actualiser', 'nobody holds it: it is to be verified');
select is((select count(*)::int from freshness_due(12, 100)), 0, 'asked once');
update freshness set asked_at = now() - interval '31 days' where sheet_id = 4;
select results_eq('select sheet_id, due from freshness_due(12, 100)', $$values (4, 'rappel')$$, 'a month later, again');
select freshness_note(4, 'rappel');
update freshness set reminded_at = now() - interval '31 days' where sheet_id = 4;
select results_eq('select sheet_id, due from freshness_due(12, 100)', $$values (4, 'escalade')$$, 'then who reviews');
select freshness_note(4, 'escalade');
select is((select ignored from freshness where sheet_id = 4), 2, 'ignored twice');
select is((select state from sheet where id = 4), 'a_actualiser', 'and shown as to be verified');
select is((select array_agg(actor_id) from journal where object = 'fiche' and action = 'signaler'), '{null,null}', 'the platform did it, and says so');
select is(freshness_answer(106, 4, 'verifier', ''), 'introuvable', 'not anybody verifies');
select is(freshness_answer(101, 4, 'archiver', ''), 'motif', 'archived with a reason');
select is(freshness_answer(101, 4, 'verifier', ''), '', 'its author verifies');
select is((select state || '/' || verified_by || '/' || (verified_on = current_date) from sheet where id = 4), 'publiee/auteur/true', 'today, and says who');
select is((select version from sheet where id = 4), 2, 'verifying is no version');
select is((select modified_at::date < current_date or version = 2 from sheet where id = 4), true, 'nor a change');
select is(freshness_answer(102, 2, 'archiver', 'C’est fini.'), '', 'archived');
select is(freshness_answer(102, 2, 'verifier', ''), 'etat', 'what is archived is not verified');
select is(freshness_answer(104, 1, 'corriger', ''), '', 'to be written again');

update sheet set source_label = 'Un site', source_url = 'http://source.example/a', sections = sections || '{"lecture": "Voir https://autre.example/page, et (https://autre.example/b)."}' where id = 4;
select is(link_collect(), 3, 'addresses of sources and of texts');
select is((select array_agg(url order by url) from link_check), array['http://source.example/a', 'https://autre.example/b', 'https://autre.example/page'], 'without what follows them in a sentence');
select is(link_note('http://source.example/a', 404, 'absent', null), false, 'a failure');
select is(link_note('http://source.example/a', 404, 'absent', null), false, 'and one more the same day');
select is((select failures from link_check where url = 'http://source.example/a'), 1, 'are one');
update link_check set last_failure_on = current_date - 1;
select is(link_note('http://source.example/a', 404, 'absent', null), false, 'the next day');
update link_check set last_failure_on = current_date - 1;
select is(link_note('http://source.example/a', null, 'injoignable', null), true, 'dead on the third');
select is(link_note('http://source.example/a', 200, 'bon', null), false, 'and back');
select is((select failures from link_check where url = 'http://source.example/a'), 0, 'as if nothing had been');
update sheet set state = 'retiree', withdrawn_reason = 'essai' where id = 4;
select is(link_collect(), 0, 'what nobody reads is not asked');
update suggestion set decided_at = now() - interval '91 days' where email is not null;
select is(follow_forget(), 1, 'addresses of visitors are forgotten');
select throws_ok($$insert into catalyse.adoption (sheet_id) values (1)$$, '55000', null, 'nobody writes a trial by the public view');
set local role catalyse_ro;
select throws_ok('select 1 from private.suggestion', '42501', null, 'the role of public pages sees none of this');
select lives_ok('select count(*) from catalyse.adoption', 'but trials');
reset role;
select * from finish();
rollback;
