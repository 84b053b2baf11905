-- Revert catalyse:sheet_wide_weights from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function sheet_wide_ranked(a sheet_wide_ask, ids int[], most int, first int) returns setof int language plpgsql stable
	set enable_seqscan = off as $$
begin
	return query select i.sheet_id from sheet_index i where i.sheet_id = any (ids)
		order by search_score(i.words, a.asked, a.typed) desc, i.territories && a.inside desc, i.own_territories && a.around desc,
			i.evidence desc, i.verified_on desc nulls last, i.sheet_id
		limit most offset first;
end
$$;
drop function search_score(tsvector, tsquery, tsquery, tsquery, tsquery, tsquery, tsquery);
drop function search_weighted(tsquery, text);
commit;
