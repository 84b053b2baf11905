-- Deploy catalyse:search_count to pg
-- requires: search_lexicon
-- How much a question finds, as far as it matters.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
set local lock_timeout to '2s';

-- Through the indexes only, as search_finds().
create function search_count(query tsquery, most int) returns int language sql stable parallel safe set enable_seqscan to off
	return (select count(*) from (select from catalyse.sheet_index i where i.words @@ query limit most) x)
		+ (select count(*) from (select from catalyse.catalyst_words w where w.words @@ query limit most) x);
comment on function search_count(tsquery, int) is 'how many sheets and catalysts there are for it, at most so many of each';
commit;
