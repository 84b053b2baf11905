-- Verify catalyse:search_lexicon on pg
begin;
select word, shown, n from catalyse.search_word where false;
select instead, reason from catalyse.search_repair('rien de rien') where false;
select shown, n from catalyse.search_neighbours('asociation', 3) where false;
select 1 / (not has_function_privilege('catalyse_rw', 'catalyse.search_lexicon_refresh()', 'execute'))::int;
rollback;
