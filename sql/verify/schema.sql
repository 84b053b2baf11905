-- Verify catalyse:schema on pg
begin;
select 1 / has_schema_privilege('catalyse_ro', 'catalyse', 'usage')::int;
select 1 / (not has_schema_privilege('catalyse_rw', 'catalyse', 'create'))::int;
select 1 / (catalyse.territory_search_normalise('St-Benoît d''Été') = 'saint benoit d ete')::int;
select 1 / (to_tsvector('catalyse.catalyse_fr', 'Rénovation') @@ to_tsquery('catalyse.catalyse_fr', 'renovation'))::int;
rollback;
