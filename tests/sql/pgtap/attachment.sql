-- Files of sheets: who joins and removes them, their bounds whatever is sent, what readers have and when.
begin;
set search_path to private, catalyse, public;
select * from no_plan();
insert into contributor (id, name) values (201, 'Autrice'), (202, 'Animatrice'), (203, 'Personne');
insert into account (id, email, state, confirmed_at) select id, 'p' || id || '@essai.example', 'actif', now() from contributor where id between 201 and 203;
insert into account_role (account_id, role, territory_id) values (202, 'animateur', 2);
insert into work (sheet_id, content, created_by, saved_by) select n,
	'{"type": "exemple", "titre": "Un atelier de quartier", "chapo": "Des voisins réparent.", "territoires": ["commune:97410"], "source": {"libelle": "Notre récit"}}', 201, 201
	from generate_series(6000, 6006) n;
insert into work_author select n, 201, 'auteur' from generate_series(6000, 6006) n;
create function pg_temp.bytes(n int, fill text) returns bytea language sql as $$ select convert_to(repeat(fill, n), 'UTF8') $$;
create function pg_temp.add(actor int, sheet int, b bytea, small bytea default null, label text default 'Plan') returns text language sql as $$
	select case when refused <> '' then refused else id::text end from private.attachment_add(actor, sheet, 'plan.png', label, '', 'image/png', b,
		encode(sha256(b), 'hex'), small, encode(sha256(small), 'hex'), 10, 10)
$$;
grant execute on all functions in schema pg_temp to public;
set local role catalyse_rw;

select matches(pg_temp.add(201, 6000, 'un', 'u'), '^[0-9]+$', 'its author joins a file');
select is(pg_temp.add(203, 6000, 'deux'), 'introuvable', 'a stranger is told nothing');
select is(pg_temp.add(202, 6000, 'deux'), 'introuvable', 'nor is who will review');
select is(pg_temp.add(201, 6000, 'un', 'u'), (select max(id)::text from attachment), 'the same file twice is one');
select is((select count(*)::int from attachment where sheet_id = 6000), 1, 'in one row');
select is((select size || '/' || blob from attachment where sheet_id = 6000), '2/' || encode(sha256('un'), 'hex'), 'its size is the blob''s');
update attachment set size = 1 where sheet_id = 6000;
select is((select size from attachment where sheet_id = 6000), 2, 'whatever is sent');
select throws_ok($$select pg_temp.add(201, 6000, 'x', null, ' ')$$, '23514', null, 'a label is wanted');
select throws_ok($$insert into attachment_blob (sha256, bytes, type) values (repeat('0', 64), 'x', 'image/png')$$, '23514', null, 'a sum must be that of the bytes');
select throws_ok($$insert into attachment_blob (sha256, bytes, type) values (encode(sha256('x'), 'hex'), 'x', 'image/svg+xml')$$, '23514', null, 'a type must be one of ours');
select throws_ok($$insert into attachment_blob (sha256, bytes, type) values (encode(sha256(''), 'hex'), '', 'image/png')$$, '23514', null, 'no empty file');
select throws_ok($$insert into attachment_blob (sha256, bytes, type) select encode(sha256(b), 'hex'), b, 'image/png' from pg_temp.bytes(10485761, 'a') b$$,
	'23514', null, 'nor one byte above 10 MiB');

-- Bounds of a sheet and of an account.
select pg_temp.add(201, 6001, convert_to('f' || n, 'UTF8')) from generate_series(1, 20) n;
select is((select count(*)::int from attachment where sheet_id = 6001), 20, 'twenty files');
select is(pg_temp.add(201, 6001, 'f21'), 'nombre', 'not one more');
select throws_ok($$update attachment set sheet_id = 6001 where sheet_id = 6000$$, '23514', 'too many files, or too large: nombre', 'by no other way');
select pg_temp.add(201, 6002, pg_temp.bytes(10485760, n::text)) from generate_series(1, 4) n;
select is((select sum(size)::int from attachment where sheet_id = 6002), 41943040, 'forty MiB');
select is(pg_temp.add(201, 6002, 'x'), 'poids', 'not one byte more');
select throws_ok($$insert into attachment (sheet_id, blob, name, label) select 6002, sha256, 'a.png', 'a' from attachment_blob where size = 2 limit 1$$,
	'23514', 'too many files, or too large: poids', 'by no other way');
select pg_temp.add(201, s, pg_temp.bytes(10485760, n::text)) from generate_series(6003, 6006) s, generate_series(1, 4) n;
select is((select count(*)::int from attachment_blob where size = 10485760), 4, 'the same bytes are kept once');
select is((select count(*)::int from attachment where size = 10485760), 19, 'two hundred MiB an account: the twentieth of ten is too much');
select is(pg_temp.add(201, 6006, pg_temp.bytes(10485760, '5')), 'compte', 'on any sheet');
select is(attachment_remove(201, (select min(id) from attachment where sheet_id = 6006)), '', 'one is taken off');
select is((select count(*)::int from attachment_blob where size = 10485760), 4, 'bytes that another sheet has stay');
select matches(pg_temp.add(201, 6006, pg_temp.bytes(10485760, '5')), '^[0-9]+$', 'what was taken off is not counted');
select matches(pg_temp.add(201, 6000, 'x'), '^[0-9]+$', 'a small one still fits');
delete from work where sheet_id between 6001 and 6006;
select is((select count(*)::int from attachment_blob where size = 10485760), 0, 'those that none has any more go');
select is((select count(*)::int from attachment_blob), 3, 'and no other');

