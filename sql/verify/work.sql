-- Verify catalyse:work on pg
begin;
select sheet_id, state, rev, content from private.work where false;
select author_id, decided_by, parts from catalyse.sheet_version where false;
select 1 / (has_sequence_privilege('catalyse_rw', 'catalyse.sheet_id_seq', 'usage'))::int;
rollback;
