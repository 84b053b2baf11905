-- Deploy catalyse:sheet_wide_level to pg
-- requires: sheet_wide_list sheet_index_whole
-- Very common words: the walk of the best sheets begins at the best level of evidence that is asked, as that of lists without words does, and
-- no longer passes all that is better proved before the first that answers.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

create or replace function sheet_wide_common(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
declare
	f tsquery := a.f; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	rest bool := a.rest;
	high int := coalesce((select max(x.v) - 2000010 from unnest(a.fv, a.fg) x(v, g) where x.g = 2), 4);
begin
	return array(select i.sheet_id from sheet_index i where i.evidence <= high and i.keys @@ f and i.words @@ asked
		and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
		order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit greatest(500, first + most));
end
$$;
commit;
