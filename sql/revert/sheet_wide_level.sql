-- Revert catalyse:sheet_wide_level from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function sheet_wide_common(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
	return array(select i.sheet_id from sheet_index i where i.keys @@ a.f and i.words @@ a.asked
		and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a))
		order by i.evidence desc, i.verified_on desc nulls last, i.sheet_id limit greatest(500, first + most));
end
$$;
commit;
