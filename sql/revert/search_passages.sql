-- Revert catalyse:search_passages from pg
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
drop function search_passage(jsonb, tsquery, tsquery, text);
drop function search_pattern(tsquery);
create or replace function search_marked(t text, query tsquery, part tsquery) returns text language plpgsql stable parallel safe as $$
declare
	gap constant text := (select coalesce(max(m[1]::int) - 1, 0) from regexp_matches(part::text, '<(\d+)>', 'g') m); -- words between two of a sequence
	h text := ts_headline('catalyse.catalyse_fr', translate(t, E'\u0001\u0002\u0003', ''), query,
		E'HighlightAll=true, StartSel=\u0001, StopSel=\u0002');
begin
	if strpos(h, E'\u0001') > 0 and strpos(part::text, '<') > 0 then
		-- Words found next to each other, as near as in a sequence that is looked for, are looked at together.
		select string_agg(case when o % 2 = 0 and not catalyse.search_vector(translate(x, E'\u0001\u0002', '')) @@ part
				then translate(x, E'\u0001\u0002', '') else x end, '' order by o) into h
		from string_to_table(regexp_replace(h, E'\u0001[^\u0002]*\u0002(?:[^[:alnum:]\u0001\u0002]+(?:[[:alnum:]]+[^[:alnum:]\u0001\u0002]+){0,' || gap || E'}\u0001[^\u0002]*\u0002)*',
			E'\u0003\\&\u0003', 'g'), E'\u0003') with ordinality s (x, o);
	end if;
	return case when strpos(h, E'\u0001') > 0 then h end;
end
$$;
commit;
