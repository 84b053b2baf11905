-- Revert catalyse:sheet_wide_heads from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
create or replace function sheet_wide_words(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_indexscan = off as $$
begin
	return array(
		with found as materialized (
			(select i.sheet_id from sheet_index i where a.f <> a.every and i.head @@ a.asked and i.keys @@ a.f
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300)
			union
			(select i.sheet_id from sheet_index i where a.f = a.every and i.head @@ a.asked
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300)
			union
			(select i.sheet_id from sheet_index i where a.f <> a.every and i.words @@ a.asked and i.keys @@ a.f
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, first + most))
			union
			(select i.sheet_id from sheet_index i where a.f = a.every and i.words @@ a.asked
				and (not a.rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, first + most))
		)
		select sheet_wide_ranked(a, array(select sheet_id from found), most, first));
end
$$;
commit;
