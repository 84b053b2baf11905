-- What harvesters are told is dated when it is committed.
begin;
set search_path to catalyse, public;
select plan(4);
update sheet set title = title || ' ' where id = 1;
create temporary table first as select datestamp from sheet_record where sheet_id = 1;
insert into sheet_record values (900000001, '2001-01-01 00:00:00Z', true, '{}');
select pg_sleep(1.2);
set constraints record_stamp immediate;
select cmp_ok((select datestamp from sheet_record where sheet_id = 1), '>', (select datestamp from first), 'at the end, not when it was changed');
select is((select datestamp from sheet_record where sheet_id = 900000001), '2001-01-01 00:00:00Z', 'a date that is not of this transaction stays');
select is((select count(*) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and pid = pg_backend_pid())::int, 1, 'no harvest meanwhile');
set local role catalyse_ro;
select cmp_ok(sheet_record_settled(), '<=', clock_timestamp(), 'a reader may ask when it is');
select * from finish();
rollback;
