-- Sheets being written: the steps there are, who may take them, what the application's role cannot do, the journal.
begin;
set search_path to private, catalyse, public;
select * from no_plan();
insert into contributor (id, name) values (101, 'Autrice'), (102, 'Animatrice de l’Est'), (103, 'Animateur du Rhône'), (104, 'Administratrice'), (105, 'Membre'), (106, 'Personne');
insert into account (id, email, state, confirmed_at) select id, 'c' || id || '@essai.example', 'actif', now() from contributor where id between 101 and 106;
insert into account_role (account_id, role, territory_id) values (102, 'animateur', 2), (103, 'animateur', 6);
insert into account_role (account_id, role) values (104, 'administrateur');
insert into structure_member values (1, 105, 'membre', 'active');
set local role catalyse_rw;
insert into work (sheet_id, content, structure_id, created_by, saved_by) values (5000,
	'{"type": "exemple", "titre": "Un atelier de quartier", "chapo": "Des voisins réparent ensemble.", "territoires": ["commune:97410"], "termes": ["theme:lien-social"], "source": {"libelle": "Notre récit"}}', 1, 101, 101);
insert into work_author values (5000, 101, 'auteur');

select is(work_rights(101, 5000), array['ecrire', 'gerer', 'lire'], 'its author writes and hands over');
select is(work_rights(102, 5000), '{}', 'nobody reads over what was not sent');
select is(work_rights(103, 5000), '{}', 'that of another does not even read');
select is(work_rights(105, 5000), array['ecrire', 'lire'], 'a member of its structure writes');
select is(work_rights(106, 5000), '{}', 'nobody else');
select is(work_rights(104, 5000), '{}', 'not even an administratrice');

insert into work (sheet_id, content, created_by) values (5001, '{"territoires": ["commune:97410"]}', 102);
select is(work_rights(102, 5001), '{}', 'who began a text does not review it, even when it is somebody else''s by now');
delete from work where sheet_id = 5001;
select is(work_move(106, 5000, 'soumettre', null, null), 'introuvable', 'a stranger is told nothing');
select is(work_move(101, 5000, 'soumettre', null, 7), 'perime', 'a version that was not read last');
select is(work_move(102, 5000, 'soumettre', null, 1), 'introuvable', 'nor is who may review, before it is sent');
select is(work_move(101, 5000, 'soumettre', null, 1), '', 'submitted');
select is(work_rights(102, 5000), array['lire', 'relire'], 'the animateur of its region reviews');
select is(work_rights(103, 5000), '{}', 'that of another does not even read');
select is(work_rights(104, 5000), array['ecrire', 'gerer', 'lire', 'relire'], 'an administratrice, everything');
select is(work_publish(102, 5000, '', 'un-atelier', null), 'etat', 'nothing is published before it was taken');
select is(work_move(101, 5000, 'prendre', null, null), 'interdit', 'an author does not review');
select is(work_move(102, 5000, 'prendre', null, null), '', 'taken');
select is(work_move(102, 5000, 'demander', ' ', null), 'motif', 'changes are asked for with a reason');
select is(work_move(102, 5000, 'demander', 'Préciser la date.', null), '', 'changes asked for');
update work set content = jsonb_set(content, '{titre}', '"Un atelier de quartier, le samedi"'), rev = rev + 1 where sheet_id = 5000;
select is(work_move(101, 5000, 'soumettre', null, null), '', 'submitted again');
select throws_ok($$update work set content = '{}' where sheet_id = 5000$$, '23514', null, 'the text read over does not change');
select is(work_move(102, 5000, 'prendre', null, null), '', 'taken again');
select is(work_publish(103, 5000, '', 'un-atelier', null), 'introuvable', 'not by another territory');
select is(work_publish(102, 5000, 'Bienvenue.', 'un-atelier-de-quartier', null), '', 'published');
set constraints all immediate;
select is((select state from sheet where id = 5000), 'publiee', 'it is public');
select is((select author_id || '/' || decided_by || '/' || note from sheet_version where sheet_id = 5000), '101/102/Bienvenue.', 'the version says who and why');
select is((select count(*)::int from sheet_index where sheet_id = 5000), 1, 'and it is found');
select is((select contributor_id from sheet_author where sheet_id = 5000), 101, 'its author is named');
select is(work_move(101, 5000, 'modifier', null, null), '', 'the next version begins');
select is((select state from sheet where id = 5000), 'publiee', 'the public one stays');
select is(work_move(101, 5000, 'abandonner', null, null), '', 'and may be given up');
select is(work_rights(102, 2), array['lire', 'relire'], 'a sheet that nobody opened yet has its reviewers');
select lives_ok('select work_open(2)', 'a sheet that came otherwise is opened');
select is((select content->>'titre' from work where sheet_id = 2), 'Un jardin nourricier', 'with its text');

