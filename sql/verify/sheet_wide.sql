-- Verify catalyse:sheet_wide on pg
begin;
select vals, keys, head from catalyse.sheet_index where false;
select value, grp, facet, code, label, position, level, parent, n from catalyse.sheet_value where false;
select a, b, n from catalyse.sheet_pair where false;
select size, value, bits from catalyse.sheet_bits where false;
select 1 / count(wide) from catalyse.sheet_wide_state;
select 1 / (has_function_privilege('catalyse_rw', 'catalyse.sheet_wide_refresh(bool)', 'execute'))::int;
select 1 / (count(*) = 5)::int from pg_trigger where tgname like 'sheet_wide_%' and not tgisinternal
	and tgrelid in ('catalyse.sheet'::regclass, 'catalyse.sheet_index'::regclass);
select 1 / (not has_table_privilege('catalyse_rw', 'catalyse.sheet_pair', 'insert'))::int;
rollback;
