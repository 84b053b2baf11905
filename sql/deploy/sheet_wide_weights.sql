-- Deploy catalyse:sheet_wide_weights to pg
-- requires: sheet_wide_pages
-- The words that a sheet has in its title, or in its title, summary, terms and names, are asked of its index by the weights of the question: ts_filter() made a copy of the
-- index for each such question, four times a sheet ranked. The same scores.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create function search_weighted(query tsquery, weights text) returns tsquery language sql immutable strict parallel safe
	return case when numnode(query) = 0 then query else regexp_replace(query::text, '(''(?:[^''\\]|''''|\\.)*'')(?::(\*))?', '\1:\2' || weights, 'g')::tsquery end;
comment on function search_weighted(tsquery, text) is 'The question, of these weights only ("A", "ABC"); one that has weights already is not for it, nor a vector without positions, which has whatever weight is asked';

-- As search_score(words, query, typed), whose question is here given of A and of ABC too.
create function search_score(words tsvector, query tsquery, query_a tsquery, query_abc tsquery, typed tsquery, typed_a tsquery, typed_abc tsquery) returns real
	language sql immutable parallel safe
	return case when words @@ query_a then 30 when words @@ query_abc then 20 else 10 end
		+ floor(ln(greatest(ts_rank_cd(words, query), 0.000001::real)::float8) / ln(4.0)::float8)
		+ case when numnode(typed) = 0 then 0 when words @@ typed_a then 8 when words @@ typed_abc then 4 when words @@ typed then 1 else 0 end;
comment on function search_score(tsvector, tsquery, tsquery, tsquery, tsquery, tsquery, tsquery) is
	'search_score(words, query, typed), of questions whose weights are set beforehand (search_weighted)';

create or replace function sheet_wide_ranked(a sheet_wide_ask, ids int[], most int, first int) returns setof int language plpgsql stable
	set enable_seqscan = off as $$
declare
	asked tsquery := a.asked; -- of a plain variable, a row costs less than of a field
	typed tsquery := a.typed;
	asked_a tsquery := search_weighted(asked, 'A');
	asked_abc tsquery := search_weighted(asked, 'ABC');
	typed_a tsquery := search_weighted(typed, 'A');
	typed_abc tsquery := search_weighted(typed, 'ABC');
	inside int[] := a.inside;
	around int[] := a.around;
begin
	return query select i.sheet_id from sheet_index i where i.sheet_id = any (ids)
		order by search_score(i.words, asked, asked_a, asked_abc, typed, typed_a, typed_abc) desc, i.territories && inside desc,
			i.own_territories && around desc, i.evidence desc, i.verified_on desc nulls last, i.sheet_id
		limit most offset first;
end
$$;
commit;
