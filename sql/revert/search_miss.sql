-- Revert catalyse:search_miss from pg
begin;
drop view catalyse.search_miss_frequent;
drop function catalyse.search_miss_note(text, text, text, text);
drop function catalyse.search_miss_purge();
drop table catalyse_private.search_miss;
drop schema catalyse_private;
commit;
