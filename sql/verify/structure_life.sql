-- Verify catalyse:structure_life on pg
begin;
select siren from catalyse.structure where false;
select message from private.structure_member where false;
select 1 / (count(*) = 11)::int from pg_proc where pronamespace = 'private'::regnamespace and (proname like 'structure\_%' or proname = 'sheet_transfer');
rollback;
