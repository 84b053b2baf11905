-- Parcours: what is public of them, who may do what to one that is composed, what is kept and how it goes.
begin;
set search_path to private, catalyse, public;
select * from no_plan();
insert into contributor (id, name) values (201, 'Autrice'), (202, 'Animateur'), (203, 'Éditrice'), (204, 'Lecteur'), (205, 'Administratrice');
insert into account (id, email, state, confirmed_at) select id, 'p' || id || '@essai.example', 'actif', now() from contributor where id between 201 and 205;
insert into account_role (account_id, role, territory_id) values (202, 'animateur', 2);
insert into account_role (account_id, role, espace_id) values (203, 'editeur', 1);
insert into account_role (account_id, role) values (205, 'administrateur');
insert into event (ref, slug, title, starts_on, origin) values ('essai-rencontre', 'essai-rencontre', 'Une rencontre', '2023-06-08', 'ours');
set local role catalyse_rw;

-- The reference content.
select is(parcours_put('{"ref": "essai", "titre": "Un essai", "resume": "Un parcours pour cet essai.", "origin": "ours", "ordre": 1, "saurez": "Lire\nEssayer", "etapes": [
	{"code": "un", "sorte": "texte", "titre": "Pour commencer", "minutes": 10, "des": 2, "texte": "Un texte."},
	{"code": "deux", "sorte": "evenement", "titre": "À retrouver", "minutes": 5, "des": 12, "rencontre": "essai-rencontre"}]}'), 'added', 'a parcours comes in');
select results_eq('select code::text, kind, minutes::int, since::int from parcours_step order by position',
	$$values ('un', 'texte', 10, 2), ('deux', 'evenement', 5, 12)$$, 'with its steps in their order');
select is(parcours_put('{"ref": "essai", "titre": "Un essai", "resume": "Un parcours pour cet essai.", "origin": "ours", "ordre": 1, "saurez": "Lire\nEssayer", "etapes": [
	{"code": "un", "sorte": "texte", "titre": "Pour commencer", "minutes": 10, "des": 2, "texte": "Un texte."},
	{"code": "deux", "sorte": "evenement", "titre": "À retrouver", "minutes": 5, "des": 12, "rencontre": "essai-rencontre"}]}'), 'same', 'the same again changes nothing');
select is(parcours_put('{"ref": "essai", "titre": "Un essai", "resume": "Un parcours pour cet essai.", "origin": "ours", "ordre": 1, "etapes": [
	{"code": "un", "sorte": "texte", "titre": "Pour commencer", "minutes": 15, "des": 2, "texte": "Un texte."}]}'), 'changed', 'another text does');
select is((select count(*)::int from parcours_step), 1, 'steps that are no longer there are gone');
select throws_ok($$select parcours_put('{"ref": "essai", "titre": "Un essai", "resume": "Un parcours pour cet essai.", "origin": "ours", "etapes": [
	{"code": "un", "sorte": "evenement", "titre": "Rien", "minutes": 15, "des": 2, "rencontre": "nulle-part"}]}')$$, '23514', null, 'a step of a meeting that there is not is refused');
select is((select count(*)::int from parcours where words @@ search_query('essai')), 1, 'it is found by its words');

-- Composing: only the author writes, only others read it over.
create function pg_temp.w() returns int language sql as 'select max(id) from private.parcours_work';
create function pg_temp.rev() returns int language sql as 'select rev from private.parcours_work where id = pg_temp.w()';
create function pg_temp.state() returns text language sql as 'select state from private.parcours_work where id = pg_temp.w()';
select ok(parcours_create(201, '{"titre": "Mon parcours", "etapes": []}') > 0, 'anybody begins one');
select is(parcours_save(204, pg_temp.w(), '{}', 1), 'introuvable', 'a stranger does not even see it');
select is(parcours_save(202, pg_temp.w(), '{}', 1), 'introuvable', 'nor to who will read it over');
select is(parcours_save(201, pg_temp.w(), '{"titre": "Mon parcours", "resume": "Ce qui m’a servi, dans l’ordre.", "etapes": [
	{"code": "e1", "sorte": "texte", "titre": "Un pas", "minutes": 30, "des": 2, "texte": "Marchez."}]}', 1), '', 'the author does');
