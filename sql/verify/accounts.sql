-- Verify catalyse:accounts on pg
begin;
select id, email, state from private.account where false;
select 1 / (to_regprocedure('private.session_find(text)') is not null)::int;
rollback;
