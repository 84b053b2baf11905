-- Revert catalyse:search_bands from pg
begin;
set local role catalyse_owner;
drop function catalyse.search_score(tsvector, tsquery, tsquery), catalyse.search_typed(text);
create or replace function catalyse.search_score(words tsvector, query tsquery) returns real
	language sql immutable parallel safe
	return ts_rank_cd(words, query);
comment on function catalyse.search_score(tsvector, tsquery) is 'how well the words answer the question; higher is better';
commit;
