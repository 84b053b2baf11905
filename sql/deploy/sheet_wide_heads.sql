-- Deploy catalyse:sheet_wide_heads to pg
-- requires: sheet_wide_steps
-- A sheet that has the words in its title comes before those that have them elsewhere: where enough have, the others are not looked for.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;

-- Many sheets and words: those with the words in their title are ranked; when they do not fill the page, any others with them. A sequence is never found in a
-- title without positions: then others are always looked for.
create or replace function sheet_wide_words(a sheet_wide_ask, most int, first int) returns int[] language plpgsql stable
	set enable_seqscan = off set enable_indexscan = off as $$
declare
	f tsquery := a.f; -- of a plain variable, a row costs less than of a field
	asked tsquery := a.asked;
	rest bool := a.rest;
	filtered bool := a.f is distinct from a.every;
	plain bool := a.asked::text !~ '[<!]'; -- a title keeps no positions, and what is not wanted may be elsewhere
	enough int := first + most;
	ids int[];
begin
	if filtered then
		ids := array(select i.sheet_id from sheet_index i where i.head @@ asked and i.keys @@ f and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	else
		ids := array(select i.sheet_id from sheet_index i where i.head @@ asked and (plain or i.words @@ asked)
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit 300);
	end if;
	if (cardinality(ids) < enough or not plain) and filtered then
		ids := array(select unnest(ids) union (select i.sheet_id from sheet_index i where i.words @@ asked and i.keys @@ f
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, enough)));
	elsif cardinality(ids) < enough or not plain then
		ids := array(select unnest(ids) union (select i.sheet_id from sheet_index i where i.words @@ asked
			and (not rest or sheet_wide_fits(i.sheet_id, i.verified_on, a)) limit greatest(300, enough)));
	end if;
	return array(select sheet_wide_ranked(a, ids, most, first));
end
$$;
commit;
