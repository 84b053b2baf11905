-- Verify catalyse:sheet_wide_others on pg
begin;
select 'catalyse.sheet_wide_words(catalyse.sheet_wide_ask, int, int, int)'::regprocedure, 'catalyse.sheet_wide_spread(int[], int)'::regprocedure;
select 1 / (pg_get_functiondef('catalyse.sheet_wide_count'::regproc) ~ 'select unnest')::int, 1 / (prosrc ~ 'lead')::int
from pg_proc where oid = 'catalyse.sheet_wide'::regproc;
select 'catalyse.territory_near_idx'::regclass;
rollback;
