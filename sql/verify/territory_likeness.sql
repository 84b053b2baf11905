-- Verify catalyse:territory_likeness on pg
begin;
select code, label, note, several, by_default, position from catalyse.likeness_criterion where false;
select id, criterion, type, code, label, low, high, members from catalyse.likeness_value where false;
select territory_id, people_near, area_km2, island from catalyse.territory_measure where false;
select territory_id, vals from catalyse.territory_likeness where false;
select 1 / has_function_privilege('catalyse_rw', 'catalyse.territory_likeness_refresh()', 'execute')::int;
select 1 / has_function_privilege('catalyse_rw', 'catalyse.territory_measure_refresh()', 'execute')::int;
rollback;
