-- Deploy catalyse:search_bands to pg
-- requires: search_words
-- How well a text answers, in few steps: what a visitor would call the same is the same, and the next criteria then decide.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function search_score(words tsvector, query tsquery) returns real
	language sql immutable parallel safe
	return case when ts_filter(words, '{a}') @@ query then 30 when ts_filter(words, '{a,b,c}') @@ query then 20 else 10 end
		+ floor(ln(greatest(ts_rank_cd(words, query), 1e-6)) / ln(4.0));
comment on function search_score(tsvector, tsquery) is
	'all in the title 30, all in title, summary, terms and names 20, else 10; then one step less each time the words are four times as sparse';

create function search_typed(q text) returns tsquery language sql stable strict parallel safe
	return plainto_tsquery('catalyse.catalyse_fr', translate(search_spelling(q), '-/_"«»~', '       '));
comment on function search_typed(text) is 'the very words of a question, all of them, without what means the same';

create function search_score(words tsvector, query tsquery, typed tsquery) returns real
	language sql immutable parallel safe
	return search_score(words, query) + case when numnode(typed) = 0 then 0 when ts_filter(words, '{a}') @@ typed then 8
		when ts_filter(words, '{a,b,c}') @@ typed then 4 when words @@ typed then 1 else 0 end;
comment on function search_score(tsvector, tsquery, tsquery) is
	'the same; before what means the same, the very words typed: 8 more in the title, 4 in summary, terms and names, 1 in the text';
commit;