-- The steps of the text, by hand: what the table says is looked at too.
create temp table lawful_work (before text, after text, act text, who text[], reasoned bool);
insert into lawful_work values
	('brouillon', 'soumise', 'soumettre', '{auteur}', false), ('brouillon', 'publiee', 'abandonner', '{auteur}', false),
	('soumise', 'brouillon', 'reprendre', '{auteur}', false), ('soumise', 'en_relecture', 'prendre', '{relecteur}', false),
	('en_relecture', 'soumise', 'rendre', '{relecteur}', false), ('en_relecture', 'modifications_demandees', 'demander', '{relecteur}', true),
	('en_relecture', 'publiee', 'publier', '{relecteur}', false), ('en_relecture', 'refusee', 'refuser', '{relecteur}', true),
	('modifications_demandees', 'soumise', 'soumettre', '{auteur}', false), ('modifications_demandees', 'publiee', 'abandonner', '{auteur}', false),
	('refusee', 'soumise', 'contester', '{auteur}', true), ('refusee', 'brouillon', 'reprendre', '{auteur}', false),
	('publiee', 'brouillon', 'modifier', '{auteur,relecteur}', false);
select set_eq($$select before, after, act, who, reasoned from step where machine = 'travail'$$, 'select * from lawful_work', 'the steps of a text are these, by these people, with a reason or not');
-- Every other pair of states is refused by the database, whatever the role sends; and every step to what was never public.
create function pg_temp.try_step(sheet int, before text, after text) returns text language plpgsql as $$
declare
	way text[];
	s text;
begin
	way := case before when 'brouillon' then '{}' when 'publiee' then '{soumise,en_relecture,publiee}' when 'soumise' then '{soumise}' when 'en_relecture' then '{soumise,en_relecture}'
		when 'modifications_demandees' then '{soumise,en_relecture,modifications_demandees}' else '{soumise,en_relecture,refusee}' end;
	insert into work (sheet_id, created_by) values (sheet, 101);
	foreach s in array way loop
		update work set state = s, submitted_at = now(), reviewer_id = 102 where sheet_id = sheet;
	end loop;
	begin
		update work set state = after, submitted_at = now(), reviewer_id = 102 where sheet_id = sheet;
	exception when check_violation then
		delete from work where sheet_id = sheet;
		return 'refused';
	end;
	delete from work where sheet_id = sheet;
	return 'done';
end
$$;
create temp table state_of_work as select unnest(array['brouillon', 'soumise', 'en_relecture', 'modifications_demandees', 'refusee', 'publiee']) as s;
select is(pg_temp.try_step(4, b.s, a.s), case when exists (select from lawful_work l where l.before = b.s and l.after = a.s) then 'done' else 'refused' end,
	'of a public sheet, ' || b.s || ' to ' || a.s) from state_of_work b, state_of_work a where a.s <> b.s order by 1;
select is(pg_temp.try_step(6000, b.s, a.s), case when a.s <> 'publiee' and exists (select from lawful_work l where l.before = b.s and l.after = a.s) then 'done' else 'refused' end,
	'of a sheet never public, ' || b.s || ' to ' || a.s) from state_of_work b, state_of_work a where a.s <> b.s and b.s <> 'publiee' order by 1;
insert into work (sheet_id, created_by) values (6000, 101);
insert into work_author values (6000, 101, 'auteur');
select is(work_move(101, 6000, 'abandonner', null, null), 'etat', 'what was never public is not given up for what is public');
delete from work where sheet_id = 6000;
select throws_ok($$insert into work (sheet_id, state, created_by) values (6000, 'publiee', 101)$$, '23514', null, 'nor begun as public');
select throws_ok(format('insert into work (state, created_by, submitted_at, reviewer_id) values (%L, 101, now(), 102)', s), '23514', null, 'nothing begins as ' || s)
	from unnest(array['soumise', 'en_relecture', 'modifications_demandees', 'refusee']) s;
