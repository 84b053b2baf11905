-- Verify catalyse:session_copy on pg
begin;
select 1 / (prosrc like '%transaction_read_only%')::int from pg_proc where oid = 'private.session_find(text)'::regprocedure;
rollback;
