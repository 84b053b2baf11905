-- Verify catalyse:search_words on pg
begin;
select catalyst_id, words from catalyse.catalyst_words where false;
select catalyse.sheet_words(s) from catalyse.sheet s where false;
select has_function_privilege('catalyse.search_places_around(int[])', 'execute');
rollback;