-- What readers have.
set local role catalyse_ro;
select throws_ok('select * from private.attachment', '42501', null, 'the reader does not even name the tables');
select throws_ok('select * from private.attachment_blob', '42501', null, 'nor that of bytes');
select throws_ok($$select private.attachment_remove(201, 1)$$, '42501', null, 'nor changes anything');
select is((select count(*)::int from catalyse.attachment_public(6000)), 0, 'nothing of a draft');
select is((select count(*)::int from catalyse.attachment_public_bytes(6000, (select 1), left(encode(sha256('un'), 'hex'), 8))), 0, 'no byte of it');
set local role catalyse_rw;
select work_move(201, 6000, 'soumettre', null, null);
select is(pg_temp.add(201, 6000, 'y'), 'etat', 'a sheet sent for review does not change');
select is(attachment_remove(201, (select min(id) from attachment where sheet_id = 6000)), 'etat', 'in either way');
select work_move(202, 6000, 'prendre', null, null);
select is(work_publish(202, 6000, '', 'un-atelier', null), '', 'published');
set local role catalyse_ro;
select results_eq($$select name, size, hash, small_hash from catalyse.attachment_public(6000)$$,
	$$values ('plan.png', 2, left(encode(sha256('un'), 'hex'), 8), left(encode(sha256('u'), 'hex'), 8)), ('plan.png', 1, left(encode(sha256('x'), 'hex'), 8), null)$$,
	'with the sheet its files are public');
select is((select convert_from(bytes, 'UTF8') from catalyse.attachment_public_bytes(6000, (select min(id) from catalyse.attachment_public(6000)),
	left(encode(sha256('un'), 'hex'), 8))), 'un', 'their bytes too');
select is((select convert_from(bytes, 'UTF8') from catalyse.attachment_public_bytes(6000, (select min(id) from catalyse.attachment_public(6000)),
	left(encode(sha256('u'), 'hex'), 8))), 'u', 'and those of the small version');
select is((select count(*)::int from catalyse.attachment_public_bytes(1, (select min(id) from catalyse.attachment_public(6000)),
	left(encode(sha256('un'), 'hex'), 8))), 0, 'not under another sheet');
select is((select count(*)::int from catalyse.attachment_public_bytes(6000, (select min(id) from catalyse.attachment_public(6000)), '00000000')), 0,
	'nor another hash');

-- The next version: readers keep the files of the last one until it is published.
set local role catalyse_rw;
select work_move(201, 6000, 'modifier', null, null);
select is(attachment_remove(201, (select min(id) from attachment where sheet_id = 6000)), '', 'a public file is taken off');
select pg_temp.add(201, 6000, 'nouveau');
select is(attachment_describe(201, (select max(id) from catalyse.attachment_public(6000)), 'Un autre nom', 'Un dessin'), '', 'a public file is given a name');
select is((select string_agg(distinct label, ',') from catalyse.attachment_public(6000)), 'Plan', 'readers still have the one they had');
select is((select count(*)::int from catalyse.attachment_public(6000)), 2, 'and every file');
select work_move(201, 6000, 'abandonner', null, null);
select is((select string_agg(size::text, ',' order by id) from attachment where sheet_id = 6000 and removed_at is null and not leaving), '2,1', 'abandoned: as before');
select is((select count(*)::int from attachment where sheet_id = 6000 and next_label is not null), 0, 'and under the same names');
select is((select count(*)::int from attachment_blob where bytes = 'nouveau'), 0, 'and the bytes of the draft are gone');
select work_move(201, 6000, 'modifier', null, null);
select attachment_remove(201, (select min(id) from attachment where sheet_id = 6000 and removed_at is null));
select pg_temp.add(201, 6000, 'nouveau');
select work_move(201, 6000, 'soumettre', null, null);
select work_move(202, 6000, 'prendre', null, null);
select work_publish(202, 6000, '', 'un-atelier', null);
select is((select string_agg(size::text, ',' order by id) from catalyse.attachment_public(6000)), '1,7', 'published: one less, one more');
select is((select count(*)::int from attachment_blob where bytes in ('un', 'u')), 0, 'what left is nowhere');

-- Off at once.
select is(attachment_withdraw(201, (select max(id) from attachment where sheet_id = 6000), 'x'), 'interdit', 'not by its author');
select is(attachment_withdraw(202, (select max(id) from attachment where sheet_id = 6000), ' '), 'motif', 'not without a reason');
select is(attachment_withdraw(202, (select max(id) from attachment where sheet_id = 6000), 'Une photo sans accord.'), '', 'by who reviews');
select is((select count(*)::int from catalyse.attachment_public(6000)), 1, 'at once');
select is((select count(*)::int from journal where object = 'piece'), 1, 'and the journal says so');
reset role;
update catalyse.sheet set state = 'archivee' where id = 6000;
select is((select count(*)::int from catalyse.attachment_public(6000)), 0, 'a sheet that is no longer shown shows no file');
select * from finish();
rollback;
