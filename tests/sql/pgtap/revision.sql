-- What pages are made of has a revision: each table that can be shown is watched, a transaction counts once, nobody waits, nothing is lost.
begin;
set search_path to catalyse, private, public;
select * from no_plan();
select is(array(select c.relname::text from pg_class c where c.relnamespace = 'catalyse'::regnamespace and c.relkind in ('r', 'p')
	and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'catalyse.revision_add()'::regprocedure)
	and c.relname not in ('revision', 'sheet_wide_change') order by 1), '{}', 'every public table is watched, but the queue of counts');
select is((select count(*)::int from pg_trigger t where t.tgfoid = 'catalyse.revision_add()'::regprocedure and t.tgtype & 1 = 1), 0, 'once a statement, never once a row');
create function pg_temp.of(noun text) returns bigint language sql as $$select coalesce(bit_xor(r.token), 0) from revision r where r.noun = $1$$;
create temporary table was on commit drop as select n as noun, pg_temp.of(n) as rev from unnest(array['fiche', 'catalyseur', 'territoire', 'espace', 'evenement']) n;
create function pg_temp.moved() returns text[] language sql as $$select coalesce(array_agg(noun order by noun), '{}') from was where rev <> pg_temp.of(noun)$$;
select is(pg_temp.moved(), '{}', 'nothing moved yet');
savepoint s;
update espace_link set label = label || ' ';
select is(pg_temp.moved(), '{espace}', 'a menu moves the espaces alone');
rollback to s;
select is(pg_temp.moved(), '{}', 'what is rolled back did not move');
update espace_link set label = label || ' ';
select is(pg_temp.moved(), '{espace}', 'and may move again');
create temporary table n on commit drop as select count(*) as n from revision where noun = 'espace';
update espace_link set label = rtrim(label);
update espace set name = name;
select is((select count(*) from revision where noun = 'espace'), (select n from n), 'one token a transaction, however many statements');
create temporary table now_is on commit drop as select pg_temp.of('espace') as rev;
insert into revision (noun, token) select 'espace', x from (values (1::bigint), (1)) v(x) cross join generate_series(1, 15);
select is(pg_temp.of('espace'), (select rev from now_is), 'thirty tokens that undo one another');
set local role catalyse_rw;
select ok(revision_settle() > 20, 'many become one');
select throws_ok($$insert into revision (noun, token) values ('fiche', 1)$$, '42501', null, 'nobody writes tokens by hand');
select throws_ok($$delete from revision$$, '42501', null, 'nor takes them away');
update sheet set slug = slug where false;
reset role;
select is(pg_temp.of('espace'), (select rev from now_is), 'and the revision is what it was');
select is((select count(*)::int from revision where noun = 'espace'), 1, 'in one row');
select is(revision_settle(), 0, 'few are left alone');
select * from finish();
rollback;
