-- Verify catalyse:search_box on pg
begin;
select words from catalyse.event where false;
select words from catalyse.term where false;
select completed, n from catalyse.search_complete('coop', 3) where false;
rollback;
