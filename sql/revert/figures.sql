-- Revert catalyse:figures from pg
begin;
drop view catalyse.figure_full;
drop function catalyse.figure_put(jsonb), catalyse.indicator_put(jsonb);
drop table catalyse.figure, catalyse.indicator_sheet, catalyse.indicator_term, catalyse.indicator;
commit;
