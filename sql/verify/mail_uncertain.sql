-- Verify catalyse:mail_uncertain on pg
begin;
select 1 / (has_function_privilege('catalyse_rw', 'private.mail_resolve(bigint, bool)', 'execute'))::int;
select 1 / (to_regclass('private.mail_outbox_uncertain_idx') is not null)::int;
rollback;