-- The public sheet likewise, against a list of its own: what the table of steps says is looked at too.
create temp table lawful (before text, after text);
insert into lawful values ('publiee', 'a_actualiser'), ('publiee', 'archivee'), ('publiee', 'retiree'), ('publiee', 'fusionnee'), ('a_actualiser', 'publiee'),
	('a_actualiser', 'archivee'), ('a_actualiser', 'retiree'), ('a_actualiser', 'fusionnee'), ('archivee', 'publiee'), ('archivee', 'retiree'), ('retiree', 'publiee'),
	('fusionnee', 'publiee'), ('brouillon', 'publiee');
select set_eq($$select distinct before, after from step where machine = 'publication' and before <> after$$, 'select * from lawful', 'the steps of what is public are these');
create function pg_temp.put_public(s text) returns void language sql as $$
	update sheet set state = s, withdrawn_reason = case when s = 'retiree' then 'pour un essai' end, merged_into = case when s = 'fusionnee' then 2 end where id = 5000
$$;
create function pg_temp.try_public(before text, after text) returns text language plpgsql as $$
begin
	begin
		if before <> 'publiee' then perform pg_temp.put_public(before); end if;
		begin
			perform pg_temp.put_public(after);
		exception when check_violation then
			raise exception 'refused' using errcode = 'P0001';
		end;
		raise exception 'done' using errcode = 'P0001';
	exception when sqlstate 'P0001' then -- and all is as before
		return sqlerrm;
	end;
end
$$;
select is(pg_temp.try_public(b.s, a.s), case when exists (select from lawful where before = b.s and after = a.s) then 'done' else 'refused' end, 'public, ' || b.s || ' to ' || a.s)
	from unnest(array['publiee', 'a_actualiser', 'archivee', 'retiree', 'fusionnee']) b (s),
		unnest(array['brouillon', 'soumise', 'en_relecture', 'a_corriger', 'publiee', 'a_actualiser', 'archivee', 'retiree', 'fusionnee']) a (s)
	where a.s <> b.s order by 1;
select throws_ok($$update sheet set state = 'brouillon' where id = 5000$$, '23514', null, 'a public sheet is no draft again');
select throws_ok($$update sheet set state = 'soumise' where id = 5000$$, '23514', null, 'nor submitted');
select throws_ok($$insert into step values ('travail', 'brouillon', 'publiee', 'vite', '{auteur}', false, 'x')$$, '42501', null, 'no step is added');
select throws_ok($$insert into work (content) values ('[]')$$, '23514', null, 'a content is an object');
select throws_ok($$insert into work (content) values ('{"intrus": 1}')$$, '23514', null, 'of known members');

-- The journal.
select ok((select count(*) >= 8 from journal where object = 'fiche' and object_id = 5000), 'each step is in the journal');
select is(journal_broken(), null, 'whose seals hold');
select throws_ok($$insert into journal (action, object) values ('x', 'y')$$, '42501', null, 'the application does not write there by itself');
select throws_ok($$update journal set reason = ''$$, '42501', null, 'nor change a line');
select throws_ok($$delete from journal$$, '42501', null, 'nor take one out');
select throws_ok($$truncate journal cascade$$, '42501', null, 'nor all');
select throws_ok($$delete from journal_seal$$, '42501', null, 'nor the seals');
reset role;
select throws_ok($$update journal set reason = 'autre' where object_id = 5000$$, '23514', null, 'even the owner is refused');
alter table journal disable trigger journal_keep;
update journal set reason = 'autre' where id = (select min(id) + 1 from journal);
select is(journal_broken(), (select min(id) + 1 from journal), 'what was changed behind its back is seen');
set local role catalyse_ro;
select throws_ok('select 1 from private.work', '42501', null, 'the public pages read no draft');
select throws_ok('select 1 from private.account', '42501', null, 'and no account');
reset role;
select is(attempt_note(repeat('a', 64), 'connexion', 2, '1 hour'), 0, 'a first try');
select is(attempt_note(repeat('a', 64), 'connexion', 2, '1 hour'), 0, 'a second');
select ok(attempt_note(repeat('a', 64), 'connexion', 2, '1 hour') > 3500, 'then one waits');
select * from finish();
rollback;