select is(parcours_save(201, pg_temp.w(), '{}', 1), 'perime', 'not over what another window saved');
select is(parcours_move(202, pg_temp.w(), 'publier', '', null), 'introuvable', 'what was not sent is not published');
select is(parcours_move(204, pg_temp.w(), 'soumettre', '', null), 'introuvable', 'a stranger sends nothing');
select is(parcours_move(201, pg_temp.w(), 'soumettre', '', pg_temp.rev()), '', 'its author sends it');
select is(parcours_save(201, pg_temp.w(), '{}', pg_temp.rev()), 'etat', 'and then waits');
select is(parcours_move(201, pg_temp.w(), 'publier', '', null), 'interdit', 'an author does not publish');
select is(parcours_move(202, pg_temp.w(), 'refuser', ' ', null), 'motif', 'sent back with a reason only');
select is(parcours_move(202, pg_temp.w(), 'refuser', 'La deuxième étape manque.', pg_temp.rev() - 1), 'perime', 'on the text that was read');
select is(parcours_move(202, pg_temp.w(), 'refuser', 'La deuxième étape manque.', pg_temp.rev()), '', 'by an animateur');
select is((select reason from parcours_work where id = pg_temp.w()), 'La deuxième étape manque.', 'which is kept for the author');
select is((select reason from journal where object = 'parcours' order by id desc limit 1), 'La deuxième étape manque.', 'and in the journal');
select is(parcours_move(201, pg_temp.w(), 'soumettre', '', pg_temp.rev()), '', 'sent again');
select is(parcours_move(201, pg_temp.w(), 'reprendre', '', pg_temp.rev()), '', 'or taken back');
select is(parcours_move(201, pg_temp.w(), 'soumettre', '', pg_temp.rev()), '', 'and sent');
select is(parcours_move(203, pg_temp.w(), 'publier', '', pg_temp.rev()), '', 'an editrice publishes');
select is((select concat_ws(' ', p.slug, p.title, p.author_id, st.code) from parcours p join parcours_step st on st.parcours_id = p.id where p.author_id is not null),
	'mon-parcours Mon parcours 201 e1', 'it is public, under the name of its author');
select is(parcours_move(201, pg_temp.w(), 'modifier', '', null), '', 'its author opens it again');
select is((select state from parcours where slug = 'mon-parcours'), 'publiee', 'what is public stays meanwhile');
select is(parcours_move(202, pg_temp.w(), 'retirer', 'il fait double emploi', null), '', 'it can be withdrawn whatever is being written');
select is((select state || withdrawn_reason from parcours where slug = 'mon-parcours'), 'retireeil fait double emploi', 'with the reason');
select is(parcours_move(205, pg_temp.w(), 'retablir', '', null), '', 'and come back');
select is((select state from parcours where slug = 'mon-parcours'), 'publiee', 'for readers');

-- The platform's own: editors write and publish; nobody else.
create function pg_temp.own() returns int language sql as $$select w.id from private.parcours_work w join catalyse.parcours p on p.id = w.parcours_id where p.slug = 'essai'$$;
select is(parcours_move(201, pg_temp.own(), 'modifier', '', null), 'introuvable', 'a contributor does not open the platform''s own');
select is(parcours_move(202, pg_temp.own(), 'modifier', '', null), 'interdit', 'nor an animateur');
select is(parcours_move(203, pg_temp.own(), 'modifier', '', null), '', 'an editrice does');
select is(parcours_save(203, pg_temp.own(), (select content || '{"titre": "Un essai corrigé"}' from parcours_work where id = pg_temp.own()),
	(select rev from parcours_work where id = pg_temp.own())), '', 'changes it');
select is(parcours_move(203, pg_temp.own(), 'soumettre', '', null), '', 'sends it');
select is(parcours_move(203, pg_temp.own(), 'publier', '', null), '', 'and publishes it');
select is((select title collate "C" from parcours where slug = 'essai'), 'Un essai corrigé', 'readers have it');
select is(parcours_put('{"ref": "essai", "titre": "Un essai", "resume": "Un parcours pour cet essai.", "origin": "ours", "etapes": []}'), 'same', 'the reference content no longer changes it');
select is((select title collate "C" from parcours where slug = 'essai'), 'Un essai corrigé', 'indeed');
select is((select count(*)::int from journal where object = 'parcours' and action = 'parcours_publie'), 2, 'each publication has its line');
select throws_ok('update parcours_rule set who = ''auteur''', '42501', null, 'the application does not change the rules');

-- Progress, and what goes with an account.
insert into parcours_progress (account_id, parcours_id, step) select 201, id, 'un' from parcours where slug = 'essai';
select ok(parcours_create(201, '{"titre": "Jamais montré"}') > 0, 'another is begun');
reset role;
set local search_path to private, catalyse, public;
select is(account_export(201)->'parcours_suivis'->0->>'etape', 'un', 'progress is given');
select is(jsonb_array_length(account_export(201)->'parcours_composes'), 2, 'and what is composed');
select ok(account_erase(201, 'retirer', 201), 'an account goes');
select is((select count(*)::int from parcours_progress where account_id = 201), 0, 'with its progress');
select is((select count(*)::int from parcours_work where author_id = 201), 1, 'its drafts');
select is((select state || rev::text || reason from parcours_work where author_id = 201) is not null, true, 'and what is public stays, under a number');
select is((select c.name collate "C" from parcours p join contributor c on c.id = p.author_id where p.slug = 'mon-parcours'), null::text, 'without the name');
select * from finish();
rollback;
