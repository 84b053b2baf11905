-- The chain of versions: one for each published change, sealed, never rewritten.
begin;
set search_path to catalyse, public;
select plan(20);
select is((select count(*) from sheet_version)::int, 3, 'each published sheet has its first version, a draft none');
select is((select version from sheet where id = 3), 0, 'a draft is version 0');
select is((select previous_hash from sheet_version where sheet_id = 1 and number = 1), null, 'the first has nothing before it');
update sheet set verified_on = '2026-05-05' where id = 1;
select is((select version from sheet where id = 1), 1, 'a check of the date is not a new version');
select set_config('catalyse.note', 'plus clair', true);
update sheet set title = 'Cartographier à plusieurs' where id = 1;
select is((select version from sheet where id = 1), 2, 'another title is');
select is((select note from sheet_version where sheet_id = 1 and number = 2), 'plus clair', 'with its note');
select is((select previous_hash from sheet_version where sheet_id = 1 and number = 2),
	(select hash from sheet_version where sheet_id = 1 and number = 1), 'chained to the one before');
update sheet set sections = sections || '{"duree": "Trois heures"}', title = title where id = 1;
select is((select version from sheet where id = 1), 3, 'and other sections');
select is(sheet_version_broken(1), null, 'the chain holds');
insert into sheet (id, ref, type, slug, title, summary, sections, evidence, state, origin)
	select id, ref, type, slug, title, summary, sections, evidence, state, origin from sheet where id = 1
	on conflict (ref) do update set title = excluded.title, summary = excluded.summary, sections = excluded.sections;
select is((select count(*) from sheet_version where sheet_id = 1)::int, 3, 'loading the same again adds nothing');
update sheet set state = 'archivee' where id = 1;
update sheet set state = 'publiee' where id = 1;
select is((select version from sheet where id = 1), 3, 'archived and published again: the same version');
update sheet set version = 40 where id = 1;
select is((select version from sheet where id = 1), 3, 'the number is not written by hand');
select throws_ok($$update sheet_version set title = 'x' where sheet_id = 1$$, '23514', null, 'a version is not rewritten');
select throws_ok($$delete from sheet_version where sheet_id = 1$$, '23514', null, 'nor deleted');
select throws_ok($$delete from sheet where id = 1$$, '23503', null, 'nor is a sheet that has some');
select is((select modified_at from sheet where id = 2), '2026-01-02'::timestamptz, 'dates of a load are kept');
alter table sheet_version disable trigger sheet_version_keep;
update sheet_version set title = 'faux' where sheet_id = 1 and number = 2;
select is(sheet_version_broken(1), 2, 'a forged version is found');
update sheet_version set title = 'Cartographier à plusieurs' where sheet_id = 1 and number = 2;
select is(sheet_version_broken(1), null, 'and a restored one');
delete from sheet_version where sheet_id = 1 and number = 2;
select is(sheet_version_broken(1), 3, 'a missing one is found');
set local role catalyse_rw;
select throws_ok($$insert into catalyse.sheet_version select * from catalyse.sheet_version$$, '42501', null, 'the application cannot write versions');
select * from finish();
rollback;
