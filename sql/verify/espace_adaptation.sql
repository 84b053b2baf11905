-- Verify catalyse:espace_adaptation on pg
begin;
select espace_id, sheet_id, field, text, base, changed_on from catalyse.espace_adaptation where false;
select 1 / (private.espace_adapt(0, 0, 0, 'titre', 'garder', '', '') = 'interdit')::int;
rollback;
