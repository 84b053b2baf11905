-- Verify catalyse:sheet_wide_steps on pg
begin;
set local search_path to catalyse, public;
select 1 / (sheet_wide_expected('1', 'mot') >= 0)::int;
rollback;
