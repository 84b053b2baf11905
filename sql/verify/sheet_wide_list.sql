-- Verify catalyse:sheet_wide_list on pg
begin;
set local role catalyse_ro;
select part, value, n, about, sheet_id, rank from catalyse.sheet_wide(null, null, null, null, null, null, null, null, null, null, null, null,
	null, null, null, null, null, 'pertinence', 20, 0, null, null) where false;
rollback;
