-- Verify catalyse:sheet_place on pg
begin;
select territory_id, point from catalyse.sheet_place where false;
select 1 / (to_regclass('catalyse.sheet_place_point_idx') is not null
	and not exists (select from catalyse.sheet_index i cross join lateral unnest(i.own_territories) u(id) join catalyse.territory t on t.id = u.id
		where t.type <> 'pays' and t.point is not null and not exists (select from catalyse.sheet_place p where p.territory_id = u.id)))::int;
rollback;
