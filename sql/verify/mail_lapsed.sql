-- Verify catalyse:mail_lapsed on pg
begin;
select 1 / count(*) from pg_proc where oid = 'private.mail_lapsed()'::regprocedure and prosrc like '%gone%';
rollback;
